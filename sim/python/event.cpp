#include <heddle/python/event.hpp>

#include <heddle/sim/simulator.hpp>

namespace heddle::python {
namespace {

using sim::effect;
using sim::operation_kind;
using sim::simulator;

std::string shown(bool is_set) { return is_set ? "set" : "clear"; }

}  // namespace

bool event_state::is_set(sim::source_location where) {
  simulator& execution = owner();
  execution.publish(operation_kind::try_wait, *this, where);
  execution.performed(effect::read, set_, [&] { return sim::event_values{shown(set_), {}}; });
  return set_;
}

void event_state::set(bool to, sim::source_location where) {
  simulator& execution = owner();
  execution.publish({.kind = operation_kind::set, .target = this, .argument = to ? 1U : 0U, .where = where});
  if (execution.giving_up()) return;
  const bool changes = set_ != to;
  set_ = to;
  execution.performed(changes ? effect::update : effect::read, true, [&] { return sim::event_values{{}, shown(to)}; });
}

bool event_state::wait(std::uint64_t deadline, sim::source_location where) {
  simulator& execution = owner();
  execution.publish({.kind = operation_kind::await, .target = this, .deadline = deadline, .where = where});
  const bool goes_on = set_ && !execution.times_out_early();
  // Without a limit it counts as an update: see the exploration's transitions.
  if (deadline == sim::no_deadline) execution.wrote_nothing_new();
  execution.performed(deadline == sim::no_deadline ? effect::update : effect::read, goes_on);
  return goes_on;
}

bool event_state::enabled(const sim::operation& op, sim::thread_id /*thread*/) const noexcept {
  return op.kind != operation_kind::await || set_;
}

}  // namespace heddle::python
