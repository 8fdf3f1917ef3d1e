// What a search can be told.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <heddle/failure.hpp>
#include <heddle/shard.hpp>
#include <heddle/sim/simulator.hpp>

namespace heddle {

using sim::fault_kind;
using sim::time_mode;

/** Counters of a search that is going on, for another OS thread to look at. */
struct progress {
  std::atomic<std::uint64_t> executions{0};
  std::atomic<std::uint64_t> failures{0};
  // Where each trace is explored once:
  std::atomic<double> share_done{0};  ///< of the whole search, from 0 to 1, as far as one can tell
  std::atomic<double> expected{0};    ///< how many executions there will be; 0: not known
  std::atomic<double> deviation{0};   ///< the standard deviation of that

  /** A search begins. */
  void restart() noexcept {
    executions.store(0, std::memory_order_relaxed);
    failures.store(0, std::memory_order_relaxed);
    for (std::atomic<double>* each : {&share_done, &expected, &deviation}) each->store(0, std::memory_order_relaxed);
  }
};

/** How often an execution of a search may leave a thread that could have gone on. */
struct preemption_bound {
  std::uint32_t most = 0;
  /** Goes on with one more as often as that cut something off: a first failure has as few as there are. */
  bool deepens = false;

  friend bool operator==(const preemption_bound&, const preemption_bound&) = default;
};

/** Which values a load may return. */
enum class memory_model : std::uint8_t {
  sc,  ///< the latest one stored: sequential consistency
};

/** What becomes of an execution with a data race. */
enum class race_policy : std::uint8_t {
  stop,    ///< it fails
  ignore,  ///< races are not looked for
};

/** What a property has against an execution. */
struct objection {
  failure_kind kind = failure_kind::not_linearizable;
  std::string message;  ///< one sentence; not used where threads wait for ever, which is explained as without a judge
};

/** How many OS threads a search may have. */
inline constexpr unsigned most_jobs = 1'024;

/** The knobs of explore, fuzz, run_once and replay. The defaults are good ones. */
struct options {
  /** The program's name in reports and schedules: letters, digits, '.', '_', '-', '+' and '/'. */
  std::string name = "program";
  /** What else identifies the program, for its schedules: parameter names and values, of the same characters. */
  std::vector<std::pair<std::string, std::string>> parameters = {};

  /** "dpor", "dfs", "random" or "round-robin"; empty for the default of what is called. */
  std::string strategy = {};
  /** Of the campaign, for a strategy that draws. */
  std::uint64_t seed = 1;
  /** How many executions fuzz makes. */
  std::uint64_t executions = 10'000;
  /** explore ends after as many, with nothing found: inconclusive. None: no limit. */
  std::optional<std::uint64_t> max_executions = {};
  /** The search ends after as long. None: no limit. */
  std::optional<std::chrono::nanoseconds> time_limit = {};
  /** explore runs only the executions with at most as many preemptions. None: no bound. */
  std::optional<preemption_bound> preemptions = {};
  /** Goes on after a failure, and counts. The first failure is the one reported. */
  bool keep_going = false;

  /** How many OS threads explore uses, up to most_jobs. 0: one a core. The program then runs in several of them at
   * once, and must not share anything that it captured; with 1 it runs in the calling one only. */
  unsigned jobs = 1;
  /**
   * Looks for an execution that prints exactly this, and nothing else: all that heddle::print wrote, in its order. The
   * search ends at the first one; failures do not end it, and are counted only. What came of it is in
   * result::output_search.
   */
  std::optional<std::string> output_is = {};
  /** Lists all the different outputs that executions have, in result::outputs. Implies keep_going. */
  bool outputs = false;

  /** Only this part of explore's search. None: all of it. */
  std::optional<heddle::shard> shard = {};
  /** A file to which explore writes where it stands, so that it can go on from there. Empty: none. */
  std::string checkpoint = {};
  /** The file of a checkpoint, from which explore goes on. Empty: it begins at the beginning. */
  std::string resume = {};

  heddle::memory_model memory_model = heddle::memory_model::sc;
  race_policy races = race_policy::stop;
  /** A lost update is a failure by itself, not only the explanation of another one. */
  bool lost_updates = false;
  /** Names that heddle::reachable must have been called with by the end of the search. */
  std::vector<std::string> expect_reached = {};

  /**
   * Judges the executions in which every thread has ended, or is `blocked` for ever, instead of the rule that the
   * former pass and the latter fail; but a cycle of threads that wait for each other is a deadlock in any case. Called
   * after each of them, outside of the program, by the OS thread that ran it; so it must not perform operations.
   */
  std::function<std::optional<objection>(bool blocked)> judge = {};

  /** Bytes of stack for each thread of the program. */
  std::size_t stack_size = sim::settings{}.stack_size;
  /** An execution that comes to as many events is a suspected livelock. */
  std::uint64_t event_limit = sim::settings{}.event_limit;
  /** When a sleeper may go on. None: `timed` for run_once, else `free`. */
  std::optional<time_mode> time = {};
  /** Which faults there may be, as choices: sim::only(fault_kind::weak_cas) | ... */
  sim::fault_kinds faults = 0;
  /** And how many of them in one execution. */
  std::uint32_t max_faults = 1;
  /** A thread that runs for as long, in real time, without coming to an operation is a failure. 0: never; nor is it
   * under a debugger. */
  std::chrono::nanoseconds hang_limit = sim::settings{}.hang_limit;

  /** Receives the program's output (heddle::print) as it is written; run_once and replay only. */
  std::function<void(std::string_view)> output = {};
  /** Receives a line for each event; run_once and replay only. */
  std::function<void(std::string_view)> trace = {};
  /** Receives what the program prints to its errors; run_once and replay only. Empty: `output` does. */
  std::function<void(std::string_view)> errors = {};
  /** Receives a line for each instruction of an interpreted program; run_once and replay only. */
  std::function<void(std::string_view)> instructions = {};
  /** How the report tells to replay: "heddle replay lost-update". Empty: as a call of heddle::replay. */
  std::string replay_command = {};
  /** Set from elsewhere (a signal handler, another thread), it ends the search after the present execution. */
  const std::atomic<bool>* stop = nullptr;
  /** Counted up as the search goes on. */
  heddle::progress* progress = nullptr;

  /** The defaults, changed by the environment variables HEDDLE_SEED, HEDDLE_EXECUTIONS, HEDDLE_STRATEGY, ... (README).
   */
  [[nodiscard]] static options from_environment();
  /** The same, but beginning with `given`: the environment, set by who runs the program, goes over what it says. */
  [[nodiscard]] static options from_environment(options given);
};

}  // namespace heddle
