#include "exploration/explorer.hpp"

#include <utility>

namespace heddle::checker::exploration {

void explorer::load(const event_graph& from) {
  graph_.events.assign(from.events.begin(), from.events.end());
  graph_.cells.assign(from.cells.begin(), from.cells.end());
  graph_.threads.assign(from.threads.begin(), from.threads.end());
  graph_.order.clear();  // made anew by what is performed
  graph_.clock = from.clock;
  graph_.faults = from.faults;
  graph_.late_writes = from.late_writes;
  graph_.rules_off = from.rules_off;
  edges_.clear();
  groups_.clear();
  loaded_events_ = from.events.size();
  widen(graph_.threads.size());
  make_room(graph_.events.size() + 64);
  for (std::size_t thread = 0; thread < graph_.threads.size(); ++thread) {
    thread_causes_.clear(thread);
    thread_before_.clear(thread);
  }
  for (std::size_t cell = 0; cell < graph_.cells.size(); ++cell) {
    write_before_.clear(cell);
    access_before_.clear(cell);
  }
  newest_read_.assign(graph_.cells.size(), none);
  for (slot at = 0; at < graph_.events.size(); ++at) list_read(at);
}

// So that the reads of a cell are found without looking at all events.
void explorer::list_read(slot at) {
  if (older_read_.size() <= at) older_read_.resize(2 * std::size_t{at} + 64);
  const graph_event& event = graph_.events[at];
  if (event.reads) older_read_[at] = std::exchange(newest_read_[event.cell], at);
}

void explorer::make_room(std::size_t events) {
  causes_.reserve(events);
  before_.reserve(events);
}

// Rows that are in use are wanted again: with one row more than there are, and the old width, they are moved.
void explorer::widen(std::size_t threads) {
  if (threads <= causes_.width() && threads <= thread_causes_.width()) {
    thread_causes_.reserve(threads + 1);
    thread_before_.reserve(threads + 1);
    write_before_.reserve(graph_.cells.size() + 1);
    access_before_.reserve(graph_.cells.size() + 1);
    return;
  }
  const auto move = [&](clock_rows& rows, std::size_t used) {
    clock_rows wider;
    wider.reset(used + 1, threads);
    for (std::size_t row = 0; row < used; ++row) {
      wider.clear(row);
      std::copy_n(rows[row], rows.width(), wider[row]);
    }
    rows = std::move(wider);
  };
  causes_.reserve(graph_.events.size());
  before_.reserve(graph_.events.size());
  thread_causes_.reserve(graph_.threads.size());
  thread_before_.reserve(graph_.threads.size());
  write_before_.reserve(graph_.cells.size());
  access_before_.reserve(graph_.cells.size());
  move(causes_, graph_.events.size());
  move(before_, graph_.events.size());
  move(thread_causes_, graph_.threads.size());
  move(thread_before_, graph_.threads.size());
  move(write_before_, graph_.cells.size());
  move(access_before_, graph_.cells.size());
  restricted_ = clock_rows();
  restricted_.reset(64, threads);
  restricted_cells_ = clock_rows();
  restricted_cells_.reset(64, threads);
  widen(threads);
}

std::uint32_t explorer::thread_number(std::uint32_t parent, std::uint32_t ordinal) {
  std::uint32_t number = 0;
  while (number < graph_.threads.size() &&
         (graph_.threads[number].parent != parent || graph_.threads[number].ordinal != ordinal)) {
    ++number;
  }
  if (number < graph_.threads.size()) return number;
  widen(number + 1);
  graph_.threads.push_back({.parent = parent, .ordinal = ordinal});
  thread_causes_.clear(number);
  thread_before_.clear(number);
  return number;
}

void explorer::begin_thread(std::uint32_t child, std::uint32_t parent) {
  come_after_thread(child, parent);
  // What the parent waited for since its last event comes before its child, too.
  const std::uint32_t next = thread_causes_[parent][parent];
  for (std::size_t i = 0, count = edges_.size(); i < count; ++i) {
    const edge each = edges_[i];
    if (each.thread == parent && each.index == next) edges_.push_back({child, 0, each.source});
  }
}

void explorer::come_after_thread(std::uint32_t thread, std::uint32_t other) {
  causes_.join(thread_causes_[thread], thread_causes_[other]);
  before_.join(thread_before_[thread], thread_before_[other]);
  // The number of performed events is what the clock says, also while the graph knows of later ones.
  const std::uint32_t done = thread_causes_[other][other];
  slot last = graph_.threads[other].last;
  while (last != none && graph_.events[last].index >= done) last = graph_.events[last].po_previous;
  if (last != none) edges_.push_back({thread, thread_causes_[thread][thread], last});
}

void explorer::come_after(std::uint32_t thread, slot event) {
  causes_.join(thread_causes_[thread], causes_[event]);
  before_.join(thread_before_[thread], before_[event]);
  edges_.push_back({thread, thread_causes_[thread][thread], event});
}

std::uint32_t explorer::new_cell(const cell_value& initial) {
  const auto cell = static_cast<std::uint32_t>(graph_.cells.size());
  write_before_.reserve(cell + 1);
  access_before_.reserve(cell + 1);
  write_before_.clear(cell);
  access_before_.clear(cell);
  graph_.cells.push_back({.initial = initial});
  newest_read_.push_back(none);
  return cell;
}

void explorer::compute_clocks(slot at, bool reads, bool writes) {
  const graph_event& event = graph_.events[at];
  const std::uint32_t thread = event.op.thread;
  std::uint32_t* causes = causes_[at];
  std::uint32_t* before = before_[at];
  if (reads && event.reads_from != none) {
    causes_.join(causes, thread_causes_[thread], causes_[event.reads_from]);
  } else {
    causes_.copy(causes, thread_causes_[thread]);
  }
  if (writes) {
    before_.join(before, thread_before_[thread], access_before_[event.cell]);
  } else if (reads) {
    before_.join(before, thread_before_[thread], write_before_[event.cell]);
  } else {
    before_.copy(before, thread_before_[thread]);
  }
  clock_rows::set(causes, thread, event.index + 1);
  clock_rows::set(before, thread, event.index + 1);
}

// An operation's events happen at once: what comes before one of them comes before all.
void explorer::join_move(slot at) {
  for (slot part = at; !graph_.events[part].begins_move;) {
    part = graph_.events[part].po_previous;
    if (part == none) return;
    before_.join(before_[part], before_[at]);
    account_access(part);
  }
}

// Its clocks are known: they go to its thread and to its cell.
void explorer::account_access(slot at) {
  const graph_event& event = graph_.events[at];
  const std::uint32_t* before = before_[at];
  if (event.cell == none) return;
  if (event.writes) {
    before_.join(write_before_[event.cell], before);
    before_.join(access_before_[event.cell], before);
  } else if (event.reads) {
    before_.join(access_before_[event.cell], before);
  }
}

void explorer::replay(slot at) {
  graph_event& event = graph_.events[at];
  compute_clocks(at, event.reads, event.writes);
  const std::uint32_t thread = event.op.thread;
  causes_.copy(thread_causes_[thread], causes_[at]);
  before_.copy(thread_before_[thread], before_[at]);
  account_access(at);
  if (!event.begins_move) join_move(at);
  graph_.order.push_back(at);
  end_group();
}

slot explorer::append(event_graph& to, const step& taken, bool reads, bool writes) {
  const auto at = static_cast<slot>(to.events.size());
  graph_thread& thread = to.threads[taken.op.thread];
  graph_event& event = to.events.emplace_back();
  event.op = taken.op;
  event.cell = taken.cell;
  event.index = thread.count++;
  event.po_previous = std::exchange(thread.last, at);
  event.begins_move = taken.begins_move;
  event.reads = reads;
  event.writes = writes;
  if (reads) event.read_stamp = ++to.clock;
  if (writes || !reads) event.write_stamp = ++to.clock;
  return at;
}

// Everybody who reads `write`, but `but`, comes before who overwrites it.
void explorer::join_readers(std::uint32_t* into, std::uint32_t cell, slot write, slot but) const {
  for (slot at = newest_read_[cell]; at != none; at = older_read_[at]) {
    if (graph_.events[at].reads_from == write && at != but) before_.join(into, before_[at]);
  }
}

void explorer::branch(const step& next) {
  if (last_write(next.cell) == none) return;
  const std::uint32_t* const before = thread_before_[next.op.thread];
  for (slot later = last_write(next.cell); later != none;) {
    if (comes_before(before, later)) return;  // and so does all that is older
    const slot older = graph_.events[later].mo_previous;
    const bool taken = graph_.updates(later, older);
    if (next.as == shape::read) {
      emit_older(next, older, false);
    } else {
      const std::uint32_t choices = choices_of(next.op, graph_.state_after(next.cell, older));
      for (std::uint32_t choice = 0; choice < choices; ++choice) {
        step earlier = next;
        earlier.choice = choice;
        earlier.choices = choices > 1 ? choices : 0;
        branch_update(earlier, older, taken);
      }
    }
    later = older;
  }
}

// A write or an update directly behind `older`: if there is one that reads `older`, it would have to be revisited.
void explorer::branch_update(step& earlier, slot older, bool taken) {
  earlier.done = graph_.apply_to(earlier.op, graph_.state_after(earlier.cell, older), earlier.choice, earlier.makes);
  if (earlier.done.what == outcome::blocked) return;
  if (earlier.done.what == outcome::read) return emit_older(earlier, older, false);
  if (earlier.may_fail && may_fault()) {
    earlier.choices = 2;
    earlier.fault = true;
    if (!touches_nothing(earlier.op, 1)) {  // that has no place among the others
      step failing = earlier;
      failing.choice = 1;
      emit_older(failing, older, false);
    }
  }
  if (!taken) emit_older(earlier, older, true);
  const bool reads = earlier.done.what == outcome::update;
  make_room(graph_.events.size() + 1);
  std::uint32_t* causes = causes_[graph_.events.size()];
  causes_.copy(causes, thread_causes_[earlier.op.thread]);
  if (reads && older != none) causes_.join(causes, causes_[older]);
  if (reads) revisit({earlier, none, older, causes});  // a blind write revisits when it is added, wherever it is placed
}

// The graph in which `next` reads `after`, or comes directly behind it, though there are later writes.
void explorer::emit_older(const step& next, slot after, bool writes) {
  const bool reads = next.as != shape::write;
  std::unique_ptr<event_graph> made = pool_.take();
  *made = graph_;
  const slot at = append(*made, next, reads, writes);
  graph_event& event = made->events[at];
  if (reads) event.reads_from = after;
  event.state = next.done.next;
  event.choice = static_cast<std::uint16_t>(next.choice);
  event.choices = static_cast<std::uint16_t>(next.choices);
  event.fault = next.fault && next.choice != 0;
  if (event.fault) ++made->faults;
  if (event.choices > 1 && !writes) event.write_stamp = ++made->clock;
  if (writes) made->link(at, after);

  make_room(at + 1);
  std::uint32_t* before = before_[at];
  before_.copy(before, thread_before_[next.op.thread]);
  if (after != none) before_.join(before, before_[after]);
  if (writes) join_readers(before, next.cell, after, none);
  made->order.clear();
  for (const slot other : graph_.order) {
    if (comes_before(before, other)) made->order.push_back(other);
  }
  made->order.push_back(at);
  for (const slot other : graph_.order) {
    if (!comes_before(before, other)) made->order.push_back(other);
  }
  emitted_.push_back(std::move(made));
}

// The graphs in which something else was chosen; what comes of that is found by performing it.
void explorer::emit_choices(const step& taken) {
  if (taken.choices < 2 || taken.choice != 0 || (taken.fault && !may_fault())) return;
  const bool looks = taken.as != shape::none && taken.as != shape::write;
  for (std::uint32_t choice = taken.choices - 1; choice > 0; --choice) {
    const bool reads = looks && !touches_nothing(taken.op, choice);
    std::unique_ptr<event_graph> made = pool_.take();
    *made = graph_;
    const slot at = append(*made, taken, reads, false);
    graph_event& event = made->events[at];
    if (reads) event.reads_from = last_write(taken.cell);
    if (reads) event.write_stamp = ++made->clock;
    event.incomplete = reads;
    event.choice = static_cast<std::uint16_t>(choice);
    event.choices = static_cast<std::uint16_t>(taken.choices);
    event.fault = taken.fault;
    if (taken.fault) ++made->faults;
    made->order.push_back(at);
    emitted_.push_back(std::move(made));
  }
}

slot explorer::add(const step& taken) {
  emit_choices(taken);
  const bool reads = taken.as != shape::none && taken.as != shape::write && taken.as != shape::await;
  const bool writes = taken.cell != none && (taken.done.what == outcome::write || taken.done.what == outcome::update);
  const slot latest = last_write(taken.cell);
  const auto at = static_cast<slot>(graph_.events.size());
  make_room(at + 1);
  if (writes) {
    std::uint32_t* causes = causes_[at];
    causes_.copy(causes, thread_causes_[taken.op.thread]);
    if (reads && latest != none) causes_.join(causes, causes_[latest]);
    revisit({taken, none, latest, causes});
  }
  append(graph_, taken, reads, writes);
  list_read(at);
  graph_event& event = graph_.events[at];
  if (reads) event.reads_from = latest;
  event.choice = static_cast<std::uint16_t>(taken.choice);
  event.choices = static_cast<std::uint16_t>(taken.choices);
  event.fault = taken.fault && taken.choice != 0;
  if (reads && !writes && taken.choices > 1) event.write_stamp = ++graph_.clock;
  if (writes) {
    event.state = taken.done.next;
    graph_.link(at, latest);
  }
  const slot performed_before = graph_.order.empty() ? none : graph_.order.back();
  replay(at);
  if (!event.begins_move && event.po_previous != none && event.po_previous != performed_before) refresh_clocks(at);
  return at;
}

void explorer::wait_at(slot at) {
  graph_.events[at].incomplete = false;
  replay(at);
}

// The first possibility was chosen for an event of the graph: emits the graphs with the others.
void explorer::chose(slot at, std::uint32_t choices, bool fault) {
  if (fault && !may_fault()) return;
  for (std::uint32_t other = choices - 1; other > 0; --other) {
    std::unique_ptr<event_graph> made = pool_.take();
    *made = graph_;
    graph_event& changed = made->events[at];
    changed.choice = static_cast<std::uint16_t>(other);
    changed.choices = static_cast<std::uint16_t>(choices);
    changed.fault = fault;
    if (changed.incomplete) changed.write_stamp = ++made->clock;
    made->late_writes = true;
    if (fault) ++made->faults;
    emitted_.push_back(std::move(made));
  }
  graph_.events[at].choices = static_cast<std::uint16_t>(choices);
}

void explorer::complete(slot at, const transition& done, std::uint32_t choice, std::uint32_t choices, bool fault) {
  graph_event& event = graph_.events[at];
  const bool chosen_before = event.choices > 1;
  if (!chosen_before && choices > 1) chose(at, choices, fault);
  event.incomplete = false;
  if (!chosen_before) {
    event.choice = static_cast<std::uint16_t>(choice);
    event.choices = static_cast<std::uint16_t>(choices);
  }
  if (done.what != outcome::update) {
    if (event.choices > 1 && !chosen_before) {
      event.write_stamp = ++graph_.clock;
      graph_.late_writes = true;
    }
    return;
  }
  step taken{.op = event.op, .cell = event.cell, .as = shape::update, .done = done};
  taken.choice = event.choice;
  taken.choices = event.choices;
  revisit({taken, at, event.reads_from, causes_[at]});
  event.writes = true;
  event.write_stamp = ++graph_.clock;
  graph_.late_writes = true;
  event.state = done.next;
  graph_.link(at, event.reads_from);
  join_readers(before_[at], event.cell, event.reads_from, at);
  before_.join(thread_before_[event.op.thread], before_[at]);
  account_access(at);
  if (!event.begins_move) join_move(at);
  end_group();
}

}  // namespace heddle::checker::exploration
