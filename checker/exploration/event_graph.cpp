#include "exploration/event_graph.hpp"

#include <algorithm>

namespace heddle::checker::exploration {

void event_graph::link(slot at, slot after) noexcept {
  graph_event& write = events[at];
  graph_cell& of = cells[write.cell];
  write.mo_previous = after;
  write.mo_next = next_write(write.cell, after);
  (after == none ? of.first : events[after].mo_next) = at;
  (write.mo_next == none ? of.last : events[write.mo_next].mo_previous) = at;
}

bool event_graph::comes_left_of(std::uint32_t a, std::uint32_t b) const noexcept {
  const auto depth = [&](std::uint32_t thread) {
    std::uint32_t steps = 0;
    for (; threads[thread].parent != none; thread = threads[thread].parent) ++steps;
    return steps;
  };
  std::uint32_t deep_a = depth(a);
  std::uint32_t deep_b = depth(b);
  const bool a_is_deeper = deep_a > deep_b;
  for (; deep_a > deep_b; --deep_a) a = threads[a].parent;
  for (; deep_b > deep_a; --deep_b) b = threads[b].parent;
  if (a == b) return !a_is_deeper;  // an ancestor comes first
  while (threads[a].parent != threads[b].parent) {
    a = threads[a].parent;
    b = threads[b].parent;
  }
  return threads[a].ordinal < threads[b].ordinal;
}

// Waiters are offered in thread order, and bits stand in the order of numbers.
transition event_graph::apply_to(const facts& op, const cell_value& state, std::uint32_t choice,
                                 const sim::value_function* makes) const {
  if (choices_of(op, state) > 1) choice = rank_of_waiter(state.low, choice);
  return apply(op, state, choice, makes);
}

std::uint32_t event_graph::rank_of_waiter(std::uint64_t waiting, std::uint32_t choice) const {
  std::vector<std::uint32_t> numbers;
  for (std::uint32_t thread = 0; thread < threads.size(); ++thread) {
    if ((waiting >> (thread % most_waiting) & 1U) != 0) numbers.push_back(thread);
  }
  std::vector<std::uint32_t> in_order = numbers;
  std::sort(in_order.begin(), in_order.end(), [&](std::uint32_t a, std::uint32_t b) { return comes_left_of(a, b); });
  const auto found = std::find(numbers.begin(), numbers.end(), in_order[choice]);
  return static_cast<std::uint32_t>(found - numbers.begin());
}

}  // namespace heddle::checker::exploration
