// Which operations of atomics, in which memory order, order what is done to plain variables: with and without a data
// race.
#include <gtest/gtest.h>

#include <atomic>

#include <heddle/heddle.hpp>

#include "ordered.hpp"

namespace heddle {
namespace {

constexpr auto relaxed = std::memory_order_relaxed;

void fences_on_both_sides() {
  plain x;
  atomic<bool> flag{false};
  two(
      [&] {
        x.write();
        heddle::atomic_thread_fence(std::memory_order_release);
        flag.store(true, relaxed);
      },
      [&] {
        if (!flag.load(relaxed)) return;
        heddle::atomic_thread_fence(std::memory_order_acquire);
        x.read();
      });
}
void fence_on_one_side() {
  plain x;
  atomic<bool> flag{false};
  two(
      [&] {
        x.write();
        heddle::atomic_thread_fence(std::memory_order_release);
        flag.store(true, relaxed);
      },
      [&] {
        if (flag.load(relaxed)) x.read();
      });
}
void fence_too_late() {
  plain x;
  atomic<bool> flag{false};
  two(
      [&] {
        x.write();
        flag.store(true, relaxed);
        heddle::atomic_thread_fence(std::memory_order_seq_cst);
      },
      [&] {
        if (!flag.load(relaxed)) return;
        heddle::atomic_thread_fence(std::memory_order_seq_cst);
        x.read();
      });
}
void fence_with_acquire_load() {
  plain x;
  atomic<bool> flag{false};
  two(
      [&] {
        x.write();
        heddle::atomic_thread_fence(std::memory_order_acq_rel);
        flag.store(true, relaxed);
      },
      [&] {
        if (flag.load(std::memory_order_acquire)) x.read();
      });
}
void atomic_waited_for() {
  plain x;
  atomic<int> flag{0};
  two(
      [&] {
        x.write();
        flag.store(1);
        flag.notify_one();
      },
      [&] {
        flag.wait(0);
        x.read();
      });
}
void atomic_waited_for_relaxed() {
  plain x;
  atomic<int> flag{0};
  two(
      [&] {
        x.write();
        flag.store(1);
        flag.notify_one();
      },
      [&] {
        flag.wait(0, relaxed);
        x.read();
      });
}
void spin_lock_of_a_flag() {
  plain x;
  atomic_flag held;
  const auto use = [&] {
    while (held.test_and_set(std::memory_order_acquire)) this_thread::yield();
    x.write();
    held.clear(std::memory_order_release);
  };
  two(use, use);
}
void atomic_ref_that_releases() {
  plain x;
  int flag = 0;
  two(
      [&] {
        x.write();
        atomic_ref(flag).store(1, std::memory_order_release);
      },
      [&] {
        if (atomic_ref(flag).load(std::memory_order_acquire) == 1) x.read();
      });
}

TEST(happens_before, of_atomics_is_what_the_standard_says) {
  const ordered_case cases[] = {
      {"a release and an acquire fence", &fences_on_both_sides, false},
      {"a relaxed load without a fence", &fence_on_one_side, true},
      {"a fence behind the store", &fence_too_late, true},
      {"a release fence and an acquire load", &fence_with_acquire_load, false},
      {"wait loads what was stored", &atomic_waited_for, false},
      {"but relaxed it orders nothing", &atomic_waited_for_relaxed, true},
      {"a spin lock", &spin_lock_of_a_flag, false},
      {"references to one variable are one atomic", &atomic_ref_that_releases, false},
  };
  for (const ordered_case& each : cases) expect_ordered(each);
}

}  // namespace
}  // namespace heddle
