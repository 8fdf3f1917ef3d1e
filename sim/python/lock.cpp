#include <heddle/python/lock.hpp>

#include <heddle/sim/simulator.hpp>

namespace heddle::python {

using sim::effect;
using sim::operation_kind;
using sim::simulator;

bool lock_state::take(bool can, std::uint32_t levels) {
  simulator& execution = simulator::current();
  if (can) {
    holder_ = execution.running();
    levels_ += levels;
  }
  execution.performed(can ? effect::update : effect::read, can);
  return can;
}

bool lock_state::try_acquire(sim::source_location where, std::uint32_t levels) {
  simulator& execution = owner();
  execution.publish({.kind = operation_kind::try_lock,
                     .amount = levels,
                     .target = this,
                     .argument = sim::python_rules,
                     .where = where});
  return take(free_for(execution.running()), levels);
}

bool lock_state::acquire(std::uint64_t deadline, sim::source_location where, std::uint32_t levels) {
  simulator& execution = owner();
  execution.publish({.kind = operation_kind::lock,
                     .amount = levels,
                     .target = this,
                     .argument = sim::python_rules,
                     .deadline = deadline,
                     .where = where});
  return take(free_for(execution.running()) && !execution.times_out_early(), levels);
}

void lock_state::release(sim::source_location where, std::uint32_t levels) {
  simulator& execution = owner();
  execution.publish({.kind = operation_kind::unlock,
                     .amount = levels,
                     .target = this,
                     .argument = sim::python_rules,
                     .where = where});
  if (execution.giving_up()) return;
  if (holder_ == sim::no_thread || (is_recursive() && holder_ != execution.running())) {
    execution.performed(effect::read, false);
    throw runtime_error(is_recursive() ? "cannot release un-acquired lock" : "release unlocked lock");
  }
  levels_ = levels_ > levels ? levels_ - levels : 0;
  if (levels_ == 0) holder_ = sim::no_thread;
  execution.performed(effect::update);
}

bool lock_state::locked(sim::source_location where) {
  simulator& execution = owner();
  execution.publish(operation_kind::try_wait, *this, where);
  const bool is_free = holder_ == sim::no_thread;
  execution.performed(effect::read, is_free);
  return !is_free;
}

bool lock_state::held_here() const noexcept {
  return holder_ != sim::no_thread && holder_ == simulator::current().running();
}

bool lock_state::free_for(sim::thread_id thread) const noexcept {
  return holder_ == sim::no_thread || (is_recursive() && holder_ == thread);
}

bool lock_state::enabled(const sim::operation& op, sim::thread_id thread) const noexcept {
  return op.kind != operation_kind::lock || free_for(thread);
}

sim::thread_id lock_state::waits_for(const sim::operation& /*op*/) const noexcept { return holder_; }

}  // namespace heddle::python
