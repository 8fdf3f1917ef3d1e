// The tutorial's statements, each on all its interleavings.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <ostream>
#include <string>
#include <string_view>

#include <heddle/explore.hpp>

#include "../scenarios/table.hpp"

namespace heddle {
namespace {

struct row {
  std::string_view name;
  std::uint64_t
      outputs;  ///< how many different ones there are over all executions; 0: it fails, so not all are looked at
  std::string_view reason;

  friend void PrintTo(const row& which, std::ostream* out) { *out << which.name; }
};

constexpr std::array table{
    row{"tutorial/1-daemon-threads", 8,
        "orders of three lines, and of the two that are left where the daemon is cut off"},
    row{"tutorial/2-many-tasks", 1, "processes share nothing, so the first list stays empty"},
    row{"tutorial/3-main-thread", 1, "one thread in each process"},
    row{"tutorial/4-two-modules", 1, "main waits for each"},
    row{"tutorial/5-loop", 1, "main waits: the tutorial's nine lines"},
    row{"tutorial/6-shared-variable", 0, "a lost update"},
    row{"tutorial/7-lock", 1, "the lock keeps all updates"},
    row{"tutorial/8-deadlock", 0, "a cycle of two locks"},
    row{"tutorial/9-gil", 1, "threads that count print nothing"},
    row{"tutorial/10-producers", 672, "orders of two times six lines, where the two last ones are alike"},
    row{"tutorial/10-consumer", 0, "a wait on an empty queue that nobody is left to fill"},
};

class statements : public testing::TestWithParam<row> {};

TEST_P(statements, hold_on_all_interleavings) {
  const scenario_table all = scenarios::all();
  const auto what = std::ranges::find(all, GetParam().name, &scenario::name);
  ASSERT_NE(what, all.end());
  const arguments values(what->parameters);
  options with;
  with.name = what->name;
  with.lost_updates = what->lost_updates;
  with.outputs = GetParam().outputs != 0;
  with.jobs = 0;
  const result found = explore([&] { what->body(values); }, with);
  const expectation expected = what->expected(values);
  EXPECT_EQ(found.verdict, expected.verdict) << GetParam().reason;
  if (expected.verdict == verdict::fail) {
    ASSERT_TRUE(found.failure);
    EXPECT_EQ(found.failure->kind, expected.kind) << found.failure->message;
    return;
  }
  EXPECT_TRUE(found.exhaustive);
  ASSERT_TRUE(found.outputs);
  EXPECT_EQ(found.outputs->kept.size(), GetParam().outputs) << GetParam().reason;
}

INSTANTIATE_TEST_SUITE_P(tutorial, statements, testing::ValuesIn(table));

TEST(tutorial, is_tested_as_a_whole) {
  for (const scenario& each : scenarios::all()) {
    if (!each.name.starts_with("tutorial/") || each.name == "tutorial/10-consumer-counting") continue;
    EXPECT_NE(std::ranges::find(table, each.name, &row::name), table.end()) << each.name;
  }
}

}  // namespace
}  // namespace heddle
