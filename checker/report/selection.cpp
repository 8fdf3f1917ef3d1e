// The rules by which events are shown or left out.
#include "selection.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace heddle::checker {
namespace {

using sim::operation_kind;

constexpr std::size_t most_shown = 60;
constexpr std::size_t shown_first = 20;

// Variables and queues matter where threads meet in them. Locks and the like are there for nothing else: that only one
// thread uses one may be the very bug.
constexpr sim::operation_kinds never_shown = [] {
  using enum operation_kind;
  return sim::kinds({start, end, join, yield, sleep, fence});
}();
constexpr sim::operation_kinds shown_if_shared = [] {
  using enum operation_kind;
  return sim::atomic_accesses | sim::kinds({read, write, push, try_push, pop, try_pop, size, close});
}();

// For each object, whether at least two threads have touched it or are about to.
std::vector<bool> find_shared(const trace& in) {
  std::vector<std::optional<sim::thread_id>> first(in.objects.size());
  std::vector<bool> shared(in.objects.size(), false);
  const auto touch = [&](const step& by, sim::thread_id thread) {
    if (!by.object || *by.object >= first.size()) return;
    const std::optional<sim::thread_id> before = first[*by.object];
    if (before && *before != thread) shared[*by.object] = true;
    first[*by.object] = thread;
  };
  for (const step& event : in.steps) touch(event, event.thread);
  for (const pending_step& each : in.pending) touch(each.next, each.thread);
  return shared;
}

// Under an interpreter's lock nobody comes in between the accesses of one turn: of those to one variable the first one
// and the two last ones, a load and a store perhaps, say it all.
void hide_repeats_within_turns(const trace& in, std::vector<bool>& visible) {
  std::map<std::pair<sim::thread_id, sim::object_id>, std::vector<std::size_t>> of_the_turn;
  const auto end_turn = [&](sim::thread_id thread) {
    for (auto& [whose, at] : of_the_turn) {
      if (whose.first != thread) continue;
      for (std::size_t i = 1; i + 2 < at.size(); ++i) visible[at[i]] = false;
      at.clear();
    }
  };
  for (std::size_t i = 0; i < in.steps.size(); ++i) {
    const step& event = in.steps[i];
    if (!event.object || *event.object >= in.objects.size()) continue;
    if (in.objects[*event.object].kind == sim::object_kind::interpreter_lock) {
      end_turn(event.thread);
    } else if (!event.instruction.empty()) {
      of_the_turn[{event.thread, *event.object}].push_back(i);
    }
  }
  for (sim::thread_id thread = 0; thread < in.threads.size(); ++thread) end_turn(thread);
}

bool has_interpreter_lock(const trace& in) {
  return std::any_of(in.objects.begin(), in.objects.end(),
                     [](const traced_object& each) { return each.kind == sim::object_kind::interpreter_lock; });
}

std::vector<bool> find_visible(const trace& in, bool ended_by_itself) {
  const std::vector<bool> shared = find_shared(in);
  std::vector<bool> visible(in.steps.size(), false);
  for (std::size_t i = 0; i < in.steps.size(); ++i) {
    const step& event = in.steps[i];
    if (event.object && *event.object < in.objects.size() &&
        in.objects[*event.object].kind == sim::object_kind::history) {
      visible[i] = !event.read.empty() || !event.written.empty();
      continue;
    }
    const bool is_shared = event.object && *event.object < shared.size() && shared[*event.object];
    visible[i] = event.fault != sim::fault_kind::none ||
                 (!contains(never_shown, event.kind) && (is_shared || !contains(shown_if_shared, event.kind)));
  }
  if (has_interpreter_lock(in)) hide_repeats_within_turns(in, visible);
  if (!visible.empty() && !ended_by_itself) visible.back() = true;
  return visible;
}

// A preemption is marked at the first event shown of the thread that came in; where none of its events would be shown
// before the next switch, the preempting one is.
std::vector<shown_event> mark_preemptions(const std::vector<step>& steps, const std::vector<bool>& visible,
                                          std::size_t end) {
  std::vector<shown_event> shown;
  for (std::size_t begin = 0; begin < end;) {
    std::size_t after = begin + 1;
    while (after < end && steps[after].thread == steps[begin].thread && !steps[after].preempts) ++after;
    bool preempts = steps[begin].preempts;
    const std::size_t shown_before = shown.size();
    for (std::size_t i = begin; i < after; ++i) {
      if (visible[i]) shown.push_back({i, std::exchange(preempts, false)});
    }
    if (preempts && shown.size() == shown_before) shown.push_back({begin, true});
    begin = after;
  }
  return shown;
}

void leave_out_middle(selection& of) {
  if (of.events.size() <= most_shown) return;
  const auto begin = of.events.begin() + static_cast<std::ptrdiff_t>(shown_first);
  const auto end = of.events.end() - static_cast<std::ptrdiff_t>(most_shown - shown_first);
  of.left_out = end->position - (begin - 1)->position - 1;
  of.events.erase(begin, end);
  of.gap = shown_first;
}

}  // namespace

selection select_events(const failure& of) {
  const std::vector<step>& steps = of.trace.steps;
  selection selected;
  std::vector<bool> visible = find_visible(of.trace, of.kind == failure_kind::not_linearizable);
  std::size_t end = steps.size();
  if (of.kind == failure_kind::livelock) selected.repeats = find_repetition(steps);
  if (selected.repeats.times > 0) {
    end = selected.repeats.begin + selected.repeats.period;
    for (std::size_t i = selected.repeats.begin; i < end; ++i)
      visible[i] = true;  // yields, too, are part of the circle
  }
  selected.events = mark_preemptions(steps, visible, end);
  leave_out_middle(selected);
  return selected;
}

}  // namespace heddle::checker
