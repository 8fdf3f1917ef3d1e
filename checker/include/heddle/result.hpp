// The result of a search as a value. Text, JSON and exit codes are views of it.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <heddle/failure.hpp>
#include <heddle/shard.hpp>

namespace heddle {

enum class verdict : std::uint8_t {
  pass,          ///< nothing found; `exhaustive` says whether nothing is left either
  fail,          ///< a failure was found
  inconclusive,  ///< stopped by a limit or by the user, with nothing found
};

/** "pass", "fail", "inconclusive". */
[[nodiscard]] std::string_view to_string(verdict value) noexcept;

/** What a search asked for. */
enum class search_kind : std::uint8_t { explore, fuzz, run, replay };

[[nodiscard]] std::string_view to_string(search_kind kind) noexcept;

/** How many traces a search is expected to have in the end. */
struct trace_estimate {
  double traces = 0;
  double deviation = 0;  ///< the standard deviation of that

  friend bool operator==(const trace_estimate&, const trace_estimate&) = default;
};

/** An output that executions of a search have. */
struct program_output {
  std::string text;              ///< all that heddle::print wrote
  std::uint64_t executions = 0;  ///< how many have it
  std::uint64_t failures = 0;    ///< how many of them failed
  std::string schedule;          ///< of the first of them that a replay can follow: see result::assumes_fairness

  friend bool operator==(const program_output&, const program_output&) = default;
};

/** The outputs of a search. Of more than `most` different ones, those are kept that come first in order of their text.
 */
struct program_outputs {
  static constexpr std::size_t most = 1'000;

  std::vector<program_output> kept;  ///< the most frequent first, then in order of their text
  std::uint64_t left_out = 0;        ///< executions whose output is not among them
  /** A failure ends an execution wherever the other threads are. Where each trace is run once: how many traces failed
   * so, each of which is listed with one output, and may have others, longer or shorter by what comes at its end. */
  std::uint64_t cut_by_failures = 0;

  /** Adds up with those of another part of the same search, which comes behind this one. */
  program_outputs& operator+=(const program_outputs& part);

  friend bool operator==(const program_outputs&, const program_outputs&) = default;
};

/** What came of options::output_is. */
struct output_search {
  std::string wanted;    ///< options::output_is
  bool found = false;    ///< there is an execution that prints it
  std::string schedule;  ///< of the first one, in the order of the search
  /** Where it was not found: the output that agrees with it for longest. It may be a first part: an execution can be
   * ended where it does not agree any more. */
  std::optional<std::string> closest;

  /**
   * Traces with a failure that might have ended them just where this was printed, had it come earlier or later. Where
   * they decide whether it can be, explore runs every interleaving (result::unreduced).
   */
  std::uint64_t undecided = 0;

  /** How many bytes of `text` are those that `wanted` begins with. */
  [[nodiscard]] std::size_t agreement(std::string_view text) const noexcept;

  friend bool operator==(const output_search&, const output_search&) = default;
};

/** What came of explore, fuzz, run_once or replay. */
struct result {
  std::string program;  ///< the scenario's name, or options::name
  /** Parameters and settings that are not the defaults, with their values, as schedules have them. */
  std::vector<std::pair<std::string, std::string>> settings;
  search_kind search = search_kind::explore;
  std::string strategy;  ///< "dpor", "dfs", "random", ...
  heddle::verdict verdict = heddle::verdict::inconclusive;
  bool exhaustive = false;  ///< every execution there is was run, or one of each trace
  /** Why every interleaving was run instead of each trace once: "it reads the clock"; else empty. */
  std::string unreduced;
  /** Every execution with at most as many preemptions was run. Empty where that was not asked for. */
  std::optional<std::uint32_t> exhaustive_preemptions;
  /**
   * A thread that waits in a loop came round with nothing changed in what it reads, and was held until that changed.
   * That loses nothing of a loop that just waits; one that counts its rounds may do more than was run, so `exhaustive`
   * is up to that.
   */
  bool assumes_fairness = false;
  std::uint64_t executions = 0;                           ///< how many were run, discarded and failing ones included
  std::uint64_t failures = 0;                             ///< how many of them failed
  std::uint64_t failing_execution = 0;                    ///< which of them, from 1, `failure` tells of; 0: none
  std::uint64_t discarded = 0;                            ///< how many of them heddle::assume gave up
  std::uint64_t events = 0;                               ///< over all executions
  std::uint64_t choices = 0;                              ///< over all executions; 0: nothing was ever left to choose
  std::uint32_t threads = 0;                              ///< the most that one execution had, main included
  std::optional<std::uint64_t> seed;                      ///< of the campaign, where the strategy was a seeded one
  std::optional<heddle::failure> failure;                 ///< the first one
  std::map<std::string, std::uint64_t> failures_by_kind;  ///< how many executions failed in which way
  std::vector<std::string> reached;                       ///< the names that heddle::reachable was called with, sorted
  std::vector<std::string> unreached;                     ///< options::expect_reached that no execution got to
  std::optional<heddle::shard> shard;                     ///< the part of the search that this is; none: the whole
  std::optional<std::uint64_t> traces;                    ///< how many complete ones, where the strategy knows
  std::optional<std::uint64_t> blocked;    ///< executions that ended blocked without being a failure, likewise
  std::optional<trace_estimate> estimate;  ///< of this part of the search, likewise
  std::optional<double> share_done;        ///< of the whole search, all parts of it, from 0 to 1, likewise
  /** The different outputs, where options::outputs asked for them. */
  std::optional<program_outputs> outputs;
  /**
   * Where options::output_is asked for it. The verdict is about that alone: pass where it was found, fail (without a
   * `failure`) where the search was exhaustive and it was not, else inconclusive.
   */
  std::optional<heddle::output_search> output_search;
  std::string stopped_by;      ///< why the search ended early: "the time limit of 10 s"; else empty
  std::string replay_command;  ///< what to paste to see the failure again, without the schedule
  double elapsed_s = 0;        ///< wall-clock seconds

  /**
   * Adds up with another part of the same search. Counters are summed, the time too; the failure is the left one if
   * there are two; exhaustive is what both are. The shard is not looked at.
   */
  result& operator+=(const result& part);

  /** 0 nothing found, or what options::output_is asks for; 1 a failure, or no such output; 3 stopped by a limit with
   * nothing found, 4 a program that is not deterministic. */
  [[nodiscard]] int exit_code() const noexcept;
};

/** How a report is laid out. */
struct report_style {
  int width = 100;      ///< columns; at least 40
  bool colour = false;  ///< ANSI colours
};

/** The report as text: the same bytes for the same result, whatever the time it took. */
[[nodiscard]] std::string to_text(const result& what, const report_style& style = {});

/** The result as JSON, with the keys that the README documents; two spaces of indent, a newline at the end. */
[[nodiscard]] std::string to_json(const result& what);

/** Reads what to_json writes, but for the trace of a failure. Throws request_error that says what is wrong. */
[[nodiscard]] result from_json(std::string_view text);

/** Prints to_text without colours, 100 columns wide. */
std::ostream& operator<<(std::ostream& out, const result& what);

}  // namespace heddle
