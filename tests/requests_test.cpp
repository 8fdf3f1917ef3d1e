// What a search is asked for: which requests are refused with which words, what the environment asks for, and that
// searches know nothing of each other.
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <heddle/heddle.hpp>

#include "by_interleavings.hpp"
#include "failing_programs.hpp"
#include "refusal.hpp"

namespace heddle {
namespace {

// ---- requests that are wrong

TEST(requests, that_make_no_sense_are_refused) {
  const struct {
    const char* why;
    void (*set)(options& with);
    std::string_view error;
  } cases[] = {
      {"a stack of less than 16 KiB", [](options& with) { with.stack_size = 16 * 1024 - 1; },
       "a stack of 16383 bytes is not possible: 16384 to 1073741824 are"},
      {"a stack of more than 1 GiB", [](options& with) { with.stack_size = (std::size_t{1} << 30U) + 1; },
       "a stack of 1073741825 bytes is not possible: 16384 to 1073741824 are"},
      {"no event at all", [](options& with) { with.event_limit = 0; },
       "an event limit of 0 allows nothing: give at least 1"},
      {"no time", [](options& with) { with.time_limit = std::chrono::nanoseconds(0); },
       "a time limit must be longer than nothing"},
      {"more jobs than anybody has cores", [](options& with) { with.jobs = 1025; },
       "1025 jobs are too many: up to 1024 are possible, and 0 is one a core"},
      {"a part of no number",
       [](options& with) {
         with.shard = {{0, 2}};
       },
       "there is no shard 0/2: count from 1/1 to 65535/65535"},
      {"a part behind the last",
       [](options& with) {
         with.shard = {{3, 2}};
       },
       "there is no shard 3/2: count from 1/1 to 65535/65535"},
      {"too many parts",
       [](options& with) {
         with.shard = {{1, 65536}};
       },
       "there is no shard 1/65536: count from 1/1 to 65535/65535"},
      {"a name that no schedule could have", [](options& with) { with.name = "my program"; },
       "'my program' cannot be a program's name: it may have letters, digits, '.', '_', '-', '+' and '/' only"},
      {"no name", [](options& with) { with.name = ""; },
       "'' cannot be a program's name: it may have letters, digits, '.', '_', '-', '+' and '/' only"},
      {"a parameter's name, likewise",
       [](options& with) {
         with.parameters = {{"a=", "1"}};
       },
       "'a=' cannot be a parameter's name: it may have letters, digits, '.', '_', '-', '+' and '/' only"},
      {"a parameter's value, likewise",
       [](options& with) {
         with.parameters = {{"a", "1,2"}};
       },
       "'1,2' cannot be a parameter's value: it may have letters, digits, '.', '_', '-', '+' and '/' only"},
      {"a parameter called like a setting",
       [](options& with) {
         with.parameters = {{"event-limit", "1"}};
       },
       "a parameter cannot be called 'event-limit': schedules have a setting of that name"},
      {"an unknown strategy", [](options& with) { with.strategy = "best"; },
       "there is no strategy 'best'; choose one of: dfs, dpor, random, round-robin"},
  };
  for (const auto& each : cases) {
    SCOPED_TRACE(each.why);
    options with;
    each.set(with);
    bool called = false;
    const program body = [&] { called = true; };
    EXPECT_EQ(refusal([&] { (void)explore(body, with); }), each.error);
    EXPECT_EQ(refusal([&] { (void)fuzz(body, with); }), each.error);
    EXPECT_EQ(refusal([&] { (void)run_once(body, with); }), each.error);
    EXPECT_EQ(refusal([&] { (void)replay(body, 1, with); }), each.error);
    EXPECT_FALSE(called) << "nothing is run";
  }
}

TEST(requests, that_never_end_are_refused) {
  options with;
  with.strategy = "random";
  EXPECT_EQ(refusal([&] { (void)explore(&add_twice, with); }),
            "a random walk never comes to an end: give a limit of executions or of time, or use fuzz");
  with.max_executions = 1;
  EXPECT_EQ(refusal([&] { (void)explore(&add_twice, with); }), "") << "with a limit, it does";
  with.preemptions = {{2, false}};
  EXPECT_EQ(refusal([&] { (void)explore(&add_twice, with); }),
            "a bound of preemptions needs the strategy dfs, not random");
  with.executions = 0;
  EXPECT_EQ(refusal([&] { (void)fuzz(&add_twice, with); }), "fuzz needs at least 1 execution");
}

TEST(requests, for_parts_are_refused_by_an_enumeration) {
  options with = by_interleavings();
  with.shard = {{1, 2}};
  EXPECT_EQ(refusal([&] { (void)explore(&add_twice, with); }), "a shard does not go with the strategy dfs");
  with.shard.reset();
  with.checkpoint = "file";
  EXPECT_EQ(refusal([&] { (void)explore(&add_twice, with); }), "a checkpoint does not go with the strategy dfs");
  with.checkpoint.clear();
  with.resume = "file";
  EXPECT_EQ(refusal([&] { (void)explore(&add_twice, with); }), "a search to resume does not go with the strategy dfs");
}

TEST(requests, for_a_replay_must_fit_the_schedule) {
  const struct {
    const char* why;
    std::string_view schedule;
    void (*set)(options& with);
    std::string_view error;
  } cases[] = {
      {"the program as it was recorded", "heddle1:p,n=3:end",
       [](options& with) {
         with.parameters = {{"n", "3"}};
       },
       ""},
      {"a setting comes with the schedule", "heddle1:p,event-limit=7:end", [](options&) {}, ""},
      {"the same setting may be asked for", "heddle1:p,event-limit=7:end", [](options& with) { with.event_limit = 7; },
       ""},
      {"another program", "heddle1:q:end", [](options&) {}, "this is a schedule of 'q', not of 'p'"},
      {"a parameter is missing", "heddle1:p,n=3:end", [](options&) {},
       "the schedule was recorded with n=3, which 'p' was not given"},
      {"a parameter has another value", "heddle1:p,n=3:end",
       [](options& with) {
         with.parameters = {{"n", "4"}};
       },
       "the schedule was recorded with n=3, but 4 was asked for"},
      {"a parameter is too many", "heddle1:p:end",
       [](options& with) {
         with.parameters = {{"n", "4"}};
       },
       "the schedule was not recorded with n=4"},
      {"another setting is asked for", "heddle1:p,event-limit=7:end", [](options& with) { with.event_limit = 8; },
       "the schedule was recorded with event-limit=7, but 8 was asked for: leave that out"},
      {"a setting is asked for, and the schedule has the default", "heddle1:p:end",
       [](options& with) { with.time = time_mode::timed; },
       "the schedule was recorded with time=free, but timed was asked for: leave that out"},
      {"a setting that is not possible", "heddle1:p,time=late:end", [](options&) {},
       "the schedule's setting time=late is not possible"},
      {"a setting that makes no sense", "heddle1:p,stack-size=1:end", [](options&) {},
       "a stack of 1 bytes is not possible: 16384 to 1073741824 are"},
  };
  for (const auto& each : cases) {
    SCOPED_TRACE(each.why);
    options with;
    with.name = "p";
    each.set(with);
    int calls = 0;
    EXPECT_EQ(refusal([&] { (void)replay([&] { ++calls; }, each.schedule, with); }), each.error);
    EXPECT_EQ(calls, each.error.empty() ? 1 : 0);
  }
  EXPECT_NE(refusal([] { (void)replay(&add_twice, "no schedule"); }), "") << "its words are tested with schedules";
}

TEST(requests, from_within_an_execution_are_refused) {
  const result found = run_once([] { (void)run_once(&add_twice, {}); }, {});
  ASSERT_TRUE(found.failure);
  EXPECT_EQ(found.failure->kind, failure_kind::uncaught_exception);
  EXPECT_EQ(
      found.failure->message,
      "uncaught exception in main: std::logic_error: an execution cannot start another one: explore from outside of "
      "the program under test.");
  EXPECT_EQ(run_once(&add_twice, {}).verdict, verdict::pass) << "the next one runs";
}

// ---- what the environment asks for

/** A variable of the environment, for as long as this lives. */
class environment_variable {
 public:
  environment_variable(const char* name, const std::string& value) : name_(name) { setenv(name, value.c_str(), 1); }
  environment_variable(const environment_variable&) = delete;
  environment_variable& operator=(const environment_variable&) = delete;
  ~environment_variable() { unsetenv(name_); }

