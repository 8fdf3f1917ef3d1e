// How checks of properties end where there is no plain pass or failure: cut short, without a case that counts, or by a
// failure that does not come again.
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <heddle/heddle.hpp>
#include <heddle/object_property.hpp>

namespace heddle {
namespace {

struct counter {
  atomic<int> n{0};
};
using counter_property = object_property<counter, int>;

/** A counter whose one operation is this. */
template <class Run>
counter_property adding(Run run) {
  counter_property property("counter");
  property.operation("add", std::move(run), [](int& model) { return ++model; });
  return property;
}

TEST(property_check, is_inconclusive_where_it_is_stopped_within_its_last_case) {
  std::atomic<bool> stop{false};
  const counter_property property = adding([&](counter& it) {
    stop = true;
    return ++it.n;
  });
  property_options with;
  with.cases = 1;
  with.stop = &stop;
  const property_result came = property.check(with);
  EXPECT_EQ(came.found.executions, 1U) << "otherwise this tests nothing";
  EXPECT_EQ(came.found.verdict, verdict::inconclusive) << "not all of the case was run";
  EXPECT_EQ(came.found.stopped_by, "request");
}

TEST(property_check, is_inconclusive_where_its_time_is_up_within_its_last_case) {
  const counter_property property = adding([](counter& it) { return ++it.n; });
  property_options with;
  with.cases = 1;
  with.time_limit = std::chrono::nanoseconds(1);
  const property_result came = property.check(with);
  EXPECT_EQ(came.found.verdict, verdict::inconclusive);
  EXPECT_EQ(came.found.stopped_by, "the time limit of 1e-09 s");
}

TEST(property_check, is_inconclusive_where_every_execution_was_discarded) {
  const counter_property property = adding([](counter& it) {
    assume(false);
    return ++it.n;
  });
  const property_result came = property.check(property_options{});
  EXPECT_EQ(came.found.verdict, verdict::inconclusive) << "nothing was tested";
  EXPECT_FALSE(came.found.exhaustive);
  EXPECT_EQ(came.found.exit_code(), 3);
}

TEST(property_check, refuses_limits_that_allow_nothing) {
  counter_property property = adding([](counter& it) { return ++it.n; });
  EXPECT_THROW((void)property.check({.time_limit = std::chrono::nanoseconds(0)}), request_error);
  case_limits none;
  none.explored = 0;
  property.with(none);
  EXPECT_THROW((void)property.check(property_options{}), request_error);
}

TEST(property_check, shows_a_failure_that_does_not_come_again) {
  for (const int every : {50, 501, 3001}) {
    int calls = 0;
    const counter_property property = adding([&](counter& it) {
      const int value = ++it.n;
      return ++calls % every == 0 ? -1 : value;
    });
    const property_result came = property.check(property_options{});
    ASSERT_TRUE(came.found.failure) << "a failure was found, and has to be shown: every " << every;
    EXPECT_EQ(came.found.failure->kind, failure_kind::nondeterminism);
    EXPECT_EQ(came.found.exit_code(), 4);
  }
}

}  // namespace
}  // namespace heddle
