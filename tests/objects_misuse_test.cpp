// Objects used against their rules: a misuse each, with its exact message; and outside of an execution:
// std::logic_error.
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <gtest/gtest.h>

#include <heddle/heddle.hpp>

namespace heddle {
namespace {

constexpr source_location here{"here.cpp", 7};

struct misuse_case {
  std::string_view message;  // without its beginning, "misuse by "
  void (*body)();
};

// ---- locks, semaphores, queues

constexpr misuse_case misuses[] = {
    {"main: unlock of mutex m, which nobody holds (here.cpp:7).",
     [] {
       mutex m("m");
       m.unlock(here);
     }},
    {"main: unlock of mutex m, which nobody holds (here.cpp:7).",
     [] {
       mutex m("m");
       m.lock();
       m.unlock();
       m.unlock(here);
     }},
    {"main/1: unlock of mutex m, which main holds (here.cpp:7).",
     [] {
       mutex m("m");
       m.lock();
       thread([&] { m.unlock(here); }).join();
     }},
    {"second: unlock of recursive mutex m, which first holds (here.cpp:7).",
     [] {
       recursive_mutex m("m");
       thread("first", [&] { m.lock(); }).join();
       thread("second", [&] { m.unlock(here); }).join();
     }},
    {"main: unlock of recursive mutex m, which nobody holds (here.cpp:7).",
     [] {
       recursive_mutex m("m");
       m.lock();
       m.lock();
       m.unlock();
       m.unlock();
       m.unlock(here);
     }},
    {"main: second lock of mutex m by main, which holds it (here.cpp:7).",
     [] {
       mutex m("m");
       m.lock();
       m.lock(here);
     }},
    {"main: second try_lock of mutex m by main, which holds it (here.cpp:7).",
     [] {
       mutex m("m");
       m.lock();
       static_cast<void>(m.try_lock(here));
     }},
    {"main: a wait on condition variable c with a mutex that the thread does not hold (here.cpp:7).",
     [] {
       mutex m("m");
       condition_variable c("c");
       std::unique_lock lock(m, std::defer_lock);
       c.wait(lock, here);
     }},
    {"main: a wait on condition variable c with mutex other, though main/1 waits on it with mutex m (here.cpp:7).",
     [] {
       mutex m("m");
       mutex other("other");
       condition_variable c("c");
       binary_semaphore begun(0);
       thread t([&] {
         std::unique_lock its(m);
         begun.release();
         c.wait(its);
       });
       begun.acquire();
       m.lock();  // so the other one waits
       m.unlock();
       std::unique_lock lock(other);
       c.wait(lock, here);
       t.join();
     }},
    {"main: notify_all_at_thread_exit with a mutex that the thread does not hold (here.cpp:7).",
     [] {
       mutex m("m");
       condition_variable c("c");
       notify_all_at_thread_exit(c, std::unique_lock(m, std::defer_lock), here);
     }},
    {"main/1: a wait on condition variable c with a mutex that the thread does not hold (here.cpp:7).",
     [] {
       mutex m("m");
       condition_variable c("c");
       std::unique_lock lock(m);
       thread([&] { c.wait(lock, here); }).join();
     }},
    {"main: a wait on condition variable c with a mutex that the thread does not hold (here.cpp:7).",
     [] {
       mutex m("m");
       m.lock();  // the thread does, but its lock does not own it
       condition_variable c("c");
       std::unique_lock lock(m, std::defer_lock);
       c.wait(lock, here);
     }},
    {"main: a wait on condition variable c with a mutex that the thread does not hold (here.cpp:7).",
     [] {
       condition_variable c("c");
       std::unique_lock<mutex> none;
       c.wait(none, here);
     }},
    {"main: semaphore s, which stands at 1 and has the maximum 1, was released by 1 (here.cpp:7).",
     [] {
       binary_semaphore s(0, "s");
       s.release();
       s.release(1, here);
     }},
    {"main: semaphore s, which stands at 2 and has the maximum 3, was released by 2 (here.cpp:7).",
     [] {
       counting_semaphore<3> s(2, "s");
       s.release(2, here);
     }},
    {"main: semaphore s, which stands at 1 and has the maximum 9223372036854775807, was released by "
     "9223372036854775807 "
     "(here.cpp:7).",
     [] {
       counting_semaphore<> s(1, "s");
       s.release(s.max(), here);
     }},
    {"main: semaphore s, which stands at 1 and has the maximum 3, was released by -1 (here.cpp:7).",
     [] {
       counting_semaphore<3> s(1, "s");
       s.release(-1, here);
     }},
    {"main: the first value of semaphore s, -1, is not within 0 and its maximum, 3 (here.cpp:7).",
     [] { const counting_semaphore<3> s(-1, "s", here); }},
    {"main: the first value of semaphore s, 2, is not within 0 and its maximum, 1 (here.cpp:7).",
     [] { const binary_semaphore s(2, "s", here); }},
    {"main: a queue's capacity of 0: nothing could ever be pushed (here.cpp:7).", [] { const queue<int> q(0, here); }},
    {"main: a memory order that the standard does not allow for store (here.cpp:7).",
     [] {
       atomic<int> x{0};
       x.store(1, std::memory_order_acquire, here);
     }},

    // ---- threads
    {"main: join of a thread that is not joinable (here.cpp:7).",
     [] {
       thread none;
       none.join(here);
     }},
    {"main: join of a thread that is not joinable (here.cpp:7).",
     [] {
       thread t([] {});
       t.join();
       t.join(here);
     }},
    {"main: join of a thread that is not joinable (here.cpp:7).",
     [] {
       thread t([] {});
       t.detach();
       t.join(here);
     }},
    {"main: join of a thread that is not joinable (here.cpp:7).",
     [] {
       thread t([] {});
       thread moved(std::move(t));
       moved.join();
       t.join(here);  // NOLINT(bugprone-use-after-move)
     }},
    {"main: detach of a thread that is not joinable (here.cpp:7).",
     [] {
       thread none;
       none.detach(here);
     }},
};

TEST(misuse, is_a_failure_that_says_what_was_done_where) {
  for (const misuse_case& each : misuses) {
    const result found = explore(each.body, options{});
    SCOPED_TRACE(each.message);
    ASSERT_TRUE(found.failure.has_value());
    EXPECT_EQ(found.failure->kind, failure_kind::misuse);
    EXPECT_EQ(found.failure->message, "misuse by " + std::string(each.message));
    EXPECT_EQ(found.executions, 1U) << "there is one execution only, or the first fails";
  }
}

std::string message_of(void (*body)()) {
  const result found = explore(body, options{});
  if (!found.failure || found.failure->kind != failure_kind::misuse) return "no misuse";
  return found.failure->message;
}

std::string in_line(int line) { return " (tests/objects_misuse_test.cpp:" + std::to_string(line) + ")."; }

// Places come by default argument, too: the line of the call, in this file.
TEST(misuse, says_its_own_line) {
  const std::string message = message_of([] {
    mutex m("m");
    m.unlock();
  });
  EXPECT_EQ(message, "misuse by main: unlock of mutex m, which nobody holds" + in_line(__LINE__ - 2));
}

// Here nothing tells the place but debug information.
TEST(misuse, of_a_thread_that_is_still_joinable) {
  const std::string lost = " was destroyed or assigned to while joinable: join or detach first";
  const std::string destroyed = message_of([] { const thread t([] {}); });
  EXPECT_EQ(destroyed, "misuse by main: the thread object of main/1" + lost + in_line(__LINE__ - 1));
  const std::string assigned = message_of([] {
    thread t([] {});
    thread other([] {});
    t = std::move(other);
  });
  EXPECT_EQ(assigned, "misuse by main: the thread object of main/1" + lost + in_line(__LINE__ - 2));
  const std::string named = message_of([] { const thread t("worker", [] {}); });
  EXPECT_EQ(named, "misuse by main: the thread object of worker" + lost + in_line(__LINE__ - 1));
  const std::string below = message_of([] { thread([] { const thread t([] {}); }).join(); });
  EXPECT_EQ(below, "misuse by main/1: the thread object of main/1/1" + lost + in_line(__LINE__ - 1));
}

// ---- what blocks for ever by itself is a deadlock, no misuse

constexpr misuse_case deadlocks[] = {
    {"deadlock of main/1: it waits for itself.",
     [] {
       thread t;
       t = thread([&] { t.join(); });
       t.join();
     }},
    {"deadlock: no thread can move; main waits for what nobody is left to do.",
     [] {
       binary_semaphore s(0);
       s.acquire();
     }},
    {"deadlock: no thread can move; main waits for what nobody is left to do.",
     [] {
       queue<int> q(1);
       q.push(1);
       q.push(2);
     }},
    {"deadlock: no thread can move; main waits for what nobody is left to do.",
     [] {
       queue<int> q;
       q.pop();
     }},
};

TEST(misuse, waiting_for_oneself_is_a_deadlock) {
  for (const misuse_case& each : deadlocks) {
    const result found = explore(each.body, options{});
    SCOPED_TRACE(each.message);
    ASSERT_TRUE(found.failure.has_value());
    EXPECT_EQ(found.failure->kind, failure_kind::deadlock);
    EXPECT_EQ(found.failure->message, each.message);
  }
}

TEST(misuse, drawing_from_nothing_throws) {
  const result found = explore([] { static_cast<void>(heddle::random(0)); }, options{});
  ASSERT_TRUE(found.failure.has_value());
  EXPECT_EQ(found.failure->kind, failure_kind::uncaught_exception);
  EXPECT_EQ(
      found.failure->message,
      "uncaught exception in main: std::logic_error: a choice needs at least one possibility: heddle::random(0) has "
      "none.");
}

// ---- objects of another execution

/** One object of each kind, made in one execution and used in another. */
struct kept_objects {
  mutex m;
  recursive_mutex r;
  condition_variable c;
  binary_semaphore s{1};
  atomic<int> a{0};
  shared<int> v{0};
  queue<int> q;
  timed_mutex t;
  shared_timed_mutex w;
  pipe<int> p;
};

struct kept_case {
  const char* kind;  // with its article
  int line;
  void (*use)(kept_objects&);
};

constexpr kept_case kept_cases[] = {
    {"a mutex", __LINE__, [](kept_objects& o) { o.m.lock(); }},
    {"a mutex", __LINE__, [](kept_objects& o) { o.m.unlock(); }},
    {"a mutex", __LINE__, [](kept_objects& o) { static_cast<void>(o.m.try_lock()); }},
    {"a recursive mutex", __LINE__, [](kept_objects& o) { o.r.lock(); }},
    {"a condition variable", __LINE__, [](kept_objects& o) { o.c.notify_one(); }},
    {"a condition variable", __LINE__, [](kept_objects& o) { o.c.notify_all(); }},
    {"a semaphore", __LINE__, [](kept_objects& o) { o.s.acquire(); }},
    {"a semaphore", __LINE__, [](kept_objects& o) { static_cast<void>(o.s.try_acquire()); }},
    {"a semaphore", __LINE__, [](kept_objects& o) { o.s.release(); }},
    {"an atomic variable", __LINE__, [](kept_objects& o) { static_cast<void>(o.a.load()); }},
    {"an atomic variable", __LINE__, [](kept_objects& o) { o.a.store(1); }},
    {"an atomic variable", __LINE__, [](kept_objects& o) { o.a.fetch_add(1); }},
    {"a shared variable", __LINE__, [](kept_objects& o) { static_cast<void>(o.v.load()); }},
    {"a shared variable", __LINE__, [](kept_objects& o) { o.v.store(1); }},
    {"a queue", __LINE__, [](kept_objects& o) { o.q.push(1); }},
    {"a queue", __LINE__, [](kept_objects& o) { static_cast<void>(o.q.try_push(1)); }},
    {"a queue", __LINE__, [](kept_objects& o) { o.q.pop(); }},
    {"a queue", __LINE__, [](kept_objects& o) { static_cast<void>(o.q.try_pop()); }},
    {"a queue", __LINE__, [](kept_objects& o) { static_cast<void>(o.q.size()); }},
    {"a queue", __LINE__, [](kept_objects& o) { o.q.pop_for(std::chrono::seconds(1)); }},
    {"a timed mutex", __LINE__, [](kept_objects& o) { static_cast<void>(o.t.try_lock_for(std::chrono::seconds(1))); }},
    {"a shared timed mutex", __LINE__, [](kept_objects& o) { o.w.lock_shared(); }},
    {"a shared timed mutex", __LINE__, [](kept_objects& o) { o.w.unlock(); }},
    {"a pipe", __LINE__, [](kept_objects& o) { o.p.send(1); }},
    {"a pipe", __LINE__, [](kept_objects& o) { static_cast<void>(o.p.receive()); }},
    {"a pipe", __LINE__, [](kept_objects& o) { o.p.close(); }},
};

TEST(misuse, of_an_object_of_an_earlier_execution) {
  std::optional<kept_objects> kept;
  ASSERT_EQ(explore([&] { kept.emplace(); }, options{}).verdict, verdict::pass);
  for (const kept_case& each : kept_cases) {
    const result found = explore([&] { each.use(*kept); }, options{});
    SCOPED_TRACE(std::string(each.kind) + ", line " + std::to_string(each.line));
    ASSERT_TRUE(found.failure.has_value());
    EXPECT_EQ(found.failure->kind, failure_kind::misuse);
    EXPECT_EQ(found.failure->message, "misuse by main: " + std::string(each.kind) +
                                          " of an earlier execution was used: construct it inside the program, not as "
                                          "a static or a capture from outside" +
                                          in_line(each.line));
  }
}

// A condition variable, and the mutex that it lets go.
TEST(misuse, of_a_wait_with_what_belongs_to_an_earlier_execution) {
  std::optional<kept_objects> kept;
  ASSERT_EQ(explore([&] { kept.emplace().m.lock(); }, options{}).verdict, verdict::pass);
  const result first = explore(
      [&] {
        mutex m;
        std::unique_lock lock(m);
        kept->c.wait(lock);
      },
      options{});
  ASSERT_TRUE(first.failure.has_value());
  EXPECT_EQ(first.failure->message,
            "misuse by main: a condition variable of an earlier execution was used: construct it inside the program, "
            "not as a static or a capture from outside" +
                in_line(__LINE__ - 7));
  const result second = explore(
      [&] {
        condition_variable c;
        std::unique_lock lock(kept->m, std::adopt_lock);
        c.wait(lock);
      },
      options{});
  ASSERT_TRUE(second.failure.has_value());
  EXPECT_EQ(second.failure->message,
            "misuse by main: a mutex of an earlier execution was used: construct it inside the program, not as a "
            "static or a capture from outside" +
                in_line(__LINE__ - 7))
      << "though main, in both executions, holds it";
}

// ---- outside of an execution

struct outside_case {
  const char* what;
  void (*use)();
};

constexpr outside_case outside_cases[] = {
    {"mutex", [] { const mutex made; }},
    {"recursive_mutex", [] { const recursive_mutex made; }},
    {"condition_variable", [] { const condition_variable made; }},
    {"semaphore", [] { const binary_semaphore made(1); }},
    {"atomic", [] { const atomic<int> made; }},
    {"shared", [] { const shared<int> made; }},
    {"queue", [] { const queue<int> made; }},
    {"timed_mutex", [] { const timed_mutex made; }},
    {"recursive_timed_mutex", [] { const recursive_timed_mutex made; }},
    {"shared_mutex", [] { const shared_mutex made; }},
    {"shared_timed_mutex", [] { const shared_timed_mutex made; }},
    {"pipe", [] { const pipe<int> made; }},
    {"thread", [] { const thread made([] {}); }},
    {"get_id", [] { static_cast<void>(this_thread::get_id()); }},
    {"yield", [] { this_thread::yield(); }},
    {"sleep_for", [] { this_thread::sleep_for(std::chrono::seconds(0)); }},
    {"random", [] { static_cast<void>(heddle::random(2)); }},
    {"print", [] { print("text"); }},
    {"reachable", [] { reachable("place"); }},
    {"check", [] { check(false, "does not hold"); }},
    {"assume", [] { assume(false); }},
};

TEST(misuse, outside_of_an_execution_throws_and_says_what_to_do) {
  for (const outside_case& each : outside_cases) {
    SCOPED_TRACE(each.what);
    try {
      each.use();
      ADD_FAILURE() << "does not throw";
    } catch (const std::logic_error& error) {
      EXPECT_STREQ(error.what(),
                   "Heddle's objects and functions work only inside an execution: construct and use them in the "
                   "callable that is handed to heddle::explore, fuzz, run_once or replay");
    }
  }
}

TEST(misuse, an_execution_inside_another_one_throws) {
  const result found = explore([] { static_cast<void>(explore([] {}, options{})); }, options{});
  ASSERT_TRUE(found.failure.has_value());
  EXPECT_EQ(found.failure->kind, failure_kind::uncaught_exception);
  EXPECT_EQ(
      found.failure->message,
      "uncaught exception in main: std::logic_error: an execution cannot start another one: explore from outside of "
      "the program under test.");
}

template <class... Objects>
constexpr bool none_can_be_copied =
    !(std::is_copy_constructible_v<Objects> || ...) && !(std::is_copy_assignable_v<Objects> || ...);
static_assert(none_can_be_copied<mutex, recursive_mutex, timed_mutex, recursive_timed_mutex, shared_mutex,
                                 shared_timed_mutex, condition_variable, condition_variable_any>);
static_assert(none_can_be_copied<binary_semaphore, latch, barrier<>, once_flag, atomic<int>, atomic_flag, shared<int>,
                                 queue<int>, pipe<int>, thread_local_var<int>>);

}  // namespace
}  // namespace heddle
