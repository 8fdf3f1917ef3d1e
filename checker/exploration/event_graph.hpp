// Execution graphs: events with program order, reads-from and modification order. Flat arrays, cheap to copy.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "exploration/commuting.hpp"
#include "exploration/transitions.hpp"

namespace heddle::checker::exploration {

/** An event's place in its graph; `none` also stands for a cell's initial state, where a write is meant. */
using slot = std::uint32_t;
inline constexpr slot none = UINT32_MAX;

/**
 * One access of one operation to one cell (an object), or an operation without any.
 *
 * Its *read step* and its *write step* have stamps of their own, which tell in what order steps were added: an update
 * has two, since a revisit changes what it reads, and then adds its write anew.
 */
struct graph_event {
  facts op;
  std::uint32_t index = 0;  ///< within its thread, from 0
  std::uint32_t cell = none;
  slot po_previous = none;  ///< the event before it in its thread
  slot reads_from = none;   ///< a write, or `none`: the initial state; only where `reads`
  slot mo_previous = none;  ///< the write before this one in its cell's modification order; only where `writes`
  slot mo_next = none;
  std::uint32_t read_stamp = 0;   ///< 0: it has no such step
  std::uint32_t write_stamp = 0;  ///< also of a choice
  std::uint16_t choice = 0;       ///< what was chosen while it was performed
  std::uint16_t choices = 0;      ///< among how many; 0: nothing was chosen
  bool reads = false;
  bool writes = false;
  bool incomplete = false;   ///< it may write, and whether it does, and what, is found by performing it
  bool read_early = false;   ///< a write that an event which was added before it reads
  bool displaced = false;    ///< a write that a revisit put in the place of an operation which now has to wait
  bool fixed = false;        ///< a cause of a write that revisited: it is not to be revisited itself
  bool begins_move = false;  ///< the first event of an operation that its thread was picked for
  bool fault = false;        ///< what was chosen is whether to meet with a fault
  cell_value state = {};     ///< of its cell, after its write

  /** The stamp of its first step. */
  [[nodiscard]] std::uint32_t first_stamp() const noexcept { return reads ? read_stamp : write_stamp; }

  friend bool operator==(const graph_event&, const graph_event&) = default;
};

/** One object of the program, as the exploration sees it. */
struct graph_cell {
  slot first = none;  ///< of its writes, in modification order
  slot last = none;
  cell_value initial = {};

  friend bool operator==(const graph_cell&, const graph_cell&) = default;
};

/** A thread, named by who started it, and as the how-many-th. */
struct graph_thread {
  std::uint32_t parent = none;
  std::uint32_t ordinal = 0;
  slot last = none;         ///< its last event
  std::uint32_t count = 0;  ///< of its events

  friend bool operator==(const graph_thread&, const graph_thread&) = default;
};

/**
 * Where in the tree of graphs one stands: each number is the how-many-th of those that followed from one execution, in
 * the order in which they are explored. So paths in lexicographical order are the order of a search by one worker.
 */
using tree_path = std::vector<std::uint32_t>;

/** A partial execution: a value that stands for itself. */
struct event_graph {
  std::vector<graph_event> events;  ///< in the order of their first steps' stamps
  std::vector<graph_cell> cells;
  std::vector<graph_thread> threads;  ///< main first
  std::vector<slot> order;            ///< a linearization of the events that are performed
  std::uint32_t clock = 0;            ///< the latest stamp
  std::uint32_t faults = 0;           ///< how many were chosen
  tree_path path;
  double share = 1;          ///< of the whole search that it stands for, as far as one can tell
  rule_set rules_off = 0;    ///< of commuting_rules: these operations are in order
  bool late_writes = false;  ///< there may be write steps with stamps that are later than the next event's

  void clear_but_events() {
    cells.clear();
    threads.clear();
    order.clear();
    clock = faults = 0;
    path.clear();
    late_writes = false;
  }

  [[nodiscard]] const cell_value& state_after(std::uint32_t cell, slot write) const noexcept {
    return write == none ? cells[cell].initial : events[write].state;
  }
  [[nodiscard]] slot next_write(std::uint32_t cell, slot write) const noexcept {
    return write == none ? cells[cell].first : events[write].mo_next;
  }
  /** Whether thread `a` comes before `b` in thread order: by the order of starts, children directly behind parents. */
  [[nodiscard]] bool comes_left_of(std::uint32_t a, std::uint32_t b) const noexcept;
  /** The same as apply; `choice` is among the waiters in thread order. */
  [[nodiscard]] transition apply_to(const facts& op, const cell_value& state, std::uint32_t choice,
                                    const sim::value_function* makes) const;
  /** Puts the write at `at` behind `after` (`none`: first) in its cell's modification order. */
  void link(slot at, slot after) noexcept;
  /** The how-many-th by number the how-many-th in thread order is, of these that wait. */
  [[nodiscard]] std::uint32_t rank_of_waiter(std::uint64_t waiting, std::uint32_t choice) const;
  /** Whether this event is an update that reads `write`: then no other write can follow `write` directly. */
  [[nodiscard]] bool updates(slot event, slot write) const noexcept {
    return event != none && events[event].reads && events[event].reads_from == write;
  }

  friend bool operator==(const event_graph&, const event_graph&) = default;
};

/** Graphs that are not in use, so that the steady state allocates nothing. */
class graph_pool {
 public:
  [[nodiscard]] std::unique_ptr<event_graph> take() {
    if (free_.empty()) return std::make_unique<event_graph>();
    std::unique_ptr<event_graph> graph = std::move(free_.back());
    free_.pop_back();
    return graph;
  }
  void give_back(std::unique_ptr<event_graph> graph) {
    if (free_.size() < most) free_.push_back(std::move(graph));
  }

 private:
  // A worker that is given graphs by others, again and again, would keep them all.
  static constexpr std::size_t most = 256;

  std::vector<std::unique_ptr<event_graph>> free_;
};

}  // namespace heddle::checker::exploration
