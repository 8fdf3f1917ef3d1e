#include <heddle/shared_mutex.hpp>

#include <algorithm>
#include <bit>

#include <heddle/mutex.hpp>

namespace heddle::sim {
namespace {

constexpr thread_id bits = 64;

constexpr std::uint64_t bit_of(thread_id thread) { return std::uint64_t{1} << thread; }

}  // namespace

bool thread_set::contains(thread_id thread) const noexcept {
  if (thread < bits) return (first_ & bit_of(thread)) != 0;
  return std::find(others_.begin(), others_.end(), thread) != others_.end();
}

void thread_set::insert(thread_id thread) {
  if (thread < bits) {
    first_ |= bit_of(thread);
  } else if (!contains(thread)) {
    others_.push_back(thread);
  }
}

void thread_set::erase(thread_id thread) noexcept {
  if (thread < bits) {
    first_ &= ~bit_of(thread);
  } else {
    others_.erase(std::remove(others_.begin(), others_.end(), thread), others_.end());
  }
}

thread_id thread_set::only_one() const noexcept {
  if (static_cast<std::size_t>(std::popcount(first_)) + others_.size() != 1) return no_thread;
  return first_ != 0 ? static_cast<thread_id>(std::countr_zero(first_)) : others_.front();
}

shared_mutex_state::~shared_mutex_state() {
  if (holder_ != no_thread) {
    destroyed_while(mention(holder_) + " held it");
  } else if (!readers_.empty()) {
    const thread_id reader = readers_.only_one();
    destroyed_while(reader != no_thread ? mention(reader) + " held it shared" : "several threads held it shared");
  }
}

// The second half of all locks: the thread takes the mutex if it can, and the event is told.
bool shared_mutex_state::take(bool can, bool shared) {
  simulator& execution = simulator::current();
  if (can) {
    if (shared) {
      readers_.insert(execution.running());
    } else {
      holder_ = execution.running();
    }
  }
  execution.performed(can ? effect::update : effect::read, can);
  return can;
}

void shared_mutex_state::lock(source_location where) {
  simulator::current().publish(operation_kind::lock, *this, where);
  if (!may_not_lock_again(operation_kind::lock, where)) take(true, false);
}

bool shared_mutex_state::try_lock(source_location where) {
  simulator& execution = simulator::current();
  execution.publish(operation_kind::try_lock, *this, where);
  if (may_not_lock_again(operation_kind::try_lock, where)) return false;
  return take(is_free() && !execution.meets(fault_kind::try_lock), false);
}

bool shared_mutex_state::try_lock_until(std::uint64_t deadline, source_location where) {
  simulator& execution = simulator::current();
  execution.publish({.kind = operation_kind::lock, .target = this, .deadline = deadline, .where = where});
  if (may_not_lock_again(operation_kind::lock, where)) return false;
  return take(is_free() && !execution.times_out_early(), false);
}

void shared_mutex_state::lock_shared(source_location where) {
  simulator::current().publish(operation_kind::lock_shared, *this, where);
  if (!may_not_lock_again(operation_kind::lock_shared, where)) take(true, true);
}

bool shared_mutex_state::try_lock_shared(source_location where) {
  simulator& execution = simulator::current();
  execution.publish(operation_kind::try_lock_shared, *this, where);
  if (may_not_lock_again(operation_kind::try_lock_shared, where)) return false;
  return take(holder_ == no_thread && !execution.meets(fault_kind::try_lock), true);
}

bool shared_mutex_state::try_lock_shared_until(std::uint64_t deadline, source_location where) {
  simulator& execution = simulator::current();
  execution.publish({.kind = operation_kind::lock_shared, .target = this, .deadline = deadline, .where = where});
  if (may_not_lock_again(operation_kind::lock_shared, where)) return false;
  return take(holder_ == no_thread && !execution.times_out_early(), true);
}

void shared_mutex_state::unlock(source_location where) {
  simulator& execution = simulator::current();
  execution.publish(operation_kind::unlock, *this, where);
  if (holder_ != execution.running()) return unlocked_in_vain(where);
  holder_ = no_thread;
  execution.performed(effect::update);
}

void shared_mutex_state::unlock_shared(source_location where) {
  simulator& execution = simulator::current();
  execution.publish(operation_kind::unlock_shared, *this, where);
  if (!readers_.contains(execution.running())) return unlocked_in_vain(where);
  readers_.erase(execution.running());
  execution.performed(effect::update);
}

// Whether the thread that wants it has it already. In an execution that is given up anything may be held.
bool shared_mutex_state::may_not_lock_again(operation_kind kind, source_location where) const {
  simulator& execution = simulator::current();
  if (!held_by(execution.running()) || execution.giving_up()) return false;
  end_by_second_lock(kind, *this, where);
  return true;
}

// Of a thread that does not hold it in the way in which it lets it go.
void shared_mutex_state::unlocked_in_vain(source_location where) const {
  simulator& execution = simulator::current();
  if (execution.giving_up()) return;
  const thread_id running = execution.running();
  const thread_id reader = readers_.contains(running) ? running : readers_.only_one();
  std::string holders = "nobody holds";
  if (holder_ != no_thread) {
    holders = mention(holder_) + " holds exclusively";
  } else if (reader != no_thread) {
    holders = mention(reader) + " holds shared";
  } else if (!readers_.empty()) {
    holders = "other threads hold shared";
  }
  const operation_kind kind = execution.thread(running).pending.kind;
  execution.end(ending_kind::misuse, std::string(to_string(kind)) + " of " + mention(*this) + ", which " + holders,
                where);
}

// A lock by a thread that holds it does not block: it is a misuse when its turn has come.
bool shared_mutex_state::enabled(const operation& op, thread_id thread) const noexcept {
  switch (op.kind) {
    case operation_kind::lock: return is_free() || held_by(thread);
    case operation_kind::lock_shared: return holder_ == no_thread || holder_ == thread;
    default: return true;
  }
}

thread_id shared_mutex_state::waits_for(const operation& op) const noexcept {
  if (holder_ != no_thread) return holder_;
  return op.kind == operation_kind::lock ? readers_.only_one() : no_thread;
}

}  // namespace heddle::sim
