#include <heddle/condition_variable_any.hpp>

#include <algorithm>
#include <exception>

#include "giving_up.hpp"

namespace heddle::sim {

bool any_condition_state::wait(any_lock lock, std::uint64_t deadline, const bool* stopped, source_location where) {
  simulator& execution = simulator::current();
  execution.publish(operation_kind::wait, *this, where);
  if (execution.giving_up()) return true;
  const thread_id self = execution.running();
  const bool begins = stopped == nullptr || !*stopped;
  if (begins) waiting_.push_back({self});
  execution.performed(begins ? effect::update : effect::read, begins);
  if (!begins) return true;
  try {
    lock.unlock_it(lock.lock, where);
  } catch (...) {
    if (!execution.giving_up()) give_back_ticket(self);
    throw;
  }
  if (execution.giving_up()) return true;

  ticket& its = *ticket_of(self);
  const bool spurious = !its.notified && execution.meets(fault_kind::spurious_wakeup);
  const woken so_far = its.notified ? woken::notified : spurious ? woken::spuriously : woken::not_yet;
  its.at_wake = true;
  execution.publish({.kind = operation_kind::wake,
                     .target = this,
                     .argument = static_cast<std::uint64_t>(so_far),
                     .deadline = deadline,
                     .where = where});
  if (execution.giving_up()) return true;
  const bool in_time = !execution.times_out_early() && (spurious || ticket_of(self)->notified);
  give_back_ticket(self);
  execution.performed(in_time ? effect::update : effect::read, in_time);
  try {
    lock.lock_it(lock.lock, where);
  } catch (const given_up&) {
    throw;
  } catch (...) {
    std::terminate();  // [thread.condition.condvarany]: the lock cannot be had back
  }
  return in_time;
}

void any_condition_state::notify_one(source_location where) {
  simulator& execution = simulator::current();
  execution.publish(operation_kind::notify_one, *this, where);
  if (execution.giving_up()) return;
  const auto waiting = not_notified(execution);
  const auto count = static_cast<std::uint32_t>(waiting.size());
  const std::uint32_t picked = count > 0 ? execution.choose(choice_kind::waiter, count) : 0;
  notify(waiting.subspan(picked, std::min(count, 1U)), execution);
}

void any_condition_state::notify_to_stop(bool* stopped, source_location where) {
  simulator& execution = simulator::current();
  execution.publish(operation_kind::notify_all, *this, where);
  if (execution.giving_up()) return;
  if (stopped != nullptr) *stopped = true;
  notify(not_notified(execution), execution);
}

std::span<const thread_id> any_condition_state::not_notified(simulator& execution) {
  return execution.threads_that([&](thread_id thread) {
    const ticket* its = ticket_of(thread);
    return its != nullptr && !its->notified;
  });
}

void any_condition_state::notify(std::span<const thread_id> threads, simulator& execution) {
  for (const thread_id thread : threads) {
    ticket& its = *ticket_of(thread);
    its.notified = true;
    if (its.at_wake) execution.wake(thread);
  }
  execution.notified(threads);
}

void any_condition_state::must_be_left() const {
  for (const ticket& each : waiting_) {
    if (!each.notified) return destroyed_while(mention(each.thread) + " waited on it");
  }
}

bool any_condition_state::enabled(const operation& op, thread_id /*thread*/) const noexcept {
  return op.kind != operation_kind::wake || is_woken(op);
}

any_condition_state::ticket* any_condition_state::ticket_of(thread_id thread) noexcept {
  const auto found =
      std::find_if(waiting_.begin(), waiting_.end(), [&](const ticket& t) { return t.thread == thread; });
  return found == waiting_.end() ? nullptr : &*found;
}

void any_condition_state::give_back_ticket(thread_id thread) noexcept {
  std::erase_if(waiting_, [&](const ticket& each) { return each.thread == thread; });
}

}  // namespace heddle::sim
