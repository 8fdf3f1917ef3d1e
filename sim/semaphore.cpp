#include <heddle/semaphore.hpp>

#include <string>

namespace heddle::sim {

semaphore_state::semaphore_state(std::ptrdiff_t desired, std::ptrdiff_t most, std::string_view name,
                                 source_location where)
    : object(object_kind::semaphore, name, where), counter_(desired), most_(most) {
  if (desired >= 0 && desired <= most) return;
  simulator::current().end(ending_kind::misuse,
                           "the first value of " + mention(*this) + ", " + std::to_string(desired) +
                               ", is not within 0 and its maximum, " + std::to_string(most),
                           where);
}

void semaphore_state::acquire(source_location where) {
  simulator& execution = simulator::current();
  execution.publish(operation_kind::acquire, *this, where);
  const auto before = counter_--;
  execution.performed(effect::update, true, [&] {
    return event_values{std::to_string(before), std::to_string(counter_)};
  });
}

// The second half of what may fail: takes one if it can, and tells the event.
bool semaphore_state::take(bool can) {
  const auto before = counter_;
  if (can) --counter_;
  simulator::current().performed(can ? effect::update : effect::read, can, [&] {
    return event_values{std::to_string(before), can ? std::to_string(counter_) : std::string()};
  });
  return can;
}

bool semaphore_state::try_acquire(source_location where) {
  simulator& execution = simulator::current();
  execution.publish(operation_kind::try_acquire, *this, where);
  return take(counter_ > 0 && !execution.meets(fault_kind::try_lock));
}

bool semaphore_state::try_acquire_until(std::uint64_t deadline, source_location where) {
  simulator& execution = simulator::current();
  execution.publish({.kind = operation_kind::acquire, .target = this, .deadline = deadline, .where = where});
  return take(counter_ > 0 && !execution.times_out_early());
}

void semaphore_state::release(std::ptrdiff_t update, source_location where) {
  simulator& execution = simulator::current();
  execution.publish({.kind = operation_kind::release,
                     .target = this,
                     .argument = static_cast<std::uint64_t>(update),
                     .where = where});
  if (execution.giving_up()) return;
  const auto before = counter_;
  if (update < 0 || update > most_ - before) {
    return execution.end(ending_kind::misuse,
                         mention(*this) + ", which stands at " + std::to_string(before) + " and has the maximum " +
                             std::to_string(most_) + ", was released by " + std::to_string(update),
                         where);
  }
  counter_ += update;
  execution.performed(effect::update, true, [&] {
    return event_values{std::to_string(before), std::to_string(counter_)};
  });
}

bool semaphore_state::enabled(const operation& op, thread_id /*thread*/) const noexcept {
  return op.kind != operation_kind::acquire || counter_ > 0;
}

}  // namespace heddle::sim
