#include <heddle/barrier.hpp>

#include <string>

namespace heddle::sim {

barrier_state::barrier_state(std::ptrdiff_t expected, std::string_view name, source_location where)
    : object(object_kind::barrier, name, where), original_(id()), expected_(expected), missing_(expected) {
  if (expected >= 0) return;
  simulator::current().end(
      ending_kind::misuse,
      "the expected count of " + mention(*this) + ", " + std::to_string(expected) + ", is negative", where);
}

barrier_state::arrival barrier_state::arrive(operation_kind kind, std::ptrdiff_t update, bool later,
                                             source_location where) {
  simulator& execution = simulator::current();
  execution.publish({.kind = kind,
                     .amount = static_cast<std::uint32_t>(update) | (later ? completes_later : 0),
                     .target = this,
                     .argument = phase_,
                     .where = where});
  const std::uint64_t phase = phase_;
  if (execution.giving_up()) return {phase, false};
  execution.set_argument(phase);  // it may have changed meanwhile
  const std::ptrdiff_t before = missing_;
  if (update <= 0 || update > before) {
    execution.end(ending_kind::misuse,
                  "an arrival of " + std::to_string(update) + " at " + mention(*this) + ", which expects " +
                      std::to_string(before) + " more in phase " + std::to_string(phase),
                  where);
    return {phase, false};
  }
  if (kind == operation_kind::arrive_and_drop) --expected_;
  missing_ -= update;
  const bool last = missing_ == 0;
  const auto describe = [&, after = missing_] { return event_values{std::to_string(before), std::to_string(after)}; };
  if (last && later) completing_ = execution.running();
  if (last && !later) end_phase();
  execution.performed(effect::update, true, describe);
  // What was done before the arrivals happens before the completion function: as if it had waited for them.
  if (last && later) {
    execution.note({.kind = operation_kind::await, .target = this, .argument = phase, .where = where});
  }
  return {phase, last};
}

void barrier_state::complete(source_location where) {
  const std::uint64_t phase = phase_;
  completing_ = no_thread;
  end_phase();
  simulator::current().note({.kind = operation_kind::complete, .target = this, .argument = phase, .where = where});
}

void barrier_state::end_phase() noexcept {
  ++phase_;
  missing_ = expected_;
}

void barrier_state::wait(object_id of, std::uint64_t phase, source_location where) {
  simulator& execution = simulator::current();
  if (of != original_) {
    return execution.end(ending_kind::misuse, "a wait on " + mention(*this) + " with a token that is not of it", where);
  }
  execution.publish({.kind = operation_kind::await, .target = this, .argument = phase, .where = where});
  if (execution.giving_up()) return;
  // Also of a thread that waited when the phase ended: it could as well have begun to wait now.
  if (phase_ - phase > 1) {
    return execution.end(ending_kind::misuse,
                         "a wait on " + mention(*this) + " with a token of phase " + std::to_string(phase) +
                             ", though phase " + std::to_string(phase_) + " has begun",
                         where);
  }
  execution.performed(effect::read);
}

bool barrier_state::enabled(const operation& op, thread_id /*thread*/) const noexcept {
  return op.kind != operation_kind::await || op.argument < phase_;
}

thread_id barrier_state::waits_for(const operation& /*op*/) const noexcept { return completing_; }

void barrier_state::destroyed_while_completing() const {
  destroyed_while(mention(completing_) + " was in its completion function");
}

}  // namespace heddle::sim
