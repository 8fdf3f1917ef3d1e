// The interpreter's lock: when it is handed over, which interleavings follow, and which updates they lose.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <ostream>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <heddle/explore.hpp>
#include <heddle/python_program.hpp>

#include "../scenarios/table.hpp"

namespace heddle {
namespace {

using settings = std::vector<std::pair<std::string_view, std::string_view>>;

const scenario& find(std::string_view name) {
  const scenario_table all = scenarios::all();
  return *std::ranges::find(all, name, &scenario::name);
}

/** A scenario with its parameters set. */
struct prepared {
  prepared(std::string_view name, const settings& changed) : what(find(name)), values(what.parameters) {
    for (const auto& [key, text] : changed) values.set(key, text);
    with.name = what.name;
    with.parameters = values.changed();
    with.lost_updates = what.lost_updates;
  }
  [[nodiscard]] program body() const {
    return [this] { what.body(values); };
  }

  const scenario& what;
  arguments values;
  options with;
};

/** After how many bytecodes each thread let the lock go, between two of them: "Thread-1" -> 100, 100, 100. */
std::map<std::string, std::vector<int>> hand_overs(const settings& changed) {
  prepared run("gil-handoff", changed);
  std::map<std::string, std::vector<int>> found;
  run.with.trace = [&](std::string_view line) {
    constexpr std::string_view says = "lets GIL go after ";
    const std::size_t at = line.find(says);
    if (at == std::string_view::npos || line.find(", before ") == std::string_view::npos) return;
    const std::size_t name = line.find("Thread-");
    if (name == std::string_view::npos) return;  // main, which starts them
    found[std::string(line.substr(name, line.find(' ', name) - name))].push_back(
        std::stoi(std::string(line.substr(at + says.size()))));
  };
  EXPECT_EQ(run_once(run.body(), run.with).verdict, verdict::pass);
  return found;
}

TEST(gil, is_handed_over_after_exactly_so_many_bytecodes) {
  for (const std::string threads : {"2", "5"}) {
    for (const std::string interval : {"100", "7", "1"}) {
      const auto found = hand_overs({{"threads", threads}, {"interval", interval}});
      EXPECT_EQ(found.size(), std::stoul(threads)) << "every thread hands it over";
      // 4 bytecodes before the loop, 3 in each of its 100 rounds, and 3 at its end.
      const std::size_t turns = (4 + 3 * 100 + 3 - 1) / std::stoul(interval);
      for (const auto& [thread, counts] : found) {
        EXPECT_EQ(counts, std::vector<int>(turns, std::stoi(interval))) << thread << " of " << threads;
      }
    }
  }
}

TEST(gil, stays_with_a_thread_that_is_alone) { EXPECT_TRUE(hand_overs({{"threads", "1"}, {"rounds", "0"}}).empty()); }

TEST(gil, goes_to_another_thread_where_one_asks_for_it) {
  // A turn takes 5 ms: 100 bytecodes of 50 us each, and up to three more, to behind the next jump.
  const auto found = hand_overs({{"gil", "switch-interval"}, {"cost", "50000"}});
  ASSERT_EQ(found.size(), 2U);
  for (const auto& [thread, counts] : found) {
    EXPECT_EQ(counts.size(), 2U) << "of 307 bytecodes";
    for (const int count : counts) {
      EXPECT_GE(count, 100) << thread;
      EXPECT_LE(count, 103) << thread;
    }
  }
}

/** What two threads that do n += 1 come to. */
struct row {
  settings parameters;
  bool lost;  ///< whether an update can get lost
  std::string_view reason;

