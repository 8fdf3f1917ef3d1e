// Programs that fail in one way or another, and what it takes for two failures to be the same.
#pragma once

#include <gtest/gtest.h>

#include <mutex>
#include <stdexcept>
#include <string>

#include <heddle/heddle.hpp>

namespace heddle {

/** Two threads that add to one variable without holding it: 6 interleavings, of which 4 lose an update. */
inline void lose_an_update() {
  atomic<int> n(0, "n");
  const auto add = [&] { n.store(n.load() + 1); };
  thread a(add);
  thread b(add);
  a.join();
  b.join();
  check(n.load() == 2, "no update is lost");
}

/** Two threads with two operations each, and nothing to find: 6 interleavings. */
inline void add_twice() {
  atomic<int> n(0, "n");
  const auto twice = [&] { n.fetch_add(n.fetch_add(1)); };
  thread a(twice);
  thread b(twice);
  a.join();
  b.join();
}

inline void race() {
  shared<int> x(0, "x");
  thread a([&] { x += 1; });
  x += 1;
  a.join();
}

inline void deadlock() {
  mutex left("left");
  mutex right("right");
  thread a([&] { const std::scoped_lock both(left), second(right); });
  const std::lock_guard first(right);
  const std::lock_guard second(left);
  a.join();
}

inline void lose_a_wakeup() {
  mutex m;
  condition_variable changed("changed");
  thread a([&] { changed.notify_all(); });
  {
    std::unique_lock held(m);
    changed.wait(held);
  }
  a.join();
}

inline void pick_a_waiter() {
  mutex m;
  condition_variable changed("changed");
  bool ready = false;
  const auto wait = [&](int number) {
    std::unique_lock held(m);
    changed.wait(held, [&] { return ready; });
    check(number != 1 || random(4) != 3, "the second waiter draws no 3");
    changed.notify_one();
  };
  thread a([&] { wait(0); });
  thread b([&] { wait(1); });
  {
    const std::lock_guard held(m);
    ready = true;
    changed.notify_one();
  }
  a.join();
  b.join();
}

inline void throw_at_random() {
  thread a([] {
    print("before\n");
    if (random(10) == 7) throw std::runtime_error("seven");
  });
  print("main");
  a.join();
}

inline void spin() {
  atomic<bool> never{false};
  while (!never.load()) this_thread::yield();
}

struct failing_case {
  const char* why;
  void (*body)();
  failure_kind kind;
};

inline constexpr failing_case failing_cases[] = {
    {"a lost update", &lose_an_update, failure_kind::assertion},
    {"a race", &race, failure_kind::data_race},
    {"a deadlock", &deadlock, failure_kind::deadlock},
    {"a lost wake-up", &lose_a_wakeup, failure_kind::lost_wakeup},
    {"choices of waiters and values", &pick_a_waiter, failure_kind::assertion},
    {"an exception", &throw_at_random, failure_kind::uncaught_exception},
    {"a livelock", &spin, failure_kind::livelock},
};

/** Everything that is known of a failure, as one text: the JSON has all fields of the trace that a reader sees. */
inline std::string all_of(const result& what) {
  result fixed = what;
  fixed.elapsed_s = 0;
  return to_json(fixed);
}

inline bool same_event(const step& x, const step& y) {
  return x.thread == y.thread && x.index == y.index && x.kind == y.kind && x.orders.order == y.orders.order &&
         x.orders.failure == y.orders.failure && x.done == y.done && x.succeeded == y.succeeded &&
         x.object == y.object && x.mutex == y.mutex && x.other == y.other && x.read == y.read &&
         x.written == y.written && x.where == y.where && x.time == y.time && x.switched == y.switched &&
         x.preempts == y.preempts;
}

inline void expect_same_failure(const result& first, const result& second) {
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

}  // namespace heddle
