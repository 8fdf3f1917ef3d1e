// Directs an execution along a graph and on, and tells the explorer what happens.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/sim/choice.hpp>
#include <heddle/sim/monitor.hpp>
#include <heddle/sim/simulator.hpp>

#include "exploration/explorer.hpp"

namespace heddle::checker::exploration {

/** A move: which thread, and how many events it had performed before. In the simulator's numbers. */
struct move {
  sim::thread_id thread;
  std::uint32_t events;
};

/**
 * First come the moves of the graph, in its order; then, always, that of the first thread that can move.
 *
 * What the graph does not know of, and happens while it is replayed (the completion of a revisited update, what follows
 * an operation at once), is told to the explorer when all of the graph has been replayed, the leftmost thread first. So
 * the order in which steps are added depends on the graph alone.
 */
class conductor final : public sim::director {
 public:
  explicit conductor(explorer& told) : explorer_(told) {}

  /** The next execution follows this graph. */
  void begin(const event_graph& along);

  sim::thread_id next(sim::simulator& execution) override;
  std::uint32_t pick(const sim::choice_point& at) override;
  void on_event(const sim::event& happened) override;

  /** The execution has ended. */
  void end();

  /** How the execution did not follow its graph; empty if it did. */
  [[nodiscard]] const std::string& mismatch() const noexcept { return mismatch_; }
  /** Whether a thread waits at the end that would not have to: the execution stands for no trace. */
  [[nodiscard]] bool in_vain() const noexcept { return in_vain_; }
  /** Whether there has been a turn at which several threads could move. */
  [[nodiscard]] bool choices_met() const noexcept { return choices_met_; }
  /** Why this program cannot be explored so; null if it can. */
  [[nodiscard]] const char* irreducible() const noexcept { return irreducible_; }
  /** The rules that do not hold for this program: it can be explored without them. */
  [[nodiscard]] rule_set broken_rules() const noexcept { return broken_rules_; }
  /** The moves of the execution, and what was picked besides. */
  [[nodiscard]] const std::vector<move>& moves() const noexcept { return moves_; }
  [[nodiscard]] const std::vector<sim::choice>& picks() const noexcept { return picks_; }

 private:
  /** Something that has happened natively, and the explorer has not been told. */
  struct news {
    enum class type : std::uint8_t { step, completion, choice, failure, begin, join };
    type what;
    step taken = {};
    slot at = none;
    std::uint32_t other = none;             // the thread that begins or has been joined
    bool evaluate = false;                  // what the step does is still to be found
    std::vector<std::uint32_t> woken = {};  // of a notification: threads that are known to be woken by it
  };
  /** Where a thread let others go, or timed out. */
  struct passed_place {
    source_location where;
    const sim::object* target = nullptr;
    std::uint32_t index = 0;  // of that event, within its thread
  };
  /** What is known of a thread. */
  struct thread_state {
    sim::thread_id native = sim::no_thread;
    std::uint32_t children = 0;
    std::uint32_t reached = 0;      // how many of its graph's events it has performed
    std::uint32_t events_done = 0;  // in the simulator's count
    std::vector<slot> events;       // of the graph that is replayed
    std::vector<news> untold;
    slot notified_by = none;
    slot waits_at = none;  // the read after which it waits for ever
    std::vector<passed_place> passed;
    std::array<source_location, 16> places = {};  // of its latest moves, the how-many-th at its number modulo 16
    std::uint32_t moves = 0;
    std::uint32_t looks_anew = 0;  // so many of its next events read what is latest
    std::uint32_t let_go = 0;      // how often it went on though it waits in a loop
  };
  /** The operation that a thread has been picked for: its steps, until its event has come. */
  struct operation_steps {
    std::array<step, 2> parts;
    std::uint32_t count = 0;
    slot cause = none;         // an event that it comes after
    bool after_joint = false;  // it comes after all joint operations of its object, in its phase
  };
  /** An operation of those whose order nobody can see. */
  struct joint_operation {
    slot at;
    std::uint64_t phase;  // of a barrier
  };

