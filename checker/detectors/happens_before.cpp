#include "detectors/happens_before.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace heddle::checker {

using sim::effect;
using sim::operation_kind;

void clock_table::ensure(std::uint32_t row, std::uint32_t width) {
  if (width > width_) widen(std::bit_ceil(width));
  if (row < rows_) return;
  const std::size_t needed = (std::size_t{row} + 1) * width_;
  if (cells_.size() < needed) cells_.resize(std::max(needed, cells_.size() * 2));
  const auto begin = cells_.begin() + static_cast<std::ptrdiff_t>(std::size_t{rows_} * width_);
  std::fill(begin, cells_.begin() + static_cast<std::ptrdiff_t>(needed), 0U);
  rows_ = row + 1;
}

void clock_table::widen(std::uint32_t width) {
  std::vector<clock> wider(std::size_t{rows_} * width, 0);
  for (std::uint32_t row = 0; row < rows_; ++row) {
    const clock* from = (*this)[row];
    std::copy(from, from + width_, wider.begin() + static_cast<std::ptrdiff_t>(std::size_t{row} * width));
  }
  cells_ = std::move(wider);
  width_ = width;
}

void happens_before::begin() {
  threads_.clear();
  objects_.clear();
  second_.clear();
  released_.clear();
  observed_.clear();
  phases_.clear();
  thread_count_ = 1;
  threads_.ensure(0, 1);
  threads_[0][0] = 1;
}

void happens_before::start(sim::thread_id parent, sim::thread_id child) {
  thread_count_ = std::max(thread_count_, child + 1);
  threads_.ensure(child, thread_count_);
  std::copy(threads_[parent], threads_[parent] + thread_count_, threads_[child]);
  threads_[child][child] = 1;
  ++threads_[parent][parent];
}

void happens_before::join_into(clock_table::clock* into, const clock_table::clock* other) const noexcept {
  for (std::uint32_t i = 0; i < thread_count_; ++i) into[i] = std::max(into[i], other[i]);
}

void happens_before::acquire(sim::thread_id thread, clock_table& from, sim::object_id object) {
  if (object >= from.rows()) return;  // nobody has released it yet
  from.ensure(object, thread_count_);
  join_into(threads_[thread], from[object]);
}

void happens_before::release(sim::thread_id thread, clock_table& to, sim::object_id object, bool keep_older) {
  to.ensure(object, thread_count_);
  clock_table::clock* own = threads_[thread];
  if (keep_older) {
    join_into(to[object], own);
  } else {
    std::copy(own, own + thread_count_, to[object]);
  }
  ++own[thread];
}

// What an operation on a queue and the like does: all of them are ordered.
void happens_before::both(const sim::event& happened) {
  acquire(happened.thread, happened.what.target->id());
  release(happened.thread, happened.what.target->id());
}

void happens_before::break_release_sequence(sim::object_id of) {
  if (of >= objects_.rows()) return;
  objects_.ensure(of, thread_count_);
  std::fill(objects_[of], objects_[of] + thread_count_, 0U);
}

void happens_before::atomic_access(const sim::event& happened) {
  const sim::memory_orders orders = happened.what.orders;
  const std::memory_order order = happened.succeeded ? orders.order : orders.failure;
  const bool acquires = order != std::memory_order_relaxed && order != std::memory_order_release;
  const bool releases =
      order == std::memory_order_release || order == std::memory_order_acq_rel || order == std::memory_order_seq_cst;
  const sim::object_id object = happened.what.target->id();
  const sim::thread_id thread = happened.thread;
  if (happened.done != effect::write) {
    if (acquires) {
      acquire(thread, object);
    } else if (object < objects_.rows()) {
      observed_.ensure(thread, thread_count_);
      objects_.ensure(object, thread_count_);
      join_into(observed_[thread], objects_[object]);
    }
  }
  if (happened.done == effect::read) return;
  const bool continues = happened.done == effect::update;  // a read-modify-write continues the release sequence
  if (releases) {
    release(thread, objects_, object, continues);
    return;
  }
  if (!continues) break_release_sequence(object);
  if (thread < released_.rows()) {
    released_.ensure(thread, thread_count_);
    objects_.ensure(object, thread_count_);
    join_into(objects_[object], released_[thread]);
  }
}

// [atomics.fences]: a release fence lends its clock to the thread's later relaxed stores; an acquire fence takes what
// its earlier relaxed loads have seen.
void happens_before::fence(const sim::event& happened) {
  const std::memory_order order = happened.what.orders.order;
  const sim::thread_id thread = happened.thread;
  if (order != std::memory_order_release && order != std::memory_order_relaxed) acquire(thread, observed_, thread);
  if (order != std::memory_order_acquire && order != std::memory_order_consume && order != std::memory_order_relaxed) {
    release(thread, released_, thread, false);
  }
}

