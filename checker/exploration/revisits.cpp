// Revisits: earlier reads that could have seen a new write, do.
#include <algorithm>
#include <utility>

#include "exploration/explorer.hpp"

namespace heddle::checker::exploration {

// The stamp of the earliest read that could see the write, if all that came later were default; 0 if there is none.
std::uint32_t explorer::first_candidate(const revisitor& by) const noexcept {
  std::uint32_t first = 0;
  for (slot at = newest_read_[by.taken.cell]; at != none; at = older_read_[at]) {
    const graph_event& event = graph_.events[at];
    if (!event.fixed && !kept(by, event)) first = event.read_stamp;
  }
  return first;
}

void explorer::revisit(const revisitor& by) {
  const std::uint32_t first = first_candidate(by);
  if (first == 0) return;  // nearly always: what else is in the graph need not be looked at
  const std::uint32_t cell = by.taken.cell;
  candidates_.clear();
  std::uint32_t limit = first;  // or a later step among those to be dropped that is not default: reads from here on
  for (auto at = static_cast<slot>(graph_.events.size()); at-- > 0;) {
    const graph_event& event = graph_.events[at];
    if (event.first_stamp() < limit && !graph_.late_writes) break;
    if (kept(by, event)) continue;
    if (event.write_stamp > limit && !default_write(by, at)) limit = event.write_stamp;
    if (!event.reads || event.read_stamp < limit) continue;
    if (!default_read(by, at)) {
      limit = event.read_stamp;
    } else if (event.cell == cell && !event.fixed) {
      candidates_.push_back(at);
    }
  }
  // By index: what is emitted for one does not depend on the others.
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    if (graph_.events[candidates_[i]].read_stamp < limit) continue;
    emit_revisits(by, candidates_[i]);
  }
}

// Whether this read, which is to be dropped, saw the latest write among those that were there before or are kept.
bool explorer::default_read(const revisitor& by, slot at) const {
  const graph_event& event = graph_.events[at];
  const auto there = [&](slot write) {
    const graph_event& it = graph_.events[write];
    return it.write_stamp <= event.read_stamp || kept(by, it);
  };
  if (shape_of(event.op) == shape::guard) {
    slot latest = graph_.cells[event.cell].last;
    while (latest != none && (latest == at || !there(latest))) latest = graph_.events[latest].mo_previous;
    return event.reads_from == latest && lets_go_on(event, graph_.state_after(event.cell, latest));
  }
  if (event.reads_from != none && !there(event.reads_from)) return false;
  for (slot later = graph_.next_write(event.cell, event.reads_from); later != none;
       later = graph_.events[later].mo_next) {
    if (later != at && there(later)) return false;
  }
  return true;
}

// Whether this write, which is to be dropped, came last, and nobody who was there before has seen it. And whether what
// was chosen was the first possibility.
bool explorer::default_write(const revisitor& by, slot at) const {
  const graph_event& event = graph_.events[at];
  if (event.choice != 0 || event.read_early || event.displaced) return false;
  if (!event.writes) return true;
  for (slot later = event.mo_next; later != none; later = graph_.events[later].mo_next) {
    const graph_event& it = graph_.events[later];
    if (it.write_stamp <= event.write_stamp || kept(by, it)) return false;
  }
  return true;
}

// What was added before `read` or is a cause of the write, in the order in which it was added; without `read` itself if
// that is to be removed.
void explorer::restrict_to_kept(const revisitor& by, slot read, bool removes, event_graph& to) {
  const std::uint32_t limit = graph_.events[read].read_stamp;
  to.clear_but_events();
  to.events.resize(graph_.events.size());  // as many as there can be
  slot next = 0;
  to.clock = graph_.clock;
  to.rules_off = graph_.rules_off;
  to.threads.assign(graph_.threads.begin(), graph_.threads.end());
  for (graph_thread& thread : to.threads) {
    thread.last = none;
    thread.count = 0;
  }
  map_.assign(graph_.events.size(), none);
  cells_.assign(graph_.cells.size(), none);
  for (slot at = 0; at < graph_.events.size(); ++at) {
    const graph_event& event = graph_.events[at];
    const bool keeps = kept(by, event);
    if ((!keeps && event.first_stamp() > limit) || (removes && at == read)) continue;
    const slot copied = next++;
    map_[at] = copied;
    graph_event& copy = to.events[copied] = event;
    graph_thread& thread = to.threads[event.op.thread];
    copy.po_previous = std::exchange(thread.last, copied);
    ++thread.count;
    if (event.cell != none) copy.cell = keep_cell(event.cell, to);
    copy.read_early = false;
    copy.mo_previous = copy.mo_next = none;  // the writes that stay are linked anew
    copy.fixed = copy.fixed || keeps;
    if (!keeps && event.write_stamp > limit) {  // its write, or its choice, is dropped
      copy.incomplete = event.writes || event.choices > 1 || event.incomplete;
      copy.writes = copy.fault = false;
      copy.write_stamp = 0;
      copy.choice = 0;
      if (!touches_nothing(event.op, 1)) copy.choices = 0;  // the other possibility came when it was added
    }
    if (copy.fault) ++to.faults;
    if (copy.reads && copy.write_stamp > copy.read_stamp + 1) to.late_writes = true;
  }
  to.events.resize(next);
  for (graph_event& event : to.events) {
    if (!event.reads) continue;
    if (event.reads_from != none) event.reads_from = map_[event.reads_from];
    const slot source = event.reads_from;
    if (source != none && to.events[source].write_stamp > event.read_stamp) to.events[source].read_early = true;
  }
  for (std::uint32_t cell = 0; cell < graph_.cells.size(); ++cell) {
    slot latest = none;
    for (slot write = graph_.cells[cell].first; write != none; write = graph_.events[write].mo_next) {
      const slot copied = map_[write];
      if (copied == none || !to.events[copied].writes) continue;
      to.link(copied, latest);
      latest = copied;
    }
  }
  for (const slot at : graph_.order) {
    if (map_[at] != none) to.order.push_back(map_[at]);
  }
}

