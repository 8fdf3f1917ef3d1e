#include <heddle/condition_variable.hpp>

#include <algorithm>

namespace heddle::sim {

bool condition_state::wait(mutex_state* mutex, std::uint64_t deadline, source_location where) {
  simulator& execution = simulator::current();
  execution.publish({.kind = operation_kind::wait, .target = this, .mutex = mutex, .where = where});
  if (execution.giving_up()) return true;
  if (mutex == nullptr || mutex->holder() != execution.running()) {
    execution.end(ending_kind::misuse, "a wait on " + mention(*this) + " with a mutex that the thread does not hold",
                  where);
    return true;
  }
  for (const thread_id other : execution.waiters(*this)) {
    const object* its = execution.thread(other).pending.mutex;
    if (its == mutex) continue;
    execution.end(ending_kind::misuse,
                  "a wait on " + mention(*this) + " with " + mention(*mutex) + ", though " + mention(other) +
                      " waits on it with " + mention(*its),
                  where);
    return true;
  }
  mutex->let_go();
  const bool spurious = execution.meets(fault_kind::spurious_wakeup, 1);  // it shows when the thread wakes up
  execution.performed(effect::update);
  execution.publish({.kind = operation_kind::wake,
                     .target = this,
                     .mutex = mutex,
                     .argument = static_cast<std::uint64_t>(spurious ? woken::spuriously : woken::not_yet),
                     .deadline = spurious ? no_deadline : deadline,
                     .where = where});
  // From here on *this may be gone, if the thread was woken: its operation is a `lock` of the mutex then.
  const operation& woke = execution.thread(execution.running()).pending;
  const bool timed_out = woke.kind == operation_kind::wake && !is_woken(woke) && !execution.giving_up();
  if (timed_out) {
    execution.performed(effect::update, false);
    mutex->lock(where);
  } else {
    mutex->take(execution.running());
    execution.performed(effect::update);
  }
  return !timed_out;
}

void condition_state::notify_one(source_location where) {
  simulator& execution = simulator::current();
  execution.publish(operation_kind::notify_one, *this, where);
  if (execution.giving_up()) return;
  const auto waiting = execution.waiters(*this);
  const auto count = static_cast<std::uint32_t>(waiting.size());
  const std::uint32_t picked = count > 0 ? execution.choose(choice_kind::waiter, count) : 0;
  execution.notify(waiting.subspan(picked, std::min(count, 1U)));
}

void condition_state::notify_all(source_location where) {
  simulator& execution = simulator::current();
  execution.publish(operation_kind::notify_all, *this, where);
  if (execution.giving_up()) return;
  execution.notify(execution.waiters(*this));
}

bool condition_state::enabled(const operation& op, thread_id thread) const noexcept {
  if (op.kind != operation_kind::wake) return true;
  return is_woken(op) && static_cast<const mutex_state*>(op.mutex)->free_for(thread);
}

thread_id condition_state::waits_for(const operation& op) const noexcept {
  return is_woken(op) ? static_cast<const mutex_state*>(op.mutex)->holder() : no_thread;
}

}  // namespace heddle::sim