  [[nodiscard]] thread_state& state_of(sim::thread_id native) { return threads_[numbers_[native]]; }
  void know(sim::thread_id native, std::uint32_t number);
  [[nodiscard]] sim::thread_id go(sim::simulator& execution, std::uint32_t thread);
  void replay_failed(std::uint32_t thread);
  void catch_up();
  void tell_news();
  [[nodiscard]] std::uint32_t leftmost_with_news() const;
  void tell(std::uint32_t thread, news& what);
  void find_steps(const sim::operation& op, std::uint32_t thread, operation_steps& made);
  [[nodiscard]] step step_of(const sim::operation& op, std::uint32_t thread, const sim::object* object);
  [[nodiscard]] std::uint32_t cell_of(const sim::object& object);
  [[nodiscard]] bool holds(std::optional<std::uint32_t> rule) const noexcept;
  [[nodiscard]] bool is_joint(sim::object_kind on, sim::operation_kind kind) const noexcept;
  void come_after_causes(std::uint32_t thread, const sim::operation& op, const operation_steps& steps);
  void note_joint(const sim::operation& op, slot at);
  void break_rule(std::uint32_t rule);
  void performed(const sim::event& happened, std::uint32_t thread, bool begins_move);
  [[nodiscard]] bool replays_plainly(const sim::operation& op, std::uint32_t thread);
  void learn_cell(const sim::object& object, std::uint32_t cell);
  [[nodiscard]] bool tells_at_once() const noexcept;
  void happens(std::uint32_t thread, news what);
  void add(step& taken, bool evaluate, const std::vector<std::uint32_t>& woken);
  void note_notified(slot at, const std::vector<std::uint32_t>& woken_natively);
  [[nodiscard]] std::vector<std::uint32_t> woken_at(const sim::object& atomic) const;
  void fail(sim::thread_id native, const graph_event& event, std::string_view but);

  // waiting.cpp: whose turn it is behind the graph
  [[nodiscard]] sim::thread_id whose_turn(sim::simulator& execution);
  [[nodiscard]] sim::thread_id first_to_go(sim::simulator& execution);
  [[nodiscard]] sim::thread_id last_resort(const sim::simulator& execution) const;
  [[nodiscard]] static bool may_be_held_back(const sim::operation& op) noexcept;
  void note_passed(const sim::event& happened, thread_state& of, std::uint32_t index, bool begins_move);
  [[nodiscard]] std::uint32_t repeated(const sim::operation& op, std::uint32_t thread) const;
  [[nodiscard]] std::uint32_t repeated_rounds(const sim::operation& op, std::uint32_t thread) const;
  [[nodiscard]] std::uint32_t repeated_reads(const sim::operation& op, std::uint32_t thread) const;
  bool postpone();
  [[nodiscard]] bool somebody_is_stale(const sim::simulator& execution) const;
  [[nodiscard]] bool is_stale(std::uint32_t thread, std::uint32_t events) const;
  void try_time_out(const sim::operation& op, std::uint32_t thread);
  void try_blocked_threads(sim::simulator& execution);

  explorer& explorer_;
  std::vector<slot> order_;
  std::size_t position_ = 0;
  std::vector<thread_state> threads_;
  std::vector<std::uint32_t> numbers_;               // of threads, by native number
  std::vector<std::uint32_t> cells_;                 // of objects, by number
  std::vector<std::vector<joint_operation>> joint_;  // by object
  sim::thread_id moving_ = sim::no_thread;           // picked, and its event has not come
  operation_steps picked_;
  operation_steps other_;      // of what was not picked: it is replayed, or follows at once
  std::uint32_t choices_ = 0;  // in the operation that is being performed
  bool fault_ = false;
  bool news_ = false;
  bool somebody_waits_ = false;
  bool in_vain_ = false;
  bool tried_ = false;  // those who are blocked have been tried where they could have gone on earlier
  bool choices_met_ = false;
  sim::fault_kinds faults_ = 0;
  const sim::simulator* execution_ = nullptr;
  std::vector<move> moves_;
  std::vector<sim::choice> picks_;
  std::string mismatch_;
  const char* irreducible_ = nullptr;
  rule_set broken_rules_ = 0;
};

}  // namespace heddle::checker::exploration
