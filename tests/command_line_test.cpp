// The heddle command as its user meets it: what the reports must tell, and that their commands work when pasted.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "command_line/process.hpp"

namespace heddle::test {
namespace {

/** What a shell does with this line, where `heddle` is called by its path. */
finished paste(const std::string& line) {
  return run({.arguments = {"/bin/sh", "-c", line}, .environment = {"HEDDLE_PROGRAM=" + heddle_binary()}});
}

/** As run_heddle, but with commands in its report that can be pasted. */
finished run_to_be_pasted(std::string_view arguments, std::vector<std::string> environment = {}) {
  setup how = heddle_setup(arguments, std::move(environment));
  how.environment.back() = "HEDDLE_PROGRAM=" + heddle_binary();
  return run(how);
}

/** The commands under "Again". */
std::vector<std::string> replay_commands(const std::string& report) {
  constexpr std::string_view heading = "\nAgain\n";
  std::vector<std::string> result;
  std::size_t position = report.find(heading);
  if (position == std::string::npos) return result;
  position += heading.size();
  while (position < report.size()) {
    const std::size_t end = report.find('\n', position);
    result.push_back(report.substr(position, end - position));
    position = end == std::string::npos ? report.size() : end + 1;
  }
  return result;
}

/** What happened and how, without the headline and the commands, which differ between a search and a replay. */
std::string story(const std::string& report) {
  const std::size_t from = report.find("\nWhat\n");
  return from == std::string::npos ? "" : report.substr(from, report.find("\nAgain\n") - from);
}

void expect_has(const std::string& text, std::string_view part) {
  EXPECT_NE(text.find(part), std::string::npos) << "lacks: " << part << "\n" << text;
}

TEST(replay_command, gives_the_same_failure_when_pasted) {
  struct row {
    std::string_view arguments;
    std::size_t commands;
    std::string_view reason;
    std::vector<std::string> environment = {};
  };
  const std::vector<row> table{
      {"explore lost-update", 1, "by schedule; an enumeration has no seed"},
      {"fuzz lost-update", 2, "by schedule and by seed"},
      {"fuzz lost-update --seed 77 -p threads=4 -p rounds=3", 2, "with parameters"},
      {"fuzz lost-update --keep-going --executions 50", 2, "the first failure of several"},
      {"fuzz lost-wakeup --faults spurious-wakeup --max-faults 2 --seed 5", 2, "with a setting"},
      {"fuzz deadlock-abba --time timed --stack-size 32k --event-limit 500", 2, "with several settings"},
      {"fuzz lost-update --lost-updates", 2, "where a lost update is a failure by itself"},
      {"explore philosophers -p ordered=false", 1, "with a boolean parameter"},
      {"fuzz lost-update", 2, "with parameters from the environment", {"HEDDLE_PARAM=rounds=2"}},
      {"run check-then-act --strategy random --seed 3", 2, "a single execution at random"},
      {"run lost-update", 1, "round robin"},
      {"explore dekker --event-limit 12", 1, "an execution that did not end"},
  };
  for (const row& each : table) {
    SCOPED_TRACE(std::string(each.arguments) + ": " + std::string(each.reason));
    const finished first = run_to_be_pasted(each.arguments, each.environment);
    ASSERT_EQ(first.exit_code, 1);
    const std::string& report = each.arguments.starts_with("run") ? first.err : first.out;
    const std::vector<std::string> commands = replay_commands(report);
    EXPECT_EQ(commands.size(), each.commands);
    ASSERT_NE(story(report), "");
    for (const std::string& command : commands) {
      SCOPED_TRACE(command);
      const finished once = paste(command);
      const finished twice = paste(command);
      EXPECT_EQ(once.exit_code, 1);
      EXPECT_EQ(story(once.out), story(report)) << "the same failure";
      EXPECT_EQ(twice.out, once.out) << "byte for byte";
      EXPECT_EQ(once.err, "");
    }
  }
}

TEST(report, of_a_lost_update_names_both_threads_and_the_lost_store) {
  const std::string report = run_heddle("explore lost-update --width 300").out;
  expect_has(report, "lost-update: FAIL (assertion) in execution 2 of a dpor search\n");
  expect_has(
      report,
      "- lost update: b's store of 1 to atomic variable counter (scenarios/counters.cpp:38) overwrites a's store "
      "of 1 (scenarios/counters.cpp:38), which b never saw: it had read 0 (scenarios/counters.cpp:37).\n");
}

TEST(report, of_a_deadlock_names_both_locks_where_taken_and_where_waited_for) {
  const std::string report = run_heddle("explore deadlock-abba --width 200").out;
  expect_has(report, "deadlock of ab and ba: each waits for the next, and the last for the first.\n");
  expect_has(
      report,
      "- ab holds mutex left (taken at scenarios/deadlocks.cpp:13) and waits to lock mutex right, which ba holds "
      "(scenarios/deadlocks.cpp:14).\n");
  expect_has(
      report,
      "- ba holds mutex right (taken at scenarios/deadlocks.cpp:13) and waits to lock mutex left, which ab holds "
      "(scenarios/deadlocks.cpp:14).\n");
}

TEST(report, of_a_partial_deadlock_names_who_could_run_on) {
  const finished ended = run_heddle("explore partial-deadlock");
  EXPECT_EQ(ended.exit_code, 1) << "though a thread could run on for ever";
  expect_has(ended.out, "deadlock of ab and ba: each waits for the next, and the last for the first.\n");
  expect_has(ended.out, "- worker could still run on.\n");
}

TEST(philosophers, deadlock_unless_they_are_ordered) {
  const finished ordered = run_heddle("explore philosophers -p n=3 -p ordered=true");
  EXPECT_EQ(ordered.exit_code, 0);
  expect_has(ordered.out, "philosophers: PASS, exhaustive: all 6 executions\n");
  const finished unordered = run_heddle("explore philosophers -p n=3 -p ordered=false --width 200");
  EXPECT_EQ(unordered.exit_code, 1);
  expect_has(unordered.out, "philosophers: FAIL (deadlock) in execution 7 of a dpor search\n");
  expect_has(
      unordered.out,
      "deadlock of philosopher 1, philosopher 2 and philosopher 3: each waits for the next, and the last for the "
      "first.\n");
}

TEST(exit_code, says_how_it_ended) {
  struct row {
    std::string_view arguments;
    int exit_code;
    std::string_view first_line;
    std::string_view reason;
  };
  static constexpr row table[] = {
      {"explore lost-update-atomic", 0, "lost-update-atomic: PASS, exhaustive: all 2 executions", "nothing found"},
      {"replay lost-update-atomic --seed 1", 0, "lost-update-atomic: PASS: a replay, nothing found (not exhaustive)",
       "nothing found"},
      {"explore canary", 1, "canary: FAIL (assertion) in execution 1 of a dpor search", "a failure was found"},
      {"explore nothing", 2, "", "the request was wrong"},
      {"explore dekker --max-executions 3 --width 120", 3,
       "dekker: INCONCLUSIVE: stopped by the limit of 3 executions after 3 executions of a dpor search, nothing found",
       "a limit, with nothing found"},
      {"explore lost-update-atomic --max-executions 2", 0, "lost-update-atomic: PASS, exhaustive: all 2 executions",
       "the limit is not reached: there are only two"},
      {"explore canary --keep-going --max-executions 1", 1, "canary: FAIL (assertion) in execution 1 of a dpor search",
       "a failure goes before a limit"},
      {"replay lost-update --schedule heddle1:lost-update:t1/2.end", 4,
       "lost-update: FAIL (nondeterminism) in a replay", "the program has more choices than its schedule"},
      {"replay lost-update --schedule heddle1:lost-update:t1/3.end", 4,
       "lost-update: FAIL (nondeterminism) in a replay", "the program comes to another choice"},
      {"--version", 0, "heddle 0.1.0", "asked and answered"},
  };
  for (const row& each : table) {
    SCOPED_TRACE(std::string(each.arguments) + ": " + std::string(each.reason));
    const finished ended = run_heddle(each.arguments);
    EXPECT_EQ(ended.exit_code, each.exit_code);
    EXPECT_EQ(ended.out.substr(0, ended.out.find('\n')), each.first_line);
  }
}

TEST(replay_of_a_schedule, that_does_not_match_names_the_event) {
  const finished ended = run_heddle("replay lost-update --schedule heddle1:lost-update:t1/2.end --width 200");
  expect_has(ended.out,
             "the execution does not follow its schedule: after event 1 of main/2 the program comes to a choice of "
             "thread among 2: main/1 (load), main/2 (store); the schedule has nothing left there (choice 2).\n");
}

TEST(run, shows_the_verdict_on_standard_error_alone) {
  const finished ended = run_heddle("run lost-update-locked");
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_EQ(ended.out, "") << "the program prints nothing, and standard output is its own";
  EXPECT_EQ(ended.err, "heddle: lost-update-locked: pass: 3 threads, 16 events, 1 choice\n");
}

TEST(show, takes_parameters) {
  expect_has(run_heddle("show philosophers").out, "\nexpected:   pass\n");
  expect_has(run_heddle("show philosophers -p ordered=false").out, "\nexpected:   fail (deadlock)\n");
}

TEST(help, says_that_a_scenario_may_be_a_python_program) {
  for (const std::string_view command : {"show", "run", "explore", "fuzz", "replay"}) {
    expect_has(run_heddle(std::string(command) + " --help").out, "or a file NAME.py: a program in Python.\n");
  }
}

TEST(report, of_a_program_that_does_not_end_names_the_limit_that_it_came_to) {
  // It takes some 400 bytecodes, so that a hundred are not enough.
  const finished ended = run_heddle("explore tutorial/9-gil -p bytecode-limit=100 --width 200");
  EXPECT_EQ(ended.exit_code, 1);
  expect_has(ended.out,
             "100 bytecodes and no end: a livelock, unless the program just needs more (-p bytecode-limit=N).\n");
}

TEST(help, is_there_for_each_command) {
  for (const std::string_view command : {"list", "show", "run", "explore", "fuzz", "replay", "props", "merge"}) {
    const finished ended = run_heddle(std::string(command) + " --help");
    EXPECT_EQ(ended.exit_code, 0);
    EXPECT_EQ(ended.err, "");
    expect_has(ended.out, "usage: heddle " + std::string(command));
    expect_has(run_heddle("--help").out, "\n  " + std::string(command) + " ");
  }
}

}  // namespace
}  // namespace heddle::test