void happens_before::lock_or_unlock(const sim::event& happened) {
  const sim::object_id object = happened.what.target->id();
  const sim::thread_id thread = happened.thread;
  switch (happened.what.kind) {
    case operation_kind::lock:
    case operation_kind::try_lock:
      acquire(thread, object);
      acquire(thread, second_, object);
      break;
    case operation_kind::lock_shared:
    case operation_kind::try_lock_shared: acquire(thread, object); break;
    case operation_kind::unlock_shared: release(thread, second_, object, true); break;
    default: release(thread, object); break;
  }
}

// A phase is over before the next but one can begin, so two clocks do; the first to arrive in a phase finds an old one.
void happens_before::barrier(const sim::event& happened) {
  const sim::operation& op = happened.what;
  const sim::object_id object = op.target->id();
  clock_table& phase = op.argument % 2 == 0 ? objects_ : second_;
  if (op.kind == operation_kind::await || op.kind == operation_kind::try_wait) {
    return acquire(happened.thread, phase, object);
  }
  if (phases_.size() <= object) phases_.resize(object + 1, 0);
  if (std::exchange(phases_[object], op.argument + 1) < op.argument + 1 && object < phase.rows()) {
    phase.ensure(object, thread_count_);
    std::fill(phase[object], phase[object] + thread_count_, 0U);
  }
  release(happened.thread, phase, object, true);
}

// The first request happens before what finds it made; a registration, before the callback is called. Nothing else
// does.
void happens_before::stop(const sim::event& happened) {
  const sim::object_id object = happened.what.target->id();
  const sim::thread_id thread = happened.thread;
  acquire(thread, object);
  if (happened.what.kind == operation_kind::add_callback) {
    release(thread, second_, object, true);
  } else if (happened.what.kind == operation_kind::request_stop && happened.succeeded) {
    acquire(thread, second_, object);
    release(thread, object);
  }
}

void happens_before::on_event(const sim::event& happened) {
  const sim::operation& op = happened.what;
  switch (op.kind) {
    case operation_kind::start: start(happened.thread, static_cast<sim::thread_id>(op.argument)); break;
    case operation_kind::join:
      join_into(threads_[happened.thread], threads_[static_cast<sim::thread_id>(op.argument)]);
      break;
    case operation_kind::lock:
    case operation_kind::try_lock:
    case operation_kind::lock_shared:
    case operation_kind::try_lock_shared:
    case operation_kind::unlock:
    case operation_kind::unlock_shared:
      if (happened.succeeded) lock_or_unlock(happened);
      break;
    case operation_kind::acquire:
    case operation_kind::try_acquire:
      if (happened.succeeded) acquire(happened.thread, op.target->id());
      break;
    case operation_kind::release:
    case operation_kind::count_down: release(happened.thread, op.target->id()); break;
    case operation_kind::wait:
      if (op.mutex != nullptr) {
        release(happened.thread, op.mutex->id());
      } else if (op.target->kind() == sim::object_kind::atomic) {
        atomic_access(happened);
      }
      break;
    case operation_kind::wake:
      if (op.mutex != nullptr) {
        if (happened.succeeded) acquire(happened.thread, op.mutex->id());
      } else if (op.target->kind() == sim::object_kind::atomic) {
        atomic_access(happened);
      }
      break;
    case operation_kind::arrive:
    case operation_kind::arrive_and_drop:
    case operation_kind::complete: barrier(happened); break;
    case operation_kind::await:
    case operation_kind::try_wait:
      if (!happened.succeeded) break;
      if (op.target->kind() == sim::object_kind::atomic) {
        atomic_access(happened);
      } else if (op.target->kind() == sim::object_kind::barrier) {
        barrier(happened);
      } else {
        acquire(happened.thread, op.target->id());
      }
      break;
    case operation_kind::push:
    case operation_kind::try_push:
    case operation_kind::pop:
    case operation_kind::try_pop:
    case operation_kind::size:
    case operation_kind::close: both(happened); break;
    case operation_kind::enter_once: acquire(happened.thread, op.target->id()); break;
    case operation_kind::leave_once: release(happened.thread, op.target->id()); break;
    case operation_kind::set:
      if (happened.succeeded) release(happened.thread, op.target->id());
      break;
    case operation_kind::request_stop:
    case operation_kind::add_callback:
    case operation_kind::remove_callback: stop(happened); break;
    case operation_kind::load:
      if (op.target->kind() == sim::object_kind::stop_state) {
        acquire(happened.thread, op.target->id());
      } else {
        atomic_access(happened);
      }
      break;
    case operation_kind::fence: fence(happened); break;
    default:
      if (contains(sim::atomic_accesses, op.kind)) atomic_access(happened);  // the rest is not synchronizing
      break;
  }
}

}  // namespace heddle::checker
