#include <heddle/mutex.hpp>

namespace heddle::sim {

bool mutex_state::try_lock(source_location where) {
  simulator& execution = simulator::current();
  execution.publish(operation_kind::try_lock, *this, where);
  const bool locks = free_for(execution.running()) && !execution.meets(fault_kind::try_lock);
  if (locks) {
    holder_ = execution.running();
    ++depth_;
  }
  execution.performed(locks ? effect::update : effect::read, locks);
  return locks;
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
  return holder_ == no_thread || (kind() == object_kind::recursive_mutex && holder_ == thread);
}

bool mutex_state::enabled(const operation& op, thread_id thread) const noexcept {
  return op.kind != operation_kind::lock || free_for(thread);
}

thread_id mutex_state::waits_for(const operation& /*op*/) const noexcept { return holder_; }

}  // namespace heddle::sim
