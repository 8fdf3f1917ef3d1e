// Waits on condition variables that may give up, or that outlive theirs, in all interleavings.
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>

#include "outcomes.hpp"

namespace heddle {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr source_location here{"here.cpp", 7};

std::string show(std::cv_status status) { return status == std::cv_status::timeout ? "timeout" : "no timeout"; }

// ---- where time is free

const outcome_case conditions[] = {
    {"where nobody notifies, a wait times out",
     {{"timeout, held", 1}},
     [] {
       mutex m;
       condition_variable c;
       std::unique_lock lock(m);
       const std::string outcome = show(c.wait_for(lock, hours(1)));
       return outcome + (lock.owns_lock() ? ", held" : "");
     }},
    // The waiter: lock, wait, wake or time-out and lock, unlock. Notified before the lock, or before the wait: 2 that
    // time out; before the wake: 1; if that has timed out, before the lock, before the unlock, after it: 3.
    {"a notification comes before the wait, in time, or too late",
     {{"timeout", 5}, {"no timeout", 1}},
     [] {
       mutex m;
       condition_variable c;
       std::string outcome;
       thread waiting([&] {
         std::unique_lock lock(m);
         outcome = show(c.wait_for(lock, seconds(1)));
       });
       c.notify_one();
       waiting.join();
       return outcome;
     }},
    // The waiter: L W, then K or T M, then U; main: l N u. First l: 1. L W, then l N u K, l T N u M, T l N u M: true.
    // L W T M U l N u: false.
    {"a predicate is what counts in the end",
     {{"true", 4}, {"false", 1}},
     [] {
       mutex m;
       condition_variable c;
       bool ready = false;
       bool seen = false;
       thread waiting([&] {
         std::unique_lock lock(m);
         seen = c.wait_for(lock, seconds(1), [&] { return ready; });
         check(seen == ready, "what the predicate was in the end");
       });
       {
         const std::lock_guard guard(m);
         ready = true;
         c.notify_one();
       }
       waiting.join();
       return std::string(seen ? "true" : "false");
     }},
    // l u first: 1. L W, then l T u M, l u T M, T l u M. Or T M W: now it would time out for nothing again, and waits
    // for main: l T u M, l u T M. That it goes round more often is left out, for fairness.
    {"a loop of timed waits goes round once",
     {{"over", 6}},
     [] {
       mutex m;
       condition_variable c;
       bool ready = false;
       thread waiting([&] {
         std::unique_lock lock(m);
         while (!ready) c.wait_for(lock, seconds(1));
       });
       {
         const std::lock_guard guard(m);
         ready = true;
       }
       waiting.join();
       return std::string("over");
     }},
};

TEST(timed_waits, condition_variables) { expect_outcomes(conditions); }

// ---- a condition variable that is destroyed

// Main locks first, and the execution is discarded, or it locks during the wait: then everything follows.
TEST(timed_waits, condition_variable_destroyed_after_notification) {
  const result found = explore(
      [] {
        mutex m;
        auto c = std::make_unique<condition_variable>();
        bool waits = false;
        bool inside = false;
        thread waiting([&] {
          std::unique_lock lock(m);
          waits = true;
          c->wait(lock);
          check(lock.owns_lock() && !inside, "main holds the mutex");
        });
        m.lock();
        assume(waits);
        c->notify_all();
        inside = true;
        c.reset();
        this_thread::yield();  // the waiter could move, if it did not need the mutex
        inside = false;
        m.unlock();
        waiting.join();
      },
      options{});
  EXPECT_EQ(found.verdict, verdict::pass) << found;
  EXPECT_EQ(found.executions, 2U);
  EXPECT_EQ(found.discarded, 1U);
}

// ---- where time is simulated, deadlines come in their order

std::string minutes_gone(steady_clock::time_point since) {
  return std::to_string(std::chrono::floor<minutes>(steady_clock::now() - since).count());
}

const outcome_case simulated[] = {
    {"a wait lasts until its deadline, and no longer",
     {{"30", 1}},
     [] {
       const auto begin = steady_clock::now();
       mutex m;
       condition_variable c;
       std::unique_lock lock(m);
       check(c.wait_until(lock, system_clock::now() + minutes(30)) == std::cv_status::timeout, "nobody notifies");
       return minutes_gone(begin);
     }},
    {"with a predicate, a deadline holds for all its waits together",
     {{"60", 1}},
     [] {
       const auto begin = steady_clock::now();
       mutex m;
       condition_variable c;
       thread notifier([&] {
         for (int i = 0; i < 3; ++i) {
           this_thread::sleep_for(minutes(25));
           c.notify_all();
         }
       });
       std::unique_lock lock(m);
       check(!c.wait_for(lock, hours(1), [] { return false; }), "in vain");
       const std::string gone = minutes_gone(begin);
       lock.unlock();
       notifier.join();
       return gone;
     }},
    // The two who want the mutex take it in either order.
    {"who has timed out takes no notification, though it does not have its mutex back yet",
     {{"timeout, notified", 2}},
     [] {
       mutex m;
       condition_variable c;
       std::string outcome;
       bool notified = false;
       thread impatient([&] {
         std::unique_lock lock(m);
         outcome = show(c.wait_for(lock, hours(1)));
       });
       this_thread::sleep_for(minutes(1));
       thread patient([&] {
         std::unique_lock lock(m);
         c.wait(lock);
         notified = true;
       });
       this_thread::sleep_for(minutes(1));
       m.lock();
       this_thread::sleep_for(hours(2));
       c.notify_one();
       m.unlock();
       impatient.join();
       patient.join();
       return outcome + (notified ? ", notified" : "");
     }},
    {"who is notified in time waits for its mutex beyond the deadline",
     {{"no timeout after 121", 1}},
     [] {
       const auto begin = steady_clock::now();
       mutex m;
       condition_variable c;
       std::string outcome;
       thread waiting([&] {
         std::unique_lock lock(m);
         outcome = show(c.wait_for(lock, hours(1)));
         outcome += " after " + minutes_gone(begin);
       });
       this_thread::sleep_for(minutes(1));
       m.lock();
       c.notify_one();
       this_thread::sleep_for(hours(2));
       m.unlock();
       waiting.join();
       return outcome;
     }},
    {"a condition variable may be destroyed when all are notified, though they still wait for the mutex",
     {{"no timeout after 121", 1}},
     [] {
       const auto begin = steady_clock::now();
       mutex m;
       auto c = std::make_unique<condition_variable>();
       std::string outcome;
       thread waiting([&] {
         std::unique_lock lock(m);
         outcome = show(c->wait_for(lock, hours(1)));
         outcome += " after " + minutes_gone(begin);
       });
       this_thread::sleep_for(minutes(1));
       m.lock();
       c->notify_all();
       c.reset();
       this_thread::sleep_for(hours(2));
       m.unlock();
       waiting.join();
       return outcome;
     }},
};

TEST(timed_waits, in_simulated_time) { expect_outcomes(simulated, in_simulated_time()); }

// ---- misuses

const misuse_case misuses[] = {
    {"main: a wait on condition variable c with a mutex that the thread does not hold (here.cpp:7).",
     [] {
       mutex m;
       condition_variable c("c");
       std::unique_lock lock(m, std::defer_lock);
       c.wait_for(lock, seconds(1), here);
     }},
};

TEST(timed_waits, misuses) { expect_misuses(misuses); }

TEST(timed_waits, condition_variable_destroyed_too_early) {
  const result found = explore(
      [] {
        mutex m;
        auto c = std::make_unique<condition_variable>("c");
        thread waiting("waiting", [&] {
          std::unique_lock lock(m);
          c->wait_for(lock, seconds(1));
        });
        this_thread::sleep_for(std::chrono::milliseconds(1));
        c.reset();
        waiting.join();
      },
      in_simulated_time());
  ASSERT_TRUE(found.failure.has_value());
  EXPECT_EQ(found.failure->kind, failure_kind::misuse);
  EXPECT_EQ(found.failure->message.substr(0, found.failure->message.rfind(" (")),
            "misuse by main: condition variable c was destroyed while waiting was at its wake");
}

}  // namespace
}  // namespace heddle
