// Programs that may end in several ways: in each of them, how many executions do.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>

#include <gtest/gtest.h>

#include <heddle/heddle.hpp>

#include "by_interleavings.hpp"

namespace heddle {

/** How many executions end with what: the text that the program returns, or the kind of its failure. */
using outcome_counts = std::map<std::string, std::uint64_t>;

/** A program, and all the ways in which it ends. */
struct outcome_case {
  const char* why;
  outcome_counts outcomes;
  std::string (*body)();
};

inline std::set<std::string> names_of(const outcome_counts& counts) {
  std::set<std::string> names;
  for (const auto& [name, count] : counts) names.insert(name);
  return names;
}

/** Runs the search, and adds up what its executions end with. */
inline result count_outcomes(std::string (*body)(), options with, outcome_counts& counts) {
  with.keep_going = true;
  result found = explore(
      [&] {
        const std::string outcome = body();
        this_thread::yield();  // which an execution that has ended in a destructor of the body does not get past
        ++counts[outcome];
      },
      with);
  for (const auto& [kind, count] : found.failures_by_kind) counts[kind] += count;
  EXPECT_TRUE(found.exhaustive);
  return found;
}

/** All that a program ends with. */
inline outcome_counts outcomes_of(std::string (*body)(), const options& with = {}) {
  outcome_counts counts;
  const result found = count_outcomes(body, by_interleavings(with), counts);
  std::uint64_t sum = 0;
  for (const auto& [outcome, count] : counts) sum += count;
  EXPECT_EQ(found.executions, sum);
  return counts;
}

/** What there is to end with, by a search of each trace once. */
inline std::set<std::string> outcomes_by_traces(std::string (*body)(), const options& with = {}) {
  outcome_counts counts;
  count_outcomes(body, with, counts);
  return names_of(counts);
}

inline void expect_outcomes(std::span<const outcome_case> cases, const options& with = {}) {
  for (const outcome_case& each : cases) {
    SCOPED_TRACE(each.why);
    EXPECT_EQ(outcomes_of(each.body, with), each.outcomes);
    // Executions of one trace end alike, so each trace once has every outcome, too.
    EXPECT_EQ(outcomes_by_traces(each.body, with), names_of(each.outcomes));
  }
}

/** A misuse, and what is said of it behind "misuse by ". */
struct misuse_case {
  std::string message;
  void (*body)();
};

inline void expect_misuses(std::span<const misuse_case> cases) {
  for (const misuse_case& each : cases) {
    SCOPED_TRACE(each.message);
    const result found = explore(each.body, options{});
    ASSERT_TRUE(found.failure.has_value());
    EXPECT_EQ(found.failure->kind, failure_kind::misuse);
    EXPECT_EQ(found.failure->message, "misuse by " + each.message);
  }
}

/** The settings of a search in simulated time. */
inline options in_simulated_time() {
  options with;
  with.time = time_mode::timed;
  return with;
}

}  // namespace heddle
