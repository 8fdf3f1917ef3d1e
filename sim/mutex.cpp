#include <heddle/mutex.hpp>

namespace heddle::sim {

bool mutex_state::try_lock(source_location where) {
  simulator& execution = owner();
  execution.publish(operation_kind::try_lock, *this, where);
  const bool locks = free_for(execution.running());
  if (locks) {
    holder_ = execution.running();
    ++depth_;
  }
  execution.performed(locks ? effect::update : effect::read, locks);
  return locks;
}

void mutex_state::unlocked_by_stranger(source_location where) const {
  simulator& execution = owner();
  if (execution.giving_up()) return;
  execution.end(ending_kind::misuse,
                holder_ == no_thread ? "unlock of a mutex that nobody holds"
                                     : "unlock of a mutex that " + execution.path(holder_) + " holds",
                where);
}

bool mutex_state::free_for(thread_id thread) const noexcept {
  return holder_ == no_thread || (kind() == object_kind::recursive_mutex && holder_ == thread);
}

bool mutex_state::enabled(const operation& op, thread_id thread) const noexcept {
  return op.kind != operation_kind::lock || free_for(thread);
}

thread_id mutex_state::waits_for(const operation& /*op*/) const noexcept { return holder_; }

}  // namespace heddle::sim
