// Properties over data and schedule as GoogleTest tests: HEDDLE_PROPERTY, which <heddle/gtest.hpp> has where RapidCheck
// is.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>
#include <string>
#include <type_traits>

#include <heddle/gtest.hpp>
#include <heddle/rapidcheck.hpp>

/**
 * Defines the GoogleTest test Suite.Name that checks a RapidCheck property: the body which follows, for generated data
 * and under generated schedules (heddle::under_generated_schedule).
 *
 *     HEDDLE_PROPERTY(Counter, AddsUp, (std::uint8_t first, std::uint8_t second)) {
 *       heddle::atomic<int> sum{0};
 *       heddle::thread a([&] { sum += first; }), b([&] { sum += second; });
 *       a.join(), b.join();
 *       EXPECT_EQ(sum.load(), first + second);
 *     }
 *
 * The data are the parameters, in parentheses; what else RapidCheck offers, as in rc::check with
 * under_generated_schedule. RC_PARAMS works as RapidCheck documents it. Link with -lrapidcheck.
 */
#define HEDDLE_PROPERTY(Suite, Name, Data)                                         \
  static void Suite##_##Name##_HeddleProperty Data;                                \
  TEST(Suite, Name) { ::heddle::check_in_test(&Suite##_##Name##_HeddleProperty); } \
  static void Suite##_##Name##_HeddleProperty Data

namespace heddle {

/** Checks a property as the test that runs, which HEDDLE_PROPERTY is short for. */
template <class... Data>
void check_in_test(void (*holds)(Data...)) {
  const testing::TestInfo* info = testing::UnitTest::GetInstance()->current_test_info();
  const std::string name = gtest::test_name();
  const place test{info->file(), static_cast<std::uint32_t>(info->line())};
  if (const char* schedule = std::getenv("HEDDLE_SCHEDULE"); schedule != nullptr && *schedule != '\0') {
    return gtest::report(test, "HEDDLE_SCHEDULE is of a test without data; RC_PARAMS repeats this one",
                         testing::TestPartResult::kSkip);
  }
  schedule_drawing how;
  how.with.name = name;
  how.arguments = "--gtest_filter=" + name;
  rc::detail::TestMetadata about;
  about.id = about.description = name;
  gtest::reported besides;
  const rc::detail::TestResult found = [&] {
    const gtest::reporter here(gtest::reporter::INTERCEPT_ONLY_CURRENT_THREAD, besides);
    return rc::detail::checkTestable(
        [&](const std::decay_t<Data>&... data) { under_generated_schedule([&] { holds(data...); }, how); }, about);
  }();
  for (const testing::TestPartResult& each : besides.elsewhere) gtest::report(each);
  std::ostringstream text;
  rc::detail::printResultMessage(found, text);
  rc::detail::SuccessResult passed;
  if (!found.match(passed)) {
    return gtest::report(test, text.str(), testing::TestPartResult::kFatalFailure);
  }
  if (!passed.distribution.empty()) std::cout << text.str() << "\n";
}

}  // namespace heddle
