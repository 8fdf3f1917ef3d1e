// What mutexes and condition variables do, in all interleavings.
#include <chrono>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include <heddle/gtest.hpp>

#include "passing.hpp"

namespace heddle {
namespace {

using std::chrono::hours;

// ---- mutexes

// To its holder a try_lock is forbidden, so that another thread has to try.
template <class Mutex>
bool is_free(Mutex& m) {
  bool locked = false;
  thread([&] {
    locked = m.try_lock();
    if (locked) m.unlock();
  }).join();
  return locked;
}

constexpr passing_case mutexes[] = {
    {"lock_guard: one section at a time, in 2 orders", 2,
     [] {
       mutex m;
       shared<int> x{0};  // a data race, if the mutex did not order the sections
       const auto add = [&] {
         const std::lock_guard guard(m);
         x += 1;
       };
       thread a(add);
       thread b(add);
       a.join();
       b.join();
       check(x.load() == 2, "both added");
     }},
    {"unique_lock: let go and taken again, moved, and released at its end", 1,
     [] {
       mutex m;
       {
         std::unique_lock lock(m);
         check(lock.owns_lock() && !is_free(m), "held");
         lock.unlock();
         check(!lock.owns_lock() && m.try_lock(), "free");
         m.unlock();
         lock.lock();
         std::unique_lock moved(std::move(lock));
         check(moved.owns_lock() && !is_free(m), "held by the lock that it was moved to");
       }
       check(m.try_lock(), "free");
       m.unlock();
       std::unique_lock tried(m, std::try_to_lock);
       check(tried.owns_lock(), "nobody else holds it");
     }},
    // Its first mutex is let go first. The other thread may then lock that one, fail to lock the second, let go and
    // try the other way round: 4 ways for each of 2 orders.
    {"scoped_lock of two, taken in the same order", 8,
     [] {
       mutex m;
       mutex n;
       shared<int> x{0};
       const auto add = [&] {
         const std::scoped_lock both(m, n);
         x += 1;
       };
       thread a(add);
       thread b(add);
       a.join();
       b.join();
       check(x.load() == 2, "both added");
     }},
    // Held by the other thread from its lock to its unlock: tried before, within, or after.
    {"try_lock fails exactly while another thread holds the mutex", 3,
     [] {
       mutex m;
       bool held = false;
       thread other([&] {
         m.lock();
         held = true;
         m.unlock();
         held = false;
       });
       const bool locked = m.try_lock();
       check(locked != held, "try_lock tells");
       if (locked) m.unlock();
       other.join();
     }},
    {"a recursive mutex is free after as many unlocks", 1,
     [] {
       recursive_mutex m;
       m.lock();
       m.lock();
       check(m.try_lock(), "its holder may lock it again");
       for (int left = 3; left > 0; --left) {
         check(!is_free(m), "not free yet");
         m.unlock();
       }
       check(is_free(m), "free");
     }},
    {"a recursive mutex keeps others out from the first lock to the last unlock", 2,
     [] {
       recursive_mutex m;
       shared<int> x{0};
       const auto add_twice = [&] {
         const std::lock_guard outer(m);
         x += 1;
         const std::lock_guard inner(m);
         x += 1;
       };
       thread a(add_twice);
       thread b(add_twice);
       a.join();
       b.join();
       check(x.load() == 4, "all added");
     }},
};

TEST(objects, mutexes) { expect_pass(mutexes); }

// All interleavings would never come to an end: std::lock may let go and try again any number of times.
HEDDLE_FUZZ(objects, scoped_locks_in_opposite_orders_do_not_deadlock, .executions = 2'000) {
  mutex m;
  mutex n;
  shared<int> x{0};
  thread a([&] {
    const std::scoped_lock both(m, n);
    x += 1;
  });
  thread b([&] {
    const std::scoped_lock both(n, m);
    x += 1;
  });
  a.join();
  b.join();
  EXPECT_EQ(x.load(), 2) << "both added";
}

// ---- condition variables. In timed mode a sleeper goes on when nobody else can.

constexpr passing_case timed_conditions[] = {
    {"a wait lets the mutex go, and holds it again afterwards", 1,
     [] {
       mutex m;
       condition_variable c;
       bool woke = false;
       thread waiting([&] {
         std::unique_lock lock(m);
         c.wait(lock);
         check(lock.owns_lock() && !is_free(m), "held again");
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
    {"notify_one wakes one of three, whichever: 3 * 2 * 1", 6,
     [] {
       mutex m;
       condition_variable c;
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
    {"notify_all wakes all three, who take the mutex in any order: 3!", 6,
     [] {
       mutex m;
       condition_variable c;
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
       c.notify_all();
       this_thread::sleep_for(hours(1));
       check(woken == 3, "all");
       for (thread& each : threads) each.join();
     }},
    {"a notification wakes nobody who waits on another condition variable", 1,
     [] {
       mutex m;
       condition_variable c;
       condition_variable other;
       bool woke = false;
       thread waiting([&] {
         std::unique_lock lock(m);
         c.wait(lock);
         woke = true;
       });
       this_thread::sleep_for(hours(1));
       other.notify_all();
       this_thread::sleep_for(hours(1));
       check(!woke, "not for it");
       c.notify_all();
       waiting.join();
     }},
};

TEST(objects, condition_variables_in_timed_mode) {
  options with;
  with.time = time_mode::timed;
  expect_pass(timed_conditions, with);
}

// Set before the lock, between lock and wait (where the mutex keeps it out), or during the wait: 2 ways left.
constexpr passing_case conditions[] = {
    {"a wait with a predicate never loses its notification", 2,
     [] {
       mutex m;
       condition_variable c;
       bool ready = false;
       thread waiting([&] {
         std::unique_lock lock(m);
         c.wait(lock, [&] { return ready; });
         check(ready, "waited for");
       });
       {
         const std::lock_guard guard(m);
         ready = true;
         c.notify_one();
       }
       waiting.join();
     }},
};

TEST(objects, condition_variables) { expect_pass(conditions); }

// Whether somebody went past a wait without a notification, in any execution.
bool wakes_unnotified(std::uint32_t allowed) {
  bool woke = false;
  options with;
  with.faults = sim::only(fault_kind::spurious_wakeup);
  with.max_faults = allowed;
  with.keep_going = true;
  const result found = explore(
      [&] {
        mutex m;
        condition_variable c;
        std::unique_lock lock(m);
        c.wait(lock);
        woke = true;
      },
      with);
  EXPECT_EQ(found.failures_by_kind.at("lost-wakeup"), 1U) << "it may also wait for ever";
  return woke;
}

TEST(objects, spurious_wakeups_only_where_they_are_allowed) {
  EXPECT_FALSE(wakes_unnotified(0));
  EXPECT_TRUE(wakes_unnotified(1));
}

TEST(objects, condition_variables_that_are_notified_at_a_threads_end) {
  constexpr passing_case cases[] = {
      // main first: it waits. Else it cannot lock before the unlock, and its lock and unlock and the notification have
      // 3 orders.
      {"after its thread-local variables are destroyed, with the mutex held until then: 1 + 3", 4, [] {
         mutex m;
         condition_variable c;
         bool destroyed = false;
         struct sets {
           bool* what;
           explicit sets(bool* to) : what(to) {}
           ~sets() { *what = true; }
         };
         const thread_local_var<std::unique_ptr<sets>> local([&] { return std::make_unique<sets>(&destroyed); });
         thread t([&] {
           static_cast<void>(*local);
           notify_all_at_thread_exit(c, std::unique_lock(m));
         });
         {
           std::unique_lock lock(m);
           while (!destroyed) c.wait(lock);
         }
         t.join();
       }}};
  expect_pass(cases);
}

}  // namespace
}  // namespace heddle
