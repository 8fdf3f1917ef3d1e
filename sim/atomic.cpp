#include <heddle/atomic.hpp>

#include <string>

namespace heddle::sim {

void atomic_state::order_not_allowed(operation_kind kind, source_location where) const {
  simulator::current().end(ending_kind::misuse,
                           "a memory order that the standard does not allow for " + std::string(to_string(kind)),
                           where);
}

bool atomic_state::enabled(const operation& op, thread_id /*thread*/) const noexcept {
  if (op.kind == operation_kind::await) {
    cell_value same;
    return op.makes->apply(*op.makes, state(), same);
  }
  return op.kind != operation_kind::wake || is_woken(op);
}

// A notification can be counted on only by those who blocked before a modification that came before it
// ([atomics.wait]/4): whoever blocked after the latest one would only find the same value again.
std::span<const thread_id> atomic_state::eligible(simulator& execution, bool& anybody_waits) const {
  return execution.threads_that([&](thread_id thread) {
    for (const atomic_waiter* waiter = waiters_; waiter != nullptr; waiter = waiter->next_) {
      if (waiter->thread_ != thread) continue;
      const operation& pending = execution.thread(thread).pending;
      if (pending.kind != operation_kind::wake || is_woken(pending)) return false;
      anybody_waits = true;
      return waiter->seen_ != modifications_;
    }
    return false;
  });
}

void atomic_state::notify_one(source_location where) {
  simulator& execution = simulator::current();
  execution.publish(operation_kind::notify_one, *this, where);
  if (execution.giving_up()) return;
  bool anybody_waits = false;
  const auto waiting = eligible(execution, anybody_waits);
  if (waiting.empty()) return execution.performed(effect::read, anybody_waits);
  const auto count = static_cast<std::uint32_t>(waiting.size());
  execution.notify(waiting.subspan(execution.choose(choice_kind::waiter, count), 1));
}

void atomic_state::notify_all(source_location where) {
  simulator& execution = simulator::current();
  execution.publish(operation_kind::notify_all, *this, where);
  if (execution.giving_up()) return;
  bool anybody_waits = false;
  const auto waiting = eligible(execution, anybody_waits);
  if (waiting.empty()) return execution.performed(effect::read, anybody_waits);
  execution.notify(waiting);
}

bool atomic_waiter::sleep(memory_orders orders, source_location where) {
  simulator& execution = simulator::current();
  if (!sleeps_) {
    sleeps_ = true;
    next_ = on_.waiters_;
    on_.waiters_ = this;
  }
  seen_ = on_.modifications_;
  const bool spurious = execution.meets(fault_kind::spurious_wakeup);
  execution.publish({.kind = operation_kind::wake,
                     .orders = orders,
                     .target = &on_,
                     .argument = static_cast<std::uint64_t>(spurious ? woken::spuriously : woken::not_yet),
                     .where = where});
  return !execution.giving_up();
}

// In an execution that is given up nobody looks at the list any more, and what it leads to may be gone.
void atomic_waiter::leave() noexcept {
  if (running_simulator == nullptr || running_simulator->giving_up()) return;
  atomic_waiter** link = &on_.waiters_;
  while (*link != this) link = &(*link)->next_;
  *link = next_;
}

}  // namespace heddle::sim
