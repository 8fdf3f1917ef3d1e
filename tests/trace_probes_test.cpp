// Estimates of how many traces there are, against how many there are.
#include <unistd.h>

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <heddle/heddle.hpp>

#include "known_traces.hpp"
#include "trace_probes.hpp"

namespace heddle {
namespace {

using checker::running_mean;
using checker::trace_probes;

trace_estimate estimated(const program& body, std::uint64_t executions) {
  std::vector<checker::exploration::event_graph> beginning;
  beginning.push_back(*checker::dpor::beginning());
  trace_probes probes(body, options(), std::move(beginning), 0);
  probes.keep_up(executions);
  return probes.traces().value_or(trace_estimate{});
}

TEST(mean, and_its_deviation) {
  running_mean of;
  EXPECT_EQ(of.deviation(), 0.0);
  for (const double each : {2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0}) of.add(each);
  EXPECT_DOUBLE_EQ(of.mean(), 5);
  EXPECT_DOUBLE_EQ(of.deviation(), std::sqrt(32.0 / 7 / 8)) << "the squares of the differences add up to 32";
}

TEST(estimates, are_near_the_numbers_that_are_known) {
  for (const oracle::known_family& each : oracle::known_families()) {
    std::map<unsigned, std::uint64_t> numbers = each.traces;
    numbers.insert(each.beyond_enumeration.begin(), each.beyond_enumeration.end());
    const auto n = numbers.rbegin()->first;
    const auto traces = static_cast<double>(numbers.rbegin()->second);
    SCOPED_TRACE(each.name + (" " + std::to_string(n)));
    const trace_estimate found = estimated([&] { each.run(n); }, 200'000);
    // What is drawn is always the same, so this holds for good, or never.
    EXPECT_NEAR(found.traces, traces, 4 * found.deviation + 1e-9 * traces);
    EXPECT_LE(found.deviation, 0.5 * traces) << "it says something";
  }
}

TEST(estimates, are_exact_where_every_way_is_like_the_others) {
  const trace_estimate found = estimated([] { oracle::readers(10); }, 1'000);
  EXPECT_NEAR(found.traces, 1'024, 1e-6);
  EXPECT_NEAR(found.deviation, 0, 1e-6);
}

TEST(estimates, are_there_where_a_limit_stopped_the_search) {
  const program body = [] { oracle::account(4); };
  options with;
  with.max_executions = 5'000;
  const result stopped = explore(body, with);
  ASSERT_TRUE(stopped.estimate) << "of the 14,400 there are";
  EXPECT_EQ(stopped.estimate, explore(body, with).estimate) << "the same each time";
  with.jobs = 3;
  EXPECT_EQ(stopped.estimate, explore(body, with).estimate) << "and for any number of workers";
  with.max_executions.reset();
  EXPECT_FALSE(explore(body, with).estimate) << "now it is known";
}

TEST(estimates, count_what_a_checkpoint_has_found) {
  const std::string file =
      std::filesystem::path(testing::TempDir()) / ("heddle_trace_probes_test." + std::to_string(::getpid()));
  const program body = [] { oracle::readers(12); };
  options with;
  with.max_executions = 1'500;
  with.checkpoint = file;
  const result first = explore(body, with);
  EXPECT_EQ(first.traces, 1'500U);
  with.resume = file;
  const result stopped = explore(body, with);
  EXPECT_EQ(stopped.traces, 3'000U);
  ASSERT_TRUE(stopped.estimate);
  EXPECT_NEAR(stopped.estimate->traces, 4'096, 4 * stopped.estimate->deviation + 1e-6) << "1,500 are certain";
  std::filesystem::remove(file);
}

TEST(progress_of_a_search, knows_how_much_is_done) {
  progress counted;
  options with;
  with.progress = &counted;
  for (const unsigned jobs : {1U, 2U}) {
    with.jobs = jobs;
    EXPECT_EQ(explore([] { oracle::readers(12); }, with).executions, 4'096U);
    EXPECT_EQ(counted.executions, 4'096U) << "told in parts, and at the end all of them";
    EXPECT_NEAR(counted.share_done, 1, 1e-9);
    EXPECT_NEAR(counted.expected, 4'096, 1e-6);
  }
}

TEST(shares_of_a_search, are_kept_where_they_can_be_seen) {
  const program body = [] { oracle::readers(8); };
  EXPECT_EQ(explore(body, {}).share_done, 1.0) << "nobody could look before the end";
  options with;
  with.max_executions = 100;
  const result stopped = explore(body, with);
  ASSERT_TRUE(stopped.share_done);
  EXPECT_NEAR(*stopped.share_done, 100 / 256.0, 0.2) << "100 of 256 executions that are much alike";
  double both = 0;
  for (const unsigned part : {1U, 2U}) {
    with = {};
    with.shard = {part, 2};
    both += explore(body, with).share_done.value_or(0);
  }
  EXPECT_NEAR(both, 1, 1e-9);
}

}  // namespace
}  // namespace heddle
