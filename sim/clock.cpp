// Virtual time: the clock, deadlines, and faults of timing.
#include <algorithm>
#include <vector>

#include <heddle/sim/simulator.hpp>
#include <heddle/sim/value_text.hpp>

#include "green_thread.hpp"
#include "simulator_inline.hpp"

namespace heddle::sim {
namespace {

// What a thread that does nothing but read the clock sees it advance by: this, and twice as much each time.
constexpr std::uint64_t first_step = 1'000;
constexpr std::uint32_t most_doublings = 40;

// The first at which a thread goes on by itself; no_deadline where none does.
std::uint64_t earliest_deadline(const std::vector<green_thread*>& live) noexcept {
  std::uint64_t earliest = no_deadline;
  for (const green_thread* thread : live) {
    const operation& op = thread->pending;
    if (op.kind == operation_kind::sleep || may_time_out(op)) earliest = std::min(earliest, op.deadline);
  }
  return earliest;
}

}  // namespace

// Of a thread whose operation is blocked and has a deadline: whether it could give up now.
bool simulator::times_out(const green_thread& thread) const noexcept {
  const operation& op = thread.pending;
  if (!may_time_out(op)) return false;
  return settings_.time == time_mode::timed ? op.deadline <= now_ : !yields_in_vain(thread);
}

// The running thread's operation fails: if it had a deadline, it has timed out. Where time is free, the clock has
// jumped to the deadline.
void simulator::note_failure() noexcept {
  const operation& op = running_->pending;
  if (op.deadline == no_deadline || giving_up_) return;
  now_ = std::max(now_, op.deadline);
  pass_yield(op.where);
}

// Nobody can move: in timed mode the clock jumps to the next deadline, if there is one ahead.
bool simulator::advance_clock() noexcept {
  if (settings_.time != time_mode::timed) return false;
  const std::uint64_t next = earliest_deadline(live_);
  if (next == no_deadline) return false;
  now_ = next;
  return true;
}

void simulator::yield(operation_kind kind, std::uint64_t deadline, source_location where) {
  publish({.kind = kind, .deadline = deadline, .where = where});
  if (giving_up_) return;
  pass_yield(where);
  if (deadline != no_deadline) now_ = std::max(now_, running_->pending.deadline);
  performed(effect::none);
}

std::uint64_t simulator::read_clock(source_location where) {
  publish({.kind = operation_kind::now, .where = where});
  if (giving_up_) return now_;
  green_thread& self = *running_;
  const std::uint64_t progress = progress_ - self.own_locking;
  const bool again = self.clock_read == now_ && self.progress_at_clock == progress;
  self.clock_reads = again ? std::min(self.clock_reads + 1, most_doublings) : 0;
  if (self.clock_reads > 0) {
    std::uint64_t reading = deadline_in(first_step << (self.clock_reads - 1));
    if (settings_.time == time_mode::timed) {  // but the order of deadlines is kept
      reading = std::min(reading, std::max(earliest_deadline(live_), now_));
    }
    now_ = reading;
  }
  self.clock_read = now_;
  self.progress_at_clock = progress;
  performed(effect::none, true, [&] { return event_values{show_time(now_), {}}; });
  return now_;
}

bool simulator::times_out_early() const noexcept {
  const green_thread& self = *running_;
  return self.fault_at == self.events && self.fault == fault_kind::timeout && self.pending.deadline == 0;
}

// A deadline that comes as late again.
std::uint64_t simulator::later_than(std::uint64_t deadline) const noexcept {
  const std::uint64_t length = deadline > now_ ? deadline - now_ : 0;
  return length > no_deadline / 2 - 1 ? no_deadline - 1 : deadline_in(2 * length + 1);
}

// Early, as if its deadline were past; or late, after twice its time. Where time is free anything may be late anyway.
void simulator::ask_for_timeout_fault() {
  operation& op = running_->pending;
  const bool timed = settings_.time == time_mode::timed;
  if (op.kind == operation_kind::sleep) {
    if (timed && ask_for_fault(fault_kind::timeout, 2) != 0) op.deadline = later_than(op.deadline);
    return;
  }
  switch (ask_for_fault(fault_kind::timeout, timed ? 3 : 2)) {
    case 1:
      op.deadline = 0;
      op.amount = 0;
      break;
    case 2: op.deadline = later_than(op.deadline); break;
    default: break;
  }
}

}  // namespace heddle::sim
