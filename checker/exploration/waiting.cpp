// Whose turn it is behind the graph: who waits, for whom, and who waits in a loop.
#include <algorithm>

#include "exploration/conductor.hpp"

namespace heddle::checker::exploration {
namespace {

using sim::object_kind;
using sim::operation_kind;

constexpr const char* waits_in_a_loop = "it waits in a loop that changes something";

// What a loop that waits may do besides reading: it takes its locks and leaves them, waits and times out.
constexpr sim::operation_kinds harmless = [] {
  using enum operation_kind;
  return sim::kinds({lock, try_lock, unlock, lock_shared, try_lock_shared, unlock_shared, wait, wake});
}();

// Whether both stand for the same step in the same state.
bool same_step(const graph_event& a, const graph_event& b) noexcept {
  const bool locks = contains(harmless, a.op.kind);
  return a.op.kind == b.op.kind && a.cell == b.cell && a.reads == b.reads &&
         (locks || !a.reads || a.reads_from == b.reads_from);
}

bool leaves_all_as_it_is(const graph_event& event) noexcept {
  if (event.op.kind == operation_kind::random) return false;  // another value may come next
  return !event.writes || contains(harmless, event.op.kind);
}

}  // namespace

/** Operations of a loop that waits: they let others go, or time out. */
bool conductor::may_be_held_back(const sim::operation& op) noexcept {
  return op.kind == operation_kind::yield || op.kind == operation_kind::sleep || may_time_out(op);
}

void conductor::note_passed(const sim::event& happened, thread_state& of, std::uint32_t index, bool begins_move) {
  const sim::operation& op = happened.what;
  if (!begins_move || !may_be_held_back(op)) return;
  if (may_time_out(op) && happened.succeeded) return;
  of.passed.push_back({op.where, op.target, index});
}

/**
 * How many of its latest events a thread, which is at `op`, has performed twice, one time after the other, and in the
 * same state; 0 if it has not. Then it waits for somebody to change what it reads: going on brings nothing new.
 * (A loop that counts how often it has tried may really do more: see result::assumes_fairness.)
 */
std::uint32_t conductor::repeated(const sim::operation& op, std::uint32_t thread) const {
  const std::vector<passed_place>& passed = threads_[thread].passed;
  const auto latest = std::find_if(passed.rbegin(), passed.rend(), [&](const passed_place& each) {
    return op.where.line != 0 && same_place(each.where, op.where) && each.target == op.target;
  });
  if (latest == passed.rend()) return 0;
  const event_graph& graph = explorer_.graph();
  const std::uint32_t count = graph.threads[thread].count;
  // What timed out is part of the loop, what let others go stands between two rounds of it.
  const std::uint32_t between = may_time_out(op) ? 0 : 1;
  const std::uint32_t length = count - latest->index - between;
  if (latest->index < length) return 0;
  slot later = graph.threads[thread].last;
  slot earlier = later;
  for (std::uint32_t i = 0; i < length + between; ++i) earlier = graph.events[earlier].po_previous;
  for (std::uint32_t i = 0; i < length; ++i) {
    const graph_event& a = graph.events[later];
    const graph_event& b = graph.events[earlier];
    if (!same_step(a, b) || !leaves_all_as_it_is(a)) return 0;
    later = a.po_previous;
    earlier = b.po_previous;
  }
  return length + between;
}

// Whether one of its latest events, so many, read what is no longer there.
bool conductor::is_stale(std::uint32_t thread, std::uint32_t events) const {
  const event_graph& graph = explorer_.graph();
  for (slot at = graph.threads[thread].last; events > 0; --events, at = graph.events[at].po_previous) {
    const graph_event& event = graph.events[at];
    if (contains(harmless, event.op.kind) && (event.writes || !event.op.timed)) continue;
    if (event.reads && !event.writes && event.reads_from != graph.cells[event.cell].last) return true;
  }
  return false;
}

sim::thread_id conductor::whose_turn(sim::simulator& execution) {
  const sim::thread_id first = execution.first_enabled();
  const bool waits_in_loops = somebody_waits_ || execution.held_back();
  if (!waits_in_loops && first != sim::no_thread && !may_be_held_back(execution.thread(first).pending)) return first;
  if (!waits_in_loops && first == sim::no_thread) return first;
  const sim::thread_id next = first_to_go(execution);
  if (next != sim::no_thread || irreducible_ != nullptr) return next;
  const sim::thread_id waits = last_resort(execution);
  if (waits != sim::no_thread) ++threads_[numbers_[waits]].let_go;
  return waits;
}

// The first that can move, without those who wait for ever or in loops.
sim::thread_id conductor::first_to_go(sim::simulator& execution) {
  for (std::size_t position = 0;; ++position) {
    const sim::thread_id native = execution.live_thread(position);
    if (native == sim::no_thread) return native;
    const std::uint32_t thread = numbers_[native];
    const sim::operation& op = execution.thread(native).pending;
    if (threads_[thread].waits_at != none || op.kind == operation_kind::join) continue;
    if (!may_be_held_back(op)) {
      if (execution.enabled(native)) return native;
    } else if (repeated(op, thread) > 0) {
      execution.hold_back();
    } else if (execution.enabled(native)) {
      return native;
    } else {
      irreducible_ = waits_in_a_loop;
      return sim::no_thread;
    }
  }
}

// Nobody can move but those who wait in loops, for what is as it was: the loops may still come to an end by themselves.
// They go on in turns.
sim::thread_id conductor::last_resort(const sim::simulator& execution) const {
  sim::thread_id next = sim::no_thread;
  for (std::size_t position = 0;; ++position) {
    const sim::thread_id native = execution.live_thread(position);
    if (native == sim::no_thread) return next;
    const std::uint32_t thread = numbers_[native];
    const sim::operation& op = execution.thread(native).pending;
    if (threads_[thread].waits_at != none || !may_be_held_back(op)) continue;
    if (is_stale(thread, repeated(op, thread))) return sim::no_thread;
    if (next == sim::no_thread || threads_[thread].let_go < threads_[numbers_[next]].let_go) next = native;
  }
}

// Nobody goes on: whether somebody would, if what has changed since were looked at again.
bool conductor::somebody_is_stale(const sim::simulator& execution) const {
  const event_graph& graph = explorer_.graph();
  for (std::size_t position = 0;; ++position) {
    const sim::thread_id native = execution.live_thread(position);
    if (native == sim::no_thread) return false;
    const std::uint32_t thread = numbers_[native];
    const sim::operation& op = execution.thread(native).pending;
    if (const slot waits_at = threads_[thread].waits_at; waits_at != none) {
      const graph_event& read = graph.events[waits_at];
      if (graph.cells[read.cell].last != read.reads_from) return true;
    } else if (may_be_held_back(op) && is_stale(thread, repeated(op, thread))) {
      return true;
    }
  }
}

// A thread that has been notified could have timed out before that.
void conductor::try_time_out(const sim::operation& op, std::uint32_t thread) {
  if (op.kind != operation_kind::wake || op.deadline == sim::no_deadline || !is_woken(op)) return;
  if (op.target->kind() != object_kind::condition_variable || op.mutex == nullptr) return;
  sim::operation times_out = op;
  times_out.argument = static_cast<std::uint64_t>(sim::woken::not_yet);
  if (repeated(times_out, thread) > 0) return;
  operation_steps steps;
  find_steps(times_out, thread, steps);
  explorer_.branch(steps.parts[0]);
}

// Nobody can move: those who could have gone on earlier are tried there.
void conductor::try_blocked_threads(sim::simulator& execution) {
  for (std::size_t position = 0;; ++position) {
    const sim::thread_id native = execution.live_thread(position);
    if (native == sim::no_thread) return;
    const sim::operation& op = execution.thread(native).pending;
    const std::uint32_t thread = numbers_[native];
    if (may_be_held_back(op) || threads_[thread].waits_at != none) continue;
    if (op.kind == operation_kind::wake && !is_woken(op)) continue;
    try_time_out(op, thread);
    operation_steps steps;
    find_steps(op, thread, steps);
    if (steps.count == 0 || steps.parts[0].as != shape::guard) continue;
    if (steps.cause != none) explorer_.come_after(thread, steps.cause);
    explorer_.branch(steps.parts[0]);
  }
}

}  // namespace heddle::checker::exploration
