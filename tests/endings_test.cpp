// What is said of programs whose executions end badly: deadlocks, lost wake-ups, exceptions, livelocks, and the rest.
#include <gtest/gtest.h>

#include <cstdint>
#include <exception>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/heddle.hpp>

#include "detected.hpp"

namespace heddle {
namespace {

constexpr failure_kind deadlock = failure_kind::deadlock;
constexpr failure_kind lost_wakeup = failure_kind::lost_wakeup;
constexpr failure_kind exception = failure_kind::uncaught_exception;

// ---- threads that wait for each other

void abba() {
  mutex left("left");
  mutex right("right");
  two(
      [&] {
        mark<0>(), left.lock();
        mark<1>(), right.lock();
        right.unlock();
        left.unlock();
      },
      [&] {
        mark<2>(), right.lock();
        mark<3>(), left.lock();
        left.unlock();
        right.unlock();
      });
}

void cycle_of_three() {
  mutex x("x");
  mutex y("y");
  mutex z("z");
  const auto both = [](mutex& first, mutex& second) {
    mark<0>(), first.lock();
    mark<1>(), second.lock();
    second.unlock();
    first.unlock();
  };
  thread c("c", [&] { both(z, x); });
  two([&] { both(x, y); }, [&] { both(y, z); });
  c.join();
}

void mutex_and_join() {
  mutex m("m");
  mark<0>(), m.lock();
  thread child("child", [&] { mark<1>(), m.lock(); });
  mark<2>(), child.join();
}

void cycle_beside_a_runner() {
  atomic<int> n(0, "n");
  thread runner("runner", [&] {
    for (;;) mark<4>(), n.fetch_add(1);
  });
  abba();
  runner.join();
}

/** b waits for a, and a for a notification; when c gives it, a waits for the mutex that b holds. */
void closed_by_a_notification() {
  mutex m("m");
  mutex other("other");
  condition_variable changed("changed");
  atomic<int> waits(0, "waits");
  thread c("c", [&] {
    assume(waits.load() == 2);
    changed.notify_all();
  });
  two(
      [&] {
        mark<0>(), other.lock();
        std::unique_lock held(m);
        waits.store(1);
        mark<1>(), changed.wait(held);
      },
      [&] {
        assume(waits.load() == 1);
        mark<2>(), m.lock();
        waits.store(2);
        mark<3>(), other.lock();
      });
  c.join();
}

// ---- threads that wait for what nobody does

void nobody_releases() {
  counting_semaphore<> s(1, "s");
  two([&] { mark<0>(), s.acquire(); }, [&] { mark<0>(), s.acquire(); });
}

void nobody_pushes() {
  queue<int> q(queue<int>::unbounded, "q");
  two([&] { mark<0>(), (void)q.pop(); }, [] { this_thread::yield(); });
}

void nobody_pops() {
  queue<int> q(1, "q");
  q.push(1);
  two([&] { mark<0>(), q.push(2); }, [] { this_thread::yield(); });
}

void holder_has_ended() {
  mutex m("m");
  thread a("a", [&] { mark<0>(), m.lock(); });
  mark<1>(), a.join();
  mark<2>(), m.lock();
}

/** The notification comes first in some executions, and nobody looks whether it has come. */
void notified_too_early() {
  mutex m("m");
  condition_variable changed("changed");
  two([&] { mark<0>(), changed.notify_one(); },
      [&] {
        mark<1>();
        std::unique_lock held(m);
        mark<2>(), changed.wait(held);
      });
}

void never_notified() {
  mutex m("m");
  condition_variable changed("changed");
  const auto wait = [&] {
    std::unique_lock held(m);
    mark<2>(), changed.wait(held);
  };
  two(wait, [&] { mark<1>(), changed.notify_one(), wait(); });
}

constexpr std::string_view deadlock_of_a_and_b =
    "deadlock of a and b: each waits for the next, and the last for the first.";

TEST(endings, blocked) {
  const detected_case cases[] = {
      {"a cycle of two",
       &abba,
       deadlock,
       deadlock_of_a_and_b,
       {"a holds mutex left (taken at @0) and waits to lock mutex right, which b holds (@1).",
        "b holds mutex right (taken at @2) and waits to lock mutex left, which a holds (@3)."}},
      {"a cycle of three, the first of them first",
       &cycle_of_three,
       deadlock,
       "deadlock of c, a and b: each waits for the next, and the last for the first.",
       {"c holds mutex z (taken at @0) and waits to lock mutex x, which a holds (@1).",
        "a holds mutex x (taken at @0) and waits to lock mutex y, which b holds (@1).",
        "b holds mutex y (taken at @0) and waits to lock mutex z, which c holds (@1)."}},
      {"a cycle of a mutex and a join",
       &mutex_and_join,
       deadlock,
       "deadlock of main and child: each waits for the next, and the last for the first.",
       {"main holds mutex m (taken at @0) and waits for the end of child (@2).",
        "child waits to lock mutex m, which main holds (@1)."}},
      // Depth first, the thread that never ends would run for ever first.
      {"a cycle is reported while another thread runs on",
       &cycle_beside_a_runner,
       deadlock,
       deadlock_of_a_and_b,
       {"a holds mutex left (taken at @0) and waits to lock mutex right, which b holds (@1).",
        "b holds mutex right (taken at @2) and waits to lock mutex left, which a holds (@3).",
        "runner could still run on."},
       [](options& with) {
         with.strategy = "random";
         with.max_executions = 100;
       }},
      {"a cycle that a notification closes",
       &closed_by_a_notification,
       deadlock,
       deadlock_of_a_and_b,
       {"a holds mutex other (taken at @0) and was notified on condition variable changed and waits to lock mutex m "
        "again, which b holds (@1).",
        "b holds mutex m (taken at @2) and waits to lock mutex other, which a holds (@3)."}},
      {"a semaphore that nobody releases",
       &nobody_releases,
       deadlock,
       "deadlock: no thread can move; main and b wait for what nobody is left to do.",
       {"main waits for the end of b (@9).", "b waits for a release of semaphore s (@0)."}},
      {"a queue to which nobody pushes",
       &nobody_pushes,
       deadlock,
       "deadlock: no thread can move; main and a wait for what nobody is left to do.",
       {"main waits for the end of a (@8).", "a waits for a value in queue q, which is empty (@0)."}},
      {"a queue from which nobody pops",
       &nobody_pops,
       deadlock,
       "deadlock: no thread can move; main and a wait for what nobody is left to do.",
       {"main waits for the end of a (@8).", "a waits for room in queue q, which is full (@0)."}},
      {"a mutex whose holder has ended",
       &holder_has_ended,
       deadlock,
       "deadlock: no thread can move; main waits for what nobody is left to do.",
       {"main waits to lock mutex m, which a holds, and has ended (@2)."}},
      {"a notification that came too early",
       &notified_too_early,
       lost_wakeup,
       "lost wake-up: b waits on condition variable changed (@2), and nobody is left to notify it.",
       {"main waits for the end of b (@9).", "b waits on condition variable changed for a notification (@2).",
        "a's notify_one (@0) came when nobody waited, and was lost."}},
      {"a wait that nobody is left to notify",
       &never_notified,
       lost_wakeup,
       "lost wake-up: b waits on condition variable changed (@2), and nobody is left to notify it.",
       {"main waits for the end of b (@9).", "b waits on condition variable changed for a notification (@2)."}},
  };
  for (const detected_case& each : cases) expect_detected(each, __FILE__);
}

// ---- threads that do what they must not

struct odd {};

void throw_in_a(void (*thrower)()) {
  atomic<int> n(0, "n");
  two(
      [&] {
        mark<0>(), n.store(1);
        thrower();
      },
      [&] { n.store(2); });
}

void spin_for_ever() {
  atomic<int> n(0, "n");
  const auto spin = [&] {
    while (n.load() == 0) this_thread::yield();
  };
  two(spin, spin);
}

void draw() {
  const auto drawn = random(3);
  mark<0>(), check(drawn != 2, "it is not the last");
}

void lock_twice() {
  mutex m("m");
  two([&] { m.lock(), mark<0>(), m.lock(); }, [] { this_thread::yield(); });
}

void unlock_anothers() {
  mutex m("m");
  m.lock();
  two([&] { mark<0>(), m.unlock(); }, [] { this_thread::yield(); });
}

TEST(endings, by_a_thread) {
  const detected_case cases[] = {
      {"an exception's type and text",
       [] { throw_in_a([] { throw std::runtime_error("no more paper"); }); },
       exception,
       "uncaught exception in a: std::runtime_error: no more paper, after its store (@0).",
       {}},
      {"an exception that is no std::exception",
       [] { throw_in_a([] { throw odd{}; }); },
       exception,
       "uncaught exception in a: heddle::(anonymous namespace)::odd, after its store (@0).",
       {}},
      {"std::terminate",
       [] { throw_in_a([] { std::terminate(); }); },
       exception,
       "uncaught exception in a: std::terminate was called, after its store (@0).",
       {}},
      {"an exception in main, which has done nothing",
       [] { throw std::logic_error("at once"); },
       exception,
       "uncaught exception in main: std::logic_error: at once.",
       {}},
      {"a check", &draw, failure_kind::assertion, "check failed in main: it is not the last (@0).", {}},
      {"a misuse",
       &unlock_anothers,
       failure_kind::misuse,
       "misuse by a: unlock of mutex m, which main holds (@0).",
       {}},
      {"a second lock",
       &lock_twice,
       failure_kind::misuse,
       "misuse by a: second lock of mutex m by a, which holds it (@0).",
       {}},
      {"loops that yield and never end",
       &spin_for_ever,
       failure_kind::livelock,
       "60 events and no end: a livelock, unless the program just needs more (--event-limit).",
       {},
       [](options& with) { with.event_limit = 60; }},
  };
  for (const detected_case& each : cases) expect_detected(each, __FILE__);
}

TEST(endings, unreached) {
  options with;
  with.expect_reached = {"here", "there"};
  const auto reach = [](std::uint32_t below) {
    return [=] {
      const auto drawn = random(below);
      if (drawn == 1) reachable("here");
      if (drawn == 2) reachable("there");
    };
  };
  const result all = explore(reach(3), with);
  EXPECT_EQ(all.verdict, verdict::pass) << all;
  EXPECT_EQ(all.reached, (std::vector<std::string>{"here", "there"}));

  const result half = explore(reach(2), with);
  EXPECT_EQ(half.verdict, verdict::fail);
  EXPECT_EQ(half.reached, std::vector<std::string>{"here"});
  ASSERT_TRUE(half.failure);
  EXPECT_EQ(half.failure->kind, failure_kind::unreached);
  EXPECT_EQ(half.failure->message, "no execution reached \"there\", which the program says is reachable.");
  EXPECT_EQ(half.failures, 0U) << "no execution failed, the search did";
  EXPECT_EQ(half.failing_execution, 0U);
  EXPECT_EQ(half.exit_code(), 1);

  with.max_executions = 1;
  const result cut = explore(reach(2), with);
  EXPECT_EQ(cut.verdict, verdict::inconclusive) << "the other execution might have got there";
  EXPECT_FALSE(cut.failure);
}

}  // namespace
}  // namespace heddle
