// Programs whose executions are given up: blocked, failed, swallowing, suspended where it hurts.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <utility>

#include <heddle/heddle.hpp>

namespace heddle::programs {

/** Counts those that are there, and holds memory of its own, so that one that is forgotten is a leak. */
class tracker {
 public:
  tracker() { count(); }
  tracker(const tracker& /*other*/) { count(); }
  tracker& operator=(const tracker&) = delete;
  ~tracker() {
    --alive;
    EXPECT_EQ(*held_, magic) << "destroyed twice";
    *held_ = 0;
  }
  static inline std::int64_t alive = 0;
  static inline std::int64_t made = 0;

 private:
  static constexpr int magic = 4711;
  static void count() {
    ++alive;
    ++made;
  }
  std::unique_ptr<int> held_ = std::make_unique<int>(magic);
};

/** Runs a function when it goes out of scope: an operation in a destructor. */
template <class Function>
class at_exit {
 public:
  explicit at_exit(Function run) : run_(std::move(run)) {}
  at_exit(const at_exit&) = delete;
  at_exit& operator=(const at_exit&) = delete;
  ~at_exit() { run_(); }

 private:
  Function run_;
};

/**
 * Two threads, and main, which waits for them. What the second one does may have it abandoned, and what stands on its
 * stack is lost then: trackers of its own are up to it. The others are to be unwound in any case.
 */
inline void block_all(const std::function<void(binary_semaphore& never)>& first,
                      const std::function<void(binary_semaphore& never)>& second) {
  const tracker in_main;
  binary_semaphore never(0);
  thread a([&, captured = tracker()] { first(never); });
  thread b([&] { second(never); });
  a.join();
  b.join();
}

inline void just_block(binary_semaphore& never) {
  const tracker local;
  never.acquire();
}

inline void block_noexcept(binary_semaphore& never) noexcept { never.acquire(); }

// ---- the programs; each ends in the same way in every execution

/** Each thread takes its own mutex, and only then does either want the other's. */
inline void deadlock_of_two() {
  const tracker in_main;
  mutex left;
  mutex right;
  binary_semaphore has_left(0);
  binary_semaphore has_right(0);
  const auto take = [](mutex& own, binary_semaphore& has_own, binary_semaphore& has_other, mutex& other) {
    const tracker local;
    const std::lock_guard first(own);
    has_own.release();
    has_other.acquire();
    const std::lock_guard second(other);
  };
  thread a([&, captured = tracker()] { take(left, has_left, has_right, right); });
  thread b([&, captured = tracker()] { take(right, has_right, has_left, left); });
  a.join();
  b.join();
}

inline void exception_in_a_thread() {
  block_all(&just_block, [](binary_semaphore& /*never*/) {
    const tracker local;
    throw std::runtime_error("thrown in a thread");
  });
}

inline void check_in_a_child() {
  block_all(&just_block, [](binary_semaphore& /*never*/) {
    const tracker local;
    check(false, "this is reached");
  });
}

inline void swallowed_once() {
  block_all(&just_block, [](binary_semaphore& never) {
    const tracker local;
    try {
      never.acquire();
    } catch (...) {
    }
    never.acquire();
  });
}

inline void swallowed_for_ever() {
  block_all(&just_block, [](binary_semaphore& never) {
    for (;;) {
      try {
        never.acquire();
      } catch (...) {
      }
    }
  });
}

inline void below_noexcept() {
  block_all(&just_block, [](binary_semaphore& never) { block_noexcept(never); });
}

/** What destructors do while their thread is unwound: everything that can be done, blocking operations included. */
inline void operations_in_destructors() {
  mutex guarded;
  condition_variable changed;
  atomic<int> flag{0};
  shared<int> plain{0};
  counting_semaphore<> available{0};
  queue<int> full(1);
  full.push(1);
  block_all(
      [&](binary_semaphore& never) {
        const tracker local;
        thread child([&, captured = tracker()] { never.acquire(); });
        const at_exit joins([&] { child.join(); });
        const at_exit pushes([&] { full.push(2); });
        const at_exit acquires([&] { available.acquire(); });
        const at_exit draws([] { (void)random(3); });
        const at_exit starts([] { thread([captured = tracker()] {}).join(); });
        const std::lock_guard held(guarded);
        just_block(never);
      },
      [&](binary_semaphore& never) {
        const tracker local;
        const at_exit updates([&] { flag.fetch_add(flag.load()); });
        const at_exit stores([&] { flag.store(1); });
        const at_exit writes([&] { plain.store(plain.load() + 1); });
        const at_exit notifies([&] { changed.notify_all(); });
        const at_exit releases([&] { available.release(); });
        const at_exit prints([] { print("unwound\n"); });
        const at_exit yields([] { this_thread::yield(); });
        const at_exit locks([&] { const std::lock_guard held(guarded); });
        const at_exit tries([&] {
          if (guarded.try_lock()) guarded.unlock();
        });
        const at_exit checks([] { check(false, "also while unwinding"); });
        never.acquire();
      });
}

/** A value that is not there cannot be had: the thread is abandoned in the destructor. */
inline void pop_in_a_destructor() {
  queue<std::unique_ptr<int>> values;
  block_all(&just_block, [&](binary_semaphore& never) {
    const at_exit pops([&] { (void)values.pop(); });
    never.acquire();
  });
}

/** Nothing can be thrown out of a destructor: the thread is abandoned. */
inline void suspended_in_a_destructor() {
  block_all(&just_block, [](binary_semaphore& never) { const at_exit blocks([&] { never.acquire(); }); });
}

/** The operation returns, and the exception gets to its handler. */
inline void suspended_while_unwinding() {
  block_all(&just_block, [](binary_semaphore& never) {
    const tracker local;
    try {
      const tracker on_the_way;
      const at_exit blocks([&] { never.acquire(); });
      throw std::logic_error("on its way");
    } catch (const std::logic_error& error) {
      EXPECT_STREQ(error.what(), "on its way");
    }
  });
}

/** A loop around operations that return, since they are below a destructor: the thread is abandoned. */
inline void endless_wait_in_a_destructor() {
  mutex guarded;
  condition_variable never_notified;
  block_all(&just_block, [&](binary_semaphore& never) {
    const at_exit waits([&] {
      std::unique_lock lock(guarded);
      never_notified.wait(lock, [] { return false; });
    });
    never.acquire();
  });
}

inline void suspended_in_a_catch_block() {
  const auto block_in_handler = [](binary_semaphore& never) {
    const tracker local;
    try {
      throw tracker();
    } catch (const tracker&) {
      never.acquire();
    }
  };
  block_all(block_in_handler, block_in_handler);
}

/** Each thread starts two more, three generations deep, and waits for them. */
inline void family(binary_semaphore& never, int generations) {
  const tracker local;
  if (generations == 0) return never.acquire();
  thread first([&, captured = tracker()] { family(never, generations - 1); });
  thread second([&, captured = tracker()] { family(never, generations - 1); });
  second.join();
  first.join();
}

inline void nested_threads() {
  binary_semaphore never(0);
  family(never, 3);
}

/** Main fails before its children have begun: their functions are never called, but destroyed. */
inline void not_begun() {
  const tracker in_main;
  std::array<char, 300> large{};  // more than fits where small functions are kept
  thread a([captured = tracker()] { ADD_FAILURE() << "it has begun"; });
  thread b([captured = tracker(), large] { ADD_FAILURE() << "it has begun" << large[0]; });
  check(false, "main comes first");
}

inline void terminated() {
  block_all(&just_block, [](binary_semaphore& /*never*/) { std::terminate(); });
}

inline void throw_it() { throw std::runtime_error("out of noexcept"); }

/** The exception that could not be thrown is freed, too. */
inline void terminated_by_an_exception() {
  block_all(&just_block, [](binary_semaphore& /*never*/) {
    const auto thrower = []() noexcept { throw_it(); };
    thrower();
  });
}

inline void too_many_events() {
  const tracker in_main;
  atomic<int> never{0};
  const auto spin = [&, captured = tracker()] {
    const tracker local;
    while (never.load() == 0) this_thread::yield();
  };
  thread a(spin);
  spin();
}

}  // namespace heddle::programs
