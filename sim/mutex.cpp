#include <heddle/mutex.hpp>

namespace heddle::sim {

bool mutex_state::try_lock(source_location where) {
  simulator& execution = simulator::current();
  execution.publish(operation_kind::try_lock, *this, where);
  if (holder_ == execution.running() && may_not_lock_again(operation_kind::try_lock, where)) return false;
  const bool locks = free_for(execution.running()) && !execution.meets(fault_kind::try_lock);
  if (locks) {
    holder_ = execution.running();
    ++depth_;
  }
  execution.performed(locks ? effect::update : effect::read, locks);
  return locks;
}

bool mutex_state::try_lock_until(std::uint64_t deadline, source_location where) {
  simulator& execution = simulator::current();
  execution.publish({.kind = operation_kind::lock, .target = this, .deadline = deadline, .where = where});
  if (holder_ == execution.running() && may_not_lock_again(operation_kind::lock, where)) return false;
  const bool locks = free_for(execution.running()) && !execution.times_out_early();
  if (locks) {
    holder_ = execution.running();
    ++depth_;
  }
  execution.performed(locks ? effect::update : effect::read, locks);
  return locks;
}

// Of the holder: whether that is a misuse. In an execution that is given up anything may be held.
bool mutex_state::may_not_lock_again(operation_kind kind, source_location where) const {
  if (is_recursive() || simulator::current().giving_up()) return false;
  end_by_second_lock(kind, *this, where);
  return true;
}

void end_by_second_lock(operation_kind kind, const object& mutex, source_location where) {
  simulator& execution = simulator::current();
  execution.end(ending_kind::misuse,
                "second " + std::string(to_string(kind)) + " of " + mention(mutex) + " by " +
                    mention(execution.running()) + ", which holds it",
                where);
}

void mutex_state::unlocked_by_stranger(source_location where) const {
  simulator& execution = simulator::current();
  if (execution.giving_up()) return;
  execution.end(
      ending_kind::misuse,
      "unlock of " + mention(*this) + ", which " + (holder_ == no_thread ? "nobody" : mention(holder_)) + " holds",
      where);
}

void mutex_state::destroyed_while_held() const { destroyed_while(mention(holder_) + " held it"); }

bool mutex_state::free_for(thread_id thread) const noexcept {
  return holder_ == no_thread || (holder_ == thread && is_recursive());
}

bool mutex_state::enabled(const operation& op, thread_id thread) const noexcept {
  // A lock by the holder does not block: it is a misuse when its turn has come.
  return op.kind != operation_kind::lock || holder_ == no_thread || holder_ == thread;
}

thread_id mutex_state::waits_for(const operation& /*op*/) const noexcept { return holder_; }

}  // namespace heddle::sim
