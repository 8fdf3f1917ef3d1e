// Requests that are wrong: exit code 2, one line on standard error that says what to do, nothing on standard output.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "process.hpp"

namespace heddle::test {
namespace {

struct row {
  std::string_view reason;
  std::vector<std::string> arguments;
  std::string said;  ///< behind "heddle: "
  std::vector<std::string> environment = {};
};

constexpr std::string_view whole_number = "give a whole number from 0 to 18446744073709551615";
constexpr std::string_view positive_number = "give a whole number from 1 to 18446744073709551615";
constexpr std::string_view duration = "give a duration such as 10s, 500ms, 2m, 1h or 10 (seconds)";
constexpr std::string_view good_schedule = "heddle1:lost-update:t0/2.t1/2.t0/2.end";

/** The options of a replay of lost-update by this schedule. */
std::vector<std::string> by(std::string_view schedule, const std::vector<std::string>& more = {}) {
  std::vector<std::string> result{"replay", "lost-update", "--schedule", std::string(schedule)};
  result.insert(result.end(), more.begin(), more.end());
  return result;
}

std::string joined(std::string_view front, std::string_view back) { return std::string(front) + std::string(back); }

void expect_refused(const std::vector<row>& table) {
  for (const row& each : table) {
    SCOPED_TRACE(each.reason);
    setup how = heddle_setup("", each.environment);
    how.arguments.insert(how.arguments.end(), each.arguments.begin(), each.arguments.end());
    const finished ended = run(how);
    EXPECT_EQ(ended.exit_code, 2);
    EXPECT_EQ(ended.out, "");
    EXPECT_EQ(ended.err, joined("heddle: ", each.said) + "\n");
  }
}

TEST(wrong_requests, of_commands_and_scenarios) {
  expect_refused({
      {"an unknown command", {"explroe"}, "unknown command explroe; did you mean explore? (see heddle --help)"},
      {"an unknown command like no other", {"weave"}, "unknown command weave (see heddle --help)"},
      {"an unknown option before the command", {"--bogus"}, "unknown option --bogus (see heddle --help)"},
      {"no scenario", {"explore"}, "explore needs the name of a scenario; `heddle list` shows them"},
      {"an unknown scenario",
       {"explore", "lost-updat"},
       "unknown scenario lost-updat; did you mean lost-update? (`heddle list` shows them all)"},
      {"an unknown scenario like no other", {"run", "zzz"}, "unknown scenario zzz (`heddle list` shows them all)"},
      {"an unknown option", {"explore", "canary", "--bogus"}, "unknown option --bogus (see heddle explore --help)"},
      {"an option of another command",
       {"explore", "canary", "--executions", "3"},
       "explore does not take --executions, only: fuzz (see heddle explore --help)"},
      {"an option in front of its command",
       {"--seed=3", "fuzz", "canary"},
       "--seed belongs behind the command (see heddle --help)"},
      {"two scenarios", {"explore", "lost-update", "canary"}, "unexpected argument canary (see heddle explore --help)"},
      {"an option without its value", {"explore", "canary", "--strategy"}, "--strategy needs a value"},
      {"an option given twice",
       {"fuzz", "canary", "--seed", "1", "--seed", "2"},
       "--seed is given 2 times; give it once"},
      {"an unknown property suite",
       {"props", "stak"},
       "unknown property suite stak; did you mean stack? (`heddle list --tag property` shows them all)"},
      {"a tag that nothing has",
       {"list", "--tag", "nope"},
       "nothing has the tag nope, only: atomic, barrier, bug, classic, condition-variable, correct, counts, crash, "
       "daemon, deadlock, future, lock-free, lost-update, mutex, pipe, process, property, python, semaphore, shared, "
       "shared-mutex, stop-token, time, tutorial"},
  });
}

TEST(wrong_requests, without_a_command) {
  expect_refused(
      {{"nothing at all",
        {},
        "give a command: list, show, run, explore, fuzz, replay, props, merge, linearize (see heddle --help)"}});
}

TEST(wrong_requests, of_parameters) {
  const std::string_view range = "parameter threads is a whole number from 2 to 8, not ";
  expect_refused({
      {"above the range", {"explore", "lost-update", "-p", "threads=9"}, joined("-p threads=9: ", joined(range, "9"))},
      {"below the range", {"show", "lost-update", "-p", "threads=1"}, joined("-p threads=1: ", joined(range, "1"))},
      {"not a number", {"fuzz", "lost-update", "-p", "threads=x"}, joined("-p threads=x: ", joined(range, "x"))},
      {"no value", {"run", "lost-update", "-p", "threads="}, joined("-p threads=: ", joined(range, "empty"))},
      {"no '='",
       {"explore", "lost-update", "-p", "threads"},
       "-p threads: give a parameter's name and value, such as threads=2"},
      {"an unknown one",
       {"explore", "lost-update", "-p", "nope=1"},
       "-p nope=1: there is no parameter nope, only threads, rounds"},
      {"where there are none", {"explore", "canary", "-p", "x=1"}, "-p x=1: there is no parameter x, nor any other"},
      {"not a boolean",
       {"explore", "philosophers", "-p", "ordered=2"},
       "-p ordered=2: parameter ordered is true or false, not 2"},
  });
}

TEST(wrong_requests, of_schedules) {
  const temporary_directory directory;
  const std::string missing = directory.file("missing");
  const std::string unreadable = " it does not exist, or is empty";
  expect_refused({
      {"neither a schedule nor a seed",
       {"replay", "lost-update"},
       "replay needs --seed or --schedule, as in the report of a failure"},
      {"both", by(good_schedule, {"--seed", "3"}), "replay takes --seed or --schedule, not both; leave one out"},
      {"garbage", by("garbage"),
       "the schedule is wrong at offset 0, 'garbage': expected 'heddle1:', with which every schedule begins"},
      {"empty", by(""), "--schedule : it must not be empty"},
      {"truncated before the name", by("heddle1:"),
       "the schedule is cut off at offset 8: expected the program's name: one or more letters, digits, '.', '_', '-', "
       "'+' and '/'"},
      {"truncated before the choices", by("heddle1:lost-update"),
       "the schedule is cut off at offset 19: expected ',' and a setting, or ':' and the choices"},
      {"truncated in a choice", by("heddle1:lost-update:t0/2.t1"),
       "the schedule is cut off at offset 27: expected '/' and the count behind the index picked"},
      {"truncated behind a choice", by("heddle1:lost-update:t0/2."),
       "the schedule is cut off at offset 25: expected a choice, or 'end'"},
      {"an index that is not below the count", by("heddle1:lost-update:t2/2.end"),
       "the schedule is wrong at offset 20, 't2/2': the index picked is below the count: at most 1"},
      {"of a version to come", by("heddle2:lost-update:end"),
       "the schedule is wrong at offset 6, '2': this Heddle reads schedules of version 1; replay it with the Heddle "
       "that wrote it, or a newer one"},
      {"of another scenario", by("heddle1:canary:t0/2.end"), "the schedule is one of canary, not of lost-update"},
      {"a parameter that contradicts it", by(good_schedule, {"-p", "threads=3"}),
       "-p threads=3 contradicts the schedule, which has threads=2; leave it out"},
      {"a setting that contradicts it",
       by("heddle1:lost-update,event-limit=50:t0/2.t1/2.t0/2.end", {"--event-limit", "60"}),
       "--event-limit 60 contradicts the schedule, which has event-limit=50; leave it out"},
      {"with a parameter out of range", by("heddle1:lost-update,threads=9:t0/2.end"),
       "parameter threads is a whole number from 2 to 8, not 9"},
      {"with an unknown setting", by("heddle1:lost-update,colour=red:t0/2.end"),
       "the schedule was recorded with colour=red, which 'lost-update' was not given"},
      {"a missing file", by("@" + missing), "cannot read a schedule from " + missing + ":" + unreadable},
      {"a directory", by("@/"), "cannot read a schedule from /:" + unreadable},
      {"an empty file", by("@/dev/null"), "cannot read a schedule from /dev/null:" + unreadable},
  });
}

TEST(wrong_requests, of_numbers) {
  const auto fuzz = [](const std::string& option, const std::string& value) {
    return std::vector<std::string>{"fuzz", "canary", option, value};
  };
  std::vector<row> table{
      {"no execution", fuzz("--executions", "0"), joined("--executions 0: ", positive_number)},
      {"no time", fuzz("--time-limit", "0"), joined("--time-limit 0: ", duration)},
      {"negative time", fuzz("--time-limit", "-1s"), joined("--time-limit -1s: ", duration)},
      {"time in an unknown unit", fuzz("--time-limit", "3d"), joined("--time-limit 3d: ", duration)},
      {"no event", fuzz("--event-limit", "0"), joined("--event-limit 0: ", positive_number)},
      {"negative wake-ups", fuzz("--max-faults", "-1"), "--max-faults -1: give a whole number from 0 to 4294967295"},
      {"a stack too small to run on", fuzz("--stack-size", "1k"),
       "--stack-size 1k: give a number of bytes from 16k to 1024M, such as 65536, 64k or 1M"},
      {"narrower than a report", fuzz("--width", "39"), "--width 39: give a whole number from 40 to 1000"},
      {"an unknown colour", fuzz("--color", "red"), "--color red: give auto, always or never"},
      {"an unknown time", fuzz("--time", "late"), "--time late: give free or timed"},
      {"an unknown strategy", fuzz("--strategy", "luck"),
       "--strategy luck: the strategies are dfs, dpor, random, round-robin"},
  };
  // Not a number, negative, too big, a fraction, none, blanks around, hexadecimal.
  for (const std::string seed : {"x", "-1", "18446744073709551616", "1.5", "", " 1", "1 ", "0x10", "+1"}) {
    table.push_back({"a seed of fuzz", fuzz("--seed", seed), "--seed " + seed + ": " + std::string(whole_number)});
    table.push_back({"a seed of replay",
                     {"replay", "canary", "--seed", seed},
                     "--seed " + seed + ": " + std::string(whole_number)});
  }
  expect_refused(table);
}

TEST(wrong_requests, of_parts) {
  const temporary_directory directory;
  const auto write = [&](const std::string& name, const std::string& text) {
    const std::string file = directory.file(name);
    std::ofstream(file) << text;
    return file;
  };
  const auto part = [&](const std::string& name, const std::string& scenario, int index) {
    auto result = nlohmann::json::parse(run_heddle("explore " + scenario + " --json -").out);
    result["shard"] = {{"index", index}, {"count", 3}};
    return write(name, result.dump());
  };
  const std::string missing = directory.file("missing");
  const std::string broken = write("broken", "{\"scenario\": ");
  const std::string other = write("other", "[]");
  const std::string empty = write("empty", "{}");
  const std::string whole = write("whole", run_heddle("explore lost-update-locked --json -").out);
  const std::string first = part("1", "lost-update-locked", 1);
  const std::string second = part("2", "lost-update-locked", 2);
  const std::string again = part("3", "lost-update-locked", 2);
  const std::string stranger = part("4", "lost-update-atomic", 3);
  const std::string larger = part("5", "lost-update-locked -p threads=3", 3);
  expect_refused({
      {"no file",
       {"merge"},
       "merge needs the results of all parts, as `heddle explore SCENARIO --shard I/N --json FILE` writes them"},
      {"a missing file",
       {"merge", missing},
       "cannot read a result from " + missing + ": it does not exist, or is empty"},
      {"a file cut off", {"merge", broken}, broken + " is not JSON: it goes wrong at byte 14"},
      {"JSON of something else", {"merge", other}, other + " is not a result: it is no object"},
      {"JSON of nothing", {"merge", empty}, empty + " is not a result: \"scenario\" is missing"},
      {"a whole search",
       {"merge", whole},
       whole + " is not the result of a part: write it by explore --shard I/N --json " + whole},
      {"a part is missing", {"merge", second, first}, "part 3/3 is missing: give its result, too"},
      {"the first part is missing", {"merge", second}, "part 1/3 is missing: give its result, too"},
      {"a part is there twice",
       {"merge", first, second, again},
       again + " is part 2/3, and so is " + second + ": give each once"},
      {"of another scenario",
       {"merge", first, second, stranger},
       stranger + " does not belong to " + first + ": the scenario is lost-update-atomic, not lost-update-locked"},
      {"with other parameters",
       {"merge", first, second, larger},
       larger + " does not belong to " + first + ": the list of parameters and settings is threads=3, not none"},
  });
}

TEST(wrong_requests, of_files) {
  const temporary_directory directory;
  const std::string nowhere = directory.file("missing/result");
  const std::string itself = directory.file("");
  expect_refused({
      {"JSON where there is no directory",
       {"explore", "canary", "--json", nowhere},
       "cannot write to " + nowhere + ": No such file or directory"},
      {"JSON to a directory",
       {"explore", "canary", "--json", itself},
       "cannot write to " + itself + ": Is a directory"},
      {"the list's JSON", {"list", "--json", nowhere}, "cannot write to " + nowhere + ": No such file or directory"},
      {"the schedule",
       {"fuzz", "canary", "--save-schedule", nowhere},
       "cannot write to " + nowhere + ": No such file or directory"},
      {"the schedule to standard output, which is the report's",
       {"fuzz", "canary", "--save-schedule", "-"},
       "--save-schedule needs a file's name; the report shows it anyway"},
  });
}

TEST(wrong_requests, of_the_environment) {
  struct variable {
    std::string_view command;
    std::string setting;
    std::string_view said;
  };
  const std::vector<variable> table{
      {"fuzz canary", "HEDDLE_SEED=x", whole_number},
      {"fuzz canary", "HEDDLE_EXECUTIONS=0", positive_number},
      {"explore canary", "HEDDLE_MAX_EXECUTIONS=x", positive_number},
      {"explore canary", "HEDDLE_TIME_LIMIT=x", duration},
      {"explore canary", "HEDDLE_KEEP_GOING=maybe", "give true or false"},
      {"explore canary", "HEDDLE_PARAM=zzz", "give a parameter's name and value, such as threads=2"},
      {"explore canary", "HEDDLE_PARAM=zzz=1", "there is no parameter zzz, nor any other"},
      {"explore canary", "HEDDLE_PREEMPTIONS=2.",
       "give a whole number from 0 to 4294967295, or one with .. behind it to go on with more"},
      {"explore canary", "HEDDLE_JOBS=0", "give a whole number from 1 to 1024"},
      {"explore canary", "HEDDLE_SHARD=2", "give a part and how many there are, such as 2/3, of at most 65535"},
      {"explore canary", "HEDDLE_MEMORY_MODEL=tso", "sc is the only one so far"},
      {"explore canary", "HEDDLE_RACES=x", "give stop or ignore"},
      {"explore canary", "HEDDLE_TIME=x", "give free or timed"},
      {"explore canary", "HEDDLE_MAX_FAULTS=-1", "give a whole number from 0 to 4294967295"},
      {"explore canary", "HEDDLE_LOST_UPDATES=x", "give true or false"},
      {"explore canary", "HEDDLE_EVENT_LIMIT=x", positive_number},
      {"explore canary", "HEDDLE_STACK_SIZE=1", "give a number of bytes from 16k to 1024M, such as 65536, 64k or 1M"},
      {"explore canary", "HEDDLE_WIDTH=1", "give a whole number from 40 to 1000"},
      {"explore canary", "HEDDLE_COLOR=x", "give auto, always or never"},
      {"explore canary", "HEDDLE_STRATEGY=x", "the strategies are dfs, dpor, random, round-robin"},
      {"run canary", "HEDDLE_TRACE=x", "give true or false"},
  };
  for (const variable& each : table) {
    SCOPED_TRACE(each.setting);
    const finished ended = run_heddle(each.command, {each.setting});
    EXPECT_EQ(ended.exit_code, 2);
    EXPECT_EQ(ended.out, "");
    EXPECT_EQ(ended.err, "heddle: " + each.setting + ": " + std::string(each.said) + "\n") << "names the variable";
  }
}

TEST(wrong_requests, leave_files_as_they_were) {
  const temporary_directory directory;
  const std::string json = directory.file("result.json");
  EXPECT_EQ(run_heddle("explore canary --json " + json).exit_code, 1);
  const std::string before = contents(json);
  ASSERT_NE(before, "");
  const finished refused = run_heddle("replay canary --json " + json + " --schedule garbage");
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_EQ(contents(json), before) << "nothing came of it that could replace the file";
}

}  // namespace
}  // namespace heddle::test
