// What follows from the rest (an event's place in its thread, the links of a modification order) is not written: so it
// cannot be wrong, either.
#include "exploration/graph_bytes.hpp"

#include <array>
#include <cstddef>
#include <limits>
#include <utility>

#include <nlohmann/json.hpp>

#include <heddle/explore.hpp>

namespace heddle::checker::exploration {
namespace {

using nlohmann::json;

/** The flags of an event, each with a bit. */
constexpr std::array flags{&graph_event::reads,       &graph_event::writes,    &graph_event::incomplete,
                           &graph_event::read_early,  &graph_event::displaced, &graph_event::fixed,
                           &graph_event::begins_move, &graph_event::fault};
constexpr std::uint32_t timed = 1U << flags.size();

// `none` becomes 0, which is shorter.
std::uint32_t shifted(slot at) noexcept { return at + 1; }
slot shifted_back(std::uint32_t number) noexcept { return number - 1; }

// ---- to bytes

std::uint32_t flags_of(const graph_event& event) noexcept {
  std::uint32_t set = event.op.timed ? timed : 0;
  for (std::size_t i = 0; i < flags.size(); ++i) {
    if (event.*flags[i]) set |= 1U << i;
  }
  return set;
}

json threads_of(const event_graph& graph) {
  json threads = json::array();
  for (const graph_thread& each : graph.threads) {
    threads.push_back(shifted(each.parent));
    threads.push_back(each.ordinal);
  }
  return threads;
}

json events_of(const event_graph& graph) {
  json events = json::array();
  for (const graph_event& each : graph.events) {
    events.push_back(static_cast<std::uint32_t>(each.op.kind));
    events.push_back(static_cast<std::uint32_t>(each.op.object));
    events.push_back(flags_of(each));
    events.push_back(each.op.thread);
    events.push_back(each.op.amount);
    events.push_back(each.op.argument);
    events.push_back(shifted(each.cell));
    events.push_back(shifted(each.reads_from));
    events.push_back(each.read_stamp);
    events.push_back(each.write_stamp);
    events.push_back(each.choice);
    events.push_back(each.choices);
    events.push_back(each.state.low);
    events.push_back(each.state.high);
  }
  return events;
}

/** For each cell its initial state, and its writes in modification order. */
json cells_of(const event_graph& graph) {
  json cells = json::array();
  for (const graph_cell& each : graph.cells) {
    json& cell = cells.emplace_back(json::array({each.initial.low, each.initial.high}));
    for (slot write = each.first; write != none; write = graph.events[write].mo_next) cell.push_back(write);
  }
  return cells;
}

// ---- from bytes

void require(bool fits, const char* what) {
  if (!fits) throw request_error(what);
}

/** Numbers, one after another. */
class number_reader {
 public:
  explicit number_reader(const json& from) : from_(from) {
    require(from.is_array(), "there is no list where one should be");
  }

  [[nodiscard]] bool at_end() const noexcept { return next_ == from_.size(); }

  template <class Number>
  void read(Number& into) {
    require(!at_end(), "a list is too short");
    const json& number = from_[next_++];
    require(number.is_number_unsigned(), "there is no number where one should be");
    const auto value = number.get<std::uint64_t>();
    require(value <= std::numeric_limits<Number>::max(), out_of_range);
    into = static_cast<Number>(value);
  }
  template <class Number>
  void read_below(std::uint64_t end, Number& into) {
    read(into);
    require(into < end, out_of_range);
  }
  /** What `shifted` has made, of a place among so many. */
  void read_place(std::size_t among, std::uint32_t& into) {
    read_below(std::uint64_t{among} + 1, into);
    into = shifted_back(into);
  }

 private:
  static constexpr const char* out_of_range = "a number is out of its range";

