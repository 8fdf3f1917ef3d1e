// Locks of atomics alone, whose threads wait in a loop: two that exclude each other, and one that does not.
#include <cstdint>
#include <string>
#include <vector>

#include <heddle/heddle.hpp>

#include "common.hpp"
#include "programs.hpp"

namespace heddle::scenarios {
namespace {

/** Whoever sets the flag and finds that it was not set has the lock. */
class exchanging_lock {
 public:
  void lock() {
    while (held_.exchange(true, std::memory_order_acquire)) heddle::this_thread::yield();
  }
  void unlock() { held_.store(false, std::memory_order_release); }

 private:
  heddle::atomic<bool> held_{false, "held"};
};

/** Looks and sets in two steps: two threads may both find it free. */
class racy_lock {
 public:
  void lock() {
    while (held_.load(std::memory_order_acquire)) heddle::this_thread::yield();
    held_.store(true, std::memory_order_relaxed);
  }
  void unlock() { held_.store(false, std::memory_order_release); }

 private:
  heddle::atomic<bool> held_{false, "held"};
};

/** First come, first served: each thread draws a number and waits until it is called. */
class numbered_lock {
 public:
  void lock() {
    const std::uint32_t mine = next_.fetch_add(1, std::memory_order_relaxed);
    while (serving_.load(std::memory_order_acquire) != mine) heddle::this_thread::yield();
  }
  // Only the holder changes it, so it need not be one step.
  void unlock() { serving_.store(serving_.load(std::memory_order_relaxed) + 1, std::memory_order_release); }

 private:
  heddle::atomic<std::uint32_t> next_{0, "next"};
  heddle::atomic<std::uint32_t> serving_{0, "serving"};
};

template <class Lock>
void count_under(const arguments& args) {
  const std::int64_t threads = args["threads"];
  const std::int64_t rounds = args["rounds"];
  Lock lock;
  heddle::shared<std::int64_t> counter(0, "counter");

  std::vector<heddle::thread> running;
  for (std::int64_t i = 0; i < threads; ++i) {
    running.emplace_back(letter(i), [&] {
      for (std::int64_t round = 0; round < rounds; ++round) {
        lock.lock();
        counter += 1;
        lock.unlock();
      }
    });
  }
  for (heddle::thread& each : running) each.join();
  heddle::check(counter.load() == threads * rounds, "no update is lost");
}

std::vector<parameter> contending_parameters() {
  return {{.name = "threads", .summary = "how many threads", .standard = 2, .least = 2, .most = 26},
          {.name = "rounds", .summary = "how often each takes the lock", .standard = 1, .least = 1, .most = 10}};
}

}  // namespace

scenario spinlock() {
  return {
      .name = "spinlock",
      .summary = "Threads take a lock by exchanging a flag, and yield in a loop while another one has it.",
      .tags = {"atomic", "shared", "classic", "correct"},
      .parameters = contending_parameters(),
      .expected = passes,
      .body = count_under<exchanging_lock>,
  };
}

scenario spinlock_racy() {
  return {
      .name = "spinlock-racy",
      .summary = "The spinlock with a load and then a store in place of the exchange; two threads have it at once.",
      .tags = {"atomic", "shared", "classic", "bug"},
      .parameters = contending_parameters(),
      .expected = fails<failure_kind::data_race>,
      .body = count_under<racy_lock>,
  };
}

scenario ticket_lock() {
  return {
      .name = "ticket-lock",
      .summary = "Threads draw numbers and wait in a loop until theirs is called; first come, first served.",
      .tags = {"atomic", "shared", "classic", "correct"},
      .parameters = contending_parameters(),
      .expected = passes,
      .body = count_under<numbered_lock>,
  };
}

}  // namespace heddle::scenarios
