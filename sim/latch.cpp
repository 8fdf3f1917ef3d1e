#include <heddle/latch.hpp>

#include <string>

namespace heddle::sim {

latch_state::latch_state(std::ptrdiff_t expected, std::string_view name, source_location where)
    : object(object_kind::latch, name, where), counter_(expected) {
  if (expected >= 0) return;
  simulator::current().end(ending_kind::misuse,
                           "the first value of " + mention(*this) + ", " + std::to_string(expected) + ", is negative",
                           where);
}

void latch_state::count_down(std::ptrdiff_t update, source_location where) {
  simulator& execution = simulator::current();
  execution.publish({.kind = operation_kind::count_down,
                     .target = this,
                     .argument = static_cast<std::uint64_t>(update),
                     .where = where});
  if (execution.giving_up()) return;
  const std::ptrdiff_t before = counter_;
  if (update < 0 || update > before) {
    return execution.end(ending_kind::misuse,
                         mention(*this) + ", which stands at " + std::to_string(before) + ", was counted down by " +
                             std::to_string(update),
                         where);
  }
  counter_ -= update;
  execution.performed(effect::update, true, [&] {
    return event_values{std::to_string(before), std::to_string(counter_)};
  });
}

bool latch_state::try_wait(source_location where) {
  simulator& execution = simulator::current();
  execution.publish(operation_kind::try_wait, *this, where);
  if (execution.giving_up()) return counter_ == 0;
  const bool over = counter_ == 0 && !execution.meets(fault_kind::try_lock);
  execution.performed(effect::read, over, [&] { return event_values{std::to_string(counter_), {}}; });
  return over;
}

void latch_state::wait(source_location where) {
  simulator& execution = simulator::current();
  execution.publish(operation_kind::await, *this, where);
  execution.performed(effect::read, true, [&] { return event_values{std::to_string(counter_), {}}; });
}

bool latch_state::enabled(const operation& op, thread_id /*thread*/) const noexcept {
  return op.kind != operation_kind::await || counter_ == 0;
}

}  // namespace heddle::sim
