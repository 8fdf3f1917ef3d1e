// What latches and barriers do, in all interleavings.
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "failing.hpp"
#include "passing.hpp"

namespace heddle {
namespace {

// ---- latches

constexpr passing_case latches[] = {
    {"one thread alone: counted down by several, waits for nothing at zero", 1,
     [] {
       latch l(3);
       check(!l.try_wait(), "three to go");
       l.count_down(2);
       l.count_down(0);
       check(!l.try_wait(), "one to go");
       l.arrive_and_wait();
       check(l.try_wait(), "zero");
       l.wait();
       static_assert(latch::max() > 1'000'000);
     }},
    {"a latch of zero is open", 1,
     [] {
       latch l(0);
       l.wait();
       l.count_down(0);
       l.arrive_and_wait(0);
     }},
    // The two count-downs in 2 orders; only then main can go on.
    {"wait waits for all", 2,
     [] {
       latch l(2);
       int counted = 0;
       const auto work = [&] {
         ++counted;
         l.count_down();
       };
       thread a(work);
       thread b(work);
       l.wait();
       check(counted == 2, "both have");
       a.join();
       b.join();
     }},
    // Two arrivals in 2 orders. After the first, only the other can arrive; then both await, in 2 orders.
    {"arrive_and_wait is two operations: 2 * 2", 4,
     [] {
       latch l(2);
       int arrived = 0;
       const auto work = [&] {
         ++arrived;
         l.arrive_and_wait();
         check(arrived == 2, "both have");
       };
       thread a(work);
       thread b(work);
       a.join();
       b.join();
     }},
    // The one count-down before, or after the look.
    {"try_wait tells whether it is zero", 2,
     [] {
       latch l(1);
       bool counted = false;
       thread other([&] {
         l.count_down();
         counted = true;
       });
       check(l.try_wait() == counted, "it tells");
       other.join();
     }},
};

TEST(objects, latches) { expect_pass(latches); }

TEST(objects, a_latch_may_look_closed_where_faults_are_allowed) {
  bool looked_closed = false;
  options with;
  with.faults = sim::only(fault_kind::try_lock);
  with.keep_going = true;
  const result found = explore(
      [&] {
        latch l(0);
        if (!l.try_wait()) looked_closed = true;
      },
      with);
  EXPECT_EQ(found.verdict, verdict::pass) << found;
  EXPECT_EQ(found.executions, 2U);
  EXPECT_TRUE(looked_closed);
}

constexpr failing_case latch_failures[] = {
    {failure_kind::misuse, "misuse by main: latch gate, which stands at 1, was counted down by 2 (here.cpp:7).",
     [] {
       latch l(2, "gate");
       l.count_down();
       l.count_down(2, here);
     }},
    {failure_kind::misuse, "misuse by main: latch gate, which stands at 1, was counted down by -1 (here.cpp:7).",
     [] {
       latch l(1, "gate");
       l.count_down(-1, here);
     }},
    {failure_kind::misuse, "misuse by main/1: latch gate, which stands at 0, was counted down by 1 (here.cpp:7).",
     [] {
       latch l(0, "gate");
       thread([&] { l.arrive_and_wait(1, here); }).join();
     }},
    {failure_kind::misuse, "misuse by main: the first value of latch gate, -1, is negative (here.cpp:7).",
     [] { const latch l(-1, "gate", here); }},
    {failure_kind::deadlock, "deadlock: no thread can move; main waits for what nobody is left to do.",
     [] {
       latch l(2);
       l.count_down();
       l.wait();
     }},
};

TEST(misuse, of_latches) { expect_failure(latch_failures); }

// The place of a destructor comes from debug information.
TEST(misuse, of_a_latch_that_is_destroyed_while_it_is_waited_for) {
  const result found = explore(
      [] {
        auto l = std::make_unique<latch>(1, "gate");
        thread waiting("waiting", [&gate = *l] { gate.wait(); });
        this_thread::yield();
        l.reset();
        waiting.join();
      },
      options{});
  ASSERT_TRUE(found.failure.has_value());
  EXPECT_EQ(found.failure->kind, failure_kind::misuse);
  EXPECT_EQ(found.failure->message.rfind("misuse by main: latch gate was destroyed while waiting was at its await", 0),
            0U)
      << found.failure->message;
}

// ---- barriers

constexpr passing_case barriers[] = {
    {"a barrier of one never waits", 1,
     [] {
       barrier b(1);
       for (int i = 0; i < 3; ++i) b.arrive_and_wait();
       auto token = b.arrive();
       b.wait(std::move(token));
       static_assert(decltype(b)::max() > 1'000'000);
     }},
    {"arrivals of several at once; a token of the phase before is good", 1,
     [] {
       barrier b(3);
       auto first = b.arrive(2);
       auto again = b.arrive();
       auto next = b.arrive(2);
       b.wait(std::move(first));
       b.wait(std::move(again));
       static_cast<void>(b.arrive());
       b.wait(std::move(next));
     }},
    // The arrivals in 2 orders; then the two waits in 2 orders.
    {"two threads, one phase: 2 * 2", 4,
     [] {
       barrier b(2);
       int arrived = 0;
       const auto work = [&] {
         ++arrived;
         b.arrive_and_wait();
         check(arrived == 2, "both have");
       };
       thread a(work);
       thread c(work);
       a.join();
       c.join();
     }},
    // As above for the first phase, 2 orders of arrival. Of the first one to come back from its wait, the next arrival
    // may come before the other's wait, or after it: w = the waits, a = the arrivals, each thread's in order. Six words
    // of w a w' a', and 2 orders of the last waits, which nobody follows: 2 * 6 * 2.
    {"two threads, two phases: 2 * 6 * 2", 24,
     [] {
       barrier b(2);
       int arrived = 0;
       const auto work = [&] {
         for (int phase = 1; phase <= 2; ++phase) {
           ++arrived;
           b.arrive_and_wait();
           check(arrived >= 2 * phase && arrived <= 2 * phase + 1, "nobody is a phase ahead");
         }
       };
       thread a(work);
       thread c(work);
       a.join();
       c.join();
     }},
    // One thread's store and arrival with the other's arrival: 3 orders. Nobody can move beside the completion. Then
    // one thread's wait with the other's wait and load: 3 orders.
    {"the completion function runs once a phase, before anybody goes on: 3 * 3", 9,
     [] {
       int completed = 0;
       shared<int> x{0};  // a data race, if arrivals and completion were not ordered
       barrier b(2, "b", [&]() noexcept {
         ++completed;
         check(x.load() == 1, "what came before the arrivals is seen");
         x.store(2);
       });
       thread a([&] {
         x.store(1);
         b.arrive_and_wait();
         check(completed == 1, "completed");
       });
       thread c([&] {
         b.arrive_and_wait();
         check(completed == 1 && x.load() == 2, "completed");
       });
       a.join();
       c.join();
     }},
    {"a thread that drops is not expected any more", 1,
     [] {
       barrier b(2);
       thread a([&] { b.arrive_and_drop(); });
       a.join();
       b.arrive_and_wait();
       b.arrive_and_wait();
     }},
    // The release before the arrival, or while the completion function waits for it.
    {"a completion function may perform operations", 2,
     [] {
       binary_semaphore go(0);
       const auto complete = [&]() noexcept { go.acquire(); };
       barrier b(1, complete);
       thread other([&] { go.release(); });
       b.arrive_and_wait();
       other.join();
     }},
    // The other thread's arrival, which may be under way since phase 0, comes before, between or after main's two.
    {"an arrival counts for the phase that it comes in", 3,
     [] {
       barrier b(1);
       thread other([&] { static_cast<void>(b.arrive()); });
       static_cast<void>(b.arrive());
       static_cast<void>(b.arrive());
       other.join();
     }},
};

TEST(objects, barriers) { expect_pass(barriers); }

constexpr failing_case barrier_failures[] = {
    {failure_kind::misuse, "misuse by main: the expected count of barrier b, -1, is negative (here.cpp:7).",
     [] { const barrier<> b(-1, "b", {}, here); }},
    {failure_kind::misuse,
     "misuse by main: an arrival of 2 at barrier b, which expects 1 more in phase 0 (here.cpp:7).",
     [] {
       barrier b(2, "b");
       static_cast<void>(b.arrive());
       static_cast<void>(b.arrive(2, here));
     }},
    {failure_kind::misuse,
     "misuse by main: an arrival of 0 at barrier b, which expects 2 more in phase 1 (here.cpp:7).",
     [] {
       barrier b(2, "b");
       static_cast<void>(b.arrive(2));
       static_cast<void>(b.arrive(0, here));
     }},
    {failure_kind::misuse,
     "misuse by main: an arrival of 1 at barrier b, which expects 0 more in phase 1 (here.cpp:7).",
     [] {
       barrier b(1, "b");
       b.arrive_and_drop();
       b.arrive_and_drop(here);
     }},
    {failure_kind::misuse,
     "misuse by main/1: an arrival of 1 at barrier b, which expects 0 more in phase 0 (here.cpp:7).",
     [] {
       binary_semaphore go(0);
       const auto complete = [&] { go.acquire(); };
       barrier b(1, "b", complete);
       thread other([&] {
         static_cast<void>(b.arrive(1, here));  // while main, which came first, completes the phase
         go.release();
       });
       static_cast<void>(b.arrive(1, here));
       other.join();
     }},
    {failure_kind::misuse, "misuse by main: a wait on barrier b with a token that is not of it (here.cpp:7).",
     [] {
       barrier b(1, "b");
       barrier other(1);
       b.wait(other.arrive(), here);
     }},
    {failure_kind::misuse, "misuse by main: a wait on barrier b with a token that is not of it (here.cpp:7).",
     [] {
       barrier b(1, "b");
       auto token = b.arrive();
       b.wait(std::move(token));
       b.wait(std::move(token), here);  // NOLINT(bugprone-use-after-move)
     }},
    {failure_kind::misuse,
     "misuse by main: a wait on barrier b with a token of phase 0, though phase 2 has begun (here.cpp:7).",
     [] {
       barrier b(1, "b");
       auto token = b.arrive();
       static_cast<void>(b.arrive());
       b.wait(std::move(token), here);
     }},
    {failure_kind::deadlock, "deadlock: no thread can move; main waits for what nobody is left to do.",
     [] {
       barrier b(2);
       b.arrive_and_wait();
     }},
    {failure_kind::deadlock, "deadlock of main: it waits for itself.",
     [] {
       std::function<void()> complete;
       barrier b(2, std::ref(complete));
       auto token = b.arrive();
       complete = [&] { b.wait(std::move(token)); };
       static_cast<void>(b.arrive());
     }},
};

TEST(misuse, of_barriers) { expect_failure(barrier_failures); }

TEST(misuse, of_a_barrier_that_is_destroyed_while_it_completes_a_phase) {
  const result found = explore(
      [] {
        std::unique_ptr<barrier<std::function<void()>>> b;
        const auto complete = [&b] { thread([&] { b.reset(); }).join(); };
        b = std::make_unique<barrier<std::function<void()>>>(1, "b", complete);
        b->arrive_and_wait();
      },
      options{});
  ASSERT_TRUE(found.failure.has_value());
  EXPECT_EQ(found.failure->kind, failure_kind::misuse);
  EXPECT_EQ(found.failure->message.rfind(
                "misuse by main/1: barrier b was destroyed while main was in its completion function", 0),
            0U)
      << found.failure->message;
}

TEST(misuse, an_exception_that_leaves_a_completion_function_ends_the_program) {
  const result found = explore(
      [] {
        barrier b(1, [] { throw std::runtime_error("oops"); });
        b.arrive_and_wait();
      },
      options{});
  ASSERT_TRUE(found.failure.has_value());
  EXPECT_EQ(found.failure->kind, failure_kind::uncaught_exception);
  EXPECT_NE(found.failure->message.find("std::terminate was called: std::runtime_error: oops"), std::string::npos)
      << found.failure->message;
}

// Nothing is leaked or called again where the execution is given up within a completion function.
TEST(objects, a_completion_function_that_is_given_up) {
  options with;
  with.keep_going = true;
  const result found = explore(
      [] {
        auto kept = std::make_shared<int>(1);
        barrier b(2, [kept] { check(false, "in the completion"); });
        thread a([&] { b.arrive_and_wait(); });
        thread c([&] { b.arrive_and_wait(); });
        a.join();
        c.join();
      },
      with);
  EXPECT_EQ(found.failures_by_kind.at("assertion"), 2U) << found;
}

}  // namespace
}  // namespace heddle
