#include "exploration/event_graph.hpp"

#include <cstddef>

namespace heddle::checker::exploration {

void event_graph::link(slot at, slot after) noexcept {
  graph_event& write = events[at];
  graph_cell& of = cells[write.cell];
  write.mo_previous = after;
  write.mo_next = next_write(write.cell, after);
  (after == none ? of.first : events[after].mo_next) = at;
  (write.mo_next == none ? of.last : events[write.mo_next].mo_previous) = at;
}

void event_graph::drop_withdrawn() {
  std::vector<slot> moved(events.size(), none);
  std::size_t left = 0;
  for (std::size_t at = 0; at < events.size(); ++at) {
    if (events[at].withdrawn) continue;
    moved[at] = static_cast<slot>(left);
    events[left++] = events[at];
  }
  events.resize(left);
  const auto move = [&](slot& at) {
    if (at != none) at = moved[at];
  };
  for (graph_event& event : events) {
    move(event.po_previous);
    move(event.reads_from);
    move(event.mo_previous);
    move(event.mo_next);
  }
  for (graph_cell& cell : cells) {
    move(cell.first);
    move(cell.last);
  }
  for (graph_thread& thread : threads) move(thread.last);
  for (slot& at : order) move(at);
}

}  // namespace heddle::checker::exploration