// Cells that no event is left of are dropped.
std::uint32_t explorer::keep_cell(std::uint32_t cell, event_graph& to) {
  if (cells_[cell] == none) {
    cells_[cell] = static_cast<std::uint32_t>(to.cells.size());
    to.cells.push_back({.initial = graph_.cells[cell].initial});
  }
  return cells_[cell];
}

// Whether the write is an update, and another one that reads the same write is in the restricted graph, too. Asked
// before the graph is copied. Only the write that follows directly can be such a one.
bool explorer::taken_by_kept_update(const revisitor& by, slot read) const {
  if (by.taken.as == shape::write) return false;
  const slot next = graph_.next_write(by.taken.cell, by.reads_from);
  if (!graph_.updates(next, by.reads_from)) return false;
  const graph_event& update = graph_.events[next];
  return kept(by, update) || update.write_stamp <= graph_.events[read].read_stamp;
}

void explorer::emit_revisits(const revisitor& by, slot read) {
  // Who could not go on with what it would read has to wait: it is not in the graph then.
  const bool removes =
      shape_of(graph_.events[read].op) == shape::guard && !lets_go_on(graph_.events[read], by.taken.done.next);
  if (taken_by_kept_update(by, read)) return;
  std::unique_ptr<event_graph> made = pool_.take();
  restrict_to_kept(by, read, removes, *made);
  const slot reading = map_[read];
  const cell_value& state = by.taken.done.next;
  const std::uint32_t cell = removes ? keep_cell(by.taken.cell, *made) : cells_[by.taken.cell];
  if (!removes) {
    made->events[reading].writes = false;
    made->events[reading].write_stamp = 0;
    made->order.erase(std::remove(made->order.begin(), made->order.end(), reading), made->order.end());
  }

  slot write = by.existing == none ? none : map_[by.existing];
  const bool reads = by.taken.as != shape::write;
  slot after = none;
  if (reads) {
    after = by.reads_from == none ? none : map_[by.reads_from];
  }
  if (write == none) {
    write = append(*made, by.taken, reads, true);
    made->events[write].cell = cell;
    if (reads) made->events[write].reads_from = after;
  } else {
    made->events[write].write_stamp = ++made->clock;
    made->late_writes = true;
  }
  graph_event& event = made->events[write];
  event.writes = true;
  event.incomplete = false;
  event.state = state;
  event.choice = static_cast<std::uint16_t>(by.taken.choice);
  event.choices = static_cast<std::uint16_t>(by.taken.choices);
  if (by.existing == none && by.taken.fault && by.taken.choice != 0) {
    event.fault = true;
    ++made->faults;
  }
  clocked_ = nullptr;
  if (reads) {
    const slot next = made->next_write(cell, after);
    if (next != none && !consistent_before(*made, write, reading, next)) return pool_.give_back(std::move(made));
    return emit_placed(std::move(made), by, write, reading, after);
  }
  after = made->cells[cell].last;
  for (slot next = none;;) {
    const slot previous = after == none ? none : made->events[after].mo_previous;
    const bool first = after == none;
    if (next != none && !consistent_before(*made, write, reading, next)) break;
    if (next == none || !made->updates(next, after)) {
      std::unique_ptr<event_graph> placed = pool_.take();
      *placed = *made;
      emit_placed(std::move(placed), by, write, reading, after);
    }
    if (first) break;
    next = std::exchange(after, previous);
  }
  pool_.give_back(std::move(made));
}

