// `heddle props`, and what list, show, replay and the others say of property suites; over those of fake_suites.cpp.
#include <gtest/gtest.h>

#include <csignal>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "process.hpp"

namespace heddle::test {
namespace {

using nlohmann::json;

constexpr std::string_view counter_passes =
    "counter            PASS, as expected: 100 cases, 200 executions, 175 histories\n";
constexpr std::string_view pieces_fail =
    "counter-in-pieces  FAIL (assertion), as expected: case 2, shrunk to 2 operations and 1 preemption\n";
constexpr std::string_view locks_fail =
    "locks-crossed      FAIL (deadlock), as expected: case 1, with 2 operations and 1 preemption\n";

std::string joined(const std::vector<std::string_view>& parts) {
  std::string result;
  for (const std::string_view each : parts) result += each;
  return result;
}

/** "What" and "How": what a replay tells as well. */
std::string what_and_how(const std::string& report) {
  const std::size_t from = report.find("\nWhat\n");
  return from == std::string::npos ? "no report" : report.substr(from, report.find("\nAgain\n") - from);
}

TEST(props, tell_of_each_suite_in_one_line) {
  const finished ended = run_heddle("props");
  EXPECT_EQ(ended.exit_code, 0) << "a failure that is expected is none of the call";
  EXPECT_EQ(ended.out, joined({counter_passes, pieces_fail, locks_fail,
                               "3 suites: 3 as expected; 103 cases, 206 executions, seed 1\n"}));
  EXPECT_TRUE(ended.err.starts_with("heddle: 206 executions in ")) << "what is not the same each time: " << ended.err;
}

TEST(props, say_which_suites_did_not_come_out_as_expected) {
  const finished ended = run_heddle("props", {"HEDDLE_FAKES=wrong"});
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_EQ(
      ended.out,
      joined({counter_passes, pieces_fail, locks_fail,
              "counter-hopeful    FAIL (assertion), expected pass: case 2, shrunk to 2 operations and 1 preemption\n",
              "counter-hopeless   PASS, expected fail (assertion): 100 cases, 200 executions, 175 histories\n",
              "counter-confused   FAIL (assertion), expected fail (deadlock): case 2, shrunk to 2 operations and 1 "
              "preemption\n",
              "strange            FAIL (assertion), expected pass: case 1, with 2 operations and 0 preemptions\n",
              "7 suites: 3 as expected, 4 not; 208 cases, 415 executions, seed 1\n"}));
}

TEST(props, that_are_not_deterministic_have_an_exit_code_of_their_own) {
  for (const std::string_view call : {"props", "props fickle locks-crossed"}) {
    const finished ended = run_heddle(call, {"HEDDLE_FAKES=fickle"});
    EXPECT_EQ(ended.exit_code, 4) << "which goes before that of a failure";
    EXPECT_NE(ended.out.find("FAIL (nondeterminism)"), std::string::npos) << ended.out;
  }
}

TEST(props, warn_where_nothing_was_tested) {
  const finished ended = run_heddle("props", {"HEDDLE_FAKES=empty"});
  EXPECT_NE(ended.out.find("nothing            PASS, as expected: 100 cases, 100 executions, 175 histories. WARNING: "
                           "there was never anything to choose, so nothing was tested."),
            std::string::npos)
      << ended.out;
}

TEST(props, report_what_is_named) {
  const finished ended = run_heddle("props counter-in-pieces");
  EXPECT_EQ(ended.exit_code, 1) << "as explore has it";
  EXPECT_TRUE(ended.out.starts_with(
      "counter-in-pieces: FAIL (assertion) in case 2, shrunk to 2 operations and 1 preemption\n"
      "  2 cases, 4 histories; shrunk in 1 step\n"
      "  4 executions, 43 events, 16 choices, at most 3 threads\n"
      "  3 traces\n"
      "\nWhat\n  check failed in main: no increment is lost (tests/command_line/fake_suites.cpp:"))
      << ended.out;
  EXPECT_TRUE(
      ended.out.ends_with("\nAgain\n  heddle replay counter-in-pieces --schedule "
                          "heddle1:counter-in-pieces,data=3:t1/2.t0/2x2.end\n"))
      << ended.out;
  const finished passed = run_heddle("props counter");
  EXPECT_EQ(passed.exit_code, 0);
  EXPECT_EQ(passed.out,
            "counter: PASS: 100 cases, 200 executions, 175 histories\n"
            "  exhaustive: every execution of each case, or one of each trace\n"
            "  200 executions, 2,000 events, 600 choices, at most 3 threads\n"
            "  200 traces\n");
}

TEST(props, report_several_in_the_order_of_their_names_each_once) {
  const finished ended = run_heddle("props locks-crossed counter locks-crossed");
  EXPECT_EQ(ended.exit_code, 1) << "one of them fails";
  EXPECT_EQ(ended.out, run_heddle("props locks-crossed").out + "\n" + run_heddle("props counter").out);
}

TEST(props, are_the_same_bytes_for_the_same_seed) {
  for (const std::string_view call : {"props", "props counter-in-pieces counter"}) {
    const finished first = run_heddle(call);
    EXPECT_EQ(run_heddle(call).out, first.out);
    EXPECT_EQ(run_heddle(call, {"HEDDLE_SEED=1", "HEDDLE_CASES=100"}).out, first.out) << "these are the standard ones";
  }
}

TEST(props, take_options_and_the_environment) {
  struct row {
    std::string_view call;
    std::string_view option;
    std::string_view variable;
    std::string_view effect;
    int exit_code;
  };
  static constexpr row table[] = {
      {"props", "--seed 2", "HEDDLE_SEED=2", "counter-in-pieces  FAIL (assertion), as expected: case 1, ", 0},
      {"props counter", "--cases 1", "HEDDLE_CASES=1", "counter: PASS: 1 case, 2 executions, 2 histories\n", 0},
      {"props", "--cases 1", "HEDDLE_CASES=1", "counter-in-pieces  PASS, expected fail (assertion): 1 case, ", 1},
      {"props locks-crossed", "--width 60", "HEDDLE_WIDTH=60", "with 2 operations\nand 1 preemption\n", 1},
      {"props", "--color always", "HEDDLE_COLOR=always", "\x1b[", 0},
      {"props counter", "--json -", "HEDDLE_JSON=-", "{\n  \"seed\": 1,\n  \"suites\": [\n", 0},
  };
  for (const row& each : table) {
    SCOPED_TRACE(joined({each.call, " ", each.option}));
    const finished typed = run_heddle(joined({each.call, " ", each.option}));
    EXPECT_EQ(typed.exit_code, each.exit_code);
    EXPECT_NE(typed.out.find(each.effect), std::string::npos) << typed.out;
    const finished set = run_heddle(each.call, {std::string(each.variable)});
    EXPECT_EQ(set.exit_code, each.exit_code);
    if (each.option == "--json -") continue;  // which holds times
    EXPECT_EQ(set.out, typed.out);
  }
}

// ---- ended early

TEST(props, that_a_limit_ends_are_inconclusive) {
  const finished named = run_heddle("props endless --time-limit 20ms", {"HEDDLE_FAKES=endless"});
  EXPECT_EQ(named.exit_code, 3);
  EXPECT_TRUE(named.out.starts_with("endless: INCONCLUSIVE: stopped by the time limit of 0.02 s after 1 case, "))
      << named.out;
  const finished all = run_heddle("props --time-limit 20ms", {"HEDDLE_FAKES=endless"});
  EXPECT_EQ(all.exit_code, 3) << "nothing contradicts what is expected";
  EXPECT_NE(all.out.find("endless            INCONCLUSIVE, expected pass: stopped by the time limit of 0.02 s after "),
            std::string::npos)
      << all.out;
  EXPECT_NE(all.out.find("\n4 suites: 3 as expected, 1 not; "), std::string::npos)
      << "the limit is for each: " << all.out;
  EXPECT_EQ(run_heddle("props endless locks-crossed --time-limit 20ms", {"HEDDLE_FAKES=endless"}).exit_code, 1)
      << "a failure goes before the limit";
}

TEST(props, that_a_signal_ends_tell_what_was_found_so_far) {
  for (const int signal : {SIGINT, SIGTERM}) {
    process check(heddle_setup("props", {"HEDDLE_FAKES=endless"}));
    ASSERT_TRUE(check.read_until(counter_passes)) << "a line comes as soon as its suite ends";
    ASSERT_TRUE(check.read_until("begun\n"));
    check.send(signal);
    const finished ended = check.finish();
    EXPECT_EQ(ended.signal, 0);
    EXPECT_EQ(ended.exit_code, 3);
    EXPECT_NE(ended.out.find("\nendless            INCONCLUSIVE, expected pass: stopped by request after "),
              std::string::npos)
        << ended.out;
    EXPECT_NE(ended.out.find("\n2 suites: 1 as expected, 1 not; 2 more left out; "), std::string::npos) << ended.out;
  }
}

TEST(props, do_no_harm_to_a_pipe_that_is_closed) {
  setup how = heddle_setup("props");
  how.unread_out = true;
  const finished ended = run(how);
  EXPECT_EQ(ended.signal, 0);
  EXPECT_EQ(ended.exit_code, 0) << ended.err;
}

// ---- the other commands

TEST(suites, are_listed_and_have_a_tag) {
  const std::string suites =
      "counter            Two threads count, each in one step.  [property, correct]\n"
      "counter-in-pieces  Two threads count by a load and a store.  [property, bug]\n"
      "locks-crossed      Two threads take two locks in opposite orders.  [property, bug]\n";
  EXPECT_EQ(run_heddle("list").out,
            "a-scenario       It is no suite.  [bug]\n"
            "property suites  3 of them: `heddle list --tag property` shows them, `heddle props` checks them.\n");
  EXPECT_EQ(run_heddle("list --tag property").out, suites) << "one of them does not name the tag itself";
  const json bugs = json::parse(run_heddle("list --tag bug --json -").out);
  ASSERT_EQ(bugs.size(), 3U);
  EXPECT_EQ(bugs[2], (json{{"name", "locks-crossed"},
                           {"summary", "Two threads take two locks in opposite orders."},
                           {"tags", {"property", "bug"}},
                           {"parameters", json::array()},
                           {"expected", {{"verdict", "fail"}, {"kind", "deadlock"}}}}));
}

TEST(suites, are_shown) {
  const finished ended = run_heddle("show locks-crossed");
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_EQ(ended.out,
            "locks-crossed: Two threads take two locks in opposite orders.\n\n"
            "tags:       property, bug\n"
            "expected:   fail (deadlock)\n"
            "try:        heddle props locks-crossed\n");
}

TEST(suites, replay_by_the_schedule_of_a_report) {
  const std::string schedule = "heddle1:counter-in-pieces,data=3:t1/2.t0/2x2.end";
  const finished found = run_heddle("props counter-in-pieces");
  const finished again = run_heddle("replay counter-in-pieces --schedule " + schedule);
  EXPECT_EQ(again.exit_code, 1);
  EXPECT_TRUE(again.out.starts_with("counter-in-pieces: FAIL (assertion) in a replay\n")) << again.out;
  EXPECT_EQ(what_and_how(again.out), what_and_how(found.out));
  EXPECT_NE(what_and_how(again.out), "no report");
  EXPECT_EQ(run_heddle("replay counter-in-pieces", {"HEDDLE_SCHEDULE=" + schedule, "HEDDLE_SEED=3"}).out, again.out);
  const json alone = json::parse(run_heddle("replay counter-in-pieces --json - --schedule " + schedule).out);
  EXPECT_EQ(alone["failure"]["schedule"], schedule);
}

TEST(suites, refuse_wrong_requests) {
  struct row {
    std::string_view reason;
    std::string_view arguments;
    std::string_view said;
  };
  static constexpr row table[] = {
      {"an unknown suite", "props countr",
       "unknown property suite countr; did you mean counter? (`heddle list --tag property` shows them all)"},
      {"one like no other, behind a good one", "props counter zzz",
       "unknown property suite zzz (`heddle list --tag property` shows them all)"},
      {"a scenario", "props a-scenario",
       "a-scenario is a scenario, not a property suite; say `heddle explore a-scenario`"},
      {"a suite to explore", "explore counter",
       "counter is a property suite, not a scenario; say `heddle props counter`"},
      {"a suite to fuzz", "fuzz counter", "counter is a property suite, not a scenario; say `heddle props counter`"},
      {"a suite to run", "run counter", "counter is a property suite, not a scenario; say `heddle props counter`"},
      {"an unknown name to show", "show locks-crosed",
       "unknown scenario locks-crosed; did you mean locks-crossed? (`heddle list` shows them all)"},
      {"a suite's name is no suggestion where suites are not taken", "explore locks-crosed",
       "unknown scenario locks-crosed (`heddle list` shows them all)"},
      {"no case", "props --cases 0", "--cases 0: give a whole number from 1 to 18446744073709551615"},
      {"no number of cases", "props --cases many", "--cases many: give a whole number from 1 to 18446744073709551615"},
      {"no seed", "props --seed x", "--seed x: give a whole number from 0 to 18446744073709551615"},
      {"no time", "props --time-limit 0", "--time-limit 0: give a duration such as 10s, 500ms, 2m, 1h or 10 (seconds)"},
      {"an option of searches", "props counter --strategy dfs",
       "props does not take --strategy, only: run, explore, fuzz, replay (see fake_suites props --help)"},
      {"cases of a scenario", "explore a-scenario --cases 3",
       "explore does not take --cases, only: props (see fake_suites explore --help)"},
      {"JUnit's XML to standard output", "props --junit -", "--junit needs a file's name"},
      {"a file that cannot be written", "props --junit /", "cannot write to /: Is a directory"},
      {"a replay by nothing", "replay counter",
       "counter is a property suite: replay takes its --schedule; for a seed say `heddle props counter --seed N`"},
      {"a replay by a seed", "replay counter --seed 7",
       "counter is a property suite: replay takes its --schedule; for a seed say `heddle props counter --seed 7`"},
      {"a setting of a replay", "replay counter --schedule heddle1:counter,data=1:end --time timed",
       "--time timed: the schedule of a property suite says it all; leave it out"},
      {"a schedule that is none", "replay counter --schedule garbage",
       "the schedule is wrong at offset 0, 'garbage': expected 'heddle1:', with which every schedule begins"},
      {"the schedule of another suite", "replay counter --schedule heddle1:locks-crossed,data=1:end",
       "the schedule is one of locks-crossed, not of counter"},
      {"a parameter of a suite", "show counter -p x=1", "-p x=1: there is no parameter x, nor any other"},
      {"a tag that nothing has", "list --tag nope", "nothing has the tag nope, only: bug, correct, property"},
  };
  for (const row& each : table) {
    SCOPED_TRACE(each.reason);
    const finished ended = run_heddle(each.arguments);
    EXPECT_EQ(ended.exit_code, 2);
    EXPECT_EQ(ended.out, "");
    EXPECT_EQ(ended.err, joined({"heddle: ", each.said, "\n"}));
  }
}

}  // namespace
}  // namespace heddle::test
