// What a test framework needs to have searches as its tests. <heddle/gtest.hpp> is made of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <heddle/explore.hpp>

namespace heddle {

/** A test that is a search. */
struct search_test {
  search_kind search = search_kind::explore;  ///< explore or fuzz
  std::string name;                           ///< of the test, in reports and schedules: "Counter.KeepsUpdates"
  std::string arguments;                      ///< what has the program run this test alone: "--gtest_filter=..."
  options with = {};                          ///< what the test says; the environment goes over it
};

/** What a test framework is to be told. */
enum class test_verdict : std::uint8_t {
  passed,
  failed,
  skipped,  ///< the environment asks to replay another test's schedule
};

/** How a test went. */
struct test_outcome {
  test_verdict verdict = test_verdict::failed;
  /** To be shown: the report, or what was wrong with the request; of one that passed only what must not be missed. */
  std::string text;
  /** What the search came to; none where there was none. */
  std::optional<result> found;
};

/**
 * Searches `body` as a test, or replays it where HEDDLE_SCHEDULE has a schedule of this test.
 *
 * A search that a limit has stopped passes only if the test itself sets one (options::max_executions or time_limit),
 * and says so. One that tested nothing, since no execution was run to its end, never passes.
 */
[[nodiscard]] test_outcome run_test(const program& body, search_test test);

/**
 * For a framework whose assertions say that they failed, and go on: the execution that runs in this OS thread fails
 * with this text, as by heddle::check, before the running thread performs its next operation. False if none runs here.
 * After the first failure of an execution there is nothing to add: what follows is part of its end, and is left out.
 */
bool assertion_failed(std::string_view text, std::string_view file, std::uint32_t line);

}  // namespace heddle
