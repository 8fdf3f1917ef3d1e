// condition_variable_any: what condition_variable does, for any lock, with deadlines and with stop tokens.
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <vector>

#include <heddle/gtest.hpp>

#include "detected.hpp"
#include "passing.hpp"

namespace heddle {
namespace {

using std::chrono::hours;

/** A lock of the user's own, which takes several operations. */
class spin_lock {
 public:
  void lock() {
    while (locked_.test_and_set()) locked_.wait(true);
    ++sections;
  }
  void unlock() {
    locked_.clear();
    locked_.notify_one();
  }
  int sections = 0;

 private:
  atomic_flag locked_;
};

// In timed mode a sleeper goes on when nobody else can.
constexpr passing_case timed_waits[] = {
    {"a wait lets the lock go, and holds it again afterwards", 1,
     [] {
       mutex m;
       condition_variable_any c;
       bool woke = false;
       thread waiting([&] {
         std::unique_lock lock(m);
         c.wait(lock);
         check(lock.owns_lock(), "held again");
         woke = true;
       });
       this_thread::sleep_for(hours(1));
       check(m.try_lock(), "the waiter let it go");
       c.notify_one();
       this_thread::sleep_for(hours(1));
       check(!woke, "a notified waiter needs the mutex first");
       m.unlock();
       waiting.join();
       check(woke, "notified");
     }},
    {"a mutex is a lock, too", 1,
     [] {
       condition_variable_any c;
       mutex m;
       thread waiting([&] {
         m.lock();
         c.wait(m);
         m.unlock();
       });
       this_thread::sleep_for(hours(1));
       c.notify_one();
       waiting.join();
     }},
    {"and so is a shared lock, which leaves room for others", 1,
     [] {
       condition_variable_any c;
       shared_mutex m;
       thread waiting([&] {
         std::shared_lock lock(m);
         c.wait(lock);
         check(lock.owns_lock(), "held again");
       });
       this_thread::sleep_for(hours(1));
       check(m.try_lock(), "the waiter let it go");
       m.unlock();
       const std::shared_lock other(m);
       c.notify_one();
       waiting.join();
     }},
    {"and so is one of the user's own", 1,
     [] {
       condition_variable_any c;
       spin_lock own;
       thread waiting([&] {
         const std::lock_guard guard(own);
         c.wait(own);
         check(own.sections == 2, "taken again");
       });
       this_thread::sleep_for(hours(1));
       c.notify_one();
       waiting.join();
     }},
    {"notify_one wakes one of three, whichever: 3 * 2 * 1", 6,
     [] {
       mutex m;
       condition_variable_any c;
       int woken = 0;
       std::vector<thread> threads;
       for (int i = 0; i < 3; ++i) {
         threads.push_back(thread([&] {
           std::unique_lock lock(m);
           c.wait(lock);
           ++woken;
         }));
         this_thread::sleep_for(hours(1));
       }
       for (int i = 1; i <= 3; ++i) {
         c.notify_one();
         this_thread::sleep_for(hours(1));
         check(woken == i, "exactly one");
       }
       for (thread& each : threads) each.join();
     }},
    {"wait_for and wait_until time out, and tell", 1,
     [] {
       mutex m;
       condition_variable_any c;
       std::unique_lock lock(m);
       const auto begin = steady_clock::now();
       check(c.wait_for(lock, hours(1)) == std::cv_status::timeout, "timed out");
       check(lock.owns_lock() && steady_clock::now() >= begin + hours(1), "an hour later");
       check(c.wait_until(lock, begin + hours(2)) == std::cv_status::timeout, "timed out");
       check(!c.wait_for(lock, hours(1), [] { return false; }), "the predicate never held");
       check(c.wait_until(lock, steady_clock::now() + hours(1), [] { return true; }), "it held at once");
     }},
    {"notified before its time", 1,
     [] {
       mutex m;
       condition_variable_any c;
       thread waiting([&] {
         std::unique_lock lock(m);
         check(c.wait_for(lock, hours(2)) == std::cv_status::no_timeout, "in time");
       });
       this_thread::sleep_for(hours(1));
       c.notify_all();
       waiting.join();
     }},
    // The waiter's wake comes before main's unlock, or after it.
    {"destroyed when all who waited are notified, though not yet back: 2", 2,
     [] {
       mutex m;
       auto c = std::make_unique<condition_variable_any>();
       thread waiting([&] {
         std::unique_lock lock(m);
         c->wait(lock);
       });
       this_thread::sleep_for(hours(1));
       m.lock();
       c->notify_all();
       c.reset();
       m.unlock();
       waiting.join();
     }},
    {"a stop request ends a wait that nothing else would", 1,
     [] {
       mutex m;
       condition_variable_any c;
       stop_source source;
       thread waiting([&] {
         std::unique_lock lock(m);
         check(!c.wait(lock, source.get_token(), [] { return false; }), "stopped");
         check(!c.wait_for(lock, source.get_token(), hours(1), [] { return false; }), "stopped before");
         check(c.wait(lock, source.get_token(), [] { return true; }), "the predicate holds all the same");
         check(lock.owns_lock(), "held");
       });
       this_thread::sleep_for(hours(1));
       source.request_stop();
       waiting.join();
     }},
    {"a wait with a token times out, too", 1,
     [] {
       mutex m;
       condition_variable_any c;
       const stop_source source;
       std::unique_lock lock(m);
       check(!c.wait_for(lock, source.get_token(), hours(1), [] { return false; }), "no stop, no predicate");
       check(!c.wait_until(lock, source.get_token(), steady_clock::now() + hours(1), [] { return false; }), "neither");
     }},
};

TEST(condition_variables_any, in_timed_mode) {
  options with;
  with.time = time_mode::timed;
  expect_pass(timed_waits, with);
}

constexpr passing_case waits[] = {
    // Where the waiter locks first, it is all in order: 1. Where main does, its notification comes before, between or
    // after the waiter's lock and unlock: 3.
    {"a wait with a predicate never loses its notification: 1 + 3", 4,
     [] {
       mutex m;
       condition_variable_any c;
       bool ready = false;
       thread waiting([&] {
         std::unique_lock lock(m);
         c.wait(lock, [&] { return ready; });
         check(ready, "waited for");
       });
       {
         const std::lock_guard guard(m);
         ready = true;
       }
       c.notify_one();
       waiting.join();
     }},
};

TEST(condition_variables_any, wait) { expect_pass(waits); }

// The waiter's steps: lock, add the callback A, ask, wait W, unlock U, and blocked the wake. Main's: the write D, the
// request R, and the callback's notification N, if A was there. With R after k of the waiter's steps there are k + 1
// places for D, and for N: k = 0 and 1 (before A): 1 + 2, and no N; k = 2: before and after asking, and then it waits
// for the callback in its destructor: 3 * 2; k = 3: before W, where it does not begin to wait, before U and after it:
// 4 * 3; k = 4: 5 * 2; k = 5: 6. None of them loses the request.
TEST(condition_variables_any, never_lose_a_stop_request) {
  const result found = explore(
      [] {
        mutex m;
        condition_variable_any c;
        shared<int> data{0};
        const jthread waiting([&](const stop_token& token) {
          std::unique_lock lock(m);
          check(!c.wait(lock, token, [] { return false; }), "stopped");
          static_cast<void>(data.load());
        });
        data = 1;
      },
      options{});
  EXPECT_EQ(found.verdict, verdict::pass) << found;
  EXPECT_TRUE(found.exhaustive);
  EXPECT_EQ(found.executions, 3U + 6U + 12U + 10U + 6U);
}

// In free time a timed wait may time out at any point.
HEDDLE_EXPLORE(condition_variables_any, time_out_or_are_notified, .expect_reached = {"in time", "timed out"}) {
  mutex m;
  condition_variable_any c;
  thread other([&] { c.notify_one(); });
  std::unique_lock lock(m);
  reachable(c.wait_for(lock, hours(1)) == std::cv_status::timeout ? "timed out" : "in time");
  lock.unlock();
  other.join();
}

bool wakes_unnotified(std::uint32_t allowed) {
  bool woke = false;
  options with;
  with.faults = sim::only(fault_kind::spurious_wakeup);
  with.max_faults = allowed;
  with.keep_going = true;
  const result found = explore(
      [&] {
        mutex m;
        condition_variable_any c;
        std::unique_lock lock(m);
        c.wait(lock);
        woke = true;
      },
      with);
  EXPECT_EQ(found.failures_by_kind.at("lost-wakeup"), 1U) << "it may also wait for ever";
  return woke;
}

TEST(condition_variables_any, wake_up_spuriously_only_where_that_is_allowed) {
  EXPECT_FALSE(wakes_unnotified(0));
  EXPECT_TRUE(wakes_unnotified(1));
}

const detected_case failures[] = {
    {"a wait without a predicate loses its notification",
     [] {
       mutex m("m");
       condition_variable_any c("c");
       two(
           [&] {
             std::unique_lock lock(m);
             mark<0>(), c.wait(lock);
           },
           [&] { mark<1>(), c.notify_one(); });
     },
     failure_kind::lost_wakeup,
     "lost wake-up: a waits on condition variable c (@0), and nobody is left to notify it.",
     {"main waits for the end of a (@8).", "a waits on condition variable c for a notification (@0).",
      "b's notify_one (@1) came when nobody waited, and was lost."}},
    {"a mutex that the thread does not hold",
     [] {
       mutex m("m");
       condition_variable_any c("c");
       mark<0>(), c.wait(m);
     },
     failure_kind::misuse, "misuse by main: unlock of mutex m, which nobody holds (@0)."},
    {"destroyed while a thread waits",
     [] {
       mutex m("m");
       auto c = std::make_unique<condition_variable_any>("c");
       thread a("a", [&] {
         std::unique_lock lock(m);
         c->wait(lock);
       });
       this_thread::sleep_for(hours(1));
       mark<0>(), c.reset();
       a.join();
     },
     failure_kind::misuse,
     "misuse by main: condition variable c was destroyed while a waited on it (@0).",
     {},
     [](options& with) { with.time = time_mode::timed; }},
};

TEST(condition_variables_any, misuses_are_found) {
  for (const detected_case& each : failures) expect_detected(each, __FILE__);
}

}  // namespace
}  // namespace heddle
