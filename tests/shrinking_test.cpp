// Deviations from the default schedule, and schedules made simpler by leaving them out.
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <heddle/deviation.hpp>
#include <heddle/heddle.hpp>
#include <heddle/shrink.hpp>

#include "failing_programs.hpp"
#include "random_programs.hpp"
#include "running_search.hpp"
#include "shrinking/noting.hpp"
#include "strategies/deviating.hpp"
#include "strategies/random_walk.hpp"

namespace heddle {
namespace {

/** What three threads print, in the order in which they do. */
std::string printed(const std::vector<deviation>& deviations, bool yields = false) {
  std::string text;
  options with;
  const auto body = [&] {
    text.clear();
    atomic<int> x{0};
    const auto thrice = [&](char name) {
      for (int i = 0; i < 3; ++i) {
        x.fetch_add(1);
        text += name;
        if (yields) this_thread::yield();
      }
    };
    thread a([&] { thrice('a'); });
    thread b([&] { thrice('b'); });
    thread c([&] { thrice('c'); });
    a.join();
    b.join();
    c.join();
  };
  EXPECT_EQ(run_deviating(body, deviations, with).verdict, verdict::pass);
  return text;
}

deviation switch_to(const std::string& to, const std::string& from, std::uint32_t after) {
  return {.thread = from, .after = after, .to = to};
}

TEST(Deviation, DefaultScheduleRunsEachThreadAsLongAsItCan) { EXPECT_EQ(printed({}), "aaabbbccc"); }

TEST(Deviation, ThreadsThatYieldGiveWayToTheNext) { EXPECT_EQ(printed({}, true), "abcabcabc"); }

TEST(Deviation, IsAddressedByItsThreadsOwnEvents) {
  const deviation early = switch_to("main/2", "main/1", 1);
  const deviation late = switch_to("main/3", "main/2", 2);
  EXPECT_EQ(printed({early}), "abbbaaccc") << "b is over, the first thread that can goes on";
  EXPECT_EQ(printed({late}), "aaabbcccb");
  EXPECT_EQ(printed({early, late}), "abbcccaab") << "both mean what they mean alone";
}

TEST(Deviation, IsPassedOverWhereItDoesNotApply) {
  for (const deviation& each : {switch_to("main/2", "main/1", 99), switch_to("main/9", "main/1", 1),
                                switch_to("main", "main/1", 1), switch_to("main/1", "main/1", 1)}) {
    EXPECT_EQ(printed({each}), "aaabbbccc") << to_text(each);
  }
}

TEST(Deviation, ReadsAsASentence) {
  EXPECT_EQ(to_text(switch_to("main/2", "main/1", 1)), "main/1 stops after 1 event, main/2 goes on");
  EXPECT_EQ(to_text(deviation{.thread = "main", .after = 2, .kind = sim::choice_kind::value, .picked = 4}),
            "choice 1 of a value by main after 2 events is 4");
}

TEST(Deviation, ChoicesOfOtherKindsAreTheFirstPossibilityUnlessDeviated) {
  std::vector<std::uint32_t> drawn;
  const auto body = [&] { drawn = {random(5), random(5), random(5)}; };
  static_cast<void>(run_deviating(body, {}));
  EXPECT_EQ(drawn, (std::vector<std::uint32_t>{0, 0, 0}));
  static_cast<void>(
      run_deviating(body, {{.thread = "main", .after = 1, .kind = sim::choice_kind::value, .picked = 4}}));
  EXPECT_EQ(drawn, (std::vector<std::uint32_t>{0, 4, 0}));
}

/** Two threads that lose an update, among others whose switches do not matter. */
void lose_an_update_in_a_crowd() {
  atomic<int> n(0, "n");
  const auto add = [&] { n.store(n.load() + 1); };
  const auto work = [] {
    atomic<int> own{0};
    for (int i = 0; i < 20; ++i) own.fetch_add(1);
  };
  thread a([&] { work(), add(), work(); });
  thread b([&] { work(), add(), work(); });
  thread c(work);
  thread d(work);
  for (thread* each : {&a, &b, &c, &d}) each->join();
  check(n.load() == 2, "no update is lost");
}

/** One that is lost only by two preemptions: b's whole increment between a's, and c's look in between. */
void lose_what_another_saw() {
  atomic<int> n(0, "n");
  atomic<bool> saw_one{false};
  thread a([&] { n.store(n.load() + 1); });
  thread b([&] { n.store(n.load() + 2); });
  thread c([&] {
    if (n.load() == 2 && n.load() == 1) saw_one.store(true);
  });
  for (thread* each : {&a, &b, &c}) each->join();
  check(!saw_one.load(), "the sum never falls");
}

constexpr failing_case crowded{"a lost update in a crowd", &lose_an_update_in_a_crowd, failure_kind::assertion};
constexpr failing_case falling{"a sum that falls", &lose_what_another_saw, failure_kind::assertion};

std::vector<failing_case> shrinking_cases() {
  std::vector<failing_case> all(std::begin(failing_cases), std::end(failing_cases));
  all.push_back(crowded);
  all.push_back(falling);
  return all;
}

/** The least number of preemptions with which a program fails in this way. */
std::uint32_t fewest_preemptions(const failing_case& of, const options& with) {
  options deepening = with;
  deepening.preemptions = preemption_bound{0, true};
  const result found = explore(of.body, deepening);
  return found.failure && found.failure->kind == of.kind ? found.failure->preemptions : 99;
}

TEST(Shrink, ComesToTheFewestPreemptionsThatFailTheSameWay) {
  for (const failing_case& each : shrinking_cases()) {
    SCOPED_TRACE(each.why);
    options with;
    with.event_limit = 2'000;
    with.executions = 20'000;
    const result found = fuzz(each.body, with);
    ASSERT_TRUE(found.failure) << found;
    const result simplest = shrink(each.body, found.failure->schedule, with);
    ASSERT_TRUE(simplest.failure) << simplest;
    EXPECT_EQ(simplest.failure->kind, each.kind);
    EXPECT_EQ(simplest.failure->preemptions, fewest_preemptions(each, with)) << simplest;
    expect_same_failure(simplest, replay(each.body, simplest.failure->schedule, with));
  }
}

// The search within bounds is cut: a crowd has too many executions even with one preemption, so it is ddmin's work.
TEST(Shrink, LeavesOutWhatDoesNotMatterInLongExecutions) {
  options with;
  const result found = fuzz(&lose_an_update_in_a_crowd, with);
  ASSERT_TRUE(found.failure) << found;
  EXPECT_GT(found.failure->preemptions, 30U) << "there is something to leave out";
  const result simplest = shrink(&lose_an_update_in_a_crowd, found.failure->schedule, with, {10'000, 0});
  ASSERT_TRUE(simplest.failure) << simplest;
  EXPECT_EQ(simplest.failure->preemptions, 1U) << simplest;
}

TEST(Shrink, GivesTheSameScheduleAgain) {
  const result found = fuzz(&lose_an_update_in_a_crowd, options{});
  ASSERT_TRUE(found.failure);
  const auto simplest = [&] { return shrink(&lose_an_update_in_a_crowd, found.failure->schedule, {}).failure; };
  EXPECT_EQ(simplest()->schedule, simplest()->schedule);
}

TEST(Shrink, DoesNothingToAScheduleThatPasses) {
  const result passed = shrink(&add_twice, "heddle1:program:t0/2x2.end", {});
  EXPECT_EQ(passed.verdict, verdict::pass) << passed;
}

TEST(Shrink, RefusesWhatIsNoSchedule) {
  EXPECT_THROW(static_cast<void>(shrink(&add_twice, "nonsense", {})), request_error);
  EXPECT_THROW(static_cast<void>(shrink(&add_twice, "heddle1:another:end", {})), request_error);
}

TEST(FuzzDeviating, FindsWhatOnePreemptionBreaksAndGivesItsDeviations) {
  options with;
  with.executions = 1'000;
  std::vector<deviation> found;
  const result first = fuzz_deviating(&lose_an_update_in_a_crowd, 1, with, found);
  ASSERT_TRUE(first.failure) << first;
  ASSERT_EQ(found.size(), 1U);
  const result again = run_deviating(&lose_an_update_in_a_crowd, found, with);
  ASSERT_TRUE(again.failure);
  EXPECT_EQ(again.failure->schedule, first.failure->schedule);
  std::vector<deviation> same;
  EXPECT_EQ(fuzz_deviating(&lose_an_update_in_a_crowd, 1, with, same).executions, first.executions);
  EXPECT_EQ(same, found) << "the same seed draws the same";
}

/** Runs executions of one strategy, and keeps what it deviated in. */
class noted_runs {
 public:
  noted_runs(const program& body, std::unique_ptr<checker::strategy> picks, const options& with)
      : picks_(std::move(picks)), runs_(body, picks_, with), watching_(with) {}

  checker::noted_execution run() {
    picks_.begin();
    runs_.run_unrecorded(watching_);
    return picks_.noted(runs_.execution());
  }

 private:
  checker::noting picks_;
  checker::running_search runs_;
  checker::detectors watching_;
};

class RandomPrograms : public testing::TestWithParam<programs::mixture> {};

TEST_P(RandomPrograms, AreRunAgainByTheirDeviationsAlone) {
  const auto holds = [&] {
    const programs::program drawn = programs::draw_program(GetParam(), 3);
    const auto seed = *rc::gen::arbitrary<std::uint64_t>();
    programs::runnable runs(drawn);
    const program body = [&] { runs.run(); };
    options with;
    with.faults = GetParam().faults;
    noted_runs at_random(body, std::make_unique<checker::random_walk>(seed), with);
    for (int i = 0; i < 5; ++i) {
      const checker::noted_execution noted = at_random.run();
      noted_runs again(body, std::make_unique<checker::deviating>(noted.deviations), with);
      const checker::noted_execution second = again.run();
      RC_ASSERT(second.choices == noted.choices);
      RC_ASSERT(second.deviations == noted.deviations);
    }
  };
  EXPECT_TRUE(rc::check(GetParam().name, holds));
}

INSTANTIATE_TEST_SUITE_P(OfAllKinds, RandomPrograms, testing::ValuesIn(programs::mixtures()));

}  // namespace
}  // namespace heddle
