// The parts of the simulator that are on every thread's path. Inline, for the reason that context.hpp gives.
#pragma once

#include <utility>

#include <heddle/sim/simulator.hpp>

#include "callers.hpp"
#include "giving_up.hpp"
#include "green_thread.hpp"

namespace heddle::sim {

/** Suspends the running thread and goes on with `next`; returns when somebody switches back. */
[[gnu::always_inline]] inline void simulator::switch_to(green_thread& next) {
  green_thread& self = *running_;
  running_ = &next;
  running_id_ = next.id;
  serial_ = next.serial;
  self.calls.switch_to(next.calls, *exceptions_);
}

/** The same for a running thread whose calls are dropped. */
inline void simulator::leave_to(green_thread& next) {
  green_thread& self = *running_;
  running_ = &next;
  running_id_ = next.id;
  serial_ = next.serial;
  self.calls.leave_to(next.calls, *exceptions_);
}

/** An event of `thread`: counts it, tells the monitor if that is interested, and ends the execution at its limit. */
inline void simulator::tell(green_thread& thread, const operation& op, effect done, bool succeeded,
                            const event_values* values) {
  last_moved_ = thread.id;
  thread.published = false;
  const std::uint32_t index = thread.events++;
  if (contains(interests_, op.kind)) {
    const fault_kind fault = thread.fault_at == index ? thread.fault : fault_kind::none;
    const event happened{thread.id, index, op, done, succeeded, values, fault};
    if (recording_) [[unlikely]] {
      on_os_stack([&] { monitor_->on_event(happened); });
    } else {
      monitor_->on_event(happened);
    }
  }
  if (director_ != nullptr) {
    const event happened{thread.id, index, op, done, succeeded, values, fault_kind::none};
    director_->on_event(happened);
  }
  if (++events_ >= settings_.event_limit && !giving_up_) [[unlikely]] {
    record_ending(ending_kind::event_limit, {}, op.where);
  }
}

/** The event of an operation that was not published, since it is no point of choice. */
inline void simulator::tell_unpublished(green_thread& thread, operation_kind kind, thread_id other,
                                        source_location where) {
  thread.pending.kind = kind;
  thread.pending.target = nullptr;
  thread.pending.mutex = nullptr;
  thread.pending.argument = other;
  thread.pending.deadline = no_deadline;
  thread.pending.where = where;
  if (recording_) [[unlikely]]
    capture_callers(where, thread.callers);
  tell(thread, thread.pending, effect::none, true, nullptr);
}

/** Whether the thread, which is blocked, waits for one that is at an operation that can block too, or for itself. */
inline bool simulator::waits_for_blocked(const green_thread& thread) const noexcept {
  const operation& op = thread.pending;
  if (may_time_out(op)) return false;
  const thread_id other = op.kind == operation_kind::join ? static_cast<thread_id>(op.argument)
                          : op.target != nullptr          ? op.target->waits_for(op)
                                                          : no_thread;
  return other != no_thread && may_block(threads_[other]->pending.kind);
}

/** The running thread has published: the scheduler's turn, in the thread that yields. */
[[gnu::always_inline]] inline void simulator::take_turn(green_thread& self) {
  if (giving_up_) [[unlikely]]
    return give_way_at_pending();
  if (stack_pointer() < self.memory.limit()) [[unlikely]]
    return end_for_full_stack(self.pending.where);
  const operation& op = self.pending;
  self.published = true;
  if (recording_) [[unlikely]]
    capture_callers(op.where, self.callers);
  if (may_block(op.kind) && director_ == nullptr && !is_enabled(self) && waits_for_blocked(self)) {
    monitor_->on_blocked(self.id);
    if (giving_up_) return give_up_at_pending();
  }
  green_thread* next = next_thread();
  if (next == nullptr) [[unlikely]]
    return give_up_at_pending();
  if (next != &self) switch_to(*next);
  if (giving_up_) [[unlikely]]
    give_way_at_pending();
}

}  // namespace heddle::sim
