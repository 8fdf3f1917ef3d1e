// Whose turn it is behind the graph: who waits, for whom, and who waits in a loop.
#include <algorithm>

#include "exploration/conductor.hpp"

namespace heddle::checker::exploration {
namespace {

using sim::object_kind;
using sim::operation_kind;

// What a loop that waits may do besides reading: it takes its locks and leaves them, waits and times out.
constexpr sim::operation_kinds harmless = [] {
  using enum operation_kind;
  return sim::kinds({lock, try_lock, unlock, lock_shared, try_lock_shared, unlock_shared, wait, wake});
}();

// Whether both stand for the same step in the same state.
bool same_step(const graph_event& a, const graph_event& b) noexcept {
  const bool locks = contains(harmless, a.op.kind);
  // A lock that was got here and not there is another state. Who looks at another item has gone on.
  if (a.op.amount != b.op.amount) return false;
  return a.op.kind == b.op.kind && a.cell == b.cell && a.reads == b.reads && a.writes == b.writes &&
         (locks || !a.reads || a.reads_from == b.reads_from);
}

bool leaves_all_as_it_is(const graph_event& event) noexcept {
  if (event.op.kind == operation_kind::random) return false;  // another value may come next
  return !event.writes || contains(harmless, event.op.kind);
}

// Whether `later` says nothing that `earlier` did not, which stands as far back in another round of a loop.
bool says_the_same(const graph_event& later, const graph_event& earlier) noexcept {
  return same_step(later, earlier) && leaves_all_as_it_is(later);
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
 * How many of its latest events a thread, which is at `op`, has performed again and again, in the same state; 0 if it
 * has not. Then it waits for somebody to change what it reads: going on brings nothing new. (A loop that counts how
 * often it has tried may really do more: see result::assumes_fairness.)
 */
std::uint32_t conductor::repeated(const sim::operation& op, std::uint32_t thread) const {
  return may_be_held_back(op) ? repeated_rounds(op, thread) : repeated_reads(op, thread);
}

// Of one that lets others go, or times out, in each round: two rounds say enough.
std::uint32_t conductor::repeated_rounds(const sim::operation& op, std::uint32_t thread) const {
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
    if (!says_the_same(a, b)) return 0;
    later = a.po_previous;
    earlier = b.po_previous;
  }
  return length + between;
}

// Of one that looks, and lets nobody go: several rounds, since loops that look a few times are common. And of one that
// takes locks as long as it can try others, and leaves them again. (What takes a lock and gets it does not wait.)
std::uint32_t conductor::repeated_reads(const sim::operation& op, std::uint32_t thread) const {
  constexpr std::uint32_t rounds_of_looks = 4;
  constexpr std::uint32_t rounds_of_tries = 2;
  const thread_state& of = threads_[thread];
  const auto place = [&](std::uint32_t back) { return of.places[(of.moves - back) % of.places.size()]; };
  for (std::uint32_t length = 1; length * rounds_of_tries <= of.places.size(); ++length) {
    if (of.moves < length * rounds_of_tries || op.where.line == 0 || !same_place(op.where, place(length))) continue;
    const event_graph& graph = explorer_.graph();
    if (graph.threads[thread].count < length * rounds_of_tries) continue;
    bool locks = false;
    bool tries = false;
    slot earlier = graph.threads[thread].last;
    for (std::uint32_t i = 0; i < length; ++i, earlier = graph.events[earlier].po_previous) {
      const graph_event& event = graph.events[earlier];
      locks = locks || event.writes;
      tries = tries || (!event.writes && event.op.kind == operation_kind::try_lock);
    }
    const std::uint32_t rounds = locks ? rounds_of_tries : rounds_of_looks;
    if ((locks && !tries) || length * rounds > of.places.size()) continue;
    if (of.moves < length * rounds || graph.threads[thread].count < length * rounds) continue;
    slot later = graph.threads[thread].last;
    std::uint32_t same = 0;
    for (; same < length * (rounds - 1); ++same) {
      const graph_event& a = graph.events[later];
      const graph_event& b = graph.events[earlier];
      if (!says_the_same(a, b) || !same_place(place(same + 1), place(same + 1 + length))) break;
      later = a.po_previous;
      earlier = b.po_previous;
    }
    if (same == length * (rounds - 1)) return length;
  }
  return 0;
}

// Whether one of its latest events, so many, read what is no longer there.
bool conductor::is_stale(std::uint32_t thread, std::uint32_t events) const {
  const event_graph& graph = explorer_.graph();
  for (slot at = graph.threads[thread].last; events > 0; --events, at = graph.events[at].po_previous) {
    const graph_event& event = graph.events[at];
    if (event.reads && !event.writes && event.reads_from != graph.cells[event.cell].last) return true;
  }
  return false;
}

sim::thread_id conductor::whose_turn(sim::simulator& execution) {
  const sim::thread_id first = execution.first_enabled();
  if (!somebody_waits_ && !execution.held_back()) {
    if (first == sim::no_thread) return first;
    const sim::operation& op = execution.thread(first).pending;
    if (!may_be_held_back(op) && repeated_reads(op, numbers_[first]) == 0) return first;
  }
  const sim::thread_id next = first_to_go(execution);
  if (next != sim::no_thread) return next;
  const sim::thread_id waits = last_resort(execution);
  if (waits == sim::no_thread) return waits;
  // They are about to go round up to the limit of events: nobody else will be asked any more.
  constexpr std::uint64_t some = 20;
  if (!tried_ && execution.counted().events + some >= execution.set_to().event_limit) {
    tried_ = true;
    try_blocked_threads(execution);
  }
  const std::uint32_t thread = numbers_[waits];
  ++threads_[thread].let_go;
  threads_[thread].looks_anew = repeated(execution.thread(waits).pending, thread);
  return waits;
}

// The first that can move, without those who wait for ever, or in loops for what is as it was. (The simulator holds
// some of them back itself.)
sim::thread_id conductor::first_to_go(sim::simulator& execution) {
  for (std::size_t position = 0;; ++position) {
    const sim::thread_id native = execution.live_thread(position);
    if (native == sim::no_thread) return native;
    const std::uint32_t thread = numbers_[native];
    const sim::operation& op = execution.thread(native).pending;
    if (threads_[thread].waits_at != none || op.kind == operation_kind::join) continue;
    const std::uint32_t again = repeated(op, thread);
    if (again > 0) execution.hold_back();  // also if it goes on: it sees what is latest only
    if (again > 0 && !is_stale(thread, again)) continue;
    if (execution.enabled(native)) {
      if (again > 0) threads_[thread].looks_anew = again;
      return native;
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
    if (threads_[thread].waits_at != none) continue;
    if (!may_be_held_back(op) && (repeated(op, thread) == 0 || !execution.enabled(native))) continue;
    if (next == sim::no_thread || threads_[thread].let_go < threads_[numbers_[next]].let_go) next = native;
  }
}

// What lets others go is to be replayed where the simulator would hold its thread back: it comes behind the next move
// of another thread. It depends on nothing but its own thread. False if there is no such move before the thread's own
// next.
bool conductor::postpone() {
  const event_graph& graph = explorer_.graph();
  const auto begin = order_.begin() + static_cast<std::ptrdiff_t>(position_) - 1;
  const std::uint32_t thread = graph.events[*begin].op.thread;
  auto end = begin + 1;
  if (end == order_.end() || graph.events[*end].op.thread == thread) return false;
  do ++end;
  while (end != order_.end() && !graph.events[*end].begins_move);
  std::rotate(begin, begin + 1, end);
  --position_;
  return true;
}

// Nobody goes on: whether somebody waits for ever, having read what is no longer there.
bool conductor::somebody_is_stale(const sim::simulator& execution) const {
  const event_graph& graph = explorer_.graph();
  for (std::size_t position = 0;; ++position) {
    const sim::thread_id native = execution.live_thread(position);
    if (native == sim::no_thread) return false;
    const slot waits_at = threads_[numbers_[native]].waits_at;
    if (waits_at == none) continue;
    const graph_event& read = graph.events[waits_at];
    if (graph.cells[read.cell].last != read.reads_from) return true;
  }
}

// A thread that has been notified could have timed out before that.
void conductor::try_time_out(const sim::operation& op, std::uint32_t thread) {
  if (op.kind != operation_kind::wake || op.deadline == sim::no_deadline || !is_woken(op)) return;
  if (op.target->kind() != object_kind::condition_variable || op.mutex == nullptr) return;
  sim::operation times_out = op;
  times_out.argument = static_cast<std::uint64_t>(sim::woken::not_yet);
  const std::uint32_t again = repeated(times_out, thread);
  if (again > 0 && !is_stale(thread, again)) return;
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
    if (may_be_held_back(op) || threads_[thread].waits_at != none || threads_[thread].looks_anew > 0) continue;
    if (op.kind == operation_kind::wake && !is_woken(op)) continue;
    try_time_out(op, thread);
    operation_steps steps;
    find_steps(op, thread, steps);
    if (steps.parts[0].as != shape::guard) continue;
    come_after_causes(thread, op, steps);
    explorer_.branch(steps.parts[0]);
  }
}

}  // namespace heddle::checker::exploration
