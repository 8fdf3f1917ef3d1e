// One worker of a search: its executions, one after another, and what they have come to so far.
#pragma once

#include <chrono>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/explore.hpp>
#include <heddle/sim/simulator.hpp>

#include "detectors/detectors.hpp"
#include "exploration/event_graph.hpp"
#include "outputs.hpp"
#include "recorder.hpp"
#include "strategies/strategy.hpp"

namespace heddle::checker {

/** Runs executions that a strategy picks, counts them, and explains failures. */
class running_search {
 public:
  running_search(const program& body, strategy& picks, const options& with);

  /** One execution at full speed; true if it failed. */
  bool run_unrecorded(detectors& watching);
  /** One execution with everything recorded; true if it failed, which result() then explains. */
  bool run_recorded();
  /** The failing execution again, recorded. The program is not deterministic if it ends in another way. */
  void explain_latest();

  /**
   * Where the options ask for outputs: takes in what the latest execution has printed, which stands `at` a place in the
   * search. True if it is what is looked for; so_far() then has its schedule.
   */
  bool note_output(const exploration::tree_path& at = {});
  /** The outputs of all executions so far, where the options ask for them. */
  [[nodiscard]] const output_table& outputs() const noexcept { return outputs_; }

  /** What the latest execution failed with, if it did. */
  [[nodiscard]] const finding& latest() const noexcept { return last_; }
  /** The latest execution, until the next one. */
  [[nodiscard]] const sim::simulator& execution() const noexcept { return simulator_; }

  /** What a search with these options begins with; `by_traces`: it counts traces. */
  [[nodiscard]] static heddle::result nothing_yet(const options& with, bool by_traces);
  /** What has been counted and found. */
  [[nodiscard]] heddle::result& so_far() noexcept { return result_; }
  /** The same as a value; what follows is counted anew. */
  [[nodiscard]] heddle::result take_result();

 private:
  struct recorded_replay;

  void make_schedule(sim::picker& once_more);
  [[nodiscard]] sim::monitor& monitor_over(detectors& watching);
  void run_as_ordinary();
  [[nodiscard]] std::string schedule_text() const;
  void count_as(failure_kind kind, int change);
  bool account(const sim::ending& how, const detectors& watching);
  [[nodiscard]] std::uint64_t steps_counted() const noexcept { return result_.executions + result_.events; }
  void tell_progress();
  void connect_output(recorder& records) const;
  failure& describe_failure(const finding& what, const detectors& watching, recorder& records);

  const program& body_;
  strategy& picks_;
  const options& options_;
  sim::simulator simulator_;
  heddle::result result_;
  std::set<std::string, std::less<>> reached_;
  finding last_;

  output_watch prints_;
  output_table outputs_;
  enum class printing : std::uint8_t {
    nothing,       // the execution does not count
    whole,         // what its trace prints
    cut,           // a failure ends other executions of its trace earlier: what they print is a first part of this
    cut_anywhere,  // a failure has ended it, and may end others earlier or later
  };
  [[nodiscard]] printing printing_of(const sim::ending& how, const detectors& watching) const;
  printing printed_ = printing::nothing;
  bool latest_failed_ = false;

  // What is shown is shared with other workers, who would wait for each other at every execution: it is told in parts
  // that nobody waits long for, and a failure at once.
  static constexpr std::uint64_t steps_between_tells = 256;
  struct {
    std::uint64_t executions = 0;
    std::uint64_t failures = 0;
    std::uint64_t steps = 0;
  } told_;
};

/** Of a search that has found nothing: lists what it did not get to, though the program says that it is reachable. That
 * is a failure, but of a shard, since another part of the search may have got there. */
void require_reached(result& found, const options& with);

}  // namespace heddle::checker
