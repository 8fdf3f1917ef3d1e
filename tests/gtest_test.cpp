// HEDDLE_EXPLORE and HEDDLE_FUZZ, as GoogleTest tells of them: the program gtest/program.cpp, run as a user does.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "command_line/process.hpp"

namespace heddle::test {
namespace {

finished run_tests(const std::string& filter, std::vector<std::string> environment = {}) {
  environment.insert(environment.end(), {"GTEST_TOTAL_SHARDS=1", "GTEST_SHARD_INDEX=0"});  // the first of a name counts
  return run({.arguments = {required_variable("HEDDLE_GTEST_PROGRAM"), "--gtest_filter=" + filter},
              .environment = std::move(environment)});
}

std::size_t times(std::string_view what, std::string_view in) {
  std::size_t count = 0;
  for (std::size_t at = in.find(what); at != in.npos; at = in.find(what, at + 1)) ++count;
  return count;
}

// The rest of the lines that begin so.
std::vector<std::string> after(std::string_view begin, const std::string& in) {
  std::vector<std::string> found;
  for (std::size_t at = 0; at < in.size();) {
    const std::size_t end = std::min(in.find('\n', at), in.size());
    if (in.compare(at, begin.size(), begin) == 0)
      found.push_back(in.substr(at + begin.size(), end - at - begin.size()));
    at = end + 1;
  }
  return found;
}

// Of those, the ones that are nothing but the name of a test.
std::set<std::string> names_after(std::string_view begin, const std::string& in) {
  std::set<std::string> names;
  for (const std::string& rest : after(begin, in)) {
    if (rest.find(' ') == rest.npos) names.insert(rest);
  }
  return names;
}

struct told {
  const char* why;
  std::string filter;
  int exit_code;
  std::vector<std::string> says;
  std::vector<std::string> environment = {};
  std::vector<std::string> not_says = {};
};

void expect_told(const std::vector<told>& cases) {
  for (const told& each : cases) {
    SCOPED_TRACE(each.why);
    const finished ran = run_tests(each.filter, each.environment);
    EXPECT_EQ(ran.exit_code, each.exit_code) << ran.out << ran.err;
    EXPECT_NE(ran.out.find("Running 1 test from"), std::string::npos) << ran.out;
    for (const std::string& text : each.says)
      EXPECT_NE(ran.out.find(text), std::string::npos) << text << "\n" << ran.out;
    for (const std::string& text : each.not_says)
      EXPECT_EQ(ran.out.find(text), std::string::npos) << text << "\n" << ran.out;
    EXPECT_EQ(ran.err, "");
  }
}

TEST(Gtest, PropertiesHoldForGeneratedDataAndSchedules) {
  const finished ran = run_tests("Property.Holds", {"RC_PARAMS=seed=1"});
  EXPECT_EQ(ran.exit_code, 0) << ran.out << ran.err;
}

TEST(Gtest, PropertiesThatFailAreShrunkAndReplayedByOneLine) {
  const finished ran = run_tests("Property.NeedsADatumAndAPreemption", {"RC_PARAMS=seed=1"});
  EXPECT_EQ(ran.exit_code, 1);
  for (const char* text : {"std::tuple<unsigned char>:\n(5)\n", "the schedule:\nmain/1 stops after 1 event, main/2",
                           "1 preemption", "lost update", "Property.NeedsADatumAndAPreemption: FAIL (assertion)"}) {
    EXPECT_NE(ran.out.find(text), std::string::npos) << text << "\n" << ran.out;
  }
  const std::vector<std::string> lines = after("  RC_PARAMS=", ran.out);
  ASSERT_EQ(lines.size(), 1U) << ran.out;
  EXPECT_EQ(lines.front(), "seed=1 " + required_variable("HEDDLE_GTEST_PROGRAM") +
                               " --gtest_filter=Property.NeedsADatumAndAPreemption");
}

TEST(Gtest, TestsThatPassAreQuiet) {
  const finished ran = run_tests("Passes.*:Account.*");
  EXPECT_EQ(ran.exit_code, 0) << ran.out << ran.err;
  EXPECT_EQ(after("[       OK ] ", ran.out).size(), 5U) << ran.out;
  EXPECT_EQ(times("execution", ran.out), 0U) << "no report: " << ran.out;
  EXPECT_EQ(ran.err, "");
}

TEST(Gtest, AssertionsOfGoogleTestFailTheExecution) {
  expect_told({
      {"an EXPECT of main's, with the schedule, and only the first",
       "Fails.ByExpect",
       1,
       {"Fails.ByExpect: FAIL (assertion) in execution 2 of a dpor search",
        "check failed in main: Expected equality of these values: x.load() (Which is: 1), 2, no update",
        "lost update: b's store of 1 to atomic variable x", "CHECK FAILED"},
       {},
       {"not reached"}},
      {"an ASSERT of another thread's",
       "Fails.ByAssertInAThread",
       1,
       {"Fails.ByAssertInAThread: FAIL (assertion)",
        "check failed in b: Expected equality of these values: x.load() (Which is: 1), 0"}},
      {"one report, however many executions fail",
       "Fails.ManyTimes",
       1,
       {"FAIL (assertion) in 200 of 200 executions at random"}},
      {"explore's workers, which are OS threads of their own",
       "Fails.InWorkers",
       1,
       {"2 executions, ", "Expected equality of these values: x.load() (Which is: 2), 1"}},
      {"an address, which is not the same in the replay, is no nondeterminism",
       "Fails.WithAnAddress",
       1,
       {"FAIL (assertion)", "first.get() (Which is: address 1),"}},
      {"the last thing that main does, while others run",
       "Fails.AtItsEnd",
       1,
       {"check failed in main: Expected equality of these values: text"}},
      {"a test with parameters", "Few/Numbers.AreStored/1", 1, {"Few/Numbers.AreStored/1: FAIL (assertion)"}},
  });
}

TEST(Gtest, OneFailureIsReportedForEachTest) {
  for (const char* name : {"Fails.ByExpect", "Fails.ManyTimes", "Fails.InWorkers"}) {
    const finished ran = run_tests(name);
    EXPECT_EQ(times(": Failure\n", ran.out), 1U) << ran.out;
    EXPECT_EQ(times("\nAgain\n", ran.out), 1U) << ran.out;
  }
}

TEST(Gtest, TheFailureStandsWhereTheAssertionDoes) {
  const finished ran = run_tests("Fails.ByExpect");
  const std::vector<std::string> text = after("  check failed in main: ", ran.out);
  ASSERT_EQ(text.size(), 1U) << ran.out;
  const std::size_t line = ran.out.find(": Failure\n");
  const std::string place = ran.out.substr(0, line).substr(ran.out.rfind('/', line) + 1);
  EXPECT_TRUE(place.starts_with("program.cpp:")) << place;
  EXPECT_NE(ran.out.find("/" + place + ")."), std::string::npos) << "as the report says it: " << ran.out;
}

TEST(Gtest, TheLineInTheReportReplays) {
  for (const char* name : {"Fails.ByExpect", "Fails.ByAssertInAThread", "Fails.ManyTimes", "Fails.InWorkers",
                           "Few/Numbers.AreStored/1", "Fails.AtItsEnd"}) {
    SCOPED_TRACE(name);
    const std::string said = run_tests(name).out;
    const std::vector<std::string> again = after("  HEDDLE_SCHEDULE=", said);
    ASSERT_EQ(again.size(), 1U) << said;
    EXPECT_TRUE(again[0].ends_with(std::string(" --gtest_filter=") + name)) << again[0];
    const finished replayed = run({.arguments = {"/bin/sh", "-c", "HEDDLE_SCHEDULE=" + again[0]}, .environment = {}});
    EXPECT_EQ(replayed.exit_code, 1);
    const auto story = [](const std::string& text) {
      const std::size_t begin = text.find("\nWhat\n");
      return text.substr(begin, text.find("[  FAILED", begin) - begin);
    };
    EXPECT_NE(replayed.out.find(std::string(name) + ": FAIL (assertion) in a replay"), std::string::npos)
        << replayed.out;
    EXPECT_EQ(story(replayed.out), story(said));
  }
}

TEST(Gtest, OtherTestsThanThatOfTheScheduleAreSkipped) {
  const finished ran = run_tests("Fails.ByExpect:Passes.*", {"HEDDLE_SCHEDULE=heddle1:Fails.ByExpect:t1/2.t0/2x2.end"});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_EQ(after("[  SKIPPED ] Passes.", ran.out).size(), 2 * 3U) << "each, and in the summary: " << ran.out;
  EXPECT_EQ(times("HEDDLE_SCHEDULE is a schedule of Fails.ByExpect\n", ran.out), 3U) << ran.out;
  EXPECT_NE(ran.out.find("Fails.ByExpect: FAIL (assertion) in a replay"), std::string::npos) << ran.out;
}

TEST(Gtest, PropertiesAreSkippedWhereAScheduleIsReplayed) {
  const finished ran = run_tests("Property.*", {"HEDDLE_SCHEDULE=heddle1:Fails.ByExpect:t1/2.t0/2x2.end"});
  EXPECT_EQ(ran.exit_code, 0) << ran.out;
  EXPECT_EQ(after("[  SKIPPED ] Property.", ran.out).size(), 2 * 2U) << "each, and in the summary: " << ran.out;
}

TEST(Gtest, SchedulesThatCannotBeReplayedFailTheTest) {
  expect_told({
      {"no schedule", "Passes.FetchAdd", 1, {"the schedule is wrong at offset 0, 'foo'"}, {"HEDDLE_SCHEDULE=foo"}},
      {"another number of threads",
       "Passes.FetchAdd",
       1,
       {"FAIL (nondeterminism)", "the execution does not follow its schedule"},
       {"HEDDLE_SCHEDULE=heddle1:Passes.FetchAdd:t1/3.end"}},
      {"an execution that does not fail any more",
       "Passes.FetchAdd",
       0,
       {"Passes.FetchAdd: PASS", "a replay"},
       {"HEDDLE_SCHEDULE=heddle1:Passes.FetchAdd:t1/2.end"}},
  });
}

TEST(Gtest, CutSearches) {
  expect_told({
      {"as the test itself says", "Cut.ByItself", 0, {"Cut.ByItself: INCONCLUSIVE: stopped by the limit of 1 exec"}},
      {"as the test does not say",
       "Cut.ByTheEnvironment",
       1,
       {"Cut.ByTheEnvironment: INCONCLUSIVE: stopped by the limit of 1 executions", "The test sets no such limit"},
       {"HEDDLE_MAX_EXECUTIONS=1"}},
      {"not at all", "Cut.ByTheEnvironment", 0, {"[       OK ]"}, {}, {"INCONCLUSIVE"}},
      {"discarded, every execution",
       "Cut.WithNothingTested",
       1,
       {"INCONCLUSIVE: stopped by heddle::assume, which discarded every execution"}},
  });
}

TEST(Gtest, TheEnvironmentGoesOverWhatTheTestSays) {
  expect_told({
      {"more executions than the test says",
       "Cut.ByItself",
       0,
       {"[       OK ]"},
       {"HEDDLE_MAX_EXECUTIONS=1000"},
       {"INCONCLUSIVE"}},
      {"fewer at random", "Fails.ManyTimes", 1, {"in 7 of 7 executions at random"}, {"HEDDLE_EXECUTIONS=7"}},
      {"the one that fails is not left behind",
       "Fails.ManyTimes",
       1,
       {"in execution 1 at"},
       {"HEDDLE_KEEP_GOING=false"}},
      {"what cannot be read", "Passes.FetchAdd", 1, {"HEDDLE_SEED takes a whole number, not 'x'"}, {"HEDDLE_SEED=x"}},
  });
}

TEST(Gtest, WhatIsOddIsSaid) {
  expect_told({
      {"nothing to choose", "Odd.NothingToChoose", 0, {"WARNING: there was never anything to choose"}},
      {"an option that makes no sense", "Odd.ImpossibleOption", 1, {"a stack of 1 bytes is not possible"}},
      {"GTEST_SKIP", "Odd.Skipped", 0, {"not today", "[  SKIPPED ] Odd.Skipped"}},
  });
}

TEST(Gtest, ShardsRunDisjointTestsWithTheSameResults) {
  const std::string all = run_tests("*").out;
  std::vector<std::string> every = after("[ RUN      ] ", all);
  std::vector<std::string> run_by_shards;
  std::set<std::string> failed;
  for (const char* index : {"0", "1"}) {
    const finished ran = run_tests("*", {"GTEST_TOTAL_SHARDS=2", std::string("GTEST_SHARD_INDEX=") + index});
    const std::vector<std::string> part = after("[ RUN      ] ", ran.out);
    EXPECT_GE(part.size(), every.size() / 2);
    run_by_shards.insert(run_by_shards.end(), part.begin(), part.end());
    failed.merge(names_after("[  FAILED  ] ", ran.out));
  }
  std::ranges::sort(every);
  std::ranges::sort(run_by_shards);
  EXPECT_EQ(run_by_shards, every) << "each test in one of them, and none in both";
  EXPECT_EQ(failed, names_after("[  FAILED  ] ", all));
}

}  // namespace
}  // namespace heddle::test
