// Schedules inside RapidCheck properties: one generated and shrunk as the data is, or all of them. Needs RapidCheck.
#pragma once

#include <rapidcheck.h>

#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <heddle/check.hpp>
#include <heddle/deviation.hpp>
#include <heddle/explore.hpp>
#include <heddle/schedule_property.hpp>
#include <heddle/shrink.hpp>

namespace heddle {

/** A schedule as a RapidCheck value: what it deviates in from the one in which each thread runs as long as it can. */
struct generated_schedule {
  std::vector<deviation> deviations;

  friend bool operator==(const generated_schedule&, const generated_schedule&) = default;
};

/** How RapidCheck shows it, in a counterexample. */
inline void showValue(const generated_schedule& what, std::ostream& out) { out << to_text(what.deviations); }

/** How schedules are drawn. */
struct schedule_drawing {
  std::uint32_t tries = 100;          ///< executions for each datum: the first one that fails is the schedule drawn
  std::uint32_t most_deviations = 3;  ///< in each of them
  options with = property_options_from_environment();  ///< what else the executions depend on
  std::string arguments = {};  ///< what has the program check this property alone, for the report: one word
};

namespace detail {

/** RC_ASSERT and its like throw: in the main thread that is a failed check, and RC_PRE discards the execution. */
inline program with_assertions(const program& body) {
  return [body] {
    try {
      body();
    } catch (const rc::detail::CaseResult& result) {
      using type = rc::detail::CaseResult::Type;
      if (result.type == type::Failure) check(false, result.description, {});
      assume(result.type != type::Discard, {});
    }
  };
}

/** What a search came to, as the result of a test case, with tags for what RapidCheck counts in its distribution. */
inline void pass_on(const result& found, std::string_view arguments) {
  using rc::detail::CaseResult;
  const bool not_exhaustive = found.verdict == verdict::inconclusive;
  RC_CLASSIFY(not_exhaustive);
  const bool nothing_to_choose = found.verdict == verdict::pass && found.choices == 0;
  RC_CLASSIFY(nothing_to_choose);
  if (found.verdict == verdict::fail) {
    const std::string parameters = rc::detail::configToMinimalString(rc::detail::configuration());
    throw CaseResult(CaseResult::Type::Failure, property_report(found, parameters, arguments));
  }
  if (found.executions > 0 && found.executions == found.discarded) {
    throw CaseResult(CaseResult::Type::Discard, "RC_PRE or heddle::assume discarded every execution");
  }
}

}  // namespace detail

/**
 * Schedules of `body`. Drawing one runs the body, up to schedule_drawing::tries times, and takes the first schedule
 * that fails, made as simple as heddle::shrink makes it, or else the first one that is not discarded. It shrinks by
 * leaving out deviations, towards none at all.
 */
inline rc::Gen<generated_schedule> gen_schedule(const program& body, const schedule_drawing& how = {}) {
  return [body, how](const rc::Random& random, int) {
    options with = how.with;
    with.seed = rc::Random(random).next();
    with.executions = how.tries;
    generated_schedule drawn;
    const result found = fuzz_deviating(body, how.most_deviations, with, drawn.deviations);
    // One that is not deterministic may well pass when it is run again.
    if (found.failure && found.failure->kind == failure_kind::nondeterminism) detail::pass_on(found, how.arguments);
    if (found.failure) {
      const result simplest = shrink(body, found.failure->schedule, how.with);
      if (simplest.failure) drawn.deviations = deviations_of(body, simplest.failure->schedule, how.with);
    }
    return rc::shrinkable::shrinkRecur(std::move(drawn), [](const generated_schedule& from) {
      return rc::seq::map(rc::shrink::removeChunks(from.deviations),
                          [](std::vector<deviation> fewer) { return generated_schedule{std::move(fewer)}; });
    });
  };
}

/**
 * In a RapidCheck property: runs `body`, which may use the property's data, under a generated schedule, as the main
 * thread of a program under test. The property fails if the execution does; what RapidCheck then shrinks and shows is
 * the data *and* the schedule, and the report of the execution, which has been replayed.
 *
 * @code
 *   rc::check("no transfer changes the sum", [](std::uint8_t amount) {
 *     heddle::under_generated_schedule([&] { ... });
 *   });
 * @endcode
 *
 * In the body: heddle::check, or RapidCheck's assertions in the main thread once the others are joined, since they
 * throw (and a thread that is destroyed joinable is a misuse of its own). Data are to be drawn outside of it.
 */
inline void under_generated_schedule(const program& body, const schedule_drawing& how = {}) {
  const program guarded = detail::with_assertions(body);
  const generated_schedule drawn = *gen_schedule(guarded, how).as("the schedule");
  detail::pass_on(run_deviating(guarded, drawn.deviations, how.with), how.arguments);
}

/** The limits of under_every_schedule, where none are given. */
[[nodiscard]] inline options every_schedule() {
  options with = property_options_from_environment();
  if (!with.max_executions) with.max_executions = 10'000;
  return with;
}

/**
 * In a RapidCheck property: explores `body` for the present data, so that the property holds for all schedules. If
 * there are more executions than options::max_executions, it holds for so many, and the case is counted as
 * `not_exhaustive` in RapidCheck's distribution; where only one thread ever could move, as `nothing_to_choose`.
 */
inline void under_every_schedule(const program& body, const options& with = every_schedule()) {
  const result found = explore(detail::with_assertions(body), with);
  detail::pass_on(found, {});
}

}  // namespace heddle
