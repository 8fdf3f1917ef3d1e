// The programs of counts/ have as many traces as trace_counts.csv says: for the exploration, and for an enumeration of
// their interleavings, which knows nothing of it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <ostream>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <heddle/sim/monitor.hpp>
#include <heddle/sim/simulator.hpp>

#include "../scenarios/table.hpp"
#include "strategies/depth_first.hpp"
#include "strategies/strategy_table.hpp"

namespace heddle {
namespace {

/** What visits each trace once. */
constexpr std::string_view strategy = "dpor";

/** Rows with more traces are left to ./dev bench --counts. */
constexpr std::uint64_t most_traces = 5'000;

/** Enumerations end after as many executions. */
constexpr std::uint64_t most_interleavings = 6'000;

// ---- the table

/** A row of trace_counts.csv. */
struct row {
  std::string scenario;
  std::string parameters;  ///< "t=2 n=3"
  std::string model;
  std::uint64_t traces = 0;     ///< that complete
  std::uint64_t deadlocks = 0;  ///< which come on top

  friend void PrintTo(const row& which, std::ostream* out) { *out << which.scenario << " " << which.parameters; }
};

std::vector<row> rows_of_sequential_consistency() {
  std::ifstream file(HEDDLE_TRACE_COUNTS);
  std::string line;
  std::getline(file, line);
  if (line != "scenario,parameters,model,traces,deadlocks") throw std::runtime_error("not the table: " + line);
  std::vector<row> result;
  while (std::getline(file, line)) {
    std::istringstream fields(line);
    row next;
    for (std::string* field : {&next.scenario, &next.parameters, &next.model}) std::getline(fields, *field, ',');
    char comma = 0;
    fields >> next.traces >> comma >> next.deadlocks;
    if (!fields || comma != ',') throw std::runtime_error("not a row of the table: " + line);
    if (next.model == "SC") result.push_back(next);
  }
  return result;
}

std::vector<row> small_rows() {
  std::vector<row> result = rows_of_sequential_consistency();
  std::erase_if(result, [](const row& each) { return each.traces > most_traces; });
  return result;
}

const scenario& find(std::string_view name) {
  const scenario_table all = scenarios::all();
  const auto found = std::ranges::find(all, name, &scenario::name);
  if (found == all.end()) throw std::out_of_range("no scenario is called " + std::string(name));
  return *found;
}

arguments values_of(const row& which) {
  arguments result(find(which.scenario).parameters);
  std::istringstream words(which.parameters);
  for (std::string word; words >> word;) {
    const std::size_t equals = word.find('=');
    result.set(word.substr(0, equals), word.substr(equals + 1));
  }
  return result;
}

// ---- the traces of an enumeration

/**
 * Writes an execution down so that two of them that differ only in the order of independent events look the same: by
 * thread, what each event found at its object, which is how many writes had been there before.
 */
class trace_writer final : public sim::monitor {
 public:
  void on_begin(sim::simulator& /*execution*/) override {
    threads_.clear();
    writes_.clear();
  }

  void on_event(const sim::event& happened) override {
    if (happened.thread >= threads_.size()) threads_.resize(happened.thread + 1);
    std::vector<step>& thread = threads_[happened.thread];
    // A loop that waits yields: the table counts only the last time round, that is, no look that was in vain.
    if (happened.what.kind == sim::operation_kind::yield) thread.pop_back();
    if (happened.what.target == nullptr) return;  // of threads and fences: the same in all orders
    const sim::object_id object = happened.what.target->id();
    if (object >= writes_.size()) writes_.resize(object + 1);
    thread.push_back({object, writes_[object], sim::writes(happened.done)});
    if (sim::writes(happened.done)) ++writes_[object];
  }

  void on_blocked(sim::thread_id /*thread*/) override {}
  void on_end(const sim::ending& how) override { ended_ = how.kind; }

  [[nodiscard]] std::string text() const {
    std::ostringstream result;
    for (const std::vector<step>& thread : threads_) {
      for (const step& each : thread) result << each.object << (each.writes ? "w" : "r") << each.position << " ";
      result << "\n";
    }
    return result.str();
  }
  [[nodiscard]] sim::ending_kind ended() const { return ended_; }

