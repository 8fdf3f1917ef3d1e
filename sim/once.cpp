#include <heddle/once.hpp>

namespace heddle::sim {

bool once_state::enter(source_location where) {
  simulator& execution = simulator::current();
  execution.publish(operation_kind::enter_once, *this, where);
  if (execution.giving_up()) return false;
  if (done_) {
    execution.performed(effect::read);
    return false;
  }
  inside_ = execution.running();
  execution.performed(effect::update);
  return true;
}

void once_state::leave(bool returned, source_location where) {
  inside_ = no_thread;
  done_ = returned;
  simulator::current().note(
      {.kind = operation_kind::leave_once, .target = this, .argument = returned ? 1U : 0U, .where = where});
}

bool once_state::enabled(const operation& op, thread_id /*thread*/) const noexcept {
  return op.kind != operation_kind::enter_once || inside_ == no_thread;
}

thread_id once_state::waits_for(const operation& /*op*/) const noexcept { return inside_; }

void once_state::destroyed_while_inside() const { destroyed_while(mention(inside_) + " was in its call_once"); }

}  // namespace heddle::sim
