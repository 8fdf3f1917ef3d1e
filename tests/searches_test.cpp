// Searches as wholes: their strategies, seeds, limits and counters, and that nothing depends on what runs beside them.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/heddle.hpp>

#include "by_interleavings.hpp"
#include "failing_programs.hpp"
#include "random.hpp"
#include "search.hpp"
#include "strategies/strategy_table.hpp"

namespace heddle {
namespace {

options limited() {
  options with;
  with.event_limit = 500;
  return with;
}

// ---- again

TEST(searches, a_schedule_replays_its_failure) {
  for (const failing_case& each : failing_cases) {
    SCOPED_TRACE(each.why);
    const result found = explore(each.body, limited());
    ASSERT_TRUE(found.failure);
    EXPECT_EQ(found.failure->kind, each.kind);
    EXPECT_FALSE(found.failure->seed) << "depth first draws nothing";
    // The schedule has the event limit with it.
    expect_same_failure(found, replay(each.body, found.failure->schedule));
  }
}

TEST(searches, a_seed_replays_its_failure) {
  for (const failing_case& each : failing_cases) {
    SCOPED_TRACE(each.why);
    options with = limited();
    with.seed = 99;
    const result found = fuzz(each.body, with);
    ASSERT_TRUE(found.failure);
    EXPECT_EQ(found.failure->kind, each.kind);
    ASSERT_TRUE(found.failure->seed);
    const result by_seed = replay(each.body, *found.failure->seed, limited());
    expect_same_failure(found, by_seed);
    EXPECT_EQ(by_seed.failure->seed, found.failure->seed);
    expect_same_failure(found, replay(each.body, found.failure->schedule));
    EXPECT_EQ(*found.failure->seed == 99, found.failing_execution == 1) << "only the first has the campaign's own";
    with.seed = *found.failure->seed;
    EXPECT_EQ(fuzz(each.body, with).failing_execution, 1U) << "a campaign with this seed begins with this execution";
  }
}

TEST(searches, the_same_seed_gives_the_same_results) {
  for (const failing_case& each : failing_cases) {
    SCOPED_TRACE(each.why);
    options with = limited();
    with.executions = 200;
    with.keep_going = true;
    const std::string first = all_of(fuzz(each.body, with));
    EXPECT_EQ(first, all_of(fuzz(each.body, with)));
    with.seed = 2;
    EXPECT_NE(first, all_of(fuzz(each.body, with))) << "another seed does not";
  }
}

TEST(searches, draws_are_the_same_on_every_machine) {
  const auto drawn_by = [](std::uint64_t seed) {
    std::vector<std::uint32_t> drawn;
    options with;
    with.strategy = "random";
    with.seed = seed;
    (void)run_once(
        [&] {
          for (int i = 0; i < 8; ++i) drawn.push_back(random(1'000'000));
        },
        with);
    return drawn;
  };
  EXPECT_EQ(drawn_by(1), (std::vector<std::uint32_t>{566561, 745781, 971002, 444359, 444264, 762894, 877348, 523067}));
  EXPECT_EQ(drawn_by(0), (std::vector<std::uint32_t>{883310, 431527, 26433, 970881, 106346, 327325, 173867, 771546}));
  constexpr checker::execution_seeds seeds(1);
  EXPECT_EQ(seeds[0], 1U) << "the first execution has the campaign's own seed";
  EXPECT_EQ(seeds[1], 211035368775106U);
  EXPECT_EQ(seeds[2], 104819430032114U);
  EXPECT_EQ(checker::random_generator(0).next(), 0xe220a8397b1dcdafU) << "SplitMix64's published first number";
}

// ---- limits and counters

TEST(searches, count_what_they_do) {
  progress counted;
  options with = by_interleavings();
  with.progress = &counted;
  const result first = explore(&lose_an_update, with);
  EXPECT_EQ(first.executions, 2U) << "depth first, the second interleaving loses an update";
  EXPECT_EQ(first.failing_execution, 2U);
  EXPECT_EQ(counted.executions, 2U);
  EXPECT_EQ(counted.failures, 1U);

  with.keep_going = true;
  const result all = explore(&lose_an_update, with);
  EXPECT_TRUE(all.exhaustive);
  EXPECT_EQ(all.verdict, verdict::fail);
  EXPECT_EQ(all.executions, 6U) << "4! / (2! 2!)";
  EXPECT_EQ(all.failures, 4U) << "all but the two in which one thread is done before the other begins";
  EXPECT_EQ(all.failing_execution, 2U) << "the first one is reported";
  EXPECT_EQ(all.failures_by_kind, (std::map<std::string, std::uint64_t>{{"assertion", 4}}));
  EXPECT_EQ(all.threads, 3U);
  EXPECT_EQ(counted.executions, 6U);
  EXPECT_EQ(counted.failures, 4U);
  expect_same_failure(first, all);

  with.keep_going = false;
  const result passed = explore(&add_twice, with);
  EXPECT_EQ(passed.verdict, verdict::pass);
  EXPECT_TRUE(passed.exhaustive);
  EXPECT_EQ(passed.executions, 6U);
  EXPECT_EQ(passed.events, 66U) << "two starts, four operations, two joins and three ends, six times";
  EXPECT_EQ(passed.choices, 16U) << "where both can move: 2 in aabb, 3 in abab, 3 in abba, and the same from b on";
  EXPECT_EQ(counted.failures, 0U);
}

TEST(searches, discarded_executions_are_counted) {
  const result found = explore([] { assume(random(3) == 1); }, {});
  EXPECT_EQ(found.verdict, verdict::pass);
  EXPECT_EQ(found.executions, 3U);
  EXPECT_EQ(found.discarded, 2U);
}

TEST(searches, end_at_their_limits) {
  options with = by_interleavings();
  with.max_executions = 4;
  const result cut = explore(&add_twice, with);
  EXPECT_EQ(cut.verdict, verdict::inconclusive);
  EXPECT_EQ(cut.executions, 4U);
  EXPECT_EQ(cut.stopped_by, "the limit of 4 executions");
  EXPECT_EQ(cut.exit_code(), 3);

  with.max_executions = 6;
  const result just = explore(&add_twice, with);
  EXPECT_EQ(just.verdict, verdict::pass) << "nothing is left at the limit";
  EXPECT_TRUE(just.exhaustive);
  EXPECT_EQ(just.stopped_by, "");

  with = {};
  with.executions = 4;
  const result asked = fuzz(&add_twice, with);
  EXPECT_EQ(asked.verdict, verdict::pass) << "that many were asked for";
  EXPECT_FALSE(asked.exhaustive);
  EXPECT_EQ(asked.executions, 4U);

  with.strategy = "dfs";
  with.executions = 100;
  const result exhausted = fuzz(&add_twice, with);
  EXPECT_EQ(exhausted.executions, 6U) << "there are no more";
  EXPECT_TRUE(exhausted.exhaustive);
}

TEST(searches, stop_when_told_to) {
  std::atomic<bool> stop{true};
  options with = by_interleavings();
  with.stop = &stop;
  const result never_begun = explore(&add_twice, with);
  EXPECT_EQ(never_begun.verdict, verdict::inconclusive);
  EXPECT_EQ(never_begun.executions, 0U);
  EXPECT_EQ(never_begun.stopped_by, "request");
  EXPECT_EQ(never_begun.exit_code(), 3);

  stop = false;
  with.keep_going = true;
  const result in_the_third = explore([&, calls = 0]() mutable { stop = ++calls == 4, lose_an_update(); }, with);
  EXPECT_EQ(in_the_third.executions, 3U) << "the fourth call is the third execution: the second one is replayed";
  EXPECT_EQ(in_the_third.verdict, verdict::fail) << "what was found before counts";
  EXPECT_EQ(in_the_third.stopped_by, "request");
}

TEST(searches, end_at_their_time_limit) {
  options with;
  with.strategy = "random";  // which never ends by itself
  with.time_limit = std::chrono::milliseconds(1);
  const result found = explore(&add_twice, with);
  EXPECT_EQ(found.verdict, verdict::inconclusive);
  EXPECT_EQ(found.stopped_by, "the time limit of 0.001 s");
}

// ---- strategies

/** Passes on to a strategy, and checks that it is asked in the order that strategies are promised. */
class counting_strategy final : public checker::strategy {
 public:
  explicit counting_strategy(std::string_view of) : picks_(checker::make_strategy(of, 1)) {}