void explorer::emit_placed(std::unique_ptr<event_graph> in, const revisitor& by, slot write, slot read, slot after) {
  event_graph& made = *in;
  made.link(write, after);
  if (read != none) {
    graph_event& revisited = made.events[read];
    revisited.reads_from = write;
    revisited.incomplete = shape_of(revisited.op) != shape::read;
    made.events[write].read_early = true;
  } else {
    made.events[write].displaced = true;
  }
  const bool last = made.events[write].mo_next == none;
  const bool in_order = by.existing != none;
  if (last) {
    if (!in_order) made.order.push_back(write);
    if (read != none) made.order.push_back(read);
  } else {
    // Behind what comes before them, and before the write that follows.
    std::uint32_t* const before = restricted_[made.events.size() + 1];
    restricted_.copy(before, restricted_[made.events.size()]);
    if (after != none) restricted_.join(before, restricted_[after]);
    for (slot at = 0; at < made.events.size(); ++at) {
      const graph_event& reader = made.events[at];
      const bool overwritten = reader.reads && reader.cell == made.events[write].cell;
      if (overwritten && reader.reads_from == after && at != write) restricted_.join(before, restricted_[at]);
    }
    new_order_.clear();
    const auto comes_first = [&](slot at) {
      return at != write && before[made.events[at].op.thread] > made.events[at].index;
    };
    for (const slot at : made.order) {
      if (comes_first(at)) new_order_.push_back(at);
    }
    new_order_.push_back(write);
    if (read != none) new_order_.push_back(read);
    for (const slot at : made.order) {
      if (at != write && !comes_first(at)) new_order_.push_back(at);
    }
    made.order.swap(new_order_);
  }
  emitted_.push_back(std::move(in));
}

// What comes before each event of the restricted graph, and, in a row behind them, before `write` or `read`.
void explorer::clock_restricted(const event_graph& in, slot write, slot read) {
  clocked_ = &in;
  const std::size_t events = in.events.size();
  restricted_.reset(events + 2, in.threads.size());
  restricted_cells_.reset(2 * in.cells.size() + 1, in.threads.size());
  for (std::size_t row = 0; row < 2 * in.cells.size(); ++row) restricted_cells_.clear(row);
  for (slot at = 0; at < events; ++at) restricted_.clear(at);
  restricted_.clear(events);
  const auto join_causes = [&](std::uint32_t* into, const graph_event& event) {
    if (event.po_previous != none) restricted_.join(into, restricted_[event.po_previous]);
    for (const edge& each : edges_) {
      if (each.thread != event.op.thread || each.index != event.index || map_[each.source] == none) continue;
      restricted_.join(into, restricted_[map_[each.source]]);
    }
  };
  for (const slot at : in.order) {
    if (at == write || at == read) continue;
    const graph_event& event = in.events[at];
    std::uint32_t* const before = restricted_[at];
    join_causes(before, event);
    const std::size_t of_write = 2 * static_cast<std::size_t>(event.cell);
    if (event.writes) restricted_.join(before, restricted_cells_[of_write + 1]);
    if (event.reads && !event.writes) restricted_.join(before, restricted_cells_[of_write]);
    before[event.op.thread] = event.index + 1;
    for (slot part = at; part != none; part = in.events[part].po_previous) {
      const graph_event& its = in.events[part];
      if (part != at) restricted_.join(restricted_[part], before);
      if (its.cell != none && (its.reads || its.writes)) {
        const std::size_t row = 2 * static_cast<std::size_t>(its.cell);
        if (its.writes) restricted_.join(restricted_cells_[row], before);
        restricted_.join(restricted_cells_[row + 1], before);
      }
      if (its.begins_move) break;
    }
  }
  if (write == none) return;
  std::uint32_t* const both = restricted_[events];
  join_causes(both, in.events[write]);
  if (read != none) join_causes(both, in.events[read]);
  if (in.events[write].reads && in.events[write].reads_from != none) {
    restricted_.join(both, restricted_[in.events[write].reads_from]);
  }
}

// An event has been added that is performed with one that was replayed before others: these come after it, too.
void explorer::refresh_clocks(slot late) {
  auto& order = graph_.order;
  order.pop_back();
  const auto first = std::find(order.begin(), order.end(), graph_.events[late].po_previous);
  order.insert(first + 1, late);
  map_.resize(graph_.events.size());
  for (slot at = 0; at < map_.size(); ++at) map_[at] = at;
  clock_restricted(graph_, none, none);
  clocked_ = nullptr;
  for (const slot at : order) before_.copy(before_[at], restricted_[at]);
  for (std::uint32_t cell = 0; cell < graph_.cells.size(); ++cell) {
    before_.copy(write_before_[cell], restricted_cells_[2 * std::size_t{cell}]);
    before_.copy(access_before_[cell], restricted_cells_[2 * std::size_t{cell} + 1]);
  }
  for (const slot at : order) {  // what a thread waited for since its last event is in its clock already
    before_.join(thread_before_[graph_.events[at].op.thread], before_[at]);
  }
  for (const edge& each : edges_) {
    const graph_thread& thread = graph_.threads[each.thread];
    if (each.index == thread.count) before_.join(thread_before_[each.thread], before_[each.source]);
  }
}

// Sequential consistency: whether `write` can be performed, and `read` see it, before `next` overwrites it.
bool explorer::consistent_before(const event_graph& in, slot write, slot read, slot next) {
  if (clocked_ != &in) clock_restricted(in, write, read);
  const graph_event& event = in.events[next];
  return restricted_[in.events.size()][event.op.thread] <= event.index;
}

}  // namespace heddle::checker::exploration