 private:
  struct step {
    sim::object_id object;
    std::uint32_t position;  // in the order of the object's writes
    bool writes;
  };
  std::vector<std::vector<step>> threads_;
  std::vector<std::uint32_t> writes_;  // by object
  sim::ending_kind ended_ = sim::ending_kind::completed;
};

struct enumerated {
  std::set<std::string> traces;
  std::set<std::string> deadlocks;
  bool all = false;  ///< otherwise the limit came first
};

enumerated enumerate(const std::function<void()>& body) {
  sim::simulator simulator({});
  checker::depth_first picks;
  trace_writer writer;
  enumerated result;
  for (std::uint64_t executions = 0; executions < most_interleavings; ++executions) {
    if (!picks.begin()) {
      result.all = true;
      break;
    }
    simulator.run(body, picks, writer);
    picks.end(simulator);
    const bool completed = writer.ended() == sim::ending_kind::completed;
    EXPECT_TRUE(completed || writer.ended() == sim::ending_kind::blocked) << to_string(writer.ended());
    (completed ? result.traces : result.deadlocks).insert(writer.text());
  }
  return result;
}

// ---- the tests

class counted : public testing::TestWithParam<row> {};

TEST_P(counted, exploration_runs_each_trace_once) {
  const auto known = checker::strategy_names();
  if (std::ranges::none_of(known, [](const auto& each) { return each.first == strategy; })) {
    GTEST_SKIP() << "there is no strategy " << strategy << " yet";
  }
  const row& which = GetParam();
  const scenario& what = find(which.scenario);
  const arguments values = values_of(which);
  options with;
  with.name = what.name;
  with.parameters = values.changed();
  with.strategy = strategy;
  with.keep_going = true;
  const result found = explore([&] { what.body(values); }, with);
  EXPECT_EQ(found.executions - found.failures, which.traces);
  EXPECT_EQ(found.failures, which.deadlocks);
  EXPECT_EQ(found.discarded, 0U);
  EXPECT_TRUE(found.exhaustive);
  if (found.failure) {
    EXPECT_EQ(to_string(found.failure->kind), "deadlock") << found.failure->message;
  }
}

TEST_P(counted, enumeration_finds_as_many_traces) {
  const row& which = GetParam();
  const scenario& what = find(which.scenario);
  const arguments values = values_of(which);
  const enumerated found = enumerate([&] { what.body(values); });
  if (found.all) {
    EXPECT_EQ(found.traces.size(), which.traces);
    EXPECT_EQ(found.deadlocks.size(), which.deadlocks);
  } else {
    EXPECT_LE(found.traces.size(), which.traces)
        << "there are more interleavings than were looked at, but no more traces";
    EXPECT_LE(found.deadlocks.size(), which.deadlocks);
  }
}

std::string test_name(const testing::TestParamInfo<row>& of) {
  std::string result = of.param.scenario.substr(of.param.scenario.find('/') + 1);
  if (!of.param.parameters.empty()) result += "_" + of.param.parameters;
  std::ranges::replace_if(
      result, [](char c) { return !(('a' <= c && c <= 'z') || ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9')); },
      '_');
  return result;
}

INSTANTIATE_TEST_SUITE_P(all, counted, testing::ValuesIn(small_rows()), test_name);

TEST(counts, are_known_of_each_program_of_the_family) {
  std::set<std::string> counted_ones;
  for (const row& each : rows_of_sequential_consistency()) {
    counted_ones.insert(each.scenario);
    EXPECT_NO_THROW((void)values_of(each)) << testing::PrintToString(each);
  }
  std::set<std::string> family;
  for (const scenario& each : scenarios::all()) {
    if (each.name.starts_with("counts/")) family.insert(each.name);
  }
  EXPECT_EQ(family, counted_ones);
}

TEST(counts, are_of_programs_that_deadlock_where_they_are_expected_to) {
  for (const row& each : rows_of_sequential_consistency()) {
    const expectation expected = find(each.scenario).expected(values_of(each));
    EXPECT_EQ(to_string(expected.verdict), each.deadlocks == 0 ? "pass" : "fail") << testing::PrintToString(each);
    if (expected.verdict == verdict::fail) {
      EXPECT_EQ(to_string(expected.kind), "deadlock");
    }
  }
}

TEST(family, has_names_that_can_stand_in_a_schedule) {
  const scenario& what = find("counts/philo");
  const arguments values(what.parameters);
  const program body = [&] { what.body(values); };
  options with;
  with.name = what.name;
  const result found = explore(body, with);
  ASSERT_TRUE(found.failure.has_value());
  EXPECT_TRUE(found.failure->schedule.starts_with("heddle1:counts/philo:")) << found.failure->schedule;
  const result again = replay(body, found.failure->schedule, with);
  ASSERT_TRUE(again.failure.has_value());
  EXPECT_EQ(again.failure->message, found.failure->message);
}

}  // namespace
}  // namespace heddle