  bool begin() override {
    EXPECT_FALSE(within_) << "an execution begins before the one before it has ended";
    const bool more = picks_->begin();
    within_ = more;
    begins += more ? 1U : 0U;
    refusals += more ? 0U : 1U;
    return more;
  }
  std::uint32_t pick(const sim::choice_point& at) override {
    EXPECT_TRUE(within_) << "a pick outside of an execution";
    EXPECT_GE(at.count, 2U) << "what is determined is no choice";
    if (at.kind == sim::choice_kind::thread) {
      EXPECT_EQ(at.candidates.size(), at.count);
      for (std::size_t i = 1; i < at.candidates.size(); ++i) EXPECT_LT(at.candidates[i - 1], at.candidates[i]);
    }
    ++picked;
    return picks_->pick(at);
  }
  void end(const sim::simulator& ran) override {
    EXPECT_TRUE(within_) << "an end without a begin";
    within_ = false;
    ++ends;
    picks_->end(ran);
  }

  std::uint64_t begins = 0, refusals = 0, picked = 0, ends = 0;

 private:
  std::unique_ptr<checker::strategy> picks_;
  bool within_ = false;
};

TEST(strategies, are_asked_to_begin_pick_and_end) {
  const struct {
    std::string_view name;
    std::uint64_t executions, refusals;
    std::string_view why;
  } cases[] = {
      {"dfs", 6, 1, "six interleavings, and it says that there is no seventh"},
      {"random", 20, 0, "never out of executions: the limit is reached first"},
      {"round-robin", 1, 1, "a single execution"},
  };
  for (const auto& each : cases) {
    SCOPED_TRACE(each.why);
    counting_strategy counts(each.name);
    const result found = checker::search(&add_twice, counts, {20, true}, {});
    EXPECT_EQ(found.executions, each.executions);
    EXPECT_EQ(counts.begins, each.executions);
    EXPECT_EQ(counts.ends, each.executions);
    EXPECT_EQ(counts.refusals, each.refusals);
    EXPECT_EQ(counts.picked, found.choices);
  }
}

TEST(strategies, round_robin_takes_turns) {
  std::string order;
  options with;
  with.output = [&](std::string_view text) { order += text; };
  const auto letters = [](std::string_view letter) {
    return [=] {
      for (int i = 0; i < 3; ++i) print(letter);
    };
  };
  const result found = run_once(
      [&] {
        thread a(letters("a"));
        thread b(letters("b"));
        thread c(letters("c"));
        print("m");
        a.join();
        b.join();
        c.join();
        print(".");
      },
      with);
  EXPECT_EQ(order, "abcmabcabc.") << "main's turn comes when all that follow it have had theirs";
  EXPECT_EQ(found.executions, 1U);
  EXPECT_EQ(found.strategy, "round-robin");
  EXPECT_EQ(found.verdict, verdict::pass);
}

}  // namespace
}  // namespace heddle
