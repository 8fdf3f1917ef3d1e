// The depth-first search visits every interleaving once: counts in closed form, and by hand.
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "by_interleavings.hpp"
#include "interpreter.hpp"

namespace heddle {
namespace {

using oracle::code;
using oracle::search;
using oracle::searched;

std::uint64_t binomial(unsigned n, unsigned k) {
  std::uint64_t value = 1;
  for (unsigned i = 1; i <= k; ++i) value = value * (n - k + i) / i;
  return value;
}

// The ways to merge sequences of these lengths.
std::uint64_t multinomial(const std::vector<unsigned>& lengths) {
  std::uint64_t value = 1;
  unsigned so_far = 0;
  for (const unsigned length : lengths) value *= binomial(so_far += length, length);
  return value;
}

code steps(unsigned how_many) { return code(how_many); }

TEST(closed_forms, independent_steps_merge_in_every_way) {
  // The first number is main's, which is a thread like the others. Threads that do nothing are no part of any choice.
  const std::vector<std::vector<unsigned>> lengths{
      {0},          {7},          {0, 0},       {0, 5},       {0, 1, 1},       {0, 1, 9},
      {0, 2, 2},    {0, 3, 2},    {0, 4, 4},    {0, 8, 3},    {0, 7, 7},       {0, 1, 1, 1},
      {0, 2, 2, 2}, {0, 1, 2, 3}, {0, 3, 3, 3}, {0, 4, 3, 2}, {0, 1, 1, 1, 1}, {0, 2, 2, 2, 1},
      {1, 1},       {3, 4},       {2, 2, 2},    {1, 2, 3},    {2, 0, 3},       {1, 1, 1, 1, 1},
  };
  for (const std::vector<unsigned>& each : lengths) {
    oracle::program of;
    for (const unsigned length : each) of.threads.push_back(steps(length));
    const searched found = search(of);
    SCOPED_TRACE(testing::PrintToString(each));
    EXPECT_EQ(found.what.executions, multinomial(each));
    EXPECT_EQ(found.what.verdict, verdict::pass);
    EXPECT_TRUE(found.what.exhaustive);
    EXPECT_EQ(found.what.threads, each.size());
  }
}

struct counted_case {
  const char* why;
  std::uint64_t executions;
  std::uint64_t failures;
  std::uint32_t spurious_wakeups;
  void (*body)();
};

void yield_times(std::uint32_t times) {
  for (std::uint32_t i = 1; i <= times; ++i) this_thread::yield({"yield", i});
}

void wait_once(mutex& m, condition_variable& c) {
  std::unique_lock lock(m);
  c.wait(lock);
}

const counted_case counted_cases[] = {
    {"a value drawn is a choice of as many", 7, 0, 0, [] { check(heddle::random(7) < 7, "below"); }},
    {"one value to draw is no choice", 1, 0, 0, [] { check(heddle::random(1) == 0, "0 is all there is"); }},
    {"two values are independent: 3 * 5", 15, 0, 0, [] { check(heddle::random(3) + heddle::random(5) < 7, "below"); }},
    {"how many are drawn may depend on a value: 1 + 2 + 3", 6, 0, 0,
     [] { check(heddle::random(heddle::random(3) + 1) < 3, "below"); }},
    {"drawing is no point where threads switch: 3 * C(2, 1)", 6, 0, 0,
     [] {
       atomic<int> x{0};
       thread drawing([&] {
         x.store(1);
         check(heddle::random(3) < 3, "below");
       });
       thread other([] { this_thread::yield(); });
       drawing.join();
       other.join();
     }},
    {"drawing before the first operation goes with the start: 3 * C(2, 1)", 6, 0, 0,
     [] {
       atomic<int> x{0};
       thread drawing([&] { x.store(static_cast<int>(heddle::random(3))); });
       thread other([] { this_thread::yield(); });
       drawing.join();
       other.join();
     }},
    {"yields in different places are steps like others: C(5, 2)", 10, 0, 0,
     [] {
       thread a([] { yield_times(3); });
       thread b([] { yield_times(2); });
       a.join();
       b.join();
     }},
    // Loads L, yields Y, and the store S: SL, LSYL, LYSL, LYLSYL. Then the second yield would be in vain before S.
    {"a loop that yields goes round once in vain, not for ever", 4, 0, 0,
     [] {
       atomic<bool> flag{false};
       thread waiting([&] {
         while (!flag.load()) this_thread::yield();
       });
       flag.store(true);
       waiting.join();
     }},
    // N is the notification, L lock, W wait, K wake, U unlock: N L W and L N W are lost, L W N K U is not.
    {"a wait without a predicate loses what came before it", 3, 2, 0,
     [] {
       mutex m;
       condition_variable c;
       thread waiting([&] { wait_once(m, c); });
       c.notify_one();
       waiting.join();
     }},
    // As above, and where W wakes up by itself: N L W K U, L N W K U, and L W with N in 3 places among K U.
    {"each wait may wake up by itself, too", 8, 2, 1,
     [] {
       mutex m;
       condition_variable c;
       thread waiting([&] { wait_once(m, c); });
       c.notify_one();
       waiting.join();
     }},
    {"without anybody to notify: one wait is lost, one wakes up by itself", 2, 1, 1,
     [] {
       mutex m;
       condition_variable c;
       wait_once(m, c);
     }},
    {"0, 1, 2 or 3 times woken in vain, and then lost", 4, 4, 3,
     [] {
       mutex m;
       condition_variable c;
       std::unique_lock lock(m);
       c.wait(lock, [] { return false; });
     }},
    {"the allowance is the execution's: after 0, 1 or 2 waits that wake up by themselves, the next is lost", 3, 3, 2,
     [] {
       mutex m;
       condition_variable c;
       wait_once(m, c);
       wait_once(m, c);
       wait_once(m, c);
     }},
};

TEST(closed_forms, by_hand) {
  for (const counted_case& each : counted_cases) {
    options with = by_interleavings();
    with.keep_going = true;
    with.faults = sim::only(fault_kind::spurious_wakeup);
    with.max_faults = each.spurious_wakeups;
    const result found = explore(each.body, with);
    SCOPED_TRACE(each.why);
    EXPECT_EQ(found.executions, each.executions);
    EXPECT_EQ(found.failures, each.failures);
    std::map<std::string, std::uint64_t> lost;
    if (each.failures > 0) lost["lost-wakeup"] = each.failures;
    EXPECT_EQ(found.failures_by_kind, lost);
    EXPECT_TRUE(found.exhaustive);
  }
}

// In timed mode a sleeper goes on when nobody else can, so that nothing is left to choose but who is notified.
TEST(closed_forms, notify_one_wakes_the_waiters_in_every_order) {
  std::uint64_t factorial = 1;
  for (std::size_t waiters = 1; waiters <= 5; ++waiters) {
    factorial *= waiters;
    std::set<std::vector<std::size_t>> orders;
    options with = by_interleavings();
    with.time = time_mode::timed;
    const result found = explore(
        [&] {
          mutex m;
          condition_variable c;
          std::vector<std::size_t> order;
          std::vector<thread> threads;
          for (std::size_t t = 0; t < waiters; ++t) {
            threads.emplace_back([&, t] {
              wait_once(m, c);
              order.push_back(t);
            });
            this_thread::sleep_for(std::chrono::hours(1));
          }
          for (std::size_t t = 0; t < waiters; ++t) {
            c.notify_one();
            this_thread::sleep_for(std::chrono::hours(1));
            check(order.size() == t + 1, "each notification wakes exactly one");
          }
          for (thread& each : threads) each.join();
          orders.insert(order);
        },
        with);
    EXPECT_EQ(found.verdict, verdict::pass) << found;
    EXPECT_EQ(found.executions, factorial) << waiters << " waiters";
    EXPECT_EQ(orders.size(), factorial) << waiters << " waiters";
  }
}

}  // namespace
}  // namespace heddle
