// A failure as a value: what went wrong in an execution, and everything that explains it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/shown_history.hpp>
#include <heddle/trace.hpp>

namespace heddle {

/** What can be wrong with a program. */
enum class failure_kind : std::uint8_t {
  data_race,           ///< two accesses to a shared variable, one a write, that nothing orders
  deadlock,            ///< threads that wait for each other, or for what nobody is left to do
  lost_wakeup,         ///< a wait on a condition variable that nobody is left to notify
  lost_update,         ///< a store that overwrites another one unseen; only where it was asked for
  assertion,           ///< heddle::check
  uncaught_exception,  ///< an exception that leaves a thread, or std::terminate
  livelock,            ///< suspected: the limit of events was reached
  misuse,              ///< an object used against its rules
  crash,               ///< a signal such as SIGSEGV, or a call of a pure virtual function
  abort,               ///< std::abort was called
  stack_overflow,      ///< a thread's stack was too small for it
  exit,                ///< exit, _exit or quick_exit was called
  hang,                ///< a thread ran on for too long without coming to an operation
  not_linearizable,    ///< no order of an object's operations explains what they returned
  unreached,           ///< no execution got to a place that was expected to be reached
  nondeterminism,      ///< the program does not do the same when its schedule is the same
};

/** The kind's name in JSON, on the command line and in reports: "data-race". */
[[nodiscard]] std::string_view to_string(failure_kind kind) noexcept;

/** A failing execution, with what its recorded replay has shown. */
struct failure {
  failure_kind kind = failure_kind::assertion;
  std::string message;                   ///< one sentence: what happened, with names and file:line
  std::vector<std::string> explanation;  ///< further sentences: the cycle's edges, the lost update, what came of it
  std::string schedule;                  ///< the text form; replays this execution
  std::optional<std::uint64_t> seed;     ///< replays this execution, where the strategy was a seeded one
  std::uint32_t preemptions = 0;         ///< how often a thread was left that could have gone on
  std::optional<sim::thread_id> thread;  ///< who ended the execution: by a check, an exception, a misuse
  place where;                           ///< and where
  std::optional<shown_history> history;  ///< what an object's operations returned, where no order explains it
  heddle::trace trace;                   ///< what happened, event by event; empty where it could not be recorded
};

}  // namespace heddle