  const json& from_;
  std::size_t next_ = 0;
};

void read_threads(const json& from, event_graph& graph) {
  number_reader numbers(from);
  while (!numbers.at_end()) {
    graph_thread& thread = graph.threads.emplace_back();
    numbers.read_place(graph.threads.size() - 1, thread.parent);
    numbers.read(thread.ordinal);
    require((thread.parent == none) == (graph.threads.size() == 1), "a thread is started by nobody");
  }
  require(!graph.threads.empty(), "there are no threads");
}

void read_event(number_reader& numbers, std::size_t cells, event_graph& graph) {
  graph_event event;
  std::uint32_t kind = 0;
  std::uint32_t object = 0;
  std::uint32_t set = 0;
  numbers.read_below(sim::operation_kind_count, kind);
  numbers.read_below(static_cast<std::uint64_t>(sim::object_kind::console) + 1, object);
  numbers.read_below(timed << 1U, set);
  numbers.read_below(graph.threads.size(), event.op.thread);
  numbers.read(event.op.amount);
  numbers.read(event.op.argument);
  numbers.read_place(cells, event.cell);
  numbers.read(event.reads_from);  // there is more to ask when all events are known
  event.reads_from = shifted_back(event.reads_from);
  numbers.read_below(std::uint64_t{graph.clock} + 1, event.read_stamp);
  numbers.read_below(std::uint64_t{graph.clock} + 1, event.write_stamp);
  numbers.read(event.choice);
  numbers.read(event.choices);
  numbers.read(event.state.low);
  numbers.read(event.state.high);
  event.op.kind = static_cast<sim::operation_kind>(kind);
  event.op.object = static_cast<sim::object_kind>(object);
  event.op.timed = (set & timed) != 0;
  for (std::size_t i = 0; i < flags.size(); ++i) event.*flags[i] = (set & 1U << i) != 0;
  require(event.choice == 0 || event.choice < event.choices, "what was chosen was not there");
  require(!event.incomplete || (event.reads && !event.writes), "an event that is to be completed has written");
  const bool touches = event.reads || event.writes;
  require(event.cell != none || !touches, "an event touches nothing");

  graph_thread& thread = graph.threads[event.op.thread];
  const auto at = static_cast<slot>(graph.events.size());
  event.index = thread.count++;
  event.po_previous = std::exchange(thread.last, at);
  graph.events.push_back(event);
}

void require_sources(const event_graph& graph) {
  for (const graph_event& each : graph.events) {
    if (each.reads_from == none) continue;
    require(each.reads_from < graph.events.size(), "an event reads from one that is not there");
    require(graph.events[each.reads_from].cell == each.cell, "an event reads from one elsewhere");
  }
}

void read_cells(const json& from, event_graph& graph) {
  std::vector<bool> linked(graph.events.size());
  for (std::uint32_t cell = 0; cell < from.size(); ++cell) {
    number_reader numbers(from[cell]);
    graph_cell& into = graph.cells.emplace_back();
    numbers.read(into.initial.low);
    numbers.read(into.initial.high);
    while (!numbers.at_end()) {
      slot write = none;
      numbers.read_below(graph.events.size(), write);
      const graph_event& event = graph.events[write];
      require(event.writes && event.cell == cell && !linked[write], "a modification order is wrong");
      linked[write] = true;
      graph.link(write, graph.cells[cell].last);
    }
  }
  for (slot at = 0; at < graph.events.size(); ++at) {
    require(linked[at] == graph.events[at].writes, "a write is in no modification order");
  }
}

void read_order(const json& from, event_graph& graph) {
  number_reader numbers(from);
  std::vector<bool> seen(graph.events.size());
  while (!numbers.at_end()) {
    slot at = none;
    numbers.read_below(graph.events.size(), at);
    require(!seen[at], "an event is performed twice");
    seen[at] = true;
    graph.order.push_back(at);
  }
}

}  // namespace

std::vector<std::uint8_t> to_bytes(const event_graph& graph) {
  return json::to_cbor(json::array(
      {json::array({graph.clock, graph.faults, graph.late_writes ? 1U : 0U, graph.rules_off}), threads_of(graph),
       events_of(graph), cells_of(graph), json(graph.order), json(graph.path), json(graph.share)}));
}

event_graph graph_from(const std::vector<std::uint8_t>& bytes) {
  const json parts = json::from_cbor(bytes, true, false);
  require(parts.is_array() && parts.size() == 7, "it has not the parts that it should have");
  event_graph graph;
  number_reader head(parts[0]);
  head.read(graph.clock);
  head.read(graph.faults);
  std::uint32_t late_writes = 0;
  head.read_below(2, late_writes);
  graph.late_writes = late_writes != 0;
  head.read_below(std::uint64_t{all_rules} + 1, graph.rules_off);
  require(parts[3].is_array(), "there are no cells");
  read_threads(parts[1], graph);
  for (number_reader numbers(parts[2]); !numbers.at_end();) read_event(numbers, parts[3].size(), graph);
  read_cells(parts[3], graph);
  require_sources(graph);
  read_order(parts[4], graph);
  for (number_reader numbers(parts[5]); !numbers.at_end();) numbers.read(graph.path.emplace_back());
  require(parts[6].is_number_float(), "it does not say how much of the search it stands for");
  graph.share = parts[6].get<double>();
  require(graph.share >= 0 && graph.share <= 1, "it stands for more than the search");
  return graph;
}

}  // namespace heddle::checker::exploration
