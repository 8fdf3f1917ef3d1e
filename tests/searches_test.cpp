// Searches as wholes: their strategies, seeds, limits and counters, and that nothing depends on what runs beside them.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <heddle/heddle.hpp>

#include "random.hpp"
#include "search.hpp"
#include "strategies/strategy_table.hpp"

namespace heddle {
namespace {

/** Two threads that add to one variable without holding it: 6 interleavings, of which 4 lose an update. */
void lose_an_update() {
  atomic<int> n(0, "n");
  const auto add = [&] { n.store(n.load() + 1); };
  heddle::thread a(add);
  heddle::thread b(add);
  a.join();
  b.join();
  check(n.load() == 2, "no update is lost");
}

/** Two threads with two operations each, and nothing to find: 6 interleavings. */
void pass() {
  atomic<int> n(0, "n");
  const auto twice = [&] { n.fetch_add(n.fetch_add(1)); };
  heddle::thread a(twice);
  heddle::thread b(twice);
  a.join();
  b.join();
}

void race() {
  shared<int> x(0, "x");
  heddle::thread a([&] { x += 1; });
  x += 1;
  a.join();
}

void deadlock() {
  heddle::mutex left("left");
  heddle::mutex right("right");
  heddle::thread a([&] { const std::scoped_lock both(left), second(right); });
  const std::lock_guard first(right);
  const std::lock_guard second(left);
  a.join();
}

void lose_a_wakeup() {
  heddle::mutex m;
  condition_variable changed("changed");
  heddle::thread a([&] { changed.notify_all(); });
  {
    std::unique_lock held(m);
    changed.wait(held);
  }
  a.join();
}

void pick_a_waiter() {
  heddle::mutex m;
  condition_variable changed("changed");
  bool ready = false;
  const auto wait = [&](int number) {
    std::unique_lock held(m);
    changed.wait(held, [&] { return ready; });
    check(number != 1 || random(4) != 3, "the second waiter draws no 3");
    changed.notify_one();
  };
  heddle::thread a([&] { wait(0); });
  heddle::thread b([&] { wait(1); });
  {
    const std::lock_guard held(m);
    ready = true;
    changed.notify_one();
  }
  a.join();
  b.join();
}

void throw_at_random() {
  heddle::thread a([] { print("before\n"); });
  if (random(10) == 7) throw std::runtime_error("seven");
  a.join();
}

void spin() {
  atomic<bool> never{false};
  while (!never.load()) heddle::this_thread::yield();
}

struct failing_case {
  const char* why;
  void (*body)();
  failure_kind kind;
};

constexpr failing_case failing_cases[] = {
    {"a lost update", &lose_an_update, failure_kind::assertion},
    {"a race", &race, failure_kind::data_race},
    {"a deadlock", &deadlock, failure_kind::deadlock},
    {"a lost wake-up", &lose_a_wakeup, failure_kind::lost_wakeup},
    {"choices of waiters and values", &pick_a_waiter, failure_kind::assertion},
    {"an exception", &throw_at_random, failure_kind::uncaught_exception},
    {"a livelock", &spin, failure_kind::livelock},
};

/** Everything that is known of a failure, as one text: the JSON has all fields of the trace that a reader sees. */
std::string all_of(const result& what) {
  result fixed = what;
  fixed.elapsed_s = 0;
  return to_json(fixed);
}

bool same_event(const step& x, const step& y) {
  return x.thread == y.thread && x.index == y.index && x.kind == y.kind && x.orders.order == y.orders.order &&
         x.orders.failure == y.orders.failure && x.done == y.done && x.succeeded == y.succeeded &&
         x.object == y.object && x.mutex == y.mutex && x.other == y.other && x.read == y.read &&
         x.written == y.written && x.where == y.where && x.time == y.time && x.switched == y.switched &&
         x.preempts == y.preempts;
}

void expect_same_failure(const result& first, const result& second) {
  ASSERT_TRUE(first.failure && second.failure) << first << second;
  const failure& x = *first.failure;
  const failure& y = *second.failure;
  EXPECT_EQ(x.kind, y.kind);
  EXPECT_EQ(x.message, y.message);
  EXPECT_EQ(x.explanation, y.explanation);
  EXPECT_EQ(x.schedule, y.schedule);
  EXPECT_EQ(x.preemptions, y.preemptions);
  ASSERT_EQ(x.trace.threads.size(), y.trace.threads.size());
  for (std::size_t i = 0; i < x.trace.threads.size(); ++i) {
    EXPECT_EQ(x.trace.threads[i].path, y.trace.threads[i].path);
    EXPECT_EQ(x.trace.threads[i].name, y.trace.threads[i].name);
  }
  ASSERT_EQ(x.trace.objects.size(), y.trace.objects.size());
  for (std::size_t i = 0; i < x.trace.objects.size(); ++i) {
    EXPECT_EQ(x.trace.objects[i].kind, y.trace.objects[i].kind);
    EXPECT_EQ(x.trace.objects[i].name, y.trace.objects[i].name);
    EXPECT_EQ(x.trace.objects[i].made, y.trace.objects[i].made);
  }
  ASSERT_EQ(x.trace.steps.size(), y.trace.steps.size());
  for (std::size_t i = 0; i < x.trace.steps.size(); ++i) {
    EXPECT_TRUE(same_event(x.trace.steps[i], y.trace.steps[i])) << "event " << i;
  }
  ASSERT_EQ(x.trace.pending.size(), y.trace.pending.size());
  for (std::size_t i = 0; i < x.trace.pending.size(); ++i) {
    EXPECT_EQ(x.trace.pending[i].thread, y.trace.pending[i].thread);
    EXPECT_EQ(x.trace.pending[i].enabled, y.trace.pending[i].enabled);
    EXPECT_TRUE(same_event(x.trace.pending[i].next, y.trace.pending[i].next)) << "pending " << i;
  }
}

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
  EXPECT_EQ(drawn_by(1), (std::vector<std::uint32_t>{0}));
  EXPECT_EQ(drawn_by(0), (std::vector<std::uint32_t>{0}));
  EXPECT_EQ(checker::execution_seed(1, 0), 1U) << "the first execution has the campaign's own seed";
  EXPECT_EQ(checker::execution_seed(1, 1), 0U);
  EXPECT_EQ(checker::execution_seed(1, 2), 0U);
}

// ---- limits and counters

TEST(searches, count_what_they_do) {
  progress counted;
  options with;
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
  const result passed = explore(&pass, with);
  EXPECT_EQ(passed.verdict, verdict::pass);
  EXPECT_TRUE(passed.exhaustive);
  EXPECT_EQ(passed.executions, 6U);
  EXPECT_EQ(passed.events, 60U) << "two starts, two joins, four operations and three ends... for each execution";
  EXPECT_EQ(passed.choices, 14U) << "those at which both threads can move: 2 * (2 + 3 + 3) - 2";
  EXPECT_EQ(counted.failures, 0U);
}

TEST(searches, discarded_executions_are_counted) {
  const result found = explore([] { assume(random(3) == 1); }, {});
  EXPECT_EQ(found.verdict, verdict::pass);
  EXPECT_EQ(found.executions, 3U);
  EXPECT_EQ(found.discarded, 2U);
}
