// The library's entry points: search the executions of a callable for failures.
#pragma once

#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string_view>

#include <heddle/options.hpp>
#include <heddle/result.hpp>

namespace heddle {

/** The request was wrong: an option, a schedule. The text says what to do. The command line exits with 2. */
class request_error : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

/** The program under test: called once for each execution, as its main thread. It must do the same each time. */
using program = std::function<void()>;

/**
 * Runs one execution of each trace of `body`, or every interleaving where traces do not apply (result::unreduced).
 *
 * Ends at the first failure, unless told to keep going. Nothing is global: several searches may run at once in
 * different OS threads. Throws request_error for options that make no sense.
 */
[[nodiscard]] result explore(const program& body, const options& with);

/** Runs options::executions executions of `body` at random. The same seed gives the same executions, anywhere. */
[[nodiscard]] result fuzz(const program& body, const options& with);

/** Runs `body` once: round robin, or as options::strategy and options::seed say. */
[[nodiscard]] result run_once(const program& body, const options& with);

/** Runs `body` once by a schedule's text form. Where the program does not follow it: a nondeterminism failure. */
[[nodiscard]] result replay(const program& body, std::string_view schedule, const options& with = {});

/** Replays the execution of a campaign that has this seed. */
[[nodiscard]] result replay(const program& body, std::uint64_t seed, const options& with = {});

/**
 * The same with options::from_environment(), so that HEDDLE_SEED=7 ./my_test works. Where HEDDLE_SCHEDULE is set,
 * explore, fuzz and run_once replay that schedule instead: that is how their reports tell to see a failure again. Where
 * the environment asks for something impossible, they say so on standard error and exit with 2.
 */
[[nodiscard]] result explore(const program& body);
[[nodiscard]] result fuzz(const program& body);
[[nodiscard]] result run_once(const program& body);

}  // namespace heddle
