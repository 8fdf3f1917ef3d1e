// Results as values: out of JSON again, and added up.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <heddle/heddle.hpp>

#include "failing_programs.hpp"
#include "merge.hpp"
#include "refusal.hpp"

namespace heddle {
namespace {

result passing() {
  result what;
  what.program = "p";
  what.settings = {{"n", "3"}, {"time", "timed"}};
  what.strategy = "dfs";
  what.verdict = verdict::pass;
  what.exhaustive = true;
  what.executions = 10;
  what.events = 100;
  what.choices = 20;
  what.threads = 3;
  what.elapsed_s = 0.5;
  what.traces = 8;
  what.blocked = 2;
  return what;
}

result part(std::uint32_t index, std::uint32_t count) {
  result what = passing();
  what.shard = {{index, count}};
  return what;
}

result failing() {
  result what = passing();
  what.verdict = verdict::fail;
  what.exhaustive = false;
  what.failures = 2;
  what.failing_execution = 4;
  what.failures_by_kind = {{"assertion", 1}, {"deadlock", 1}};
  what.replay_command = "heddle replay p";
  what.failure.emplace();
  what.failure->message = "check failed in main.";
  what.failure->explanation = {"because."};
  what.failure->schedule = "heddle1:p:t0/2.end";
  what.failure->preemptions = 1;
  return what;
}

// ---- JSON

TEST(results, come_out_of_json_as_they_went_in) {
  result full = part(2, 3);
  full.seed = UINT64_MAX;
  full.reached = {"here", "there"};
  full.unreached = {"nowhere"};
  full.assumes_fairness = true;
  full.exhaustive_preemptions = 2;
  full.unreduced = "it waits in a loop";
  full.estimate = {12.5, 0.25};
  full.share_done = 0.5;
  full.verdict = verdict::inconclusive;
  full.stopped_by = "request";
  for (const result& each : {passing(), part(1, 1), full, failing()}) {
    const std::string text = to_json(each);
    EXPECT_EQ(to_json(from_json(text)), text);
    EXPECT_EQ(to_text(from_json(text)), to_text(each));
  }
}

TEST(results, of_real_failures_come_out_of_json_but_for_their_traces) {
  for (const failing_case& each : failing_cases) {
    SCOPED_TRACE(each.why);
    options with;
    with.event_limit = 500;
    result found = explore(each.body, with);
    const result again = from_json(to_json(found));
    found.failure->trace = {};
    auto expected = nlohmann::json::parse(to_json(found));
    EXPECT_EQ(nlohmann::json::parse(to_json(again)), expected);
  }
}

TEST(results, that_are_none_are_refused) {
  const auto changed = [](const char* key, const nlohmann::json& value) {
    auto object = nlohmann::json::parse(to_json(part(1, 2)));
    object[key] = value;
    return refusal([&] { (void)from_json(object.dump()); });
  };
  EXPECT_EQ(refusal([] { (void)from_json(""); }), "is not JSON: it goes wrong at byte 1");
  EXPECT_EQ(refusal([] { (void)from_json("3"); }), "is not a result: it is no object");
  EXPECT_EQ(refusal([] { (void)from_json("{}"); }), "is not a result: \"scenario\" is missing");
  const struct {
    const char* key;
    nlohmann::json value;
  } cases[] = {
      {"scenario", 1},
      {"verdict", "perhaps"},
      {"executions", -1},
      {"executions", 1.5},
      {"threads", std::uint64_t{1} << 32U},
      {"exhaustive", 1},
      {"elapsed_s", "long"},
      {"reached", {1}},
      {"settings", {{"n", 3}}},
      {"shard", 3},
      {"shard", {{"index", 3}, {"count", 2}}},
      {"traces", -1},
      {"failures_by_kind", {1}},
      {"failure", 1},
  };
  for (const auto& each : cases) {
    EXPECT_EQ(changed(each.key, each.value),
              std::string("is not a result: \"") + each.key + "\" is not what it should be")
        << each.value;
  }
  EXPECT_EQ(changed("verdict", "fail"), "is not a result: \"failure\" does not go with the verdict");
  EXPECT_EQ(changed("what is to come", 1), "") << "keys may be added";
}

// ---- sums

TEST(results, add_up) {
  result whole = passing();
  whole.reached = {"a", "c"};
  result other = passing();
  other.threads = 5;
  other.reached = {"b", "c"};
  other.assumes_fairness = true;
  whole += other;
  EXPECT_EQ(whole.executions, 20U);
  EXPECT_EQ(whole.events, 200U);
  EXPECT_EQ(whole.choices, 40U);
  EXPECT_EQ(whole.threads, 5U) << "the most of one execution";
  EXPECT_EQ(whole.traces, 16U);
  EXPECT_EQ(whole.blocked, 4U);
  EXPECT_EQ(whole.elapsed_s, 1.0);
  EXPECT_EQ(whole.reached, (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_TRUE(whole.exhaustive);
  EXPECT_TRUE(whole.assumes_fairness);
  EXPECT_EQ(whole.verdict, verdict::pass);

  other.traces.reset();
  other.exhaustive = false;
  other.verdict = verdict::inconclusive;
  other.stopped_by = "request";
  whole += other;
  EXPECT_FALSE(whole.traces) << "one part does not know";
  EXPECT_FALSE(whole.exhaustive) << "one part is not";
  EXPECT_EQ(whole.verdict, verdict::inconclusive);
  EXPECT_EQ(whole.stopped_by, "request");

  whole += failing();
  EXPECT_EQ(whole.verdict, verdict::fail) << "whatever the others are";
  EXPECT_EQ(whole.failing_execution, 34U) << "behind the thirty before";
  EXPECT_EQ(whole.failures, 2U);
  ASSERT_TRUE(whole.failure);
  result last = failing();
  last.failure->message = "another one.";
  whole += last;
  EXPECT_EQ(whole.failure->message, "check failed in main.") << "the first stays";
  EXPECT_EQ(whole.failing_execution, 34U);
  EXPECT_EQ(whole.failures_by_kind, (std::map<std::string, std::uint64_t>{{"assertion", 2}, {"deadlock", 2}}));
}

TEST(results, add_up_estimates) {
  result whole = passing();
  whole.estimate = {100, 3};
  whole.share_done = 0.25;
  result other = passing();
  other.estimate = {50, 4};
  other.share_done = 0.5;
  whole += other;
  EXPECT_EQ(whole.estimate, (trace_estimate{150, 5})) << "the parts are independent: variances add up";
  EXPECT_EQ(whole.share_done, 0.75);
}

TEST(results, are_exhaustive_within_the_bound_that_all_have) {
  const auto merged = [](std::optional<std::uint32_t> x, std::optional<std::uint32_t> y, bool x_is_exhaustive) {
    result whole = passing();
    whole.exhaustive = x_is_exhaustive;
    whole.exhaustive_preemptions = x;
    result other = passing();
    other.exhaustive = false;
    other.exhaustive_preemptions = y;
    result turned = other;
    turned += whole;
    whole += other;
    EXPECT_EQ(turned.exhaustive_preemptions, whole.exhaustive_preemptions) << "in either order";
    EXPECT_FALSE(whole.exhaustive);
    return whole.exhaustive_preemptions;
  };
  EXPECT_EQ(merged(2, 3, false), 2U);
  EXPECT_EQ(merged(std::nullopt, 3, false), std::nullopt);
  EXPECT_EQ(merged(2, 3, true), 3U) << "an exhaustive part has no executions beyond";
  EXPECT_EQ(merged(std::nullopt, 3, true), 3U);
}

TEST(results, of_shards_make_a_whole_in_any_order) {
  std::vector<checker::named_result> parts{{"b", part(2, 3)}, {"c", part(3, 3)}, {"a", part(1, 3)}};
  parts[0].found.unreached = {"x", "y"};
  parts[1].found.unreached = {"y"};
  parts[2].found.unreached = {"x"};
  const result whole = merge_shards(parts);
  EXPECT_EQ(whole.executions, 30U);
  EXPECT_FALSE(whole.shard);
  EXPECT_FALSE(whole.failure) << "each place was reached by some part";
  EXPECT_EQ(to_text(whole),
            "p: PASS, exhaustive: all 30 executions\n"
            "  30 executions, 300 events, 60 choices, at most 3 threads\n"
            "  24 traces, 6 blocked executions\n");
  parts[2].found.unreached = {"y"};
  const result unreached = merge_shards(parts);
  EXPECT_EQ(unreached.verdict, verdict::fail);
  ASSERT_TRUE(unreached.failure);
  EXPECT_EQ(unreached.failure->message, "no execution reached \"y\", which the program says is reachable.");

  result failed = failing();
  failed.shard = {{3, 3}};
  parts[1].found = failed;
  const result first = merge_shards(parts);
  EXPECT_EQ(first.failing_execution, 24U) << "in the order of the shards, not of the files";
}

TEST(results, of_shards_say_so) {
  result one = part(1, 3);
  EXPECT_EQ(to_text(one),
            "p: PASS, exhaustive for part 1/3: 10 executions of a dfs search\n"
            "  10 executions, 100 events, 20 choices, at most 3 threads\n"
            "  8 traces, 2 blocked executions\n");
  one.exhaustive = false;
  one.verdict = verdict::inconclusive;
  one.stopped_by = "request";
  one.estimate = {1234.5, 20};
  one.share_done = 0.031;
  EXPECT_NE(to_text(one).find("\n  8 traces, 2 blocked executions, about 1,235 in all (give or take 20), 3 % done\n"),
            std::string::npos)
      << to_text(one);
}

// ---- races

TEST(races, are_ignored_where_that_is_asked_for) {
  const auto race = [] {
    shared<int> x{0};
    thread writing([&] { x = 1; });
    const bool seen = x == 1;
    writing.join();
    check(!seen, "it comes first");
  };
  options with;
  EXPECT_EQ(explore(race, with).failure->kind, failure_kind::data_race);
  with.races = race_policy::ignore;
  with.keep_going = true;
  const result found = explore(race, with);
  EXPECT_EQ(found.failures_by_kind, (std::map<std::string, std::uint64_t>{{"assertion", 1}}))
      << "one of two orders shows in the value";
  EXPECT_EQ(found.settings, (std::vector<std::pair<std::string, std::string>>{{"races", "ignore"}}));
  const result again = replay(race, found.failure->schedule);
  ASSERT_TRUE(again.failure);
  EXPECT_EQ(again.failure->kind, failure_kind::assertion) << "the schedule has the setting with it";
}

}  // namespace
}  // namespace heddle
