// What options do, given on the command line or in the environment; and the files that they write.
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "process.hpp"

namespace heddle::test {
namespace {

using nlohmann::json;

/** An option, and what it changes of a command's output. */
struct option_row {
  std::string_view command;
  std::string_view option;
  std::string_view variable;
  int exit_code;
  std::string_view effect;  ///< in what it prints, and not without the option
  std::string_view reason;
};

const std::vector<option_row>& option_rows() {
  static const std::vector<option_row> rows{
      {"fuzz lost-update", "--seed 3", "HEDDLE_SEED=3", 1, "lost-update --seed ", "another campaign"},
      {"replay lost-update", "--schedule heddle1:lost-update:t0/2.t1/2.t0/2.end",
       "HEDDLE_SCHEDULE=heddle1:lost-update:t0/2.t1/2.t0/2.end", 1, "FAIL (assertion) in a replay", "a failing one"},
      {"fuzz lost-update", "--strategy round-robin", "HEDDLE_STRATEGY=round-robin", 1, "round-robin",
       "round robin loses an update"},
      {"fuzz lost-update-locked", "--executions 5", "HEDDLE_EXECUTIONS=5", 0, "  5 executions, ",
       "as many as asked for"},
      {"explore dekker --jobs 1", "--max-executions 7", "HEDDLE_MAX_EXECUTIONS=7", 3,
       "stopped by the limit of 7 executions after 7 executions", "it has more"},
      {"explore philosophers", "--preemptions 2", "HEDDLE_PREEMPTIONS=2", 0,
       "exhaustive for executions with at most 2 preemptions: 74 executions", "it has others with up to 5"},
      {"explore lost-update", "--preemptions 0..", "HEDDLE_PREEMPTIONS=0..", 1,
       "all executions with at most 0 preemptions were run", "it takes one to lose an update"},
      {"explore lost-update", "--keep-going", "HEDDLE_KEEP_GOING=true", 1, "in 2 of 4 executions",
       "all four traces are run"},
      {"explore timer", "--outputs", "HEDDLE_OUTPUTS=true", 0, "  3 different ones", "one hour, three, both, or not"},
      {"explore timer", "--output-is /dev/null", "HEDDLE_OUTPUT_IS=/dev/null", 1, "none of ",
       "it says one hour always"},
      {"explore lost-update", "-p rounds=2", "HEDDLE_PARAM=rounds=2", 1, "lost-update -p rounds=2 --schedule",
       "a replay needs the parameter"},
      {"explore lost-update", "-p rounds=2 --param threads=3", "HEDDLE_PARAM=rounds=2,threads=3", 1,
       "lost-update -p threads=3 -p rounds=2 --schedule", "several, in the order of the scenario's"},
      {"explore canary", "--time timed", "HEDDLE_TIME=timed", 1,
       "canary --time timed --schedule heddle1:canary,time=timed:", "a setting of the schedule"},
      {"explore bounded-buffer-if", "--faults spurious-wakeup", "HEDDLE_FAULTS=spurious-wakeup", 1,
       "spuriously (fault)", "the first failure is behind a spurious wake-up"},
      {"explore double-checked-init", "--races ignore", "HEDDLE_RACES=ignore", 0, "PASS, exhaustive: all 4 executions",
       "the race does no harm where loads and stores are whole"},
      {"explore lost-update", "--lost-updates", "HEDDLE_LOST_UPDATES=1", 1, "FAIL (lost-update)",
       "a failure before the check is reached"},
      {"explore dekker", "--event-limit 10", "HEDDLE_EVENT_LIMIT=10", 1, "FAIL (livelock)", "dekker needs more events"},
      {"explore canary", "--stack-size 128k", "HEDDLE_STACK_SIZE=128k", 1,
       "canary --stack-size 131072 --schedule heddle1:canary,stack-size=131072:", "a setting of the schedule"},
      {"list --json -", "--tag deadlock", "HEDDLE_TAG=deadlock", 0, "]\n", "three scenarios"},
      {"run lost-update-locked", "--trace", "HEDDLE_TRACE=true", 0,
       "  0s  a  read counter = 0  (scenarios/counters.cpp:", "a line for each event"},
      {"list --tag semaphore", "--json -", "HEDDLE_JSON=-", 0, "\"name\": \"semaphore-pool\"", "JSON alone"},
      {"explore canary", "--width 60", "HEDDLE_WIDTH=60", 1, "is three\n", "the line ends before the place"},
      {"explore canary", "--color always", "HEDDLE_COLOR=always", 1, "\x1b[", "colours even into a pipe"},
  };
  return rows;
}

TEST(options, do_the_same_in_the_environment) {
  for (const option_row& each : option_rows()) {
    SCOPED_TRACE(std::string(each.command) + " " + std::string(each.option) + ": " + std::string(each.reason));
    const finished without = run_heddle(each.command);
    const finished typed = run_heddle(std::string(each.command) + " " + std::string(each.option));
    const finished set = run_heddle(each.command, {std::string(each.variable)});
    EXPECT_EQ(typed.exit_code, each.exit_code);
    EXPECT_NE(typed.out.find(each.effect), std::string::npos) << typed.out;
    EXPECT_NE(typed.out, without.out) << "it has an effect";
    EXPECT_EQ(set.exit_code, typed.exit_code);
    EXPECT_EQ(set.out, typed.out);
  }
}

TEST(options, on_the_command_line_go_before_the_environment) {
  struct row {
    std::string_view arguments;
    std::string_view variable;
  };
  static constexpr row table[] = {
      {"fuzz lost-update --seed 3", "HEDDLE_SEED=4"},
      {"explore dekker --jobs 1 --max-executions 7", "HEDDLE_MAX_EXECUTIONS=8"},
      {"explore lost-update -p rounds=2", "HEDDLE_PARAM=threads=3"},
      {"replay lost-update --schedule heddle1:lost-update:t0/2.t1/2.t0/2.end", "HEDDLE_SEED=4"},
      {"replay lost-update --schedule heddle1:lost-update:t0/2.t1/2.t0/2.end", "HEDDLE_PARAM=rounds=2"},
      {"replay lost-update --schedule heddle1:lost-update:t0/2.t1/2.t0/2.end", "HEDDLE_EVENT_LIMIT=5"},
      {"replay lost-update --seed 4", "HEDDLE_SCHEDULE=heddle1:lost-update:t0/2.t1/2.t0/2.end"},
      {"explore canary --color never", "HEDDLE_COLOR=always"},
  };
  for (const row& each : table) {
    SCOPED_TRACE(each.variable);
    EXPECT_EQ(run_heddle(each.arguments, {std::string(each.variable)}).out, run_heddle(each.arguments).out);
  }
}

TEST(options, of_another_command_in_the_environment_are_of_no_concern) {
  const finished ended = run_heddle("list", {"HEDDLE_SEED=x", "HEDDLE_EXECUTIONS=0", "HEDDLE_WIDTH=1"});
  EXPECT_EQ(ended.exit_code, 0);
  EXPECT_EQ(ended.out, run_heddle("list").out);
  EXPECT_EQ(ended.err, "");
}

TEST(options, limit_the_time_of_a_search) {
  // With ten rounds neither of the two comes to an end.
  for (const std::string_view strategy : {"dfs", "random"}) {
    const std::string call = "explore peterson -p rounds=10 --strategy " + std::string(strategy);
    for (const bool typed : {true, false}) {
      SCOPED_TRACE(call + (typed ? ", typed" : ", in the environment"));
      const finished ended =
          typed ? run_heddle(call + " --time-limit 20ms") : run_heddle(call, {"HEDDLE_TIME_LIMIT=20ms"});
      EXPECT_EQ(ended.exit_code, 3);
      EXPECT_TRUE(ended.out.starts_with("peterson: INCONCLUSIVE: stopped by the time limit of 0.02 s after "))
          << ended.out;
    }
  }
}

// ---- files

TEST(saved_schedule, replays) {
  const temporary_directory directory;
  for (const bool typed : {true, false}) {
    const std::string file = directory.file(typed ? "typed" : "set");
    const finished first = typed ? run_heddle("fuzz deadlock-abba --save-schedule " + file)
                                 : run_heddle("fuzz deadlock-abba", {"HEDDLE_SAVE_SCHEDULE=" + file});
    EXPECT_EQ(first.exit_code, 1);
    const finished again = run_heddle("replay deadlock-abba --schedule @" + file);
    EXPECT_EQ(again.exit_code, 1);
    EXPECT_EQ(again.err, "");
    const auto what = [](const std::string& report) {
      const std::size_t from = report.find("\nWhat\n");
      return from == std::string::npos ? "no report" : report.substr(from, report.find("\nAgain\n") - from);
    };
    EXPECT_EQ(what(again.out), what(first.out));
    EXPECT_NE(what(again.out), "no report");
  }
}

TEST(saved_schedule, is_not_there_without_a_failure) {
  const temporary_directory directory;
  const std::string file = directory.file("schedule");
  EXPECT_EQ(run_heddle("explore lost-update-locked --save-schedule " + file).exit_code, 0);
  EXPECT_EQ(contents(file), "");
  EXPECT_EQ(run_heddle("replay lost-update --schedule @" + file).err,
            "heddle: cannot read a schedule from " + file + ": it does not exist, or is empty\n");
}

/** What must not differ between two JSON results of the same search. */
json without_times(const std::string& text) {
  json result = json::parse(text);
  result.erase("elapsed_s");
  result.erase("executions_per_s");
  return result;
}

TEST(json_file, is_written_beside_the_text) {
  const temporary_directory directory;
  const std::string file = directory.file("result.json");
  const finished text = run_heddle("explore lost-update");
  const finished both = run_heddle("explore lost-update --json " + file);
  EXPECT_EQ(both.exit_code, 1);
  EXPECT_EQ(both.out, text.out) << "the text is printed all the same";
  const finished alone = run_heddle("explore lost-update --json -");
  EXPECT_EQ(alone.exit_code, 1);
  EXPECT_EQ(without_times(contents(file)), without_times(alone.out)) << "'-' is JSON and nothing else";
}

TEST(json_file, is_replaced_as_a_whole) {
  const temporary_directory directory;
  const std::string file = directory.file("result.json");
  EXPECT_EQ(run_heddle("explore lost-update --json " + file).exit_code, 1);
  EXPECT_EQ(run_heddle("explore lost-update-locked --json " + file).exit_code, 0);
  EXPECT_EQ(without_times(contents(file))["scenario"], "lost-update-locked") << "shorter than what was there";
}

TEST(json_result, says_that_a_search_was_exhaustive) {
  const finished ended = run_heddle("explore lost-update-locked --json -");
  EXPECT_EQ(ended.exit_code, 0);
  const json result = json::parse(ended.out);
  EXPECT_EQ(result["verdict"], "pass");
  EXPECT_EQ(result["exhaustive"], true);
  EXPECT_EQ(result["executions"], 2);
  EXPECT_EQ(result["failure"], nullptr);
  EXPECT_EQ(result["seed"], nullptr) << "an enumeration draws nothing";
}

TEST(json_result, has_the_documented_keys) {
  struct key {
    std::string_view name;
    std::vector<std::string_view> types;  ///< of a search that passes, of one that fails
  };
  const std::vector<key> of_result{
      {"scenario", {"string", "string"}},
      {"verdict", {"string", "string"}},
      {"exhaustive", {"boolean", "boolean"}},
      {"executions", {"number", "number"}},
      {"events", {"number", "number"}},
      {"elapsed_s", {"number", "number"}},
      {"executions_per_s", {"number", "number"}},
      {"seed", {"null", "number"}},
      {"failure", {"null", "object"}},
  };
  const std::vector<key> of_failure{
      {"kind", {"string"}},    {"message", {"string"}}, {"schedule", {"string"}},    {"seed", {"number"}},
      {"threads", {"number"}}, {"steps", {"number"}},   {"preemptions", {"number"}},
  };
  const json passed = json::parse(run_heddle("explore lost-update-atomic --json -").out);
  const json failed = json::parse(run_heddle("fuzz lost-update --json -").out);
  for (const key& each : of_result) {
    EXPECT_EQ(passed.value(each.name, json::array()).type_name(), each.types[0]) << each.name;
    EXPECT_EQ(failed.value(each.name, json::array()).type_name(), each.types[1]) << each.name;
  }
  for (const key& each : of_failure) {
    EXPECT_EQ(failed["failure"].value(each.name, json::array()).type_name(), each.types[0]) << each.name;
  }
  EXPECT_EQ(failed["verdict"], "fail");
  EXPECT_EQ(failed["seed"], 1) << "the campaign's";
  EXPECT_EQ(failed["failure"]["kind"], "assertion");
  EXPECT_EQ(failed["failure"]["threads"], 3) << "main, a and b";
  EXPECT_EQ(failed["failure"]["steps"], failed["failure"]["trace"].size());
}

TEST(json_result, of_parts_are_added_up) {
  const temporary_directory directory;
  std::string call = "merge";
  for (const int index : {2, 1}) {
    json part = json::parse(run_heddle("explore lost-update --strategy dfs --json -").out);
    part["shard"] = {{"index", index}, {"count", 2}};
    const std::string file = directory.file(std::to_string(index));
    std::ofstream(file) << part.dump();
    call += " " + file;
  }
  const finished text = run_heddle(call);
  EXPECT_EQ(text.exit_code, 1) << "both fail";
  EXPECT_EQ(text.out,
            "lost-update: FAIL (assertion) in 2 of 4 executions of a dfs search\n"
            "  4 executions, 46 events, 10 choices, at most 3 threads\n"
            "  failures: assertion 2; below is the first one, execution 2\n"
            "\nWhat\n"
            "  check failed in main: no update is lost (scenarios/counters.cpp:40).\n"
            "  - lost update: b's store of 1 to atomic variable counter (scenarios/counters.cpp:38) overwrites\n"
            "    a's store of 1 (scenarios/counters.cpp:38), which b never saw: it had read 0\n"
            "    (scenarios/counters.cpp:37).\n"
            "\nAgain\n  heddle replay lost-update --schedule heddle1:lost-update:t0/2.t1/2.t0/2.end\n");
  EXPECT_EQ(text.err, "");
  const json sum = json::parse(run_heddle(call + " --json -").out);
  EXPECT_EQ(sum["executions"], 4);
  EXPECT_EQ(sum["failures_by_kind"], (json{{"assertion", 2}}));
  EXPECT_FALSE(sum.contains("shard")) << "it is the whole";
}

TEST(json_result, of_a_list_has_all_scenarios) {
  const json all = json::parse(run_heddle("list --json -").out);
  ASSERT_EQ(all.size(), 88U + 45U) << "with those of families, and the property suites";
  EXPECT_EQ(all[0]["name"], "lost-update");
  EXPECT_EQ(all[0]["expected"], (json{{"verdict", "fail"}, {"kind", "assertion"}}));
  EXPECT_EQ(all[0]["parameters"][0], (json{{"name", "threads"},
                                           {"summary", "how many threads count"},
                                           {"type", "integer"},
                                           {"default", 2},
                                           {"least", 2},
                                           {"most", 8}}));
  const json tagged = json::parse(run_heddle("list --tag deadlock --json -").out);
  std::vector<std::string> names;
  for (const json& each : tagged) names.push_back(each["name"]);
  EXPECT_EQ(names, (std::vector<std::string>{"deadlock-abba", "partial-deadlock", "philosophers",
                                             "bank-broken-locks-in-any-order"}));
}

}  // namespace
}  // namespace heddle::test
