// The property suites that ship: each comes to what it expects, small, and the same again.
#include <gtest/gtest.h>

#include <cctype>
#include <ostream>
#include <set>
#include <string>

#include <heddle/property.hpp>

#include "../scenarios/properties/table.hpp"

namespace heddle {

// How GoogleTest prints them.
static std::ostream& operator<<(std::ostream& out, const property_suite& suite) { return out << suite.name; }

namespace {

class shipped : public testing::TestWithParam<property_suite> {};

/** "fail: deadlock" */
std::string outcome(const result& found) {
  std::string text(to_string(found.verdict));
  if (found.failure) text.append(": ").append(to_string(found.failure->kind));
  return text;
}

std::string outcome(const expectation& expected) {
  std::string text(to_string(expected.verdict));
  if (expected.verdict == verdict::fail) text.append(": ").append(to_string(expected.kind));
  return text;
}

// What passes takes all its cases; so many of them for one seed only.
TEST_P(shipped, comes_to_what_it_expects) {
  const bool passes = GetParam().expected.verdict == verdict::pass;
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U, 5U}) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const std::uint64_t cases = passes && seed > 1 ? 10 : 100;
    const property_result came = GetParam().check({.seed = seed, .cases = cases});
    EXPECT_EQ(outcome(came.found), outcome(GetParam().expected)) << to_text(came);
    if (!came.found.failure) {
      EXPECT_EQ(came.cases, cases);
      continue;
    }
    ASSERT_TRUE(came.smallest);
    EXPECT_LE(came.smallest->operations, 4U) << to_text(came);
    EXPECT_LE(came.found.failure->preemptions, 2U) << to_text(came);
    EXPECT_TRUE(came.found.failure->history || came.found.failure->kind != failure_kind::not_linearizable);
  }
}

TEST_P(shipped, comes_to_the_same_again) {
  const property_options with{.seed = 7, .cases = 10};
  const property_result once = GetParam().check(with);
  const property_result again = GetParam().check(with);
  EXPECT_EQ(to_text(once), to_text(again));
  EXPECT_EQ(once.found.events, again.found.events);
}

TEST_P(shipped, fails_the_same_in_a_replay) {
  if (GetParam().expected.verdict == verdict::pass) return;
  const property_result came = GetParam().check({});
  ASSERT_TRUE(came.found.failure);
  const property_result again = GetParam().replay(came.found.failure->schedule, {});
  ASSERT_TRUE(again.found.failure) << to_text(came);
  EXPECT_EQ(again.found.failure->kind, came.found.failure->kind);
  EXPECT_EQ(again.found.failure->message, came.found.failure->message);
  EXPECT_EQ(again.found.failure->schedule, came.found.failure->schedule);
  ASSERT_TRUE(again.smallest);
  EXPECT_EQ(again.smallest->operations, came.smallest->operations);
}

INSTANTIATE_TEST_SUITE_P(table, shipped, testing::ValuesIn(scenarios::all_properties()), [](const auto& of) {
  std::string name = of.param.name;
  for (char& each : name) {
    if (std::isalnum(static_cast<unsigned char>(each)) == 0) each = '_';
  }
  return name;
});

TEST(property_table, describes_each_suite) {
  std::set<std::string> names;
  for (const property_suite& each : scenarios::all_properties()) {
    EXPECT_TRUE(names.insert(each.name).second) << each.name << " is there twice";
    const std::set<std::string> tags(each.tags.begin(), each.tags.end());
    const bool passes = each.expected.verdict == verdict::pass;
    EXPECT_TRUE(tags.contains("property")) << each.name;
    EXPECT_EQ(tags.contains("correct"), passes) << each.name;
    EXPECT_EQ(tags.contains("bug"), !passes) << each.name;
    EXPECT_TRUE(each.summary.ends_with('.')) << each.name;
    EXPECT_LE(each.summary.size(), 110U) << each.name;
  }
}

TEST(property_table, has_correct_and_broken_versions_of_each_object) {
  for (const std::string object : {"stack", "queue", "bounded-queue", "counter", "register", "set", "map",
                                   "priority-queue", "bank", "rate-limiter", "reader-writer", "resource-pool"}) {
    bool correct = false;
    bool broken = false;
    for (const property_suite& each : scenarios::all_properties()) {
      correct = correct || (each.name == object && each.expected.verdict == verdict::pass);
      broken = broken || (each.name.starts_with(object + "-") && each.expected.verdict == verdict::fail);
    }
    EXPECT_TRUE(correct) << object;
    EXPECT_TRUE(broken) << object;
  }
}

}  // namespace
}  // namespace heddle
