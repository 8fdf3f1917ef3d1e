// Threads that yield in loops: who is held back, who is not, and what the result says of it.
#include <gtest/gtest.h>

#include <heddle/heddle.hpp>

#include "by_interleavings.hpp"

namespace {

using namespace heddle;

TEST(fairness, a_loop_that_stores_between_its_yields_is_never_held_back) {
  const result found = explore(
      [] {
        atomic<int> count{0};
        thread counts([&] {
          for (int i = 1; i <= 3; ++i) {
            count.store(i);
            this_thread::yield();
          }
        });
        thread looks([&] { check(count.load() != 3, "never 3"); });
        counts.join();
        looks.join();
      },
      {});
  EXPECT_EQ(found.verdict, verdict::fail) << "it can count to 3 before the other thread looks";
}

TEST(fairness, a_loop_that_waits_is_held_back_whatever_the_number_of_its_yields) {
  const result found = explore(
      [] {
        atomic<bool> flag{false};
        thread raises([&] { flag.store(true); });
        while (!flag.load()) {
          this_thread::yield();
          this_thread::yield();
        }
        raises.join();
      },
      {});
  EXPECT_EQ(found.verdict, verdict::pass) << "it ends when the flag is raised, in every execution";
  EXPECT_TRUE(found.exhaustive);
  EXPECT_TRUE(found.assumes_fairness) << "the loop was made to wait for the flag";
}

TEST(fairness, is_not_assumed_where_nobody_came_back_to_a_yield) {
  const result found = explore(
      [] {
        thread other([] { this_thread::yield(); });
        this_thread::yield();
        other.join();
      },
      by_interleavings());
  EXPECT_TRUE(found.exhaustive);
  EXPECT_FALSE(found.assumes_fairness);
  EXPECT_EQ(found.executions, 2U) << "one yield each, in either order";
}

TEST(fairness, round_robin_gives_every_thread_its_turn_where_threads_start_threads) {
  const result found = run_once(
      [] {
        atomic<bool> flag{false};
        thread parent([&] {
          thread child([&] {
            while (!flag.load()) this_thread::yield();
          });
          while (!flag.load()) this_thread::yield();
          child.join();
        });
        thread last([&] { flag.store(true); });
        parent.join();
        last.join();
      },
      {});
  EXPECT_EQ(found.verdict, verdict::pass) << "the last thread's turn comes too";
}

TEST(giving_way, a_destructor_that_joins_costs_its_thread_at_most_one_execution) {
  struct joins {
    thread it;
    ~joins() { it.join(); }
  };
  int alive = 0;
  struct tracker {
    int& count;
    explicit tracker(int& of) : count(of) { ++count; }
    ~tracker() { --count; }
  };
  options with;
  with.executions = 100;
  with.keep_going = true;
  const result found = fuzz(
      [&] {
        const tracker kept(alive);
        const joins guard{thread([] { check(false, "fails at once"); })};
      },
      with);
  EXPECT_EQ(found.failures, 100U);
  EXPECT_LE(alive, 1) << "only where the destructor was met for the first time are the thread's calls lost";
}

}  // namespace
