// Every scenario under every strategy: the verdict and the kind of failure that it is registered with, how many
// executions it has, and that each failure can be replayed.
#include "../scenarios/table.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "by_interleavings.hpp"

namespace heddle {
namespace {

using counts = std::map<std::string, std::uint64_t>;
using settings = std::vector<std::pair<std::string_view, std::string_view>>;

/** The programs of counts_test.cpp, which are of interest for their numbers of traces; those of gil_test.cpp and
 * tutorial_test.cpp. */
bool is_counted(const scenario& which) {
  return which.name.starts_with("counts/") || which.name.starts_with("tutorial/") || which.name.starts_with("gil-");
}

bool is_python(const scenario& which) { return std::ranges::count(which.tags, "python") != 0; }

const scenario& find(std::string_view name) {
  const scenario_table all = scenarios::all();
  const auto found = std::ranges::find(all, name, &scenario::name);
  if (found == all.end()) throw std::out_of_range("no scenario is called " + std::string(name));
  return *found;
}

/** A scenario with its parameters set, and how the library is to be called with it. */
struct prepared {
  prepared(const scenario& of, const settings& changed) : what(of), values(of.parameters) {
    for (const auto& [name, value] : changed) values.set(name, value);
    with.name = what.name;
    with.parameters = values.changed();
    with.expect_reached = what.expect_reached;
    with.lost_updates = what.lost_updates;
    with.hang_limit = std::chrono::milliseconds(100);  // twice for each hang that is found
  }
  [[nodiscard]] program body() const {
    return [this] { what.body(values); };
  }

  const scenario& what;
  arguments values;
  options with;
};

/** The executions of one scenario: by interleavings, all of them and up to the first that fails, and by traces. */
struct row {
  std::string_view name;
  settings parameters;
  std::uint64_t executions;      ///< of the whole enumeration
  std::uint64_t failing;         ///< how many of these fail
  std::uint64_t first_failing;   ///< which is the first of them, from 1; 0: none
  std::uint64_t traces;          ///< executions where each trace is run once; 0: its traces cannot be told apart
  std::uint64_t failing_traces;  ///< how many of these fail
  std::string_view reason;       ///< why this many interleavings

