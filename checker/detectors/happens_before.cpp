#include "detectors/happens_before.hpp"

#include <algorithm>
#include <bit>

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

void happens_before::acquire(sim::thread_id thread, sim::object_id from) {
  if (from >= objects_.rows()) return;  // nobody has released it yet
  objects_.ensure(from, thread_count_);
  join_into(threads_[thread], objects_[from]);
}

void happens_before::release(sim::thread_id thread, sim::object_id to, bool keep_older) {
  objects_.ensure(to, thread_count_);
  clock_table::clock* own = threads_[thread];
  if (keep_older) {
    join_into(objects_[to], own);
  } else {
    std::copy(own, own + thread_count_, objects_[to]);
  }
  ++own[thread];
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
  if (happened.done != effect::write && acquires) acquire(happened.thread, object);
  if (happened.done == effect::read) return;
  const bool continues = happened.done == effect::update;  // a read-modify-write continues the release sequence
  if (releases) {
    release(happened.thread, object, continues);
  } else if (!continues) {
    break_release_sequence(object);
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
    case operation_kind::acquire: acquire(happened.thread, op.target->id()); break;
    case operation_kind::try_lock:
    case operation_kind::try_acquire:
      if (happened.succeeded) acquire(happened.thread, op.target->id());
      break;
    case operation_kind::unlock:
    case operation_kind::release: release(happened.thread, op.target->id(), true); break;
    case operation_kind::wait: release(happened.thread, op.mutex->id(), true); break;
    case operation_kind::wake: acquire(happened.thread, op.mutex->id()); break;
    case operation_kind::push:
    case operation_kind::try_push:
    case operation_kind::pop:
    case operation_kind::try_pop:
    case operation_kind::size:
      acquire(happened.thread, op.target->id());
      release(happened.thread, op.target->id(), true);
      break;
    case operation_kind::load:
    case operation_kind::store:
    case operation_kind::exchange:
    case operation_kind::fetch_add:
    case operation_kind::fetch_sub:
    case operation_kind::fetch_and:
    case operation_kind::fetch_or:
    case operation_kind::fetch_xor:
    case operation_kind::compare_exchange_weak:
    case operation_kind::compare_exchange_strong: atomic_access(happened); break;
    default: break;  // not synchronizing
  }
}

}  // namespace heddle::checker
