// The exploration algorithm: what one execution adds to its graph, and which other graphs follow from it.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "exploration/clocks.hpp"
#include "exploration/event_graph.hpp"
#include "exploration/transitions.hpp"

namespace heddle::checker::exploration {

/** A step that a thread is about to take, or has taken. */
struct step {
  facts op;
  std::uint32_t cell = none;
  shape as = shape::none;
  const sim::value_function* makes = nullptr;
  transition done = {};
  std::uint32_t choice = 0;
  std::uint32_t choices = 0;
  bool fault = false;        ///< what was chosen is whether to meet with a fault
  bool may_fail = false;     ///< by a fault, where it would update
  bool begins_move = false;  ///< see graph_event
};

/**
 * Optimal exploration in the manner of TruSt (Kokologiannakis, Marmanis, Gladstein, Vafeiadis: Truly stateless,
 * optimal dynamic partial order reduction, POPL 2022), with blocking operations.
 *
 * Follows one execution. Steps are added to the graph one at a time, each in its *default* way: reads see the latest
 * write, writes come last. For each of the other ways that are consistent a graph is emitted: a read that sees an older
 * write, a write that comes earlier, another choice; and the *revisits*: a read that was there before, and could have
 * seen the new write, does so, and all that was added after it, and is no cause of the write, is dropped. A revisit is
 * made only if everything that is dropped was added in its default way. So each trace comes of one graph only, and
 * graphs have nothing to do with each other.
 *
 * Blocking: an operation that cannot go on is not in the graph. It is added as soon as it can, and never with a source
 * that does not let it go on; a revisit that makes it wait removes it. When nothing can move, those who wait are still
 * tried where they could have gone on earlier. So an execution ends blocked only in a deadlock.
 *
 * Under sequential consistency a graph is consistent if program order, reads-from, modification order and from-reads
 * have no cycle. That is asked where a write has another one behind it: by `branch` for a new event, by
 * `consistent_before` for a revisit. Another memory model goes there.
 *
 * Costs: adding a step O(threads), and for a write the events back to the latest one that is not default; a graph
 * emitted O(events).
 */
class explorer {
 public:
  /** Begins with this graph: its events are to be replayed in its order. */
  void load(const event_graph& from);
  [[nodiscard]] event_graph& graph() noexcept { return graph_; }
  [[nodiscard]] const event_graph& graph() const noexcept { return graph_; }

  /** The graphs that were emitted since it was last emptied. */
  [[nodiscard]] std::vector<std::unique_ptr<event_graph>>& emitted() noexcept { return emitted_; }
  /** The graphs that were emitted at one step. */
  struct group {
    std::size_t ends;    ///< in `emitted`
    std::size_t events;  ///< how many the graph had then, with the step's own
  };
  /** The first one first. */
  [[nodiscard]] const std::vector<group>& groups() {
    end_group();
    return groups_;
  }
  /** How many events the graph had that was loaded. */
  [[nodiscard]] std::size_t loaded_events() const noexcept { return loaded_events_; }
  [[nodiscard]] graph_pool& pool() noexcept { return pool_; }

  /** The number of the `ordinal`-th child of `parent`: known, or new. */
  [[nodiscard]] std::uint32_t thread_number(std::uint32_t parent, std::uint32_t ordinal);
  /** `parent` starts `child`. */
  void begin_thread(std::uint32_t child, std::uint32_t parent);
  /** The next event of `thread` comes after all that `other` has done. */
  void come_after_thread(std::uint32_t thread, std::uint32_t other);
  /** The next event of `thread` comes after `event`. */
  void come_after(std::uint32_t thread, slot event);
  /** Whether `later` comes after `event` because of what was read or waited for. */
  [[nodiscard]] bool is_cause(slot event, slot later) const noexcept {
    const graph_event& it = graph_.events[event];
    return causes_[later][it.op.thread] > it.index;
  }
  /** A cell for an object that no event has touched. */
  [[nodiscard]] std::uint32_t new_cell(const cell_value& initial);

  /** The event at `at`, which is in the graph, has been performed. */
  void replay(slot at);
  /** Emits the graphs in which `next`, which is about to be performed, is placed in another than the default way. */
  void branch(const step& next);
  /** Adds what has been performed, in the default way. */
  slot add(const step& taken);
  /** The event at `at` is incomplete, and has been performed: this is what it did. */
  void complete(slot at, const transition& done, std::uint32_t choice, std::uint32_t choices, bool fault);
  /** The event at `at`, the last of its thread, reads what does not let it go on. */
  void wait_at(slot at);
  /** The event at `at` chose its first possibility among so many, which was not known. */
  void chose(slot at, std::uint32_t choices, bool fault);
  /** How many faults an execution may have. */
  void limit_faults(std::uint32_t most) noexcept { max_faults_ = most; }
  /** Whether choosing another fault is within the limit. */
  [[nodiscard]] bool may_fault() const noexcept { return graph_.faults < max_faults_; }

