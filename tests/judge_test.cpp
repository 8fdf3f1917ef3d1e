// options::judge: a property says of executions that end, or in which everybody waits for ever, whether that is right.
#include <string>

#include <gtest/gtest.h>

#include <heddle/heddle.hpp>

#include "by_interleavings.hpp"
#include "failing_programs.hpp"

namespace heddle {
namespace {

/** A program that leaves a value behind: what two threads that add without holding it make of 0. */
struct counting {
  int left = 0;

  void run() {
    atomic<int> n(0, "n");
    const auto add = [&] { n.store(n.load() + 1); };
    thread a(add);
    thread b(add);
    a.join();
    b.join();
    left = n.load();
  }
};

options judged_by(std::function<std::optional<objection>(bool)> judge, options with = {}) {
  with.judge = std::move(judge);
  return with;
}

std::optional<objection> against_ones(const counting& program) {
  if (program.left == 2) return std::nullopt;
  return objection{failure_kind::not_linearizable, "an update was lost."};
}

TEST(judge, objects_to_executions_that_end) {
  counting program;
  options with = judged_by([&](bool blocked) {
    EXPECT_FALSE(blocked);
    return against_ones(program);
  });
  with.keep_going = true;
  const result found = explore([&] { program.run(); }, by_interleavings(with));
  ASSERT_TRUE(found.failure) << found;
  EXPECT_EQ(found.failure->kind, failure_kind::not_linearizable);
  EXPECT_EQ(found.failure->message, "an update was lost.");
  EXPECT_EQ(found.executions, 6U);
  EXPECT_EQ(found.failures, 4U) << "four of the six interleavings lose an update";
  const result traces = explore([&] { program.run(); }, with);
  EXPECT_EQ(traces.failures_by_kind.at("not-linearizable"), traces.failures);
}

TEST(judge, is_asked_by_a_replay_too) {
  counting program;
  const options with = judged_by([&](bool) { return against_ones(program); });
  const auto body = [&] { program.run(); };
  const result found = explore(body, with);
  ASSERT_TRUE(found.failure);
  expect_same_failure(found, replay(body, found.failure->schedule, with));
}

TEST(judge, that_changes_its_mind_shows_a_program_that_is_not_deterministic) {
  int asked = 0;
  const options with = judged_by([&](bool) -> std::optional<objection> {
    if (++asked % 2 == 0) return std::nullopt;
    return objection{failure_kind::not_linearizable, "every other time."};
  });
  const result found = explore([] { add_twice(); }, by_interleavings(with));
  ASSERT_TRUE(found.failure);
  EXPECT_EQ(found.failure->kind, failure_kind::nondeterminism) << found;
}

TEST(judge, lets_threads_wait_for_ever) {
  int blocked_ends = 0;
  options with = judged_by([&](bool blocked) -> std::optional<objection> {
    blocked_ends += blocked ? 1 : 0;
    return std::nullopt;
  });
  const result found = explore(&lose_a_wakeup, with);
  EXPECT_EQ(found.verdict, verdict::pass) << found;
  EXPECT_TRUE(found.exhaustive);
  EXPECT_GT(blocked_ends, 0) << "the wake-up is lost in some execution";
}

TEST(judge, objects_to_waiting_in_the_detectors_words) {
  const options with = judged_by([&](bool blocked) -> std::optional<objection> {
    if (!blocked) return std::nullopt;
    return objection{failure_kind::deadlock, {}};
  });
  const result judged = explore(&lose_a_wakeup, with);
  const result plain = explore(&lose_a_wakeup, options{});
  ASSERT_TRUE(judged.failure && plain.failure);
  EXPECT_EQ(judged.failure->kind, failure_kind::lost_wakeup);
  EXPECT_EQ(judged.failure->message, plain.failure->message);
}

TEST(judge, is_not_asked_where_the_execution_failed_by_itself) {
  const options with = judged_by([](bool) -> std::optional<objection> {
    ADD_FAILURE() << "a check has failed";
    return std::nullopt;
  });
  const result found = explore([] { check(false, "never"); }, with);
  ASSERT_TRUE(found.failure);
  EXPECT_EQ(found.failure->kind, failure_kind::assertion);
}

TEST(judge, cannot_allow_a_cycle_of_locks) {
  const options with = judged_by([](bool) { return std::optional<objection>{}; });
  for (const options& each : {with, by_interleavings(with)}) {
    const result found = explore(&deadlock, each);
    ASSERT_TRUE(found.failure) << found;
    EXPECT_EQ(found.failure->kind, failure_kind::deadlock) << "nobody in it will ever go on, whatever others do";
  }
}

}  // namespace
}  // namespace heddle