  friend void PrintTo(const row& which, std::ostream* out) {
    for (const auto& [key, text] : which.parameters) *out << key << "=" << text << " ";
  }
};

const std::array table{
    row{{{"rounds", "1000"}}, true, "100 is no multiple of the 7 bytecodes of a round"},
    row{{{"rounds", "100"}, {"interval", "7"}}, true, "each turn ends behind the load: the loop begins after 4"},
    row{{{"rounds", "5"}, {"interval", "7"}, {"nops", "4"}}, false, "each turn ends at the jump"},
    row{{{"rounds", "8"}, {"interval", "14"}, {"nops", "4"}}, false, "likewise, in every second round"},
    row{{{"rounds", "1000"}, {"interval", "7007"}},
        false,
        "a thread has 4 + 7000 + 3 bytecodes: its first turn is all"},
    row{{{"rounds", "1000"}, {"interval", "6998"}}, false, "the only hand-over comes before a STORE_FAST"},
    row{{{"rounds", "1000"}, {"gil", "switch-interval"}, {"cost", "1000"}}, false, "no jump or call lies between"},
    row{{{"rounds", "1000"}, {"gil", "switch-interval"}}, false, "0.35 ms: nobody waits for 5 ms"},
    row{{{"rounds", "1000"}, {"gil", "switch-interval"}, {"cost", "1000"}, {"call", "true"}},
        true,
        "the call of int lies between"},
    row{{{"rounds", "1000"}, {"gil", "free-threaded"}}, true, "nothing keeps the other one out"},
    row{{{"rounds", "1"}, {"interval", "1"}}, true, "a hand-over after every bytecode"},
};

class lost_updates : public testing::TestWithParam<row> {};

TEST_P(lost_updates, are_found_where_they_can_be_and_proved_impossible_elsewhere) {
  prepared search("gil-lost-update", GetParam().parameters);
  EXPECT_EQ(search.what.expected(search.values).verdict, GetParam().lost ? verdict::fail : verdict::pass)
      << "the scenario should expect it: " << GetParam().reason;
  const result found = explore(search.body(), search.with);
  if (!GetParam().lost) {
    EXPECT_EQ(found.verdict, verdict::pass) << GetParam().reason;
    EXPECT_TRUE(found.exhaustive) << "proved, not only not found";
    return;
  }
  ASSERT_TRUE(found.failure) << GetParam().reason;
  EXPECT_EQ(found.failure->kind, failure_kind::lost_update);
  EXPECT_NE(found.failure->message.find("STORE_GLOBAL"), std::string::npos) << found.failure->message;
  EXPECT_NE(found.failure->message.find("LOAD_GLOBAL"), std::string::npos) << found.failure->message;
  const bool has_lock = python_settings(search.values).policy->has_lock();
  EXPECT_EQ(found.failure->explanation.size(), has_lock ? 1U : 0U) << "the hand-over between the two bytecodes";
  const result again = replay(search.body(), found.failure->schedule, search.with);
  ASSERT_TRUE(again.failure);
  EXPECT_EQ(again.failure->message, found.failure->message);
}

INSTANTIATE_TEST_SUITE_P(of, lost_updates, testing::ValuesIn(table));

/** What is printed in the end, over all executions; and how often is not compared. */
std::set<std::string> printed(const settings& parameters, std::string_view strategy) {
  prepared search("gil-lost-update", parameters);
  search.with.strategy = strategy;
  search.with.lost_updates = false;
  search.with.outputs = true;
  search.with.keep_going = true;
  const result found = explore(search.body(), search.with);
  EXPECT_TRUE(found.exhaustive);
  std::set<std::string> texts;
  if (found.outputs) {
    for (const auto& each : found.outputs->kept) texts.insert(each.text);
  }
  return texts;
}

TEST(gil, has_by_traces_the_outcomes_that_it_has_by_interleavings) {
  const std::vector<settings> programs{
      {{"rounds", "2"}, {"interval", "6"}},
      {{"rounds", "3"}, {"interval", "7"}},
      {{"rounds", "2"}, {"gil", "switch-interval"}, {"switch-interval", "1"}, {"cost", "250"}, {"call", "true"}},
      {{"rounds", "2"}, {"gil", "free-threaded"}},
      {{"rounds", "1"}, {"gil", "free-threaded"}, {"call", "true"}},
  };
  for (const settings& each : programs) {
    const std::set<std::string> by_traces = printed(each, "dpor");
    EXPECT_EQ(by_traces, printed(each, "dfs"));
    EXPECT_FALSE(by_traces.empty());
  }
  EXPECT_EQ(printed({{"rounds", "2"}, {"gil", "free-threaded"}}, "dpor"), (std::set<std::string>{"2\n", "3\n", "4\n"}));
}

}  // namespace
}  // namespace heddle