 private:
  const char* name_;
};

TEST(environment, sets_options) {
  const struct {
    const char* name;
    const char* good;
    bool (*is_set)(const options& with);
    const char* bad;
    std::string_view takes;
  } cases[] = {
      {"HEDDLE_STRATEGY", "dfs", [](const options& with) { return with.strategy == "dfs"; }, nullptr, ""},
      {"HEDDLE_SEED", "18446744073709551615", [](const options& with) { return with.seed == UINT64_MAX; }, "7x",
       "a whole number"},
      {"HEDDLE_EXECUTIONS", "77", [](const options& with) { return with.executions == 77; }, "-1", "a whole number"},
      {"HEDDLE_MAX_EXECUTIONS", "77", [](const options& with) { return with.max_executions == 77U; }, "many",
       "a whole number"},
      {"HEDDLE_TIME_LIMIT", "500ms",
       [](const options& with) { return with.time_limit == std::chrono::milliseconds(500); }, "soon",
       "a time such as 500ms, 10s or 2m"},
      {"HEDDLE_PREEMPTIONS", "2..",
       [](const options& with) {
         return with.preemptions == preemption_bound{2, true};
       },
       "2.", "a whole number, or one with .. behind it"},
      {"HEDDLE_JOBS", "2", [](const options& with) { return with.jobs == 2; }, "-1", "a whole number"},
      {"HEDDLE_SHARD", "2/3",
       [](const options& with) {
         return with.shard == shard{2, 3};
       },
       "4/3", "a part and how many there are, such as 2/3, of at most 65535"},
      {"HEDDLE_CHECKPOINT", "file", [](const options& with) { return with.checkpoint == "file"; }, nullptr, ""},
      {"HEDDLE_RESUME", "file", [](const options& with) { return with.resume == "file"; }, nullptr, ""},
      {"HEDDLE_RACES", "ignore", [](const options& with) { return with.races == race_policy::ignore; }, "maybe",
       "stop or ignore"},
      {"HEDDLE_KEEP_GOING", "1", [](const options& with) { return with.keep_going; }, "yes", "true or false"},
      {"HEDDLE_LOST_UPDATES", "true", [](const options& with) { return with.lost_updates; }, "2", "true or false"},
      {"HEDDLE_STACK_SIZE", "32768", [](const options& with) { return with.stack_size == 32768; }, "32q",
       "a number of bytes such as 65536 or 64k"},
      {"HEDDLE_EVENT_LIMIT", "77", [](const options& with) { return with.event_limit == 77; }, " 7", "a whole number"},
      {"HEDDLE_FAULTS", "weak-cas,timeout",
       [](const options& with) {
         return with.faults == (sim::only(fault_kind::weak_cas) | sim::only(fault_kind::timeout));
       },
       "weak", "one or more of spurious-wakeup, weak-cas, try-lock and timeout, with commas between them"},
      {"HEDDLE_HANG_LIMIT", "10s", [](const options& with) { return with.hang_limit == std::chrono::seconds(10); },
       "-1", "a time such as 500ms, 10s or 2m, or 0 for none"},
      {"HEDDLE_MAX_FAULTS", "2", [](const options& with) { return with.max_faults == 2; }, "4294967296",
       "a whole number"},
      {"HEDDLE_TIME", "timed", [](const options& with) { return with.time == time_mode::timed; }, "late",
       "free or timed"},
  };
  for (const auto& each : cases) {
    SCOPED_TRACE(each.name);
    EXPECT_FALSE(each.is_set(options::from_environment())) << "not by itself";
    {
      const environment_variable good(each.name, each.good);
      EXPECT_TRUE(each.is_set(options::from_environment()));
    }
    {
      const environment_variable empty(each.name, "");
      EXPECT_FALSE(each.is_set(options::from_environment())) << "empty is as good as not there";
    }
    if (each.bad == nullptr) continue;
    const environment_variable bad(each.name, each.bad);
    EXPECT_EQ(refusal([] { (void)options::from_environment(); }), std::string("the environment variable ") + each.name +
                                                                      " takes " + std::string(each.takes) + ", not '" +
                                                                      each.bad + "'");
  }
}

TEST(environment, knows_one_memory_model) {
  const environment_variable good("HEDDLE_MEMORY_MODEL", "sc");
  EXPECT_EQ(options::from_environment().memory_model, memory_model::sc);
  const environment_variable bad("HEDDLE_MEMORY_MODEL", "tso");
  EXPECT_EQ(refusal([] { (void)options::from_environment(); }),
            "the environment variable HEDDLE_MEMORY_MODEL takes sc, the only one so far, not 'tso'");
}

TEST(environment, reaches_searches_without_options) {
  const environment_variable executions("HEDDLE_EXECUTIONS", "3");
  const environment_variable most("HEDDLE_MAX_EXECUTIONS", "2");
  EXPECT_EQ(fuzz(&add_twice).executions, 3U);
  EXPECT_EQ(explore(&add_twice).executions, 2U);
  EXPECT_EQ(explore(&add_twice, {}).executions, 6U) << "not those with options";
}

TEST(environment, has_a_schedule_replayed) {
  const result found = explore(&lose_an_update);
  ASSERT_TRUE(found.failure);
  EXPECT_EQ(found.replay_command.substr(0, 27), "HEDDLE_SCHEDULE={schedule} ");
  const environment_variable schedule("HEDDLE_SCHEDULE", found.failure->schedule);
  for (const auto search :
       {static_cast<result (*)(const program&)>(&explore), static_cast<result (*)(const program&)>(&fuzz),
        static_cast<result (*)(const program&)>(&run_once)}) {
    const result again = search(&lose_an_update);
    EXPECT_EQ(again.search, search_kind::replay);
    EXPECT_EQ(again.executions, 1U);
    expect_same_failure(found, again);
  }
  EXPECT_EQ(explore(&lose_an_update, {}).executions, 2U) << "not by those with options";
}

// ---- searches side by side

std::vector<std::string> search_everything() {
  std::vector<std::string> results;
  for (const failing_case& each : failing_cases) {
    options with;
    with.event_limit = 500;
    with.executions = 100;
    with.keep_going = true;
    results.push_back(all_of(fuzz(each.body, with)));
    with.max_executions = 100;
    results.push_back(all_of(explore(each.body, with)));
  }
  return results;
}

TEST(searches, at_once_are_as_alone) {
  const std::vector<std::string> alone = search_everything();
  std::array<std::vector<std::string>, 4> together;
  {
    std::vector<std::jthread> searching;
    for (auto& results : together) searching.emplace_back([&results] { results = search_everything(); });
  }
  for (const auto& results : together) EXPECT_EQ(results, alone);
}

TEST(searches, do_not_depend_on_what_ran_before) {
  const auto once = [](const failing_case& of) {
    options with;
    with.event_limit = 500;
    return all_of(fuzz(of.body, with));
  };
  std::vector<std::string> forwards;
  for (const failing_case& each : failing_cases) forwards.push_back(once(each));
  for (std::size_t i = std::size(failing_cases); i-- > 0;) {
    EXPECT_EQ(once(failing_cases[i]), forwards[i]) << failing_cases[i].why << ", after others than before";
  }
}

}  // namespace
}  // namespace heddle