  friend void PrintTo(const row& which, std::ostream* out) {
    *out << which.name;
    for (const auto& [key, value] : which.parameters) *out << " " << key << "=" << value;
  }
};

// Points of choice are the operations on objects; a lock that is held takes its other takers out of the choice.
const std::array table{
    row{"lost-update",
        {},
        6,
        4,
        2,
        4,
        2,
        "orders of two loads and stores each, C(4,2); only the two serial ones are right"},
    row{"lost-update", {{"rounds", "2"}}, 70, 64, 2, 34, 28, "C(8,4)"},
    row{"lost-update", {{"threads", "3"}}, 90, 84, 2, 36, 30, "6!/(2!2!2!), of which 3! are serial"},
    row{"lost-update-locked", {}, 2, 0, 0, 2, 0, "orders of two critical sections"},
    row{"lost-update-locked", {{"rounds", "2"}}, 6, 0, 0, 6, 0, "C(4,2)"},
    row{"lost-update-locked", {{"threads", "4"}}, 24, 0, 0, 24, 0, "4!"},
    row{"lost-update-atomic", {}, 2, 0, 0, 2, 0, "orders of two updates"},
    row{"lost-update-atomic", {{"rounds", "3"}}, 20, 0, 0, 20, 0, "C(6,3)"},
    row{"lost-update-atomic", {{"threads", "4"}}, 24, 0, 0, 24, 0, "4!"},
    row{"deadlock-abba", {}, 6, 2, 3, 3, 1, "either takes both first, or both take one, in two orders: deadlock"},
    row{"partial-deadlock", {}, 215252, 20, 9233, 7, 1, "those of deadlock-abba, among the worker's loads and yields"},
    row{"philosophers", {}, 142, 0, 0, 6, 0, "measured; fewer than unordered, since the last takes fork 1 first, too"},
    row{"philosophers",
        {{"ordered", "false"}},
        168,
        6,
        50,
        7,
        1,
        "measured; they deadlock when all hold one, in 3! orders"},
    row{"philosophers", {{"n", "2"}}, 2, 0, 0, 2, 0, "both take fork 1 first: a critical section each"},
    row{"philosophers", {{"n", "2"}, {"ordered", "false"}}, 6, 2, 3, 3, 1, "this is deadlock-abba"},
    row{"philosophers", {{"n", "4"}, {"ordered", "false"}}, 98184, 24, 12454, 15, 1, "measured; 4! orders deadlock"},
    row{"bounded-buffer", {}, 8, 0, 0, 8, 0, "measured"},
    row{"bounded-buffer", {{"items", "1"}}, 2, 0, 0, 2, 0, "the consumer comes first and waits, or comes second"},
    row{"bounded-buffer", {{"capacity", "2"}}, 6, 0, 0, 6, 0, "measured"},
    row{"bounded-buffer", {{"consumers", "2"}}, 32, 0, 0, 32, 0, "measured"},
    row{"bounded-buffer", {{"producers", "2"}, {"consumers", "2"}, {"items", "1"}}, 64, 0, 0, 64, 0, "measured"},
    row{"bounded-buffer-if", {}, 30, 2, 12, 30, 2, "measured"},
    row{"bounded-buffer-if", {{"capacity", "1"}}, 32, 4, 12, 32, 4, "measured"},
    row{"bounded-buffer-if", {{"items", "3"}}, 246, 22, 30, 246, 22, "measured"},
    row{"lost-wakeup", {}, 8, 3, 3, 3, 1, "measured"},
    row{"check-then-act",
        {},
        6,
        4,
        2,
        6,
        4,
        "C(4,2) orders of two looks and withdrawals, where the second may be left out"},
    row{"dekker", {}, 125265, 0, 0, 48, 0, "measured"},
    row{"peterson",
        {},
        24414,
        0,
        0,
        24,
        0,
        "C(4,2) of threads, times 35 + 20 + 10 + 4: b starts after as many of a's three steps"},
    row{"spinlock", {}, 68, 0, 0, 6, 0, "who is first, and how often the other one looks in vain before it is held"},
    row{"spinlock", {{"rounds", "2"}}, 187528, 0, 0, 91, 0, "measured"},
    row{"spinlock-racy", {}, 208, 140, 35, 24, 18, "measured"},
    row{"ticket-lock", {}, 542, 0, 0, 6, 0, "as spinlock"},
    row{"reader-writer", {}, 11982, 0, 0, 34, 0, "measured"},
    row{"reader-writer", {{"readers", "1"}}, 12, 0, 0, 3, 0, "measured"},
    row{"reader-writer", {{"readers", "1"}, {"writers", "2"}}, 178, 0, 0, 16, 0, "measured"},
    row{"semaphore-pool", {}, 2550, 0, 0, 510, 0, "measured"},
    row{"semaphore-pool", {{"users", "2"}}, 70, 0, 0, 26, 0, "room for both: orders of four operations each, C(8,4)"},
    row{"semaphore-pool", {{"resources", "1"}}, 6, 0, 0, 6, 0, "one at a time: 3! orders"},
    row{"daemon-threads", {}, 20, 0, 0, 0, 0, "measured"},
    row{"non-daemon-threads", {}, 3, 0, 0, 2, 0, "main's one step among the worker's two"},
    row{"threads-vs-processes",
        {},
        414,
        0,
        0,
        0,
        0,
        "C(4,2) of threads, times C(7,3): the wait for a comes after its steps"},
    row{"timer",
        {},
        101024,
        0,
        0,
        5,
        0,
        "cancelled before it waits, while it does, or when its time is up but not its lock; else two orders to print "
        "in"},
    row{"timeout-race",
        {},
        5,
        2,
        2,
        4,
        1,
        "measured; those where the order is shipped between the time-out and the lock"},
    row{"timeout-race", {{"looks-again", "true"}}, 5, 0, 0, 4, 0, "the same interleavings"},
    row{"future-chain", {}, 4, 0, 0, 1, 0, "measured"},
    row{"double-checked-init", {}, 62, 62, 1, 4, 4, "measured; whoever looks second looks without the lock"},
    row{"double-checked-init", {{"atomic", "true"}}, 62, 0, 0, 4, 0, "the same interleavings"},
    row{"barrier-phases", {}, 800, 0, 0, 1, 0, "measured; arrivals commute, so there is one trace"},
    row{"read-mostly-cache", {}, 42, 0, 0, 14, 0, "measured"},
    row{"read-mostly-cache", {{"looks-again", "false"}}, 42, 40, 2, 14, 12, "only the two serial ones are right"},
    row{"thread-pool", {}, 308, 0, 0, 104, 0, "measured"},
    row{"thread-pool",
        {{"wakes-all", "false"}},
        308,
        56,
        21,
        104,
        32,
        "measured; those in which both workers wait when it closes"},
    row{"pipeline", {}, 136, 0, 0, 0, 0, "measured"},
    row{"elevator-stop", {}, 61, 0, 0, 0, 0, "measured"},
    row{"elevator-stop", {{"checks-token", "false"}}, 26, 9, 7, 5, 2, "measured"},
    row{"canary", {}, 2, 2, 1, 2, 2, "orders of two updates, both of which fail"},
    row{"crash-segfault", {}, 3, 1, 2, 3, 1, "the store before, between (crash) and after two loads"},
    row{"crash-division", {}, 3, 1, 2, 3, 1, "the store before, between (crash) and after two loads"},
    row{"crash-pure-virtual",
        {},
        4,
        1,
        3,
        3,
        1,
        "the load before, between and after two writes; between, it crashes or not"},
    row{"crash-abort", {}, 4, 2, 2, 3, 2, "one after the other, or the second to enter aborts at once"},
    row{"crash-exit", {}, 2, 1, 2, 2, 1, "orders of a load and a store"},
    row{"crash-terminate", {}, 6, 4, 2, 4, 2, "as check-then-act"},
    row{"crash-stack-overflow", {}, 6, 4, 2, 4, 2, "as check-then-act"},
    row{"hang", {}, 2, 1, 2, 2, 1, "orders of a load and a store"},
};

/** What the search of a scenario is to come to where it visits its failing executions, if it has any. */
void expect_registered(const result& found, const prepared& which) {
  const expectation expected = which.what.expected(which.values);
  EXPECT_EQ(to_string(found.verdict), to_string(expected.verdict));
  EXPECT_EQ(found.stopped_by, "");
  EXPECT_EQ(found.program, which.what.name);
  if (expected.verdict == verdict::fail) {
    ASSERT_TRUE(found.failure.has_value());
    EXPECT_EQ(to_string(found.failure->kind), to_string(expected.kind)) << found.failure->message;
    EXPECT_EQ(found.failures_by_kind, (counts{{std::string(to_string(expected.kind)), found.failures}}))
        << "it fails in this way and in no other";
    EXPECT_EQ(found.exit_code(), 1);
  } else {
    EXPECT_EQ(found.failures, 0U);
    EXPECT_EQ(found.failures_by_kind, counts{});
    EXPECT_EQ(found.exit_code(), 0);
  }
}

/** The failure of `found` comes again, the same, by its schedule, and by its seed if it has one. */
void expect_replays(const result& found, const prepared& which) {
  ASSERT_TRUE(found.failure.has_value());
  const failure& first = *found.failure;
  std::vector<result> again{replay(which.body(), first.schedule, which.with)};
  if (first.seed) again.push_back(replay(which.body(), *first.seed, which.with));
  for (const result& each : again) {
    ASSERT_TRUE(each.failure.has_value()) << first.schedule;
    EXPECT_EQ(to_string(each.failure->kind), to_string(first.kind));
    EXPECT_EQ(each.failure->message, first.message);
    EXPECT_EQ(each.failure->explanation, first.explanation);
    EXPECT_EQ(each.failure->schedule, first.schedule);
    EXPECT_EQ(each.failure->trace.steps.size(), first.trace.steps.size());
    EXPECT_EQ(each.executions, 1U);
  }
}

class scenario_of_the_table : public testing::TestWithParam<row> {};

TEST_P(scenario_of_the_table, is_explored) {
  SCOPED_TRACE(GetParam().reason);
  prepared which(find(GetParam().name), GetParam().parameters);
  which.with.keep_going = true;
  const result all = explore(which.body(), by_interleavings(which.with));
  EXPECT_EQ(all.executions, GetParam().executions);
  EXPECT_EQ(all.failures, GetParam().failing);
  EXPECT_EQ(all.failing_execution, GetParam().first_failing);
  EXPECT_TRUE(all.exhaustive) << "nothing is left after an enumeration";
  expect_registered(all, which);
  if (GetParam().first_failing == 0) return;  // the search without keep_going would be the same

  which.with.keep_going = false;
  const result first = explore(which.body(), by_interleavings(which.with));
  EXPECT_EQ(first.executions, GetParam().first_failing);
  EXPECT_EQ(first.failures, 1U);
  EXPECT_FALSE(first.exhaustive) << "the rest was not run";
  expect_registered(first, which);
  expect_replays(first, which);
}

TEST_P(scenario_of_the_table, is_explored_by_traces) {
  prepared which(find(GetParam().name), GetParam().parameters);
  which.with.keep_going = true;
  const result all = explore(which.body(), which.with);
  expect_registered(all, which);
  EXPECT_TRUE(all.exhaustive) << "nothing is left, as after an enumeration";
  const bool reduced = GetParam().traces > 0;
  EXPECT_EQ(all.strategy, reduced ? "dpor" : "dfs") << "the default of explore";
  EXPECT_EQ(all.unreduced.empty(), reduced) << all.unreduced;
  EXPECT_EQ(all.executions, reduced ? GetParam().traces : GetParam().executions);
  EXPECT_EQ(all.failures, reduced ? GetParam().failing_traces : GetParam().failing);
  if (!all.failure) return;
  expect_replays(all, which);

  which.with.keep_going = false;
  const result first = explore(which.body(), which.with);
  EXPECT_EQ(first.executions, all.failing_execution);
  EXPECT_FALSE(first.exhaustive) << "the rest was not run";
  expect_registered(first, which);
  expect_replays(first, which);
}

TEST_P(scenario_of_the_table, is_fuzzed) {
  prepared which(find(GetParam().name), GetParam().parameters);
  which.with.keep_going = true;
  which.with.seed = 42;
  const std::uint64_t executions = GetParam().name == "hang" ? 20 : 1000;  // a hang takes its time
  which.with.executions = executions;  // the rarest failure has a chance of about 1 in 14
  const result found = fuzz(which.body(), which.with);
  EXPECT_EQ(found.strategy, "random") << "the default of fuzz";
  EXPECT_EQ(found.executions, executions);
  EXPECT_FALSE(found.exhaustive) << "chance proves nothing";
  expect_registered(found, which);
  if (found.failure) expect_replays(found, which);
}

TEST_P(scenario_of_the_table, runs_once) {
  const prepared which(find(GetParam().name), GetParam().parameters);
  const expectation expected = which.what.expected(which.values);
  const result found = run_once(which.body(), which.with);
  EXPECT_EQ(found.strategy, "round-robin") << "the default of run_once";
  EXPECT_EQ(found.executions, 1U);
  EXPECT_FALSE(found.exhaustive) << "one execution proves nothing";
  if (!found.failure) {
    // A single execution need not meet the failure.
    EXPECT_EQ(to_string(found.verdict), "pass");
    return;
  }
  ASSERT_EQ(to_string(expected.verdict), "fail") << found.failure->message;
  expect_registered(found, which);
  expect_replays(found, which);
}

std::string test_name(const testing::TestParamInfo<row>& of) {
  std::string result(of.param.name);
  for (const auto& [name, value] : of.param.parameters) result += "_" + std::string(name) + "_" + std::string(value);
  std::ranges::replace(result, '-', '_');
  return result;
}

INSTANTIATE_TEST_SUITE_P(all, scenario_of_the_table, testing::ValuesIn(table), test_name);

TEST(scenarios, are_all_in_the_table_above) {
  std::set<std::string_view> tested;
  for (const row& each : table) {
    if (each.parameters.empty()) tested.insert(each.name);
  }
  for (const scenario& each : scenarios::all()) {
    EXPECT_EQ(tested.count(each.name), is_counted(each) ? 0U : 1U)
        << each.name << " is not tested at its standard values";
  }
}

TEST(scenarios, that_round_robin_alone_finds) {
  // Round robin switches at every point of choice, so it meets what needs no more than that.
  const std::set<std::string> expected{
      "lost-update",      "deadlock-abba",   "double-checked-init",
      "partial-deadlock", "lost-wakeup",     "check-then-act",
      "canary",           "crash-segfault",  "crash-division",
      "crash-abort",      "crash-terminate", "crash-stack-overflow",
      "counts/philo",     "spinlock-racy",
  };
  std::set<std::string> failed;
  for (const scenario& each : scenarios::all()) {
    if (is_python(each)) continue;
    const prepared which(each, {});
    if (run_once(which.body(), which.with).failure) failed.insert(each.name);
  }
  EXPECT_EQ(failed, expected);
}

TEST(scenarios, are_not_explored_exhaustively_by_one_execution) {
  // bounded-buffer-if fails, though not in the one execution of round robin.
  prepared which(find("bounded-buffer-if"), {});
  which.with.strategy = "round-robin";
  const result explored = explore(which.body(), which.with);
  EXPECT_EQ(explored.executions, 1U);
  EXPECT_FALSE(explored.exhaustive);
  EXPECT_NE(to_string(explored.verdict), "fail");
  const result fuzzed = fuzz(which.body(), which.with);
  EXPECT_FALSE(fuzzed.exhaustive);
}

// ---- the table as data

bool is_word(std::string_view text) {
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return !text.empty() && std::ranges::all_of(text, plain) && text.front() != '-' && text.back() != '-';
}

/** Names of families and of their scenarios: those of counts/ are called as in the literature. */
bool is_path(std::string_view text) {
  const auto plain = [](char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') || std::string_view("/_-+").find(c) != std::string_view::npos;
  };
  return std::ranges::all_of(text, plain);
}

bool is_line(std::string_view text) {
  return !text.empty() && text.size() <= 100 && text.find('\n') == std::string_view::npos && text.front() != ' ';
}

TEST(scenarios, have_names_of_their_own_and_a_line_of_summary) {
  std::set<std::string> names;
  for (const scenario& each : scenarios::all()) {
    const std::size_t slash = each.name.find('/');
    if (slash == std::string::npos) {
      EXPECT_TRUE(is_word(each.name)) << each.name << ": lower-case words with hyphens, for shells and schedules";
    } else {
      EXPECT_TRUE(is_path(each.name)) << each.name;
      EXPECT_EQ(each.tags.front(), each.name.substr(0, slash)) << "by which the family is listed";
    }
    EXPECT_TRUE(names.insert(each.name).second) << each.name << " is there twice";
    EXPECT_TRUE(is_line(each.summary)) << each.name << ": " << each.summary;
    EXPECT_TRUE(each.summary.ends_with('.')) << each.name << ": summaries of scenarios are sentences";
    EXPECT_FALSE(each.tags.empty()) << each.name;
    for (const std::string& tag : each.tags) EXPECT_TRUE(is_word(tag)) << each.name << ": " << tag;
    const std::set<std::string> tags(each.tags.begin(), each.tags.end());
    EXPECT_EQ(tags.size(), each.tags.size()) << each.name << " has a tag twice";
  }
  EXPECT_EQ(names.size(), 40U + 12 + 17 + 19)
      << "and the tutorial's programs, and the programs and litmus tests of counts/";
}

TEST(scenarios, are_tagged_as_what_they_are_expected_to_be) {
  for (const scenario& each : scenarios::all()) {
    if (each.name == "philosophers") continue;  // depends on a parameter
    const bool fails = each.expected(arguments(each.parameters)).verdict == verdict::fail;
    const auto tagged = [&](std::string_view tag) { return std::ranges::count(each.tags, tag) == 1; };
    EXPECT_EQ(tagged("bug"), fails) << each.name;
    EXPECT_EQ(tagged("correct"), !fails) << each.name;
  }
}

TEST(scenarios, have_sensible_parameters) {
  // Schedules have settings of these names, which a parameter must not take.
  const std::set<std::string> taken{"time", "faults", "max-faults", "event-limit", "stack-size", "lost-updates"};
  for (const scenario& of : scenarios::all()) {
    std::set<std::string> names;
    for (const parameter& each : of.parameters) {
      SCOPED_TRACE(of.name + ", parameter " + each.name);
      EXPECT_TRUE(is_word(each.name));
      EXPECT_TRUE(names.insert(each.name).second) << "is there twice";
      EXPECT_EQ(taken.count(each.name), 0U) << "is called like a setting";
      EXPECT_TRUE(is_line(each.summary));
      EXPECT_FALSE(each.summary.ends_with('.')) << "summaries of parameters are phrases";
      EXPECT_LE(each.least, each.standard);
      EXPECT_LE(each.standard, each.most);
      EXPECT_LT(each.least, each.most) << "there would be nothing to set";
      if (!each.boolean) continue;
      EXPECT_EQ(each.least, 0);
      EXPECT_EQ(each.most, 1);
    }
  }
}

TEST(scenarios, run_at_both_ends_of_each_parameter) {
  // The random walk at one end each: the expected kind of failure, or none.
  for (const scenario& of : scenarios::all()) {
    if (is_python(of)) continue;  // a limit of one bytecode is no use, and 10,000 rounds take long: see gil_test.cpp
    for (const parameter& each : of.parameters) {
      for (const std::int64_t value : {each.least, each.most}) {
        const std::string text = parameter_text(each, value);
        SCOPED_TRACE(of.name + " " + each.name + "=" + text);
        prepared which(of, {{each.name, text}});
        which.with.executions = 200;
        which.with.keep_going = true;
        expect_registered(fuzz(which.body(), which.with), which);
      }
    }
  }
}

TEST(canary, fails_under_every_strategy) {
  for (const std::string_view strategy : {"dfs", "dpor", "random", "round-robin"}) {
    prepared which(find("canary"), {});
    which.with.strategy = strategy;
    which.with.max_executions = 100;
    for (const result& found :
         {explore(which.body(), which.with), fuzz(which.body(), which.with), run_once(which.body(), which.with)}) {
      EXPECT_EQ(to_string(found.verdict), "fail") << strategy << ", " << to_string(found.search);
      EXPECT_EQ(found.failing_execution, 1U) << "all its executions fail";
      EXPECT_EQ(found.executions, 1U);
      EXPECT_EQ(found.exit_code(), 1);
    }
  }
}

}  // namespace
}  // namespace heddle
