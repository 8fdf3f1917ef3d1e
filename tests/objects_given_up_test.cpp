// Latches, barriers, once flags, futures and thread-local variables in executions that are given up.
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>

#include <gtest/gtest.h>

#include <heddle/heddle.hpp>

namespace heddle {
namespace {

using std::chrono::seconds;

struct counts {
  int* n;
  explicit counts(int& of) : n(&of) { ++*n; }
  counts(counts&& other) noexcept : n(std::exchange(other.n, nullptr)) {}
  counts& operator=(counts&&) = delete;
  ~counts() {
    if (n != nullptr) --*n;
  }
};

// Failures in the middle of everything that catches exceptions: what unwinds the threads must not be taken for a
// result.
TEST(objects, futures_that_are_given_up) {
  int alive = 0;
  options with;
  with.keep_going = true;
  const result found = explore(
      [&] {
        promise<counts> p;
        future<counts> of_promise = p.get_future();
        future<counts> of_thread = async(launch::async, [&] {
          p.set_value(counts(alive));
          binary_semaphore(0).acquire();
          return counts(alive);
        });
        packaged_task<void()> task([&, kept = counts(alive)] { of_thread.wait(); });
        future<void> of_task = task.get_future();
        thread other([&] { task(); });
        const counts taken = of_promise.get();
        const future<void> deferred = async(launch::deferred, [&] { of_task.get(); });
        deferred.wait();
        other.join();
      },
      with);
  EXPECT_EQ(found.failures_by_kind.at("deadlock"), found.executions) << found;
  EXPECT_EQ(alive, 0);
}

// Given up at each of its events in turn, by the limit of events.
TEST(objects, everything_here_can_be_given_up_anywhere) {
  int alive = 0;
  for (std::uint64_t limit = 1; limit < 60; limit += 2) {
    SCOPED_TRACE(limit);
    options with;
    with.event_limit = limit;
    with.executions = 5;
    with.keep_going = true;
    const result found = fuzz(
        [&] {
          const counts in_main(alive);
          thread_local_var<counts> own([&] { return counts(alive); });
          once_flag once;
          latch gate(2);
          std::optional<barrier<std::function<void()>>> phases(std::in_place, 2, "phases",
                                                               [&] { static_cast<void>(gate.try_wait()); });
          promise<counts> p;
          packaged_task<counts()> task([&] { return counts(alive); });
          future<counts> of_promise = p.get_future();
          const shared_future<counts> of_task = task.get_future();
          const auto work = [&](bool first) {
            const counts here_too(alive);
            static_cast<void>(own.get());
            call_once(once, [&] { task(); });
            gate.arrive_and_wait();
            phases->arrive_and_wait();
            if (first) p.set_value(counts(alive));
            static_cast<void>(of_task.wait_for(seconds(1)));
            phases->arrive_and_drop();
          };
          const future<void> a = async(launch::async, work, true);
          const future<void> b = async(launch::async, "b", [&] { work(false); });
          const future<void> c = async(launch::deferred, [&] { static_cast<void>(of_task.get()); });
          static_cast<void>(of_promise.get());
          c.wait();
          a.wait();
          b.wait();
          const promise<int> broken;
        },
        with);
    EXPECT_EQ(found.executions, 5U);
    EXPECT_EQ(alive, 0);
    if (limit < 20) {
      EXPECT_EQ(found.failures_by_kind.at("livelock"), found.executions) << found;
    } else if (limit == 59) {
      EXPECT_EQ(found.verdict, verdict::pass) << found;
    }
  }
}

}  // namespace
}  // namespace heddle
