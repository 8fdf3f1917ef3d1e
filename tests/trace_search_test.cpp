// Exploring with several workers, by shards, and with a stop in between: the same as one worker in one go.
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <heddle/heddle.hpp>

#include "known_traces.hpp"
#include "own_directory.hpp"

namespace heddle {
namespace {

struct searched_program {
  std::string name;
  program body;
  std::uint64_t executions;  // of one worker
};

/** The known families, each as large as still is quick. */
std::vector<searched_program> searched_programs() {
  std::vector<searched_program> programs;
  for (const oracle::known_family& each : oracle::known_families()) {
    std::map<unsigned, std::uint64_t> numbers = each.traces;
    numbers.insert(each.beyond_enumeration.begin(), each.beyond_enumeration.end());
    const auto [n, traces] = *numbers.rbegin();
    programs.push_back(
        {each.name + (" " + std::to_string(n)), [run = each.run, n = n] { run(n); }, traces + each.deadlocks});
  }
  return programs;
}

options all_of_it() {
  options with;
  with.keep_going = true;
  return with;
}

void expect_same_counts(const result& whole, const result& found) {
  EXPECT_EQ(found.executions, whole.executions);
  EXPECT_EQ(found.events, whole.events);
  EXPECT_EQ(found.choices, whole.choices);
  EXPECT_EQ(found.traces, whole.traces);
  EXPECT_EQ(found.failures_by_kind, whole.failures_by_kind);
  EXPECT_EQ(found.threads, whole.threads);
  EXPECT_TRUE(found.exhaustive);
}

TEST(workers, do_the_same_whatever_their_number) {
  for (const searched_program& each : searched_programs()) {
    SCOPED_TRACE(each.name);
    options with = all_of_it();
    const result whole = explore(each.body, with);
    EXPECT_EQ(whole.executions, each.executions);
    for (const unsigned jobs : {2U, 4U}) {
      with.jobs = jobs;
      const result found = explore(each.body, with);
      expect_same_counts(whole, found);
      EXPECT_EQ(found.failing_execution, whole.failing_execution);
      EXPECT_EQ(to_text(found), to_text(whole)) << jobs << " workers";
    }
  }
}

TEST(workers, report_the_failure_that_one_worker_finds_first) {
  const auto philosophers = [] {
    std::vector<mutex> forks(5);
    std::vector<thread> all;
    for (std::size_t i = 0; i < forks.size(); ++i) {
      all.emplace_back([&forks, i] {
        const std::scoped_lock left(forks[i]);
        const std::scoped_lock right(forks[(i + 1) % forks.size()]);
      });
    }
    for (thread& each : all) each.join();
  };
  options with;
  const std::string whole = to_text(explore(philosophers, with));
  with.jobs = 4;
  for (int again = 0; again < 10; ++again) EXPECT_EQ(to_text(explore(philosophers, with)), whole);
}

TEST(shards, add_up) {
  for (const searched_program& each : searched_programs()) {
    SCOPED_TRACE(each.name);
    for (const unsigned count : {2U, 5U}) {
      options with = all_of_it();
      std::uint64_t executions = 0;
      for (unsigned index = 1; index <= count; ++index) {
        with.shard = shard{index, count};
        const result part = explore(each.body, with);
        EXPECT_TRUE(part.exhaustive);
        executions += part.executions;
      }
      EXPECT_EQ(executions, each.executions) << count << " shards";
    }
  }
}

TEST(checkpoints, are_gone_on_with) {
  const own_directory own("trace_search_test");
  const std::string file = own.file("checkpoint");
  for (const searched_program& each : searched_programs()) {
    SCOPED_TRACE(each.name);
    const result whole = explore(each.body, all_of_it());
    options with = all_of_it();
    with.jobs = 2;
    with.checkpoint = file;
    with.max_executions = 1 + each.executions / 3;
    result found = explore(each.body, with);
    for (int stops = 0; !found.stopped_by.empty(); ++stops) {
      ASSERT_LT(stops, 4) << "a third each time";
      with.resume = file;
      found = explore(each.body, with);
    }
    expect_same_counts(whole, found);
  }
}

TEST(checkpoints, are_not_due_while_the_search_is_dealt_out_to_shards) {
  const std::string file = (std::filesystem::temp_directory_path() / "heddle_trace_search_test_shard").string();
  bool first = true;
  const program slow = [&] {
    // Longer than from one checkpoint to the next, and before there are workers who could stop for it.
    if (std::exchange(first, false)) std::this_thread::sleep_for(std::chrono::milliseconds(1'100));
    oracle::ainc(5);
  };
  options with = all_of_it();
  with.shard = shard{1, 1};
  with.checkpoint = file;
  EXPECT_EQ(explore(slow, with).executions, 120U) << "5!";
  std::filesystem::remove(file);
}

}  // namespace
}  // namespace heddle