 private:
  /** A write that is to revisit: where it reads from if it is an update, and what comes before it. */
  struct revisitor {
    const step& taken;
    slot existing;  // the event, if it is in the graph already
    slot reads_from;
    const std::uint32_t* causes;
  };
  struct edge {
    std::uint32_t thread;
    std::uint32_t index;
    slot source;
  };

  // explorer.cpp: one execution
  void end_group() {
    if (emitted_.size() > (groups_.empty() ? 0 : groups_.back().ends)) {
      groups_.push_back({emitted_.size(), graph_.events.size()});
    }
  }
  void make_room(std::size_t events);
  void widen(std::size_t threads);
  [[nodiscard]] bool comes_before(const std::uint32_t* clock, slot event) const noexcept {
    const graph_event& it = graph_.events[event];
    return clock[it.op.thread] > it.index;
  }
  [[nodiscard]] slot last_write(std::uint32_t cell) const noexcept {
    return cell == none ? none : graph_.cells[cell].last;
  }
  void compute_clocks(slot at, bool reads, bool writes);
  void join_move(slot at);
  void account_access(slot at);
  void list_read(slot at);
  void join_readers(std::uint32_t* into, std::uint32_t cell, slot write, slot but) const;
  void branch_update(step& earlier, slot older, bool taken);
  void emit_older(const step& next, slot after, bool writes);
  void emit_choices(const step& taken);
  static slot append(event_graph& to, const step& taken, bool reads, bool writes);

  // revisits.cpp
  void revisit(const revisitor& by);
  [[nodiscard]] std::uint32_t first_candidate(const revisitor& by) const noexcept;
  [[nodiscard]] bool kept(const revisitor& by, const graph_event& event) const noexcept {
    return by.causes[event.op.thread] > event.index;
  }
  [[nodiscard]] bool default_read(const revisitor& by, slot at) const;
  [[nodiscard]] bool default_write(const revisitor& by, slot at) const;
  [[nodiscard]] bool taken_by_kept_update(const revisitor& by, slot read) const;
  void emit_revisits(const revisitor& by, slot read);
  void restrict_to_kept(const revisitor& by, slot read, bool removes, event_graph& to);
  std::uint32_t keep_cell(std::uint32_t cell, event_graph& to);
  [[nodiscard]] bool consistent_before(const event_graph& in, slot write, slot read, slot next);
  void refresh_clocks(slot late);
  void clock_restricted(const event_graph& in, slot write, slot read);
  void emit_placed(std::unique_ptr<event_graph> in, const revisitor& by, slot write, slot read, slot after);
  [[nodiscard]] static bool lets_go_on(const graph_event& waiting, const cell_value& state) {
    return apply(waiting.op, state, 0, nullptr).what != outcome::blocked;
  }

  std::uint32_t max_faults_ = 1;
  event_graph graph_;
  std::vector<std::unique_ptr<event_graph>> emitted_;
  std::vector<group> groups_;
  std::size_t loaded_events_ = 0;
  graph_pool pool_;
  std::vector<edge> edges_;  // causes that are neither program order nor reads-from

  std::vector<slot> newest_read_;  // by cell: the last event of the graph that reads it
  std::vector<slot> older_read_;   // by event that reads: the one before it that reads the same cell

  clock_rows causes_;         // by event: program order, reads-from and edges
  clock_rows before_;         // by event: all that comes before it under sequential consistency
  clock_rows thread_causes_;  // by thread: of its next event
  clock_rows thread_before_;
  clock_rows write_before_;   // by cell: of its latest write
  clock_rows access_before_;  // by cell: of that and the reads since

  std::vector<slot> map_;             // from the graph's slots to those of the restricted graph
  std::vector<std::uint32_t> cells_;  // and of its cells
  std::vector<slot> candidates_;      // of revisits
  clock_rows restricted_;             // by event of a restricted graph: what comes before it
  clock_rows restricted_cells_;
  const event_graph* clocked_ = nullptr;  // the restricted graph that restricted_ is of
  std::vector<slot> new_order_;
};

}  // namespace heddle::checker::exploration
