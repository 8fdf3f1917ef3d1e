#include "exploration/event_graph.hpp"

namespace heddle::checker::exploration {

void event_graph::link(slot at, slot after) noexcept {
  graph_event& write = events[at];
  graph_cell& of = cells[write.cell];
  write.mo_previous = after;
  write.mo_next = next_write(write.cell, after);
  (after == none ? of.first : events[after].mo_next) = at;
  (write.mo_next == none ? of.last : events[write.mo_next].mo_previous) = at;
}

}  // namespace heddle::checker::exploration
