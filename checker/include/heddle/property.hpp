// Property suites: what a concurrent object promises, checked over generated operations and their interleavings.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/result.hpp>
#include <heddle/scenario.hpp>

namespace heddle {

/** The knobs of a check. */
struct property_options {
  std::uint64_t seed = 1;     ///< of the generated data; the same seed gives the same cases, on any machine
  std::uint64_t cases = 100;  ///< how many are generated, unless one fails before
  /** The check ends after as long. None: no limit. */
  std::optional<std::chrono::nanoseconds> time_limit = {};
  /** Which faults there may be, as choices, besides those of the property itself: see options. */
  sim::fault_kinds faults = 0;
  std::uint32_t max_faults = 1;  ///< and how many of them in one execution
  /** How the report tells to replay: "heddle replay stack-unlocked"; the schedule is added to it. */
  std::string replay_command = {};
  /** Set from elsewhere, it ends the check after the present execution. */
  const std::atomic<bool>* stop = nullptr;

  /** The defaults, changed by the environment variables HEDDLE_SEED, HEDDLE_CASES, HEDDLE_TIME_LIMIT,
   * HEDDLE_FAULTS and HEDDLE_MAX_FAULTS. Throws
   * request_error. */
  [[nodiscard]] static property_options from_environment();
};

/** A case that fails, made as small as could be found. */
struct counterexample {
  std::uint64_t number = 0;      ///< of the case, from 1
  std::uint32_t operations = 0;  ///< how many are left of it
  std::uint32_t shrinks = 0;     ///< how often it was made smaller
};

/** What came of a check. */
struct property_result {
  /** The searches of all cases, added up; of the failure, the smallest one that was found. */
  result found;
  std::uint64_t cases = 0;  ///< how many were run
  /** How many of them passed with more executions than were run: some were run by traces, others at random. */
  std::uint64_t partly_run = 0;
  std::uint64_t histories = 0;  ///< different ones that were checked against the model
  std::optional<counterexample> smallest;
};

/** Whether that is what was expected: the verdict, and of a failure the kind. */
[[nodiscard]] bool as_expected(const property_result& came, const expectation& expected);

/** The report as text: the same bytes for the same result, whatever the time it took. */
[[nodiscard]] std::string to_text(const property_result& what, const report_style& style = {});

/** The keys of to_json(result), and "cases", "histories" and "counterexample". */
[[nodiscard]] std::string to_json(const property_result& what);

/** A property suite of the table: an object and its sequential model. */
struct property_suite {
  std::string name;     ///< "stack-unlocked"
  std::string summary;  ///< one line
  std::vector<std::string> tags;
  expectation expected;
  std::function<property_result(const property_options&)> check;
  /** Replays one execution by the text of its schedule, which names the case as well. Throws request_error. */
  std::function<property_result(std::string_view schedule, const property_options&)> replay;
};

/** All suites, in the order in which they are listed. */
using property_table = std::span<const property_suite>;

/** The whole of the command line, for programs with property suites. */
int command_line(scenario_table scenarios, property_table properties, int argc, const char* const* argv);

}  // namespace heddle
