#include <heddle/python/semaphore.hpp>

#include <string>

#include <heddle/sim/simulator.hpp>

namespace heddle::python {

using sim::effect;
using sim::operation_kind;
using sim::simulator;

bool semaphore_state::take(bool can) {
  const std::uint64_t before = value_;
  if (can) --value_;
  simulator::current().performed(can ? effect::update : effect::read, can, [&] {
    return sim::event_values{std::to_string(before), can ? std::to_string(value_) : std::string()};
  });
  return can;
}

bool semaphore_state::try_acquire(sim::source_location where) {
  owner().publish(operation_kind::try_acquire, *this, where);
  return take(value_ > 0);
}

bool semaphore_state::acquire(std::uint64_t deadline, sim::source_location where) {
  simulator& execution = owner();
  execution.publish({.kind = operation_kind::acquire, .target = this, .deadline = deadline, .where = where});
  return take(value_ > 0 && !execution.times_out_early());
}

void semaphore_state::release(std::uint64_t by, sim::source_location where) {
  simulator& execution = owner();
  execution.publish({.kind = operation_kind::release, .target = this, .argument = by, .where = where});
  if (execution.giving_up()) return;
  if (bound_ != no_bound && by > bound_ - value_) {
    execution.performed(effect::read, false);
    throw value_error("Semaphore released too many times");
  }
  const std::uint64_t before = value_;
  value_ += by;
  execution.performed(effect::update, true, [&] {
    return sim::event_values{std::to_string(before), std::to_string(value_)};
  });
}

bool semaphore_state::enabled(const sim::operation& op, sim::thread_id /*thread*/) const noexcept {
  return op.kind != operation_kind::acquire || value_ > 0;
}

}  // namespace heddle::python
