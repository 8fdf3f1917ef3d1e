// Which objects order what their users do to plain variables, and which do not: with and without a data race. Atomics
// have a file of their own.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <utility>

#include <heddle/heddle.hpp>

#include "ordered.hpp"

namespace heddle {
namespace {

using namespace std::chrono_literals;
constexpr auto relaxed = std::memory_order_relaxed;

// ---- shared mutexes

void exclusive_against_shared() {
  plain x;
  shared_mutex m;
  two(
      [&] {
        const std::unique_lock lock(m);
        x.write();
      },
      [&] {
        const std::shared_lock lock(m);
        x.read();
      });
}
void shared_before_exclusive() {
  plain x;
  shared_mutex m;
  atomic<bool> read{false};
  two(
      [&] {
        const std::shared_lock lock(m);
        x.read();
        read.store(true, relaxed);
      },
      [&] {
        const std::unique_lock lock(m);
        if (read.load(relaxed)) x.write();
      });
}
void shared_against_shared() {
  plain x;
  shared_mutex m;
  two(
      [&] {
        const std::shared_lock lock(m);
        x.write();
      },
      [&] {
        const std::shared_lock lock(m);
        x.read();
      });
}

// ---- timed locks

void timed_lock_that_is_had() {
  plain x;
  timed_mutex m;
  const auto use = [&] {
    if (!m.try_lock_for(1s)) return;
    x.write();
    m.unlock();
  };
  two(use, use);
}
void timed_lock_that_timed_out() {
  plain x;
  timed_mutex m;
  const auto use = [&] {
    const bool locked = m.try_lock_for(1s);
    x.write();
    if (locked) m.unlock();
  };
  two(use, use);
}

// ---- latches, barriers, once

void latch_waited_for() {
  plain x;
  latch done{1};
  two(
      [&] {
        x.write();
        done.count_down();
      },
      [&] {
        done.wait();
        x.read();
      });
}
void latch_not_waited_for() {
  plain x;
  latch done{1};
  two(
      [&] {
        x.write();
        done.count_down();
      },
      [&] {
        done.count_down(0);
        x.read();
      });
}
void barrier_waited_for() {
  plain x;
  plain y;
  barrier<> both{2};
  two(
      [&] {
        x.write();
        both.arrive_and_wait();
        y.read();
      },
      [&] {
        y.write();
        both.arrive_and_wait();
        x.read();
      });
}
void barrier_not_waited_for() {
  plain x;
  barrier<> both{2};
  two(
      [&] {
        x.write();
        both.arrive_and_wait();
      },
      [&] {
        static_cast<void>(both.arrive());
        x.read();
      });
}
void barrier_completion() {
  plain x;
  plain y;
  const auto complete = [&]() noexcept {
    x.read();
    y.write();
  };
  barrier both{2, complete};
  two(
      [&] {
        x.write();
        both.arrive_and_wait();
        y.read();
      },
      [&] {
        both.arrive_and_wait();
        y.read();
      });
}
void called_once() {
  plain x;
  once_flag flag;
  const auto use = [&] {
    call_once(flag, [&] { x.write(); });
    x.read();
  };
  two(use, use);
}

// ---- futures

void future_that_is_ready() {
  plain x;
  promise<void> p;
  future<void> f = p.get_future();
  two(
      [&] {
        x.write();
        p.set_value();
      },
      [&] {
        f.wait();
        x.read();
      });
}
void future_that_timed_out() {
  plain x;
  promise<void> p;
  future<void> f = p.get_future();
  two(
      [&] {
        x.write();
        p.set_value();
      },
      [&] {
        static_cast<void>(f.wait_for(1s));
        x.read();
      });
}

// ---- the rest

void stop_that_is_requested() {
  plain x;
  stop_source source;
  two(
      [&] {
        x.write();
        source.request_stop();
      },
      [&] {
        if (source.stop_requested()) x.read();
      });
}
void stop_callback_that_is_called() {
  plain x;
  stop_source source;
  two(
      [&] {
        x.write();
        source.request_stop();
      },
      [&] { const stop_callback called(source.get_token(), [&] { x.read(); }); });
}
void pipe_that_was_read() {
  plain x;
  pipe<int> to;
  two(
      [&] {
        x.write();
        to.send(1);
      },
      [&] {
        static_cast<void>(to.receive());
        x.read();
      });
}
void pipe_that_was_closed() {
  plain x;
  pipe<int> to;
  two(
      [&] {
        x.write();
        to.close();
      },
      [&] {
        static_cast<void>(to.receive());
        x.read();
      });
}
void wait_with_any_mutex() {
  plain x;
  mutex m;
  condition_variable_any changed;
  bool ready = false;
  two(
      [&] {
        const std::lock_guard lock(m);
        x.write();
        ready = true;
        changed.notify_one();
      },
      [&] {
        m.lock();
        changed.wait(m, [&] { return ready; });
        x.read();
        m.unlock();
      });
}
void wait_that_timed_out() {
  plain x;
  mutex m;
  condition_variable changed;
  two(
      [&] {
        const std::lock_guard lock(m);
        x.write();
      },
      [&] {
        std::unique_lock lock(m);
        static_cast<void>(changed.wait_for(lock, 1s));
        x.read();
      });
}

// ---- what looks as if it ordered something: a relaxed flag says that the first thread was there before

void after_relaxed_flag(plain& x, const std::function<void()>& first, const std::function<void()>& second) {
  atomic<bool> done{false};
  two(
      [&] {
        x.write();
        first();
        done.store(true, std::memory_order_relaxed);
      },
      [&] {
        if (!done.load(std::memory_order_relaxed)) return;
        second();
        x.read();
      });
}
void call_once_that_calls_nothing() {
  plain x;
  once_flag flag;
  const auto use = [&] { call_once(flag, [] {}); };
  use();
  after_relaxed_flag(x, use, use);
}
void second_request_to_stop() {
  plain x;
  stop_source source;
  source.request_stop();
  after_relaxed_flag(
      x, [&] { source.request_stop(); }, [&] { static_cast<void>(source.stop_requested()); });
}
void stop_callback_that_is_removed() {
  plain x;
  stop_source source;
  after_relaxed_flag(
      x, [&] { const stop_callback unused(source.get_token(), [] {}); },
      [&] { static_cast<void>(source.stop_requested()); });
}
void stop_callback_that_was_registered() {
  plain x;
  stop_source source;
  std::optional<stop_callback<std::function<void()>>> called;
  two(
      [&] {
        x.write();
        called.emplace(source.get_token(), [&] { x.read(); });
      },
      [&] { source.request_stop(); });
}
void second_value_of_a_promise() {
  plain x;
  promise<void> p;
  const future<void> f = p.get_future();
  p.set_value();
  after_relaxed_flag(
      x,
      [&] {
        try {
          p.set_value();
        } catch (const future_error&) {
        }
      },
      [&] { f.wait(); });
}

TEST(happens_before, of_objects_that_block_is_what_the_standard_says) {
  const ordered_case cases[] = {
      {"readers come after writers", &exclusive_against_shared, false},
      {"writers come after readers", &shared_before_exclusive, false},
      {"readers are not ordered among themselves", &shared_against_shared, true},
      {"a lock that was had in time", &timed_lock_that_is_had, false},
      {"a lock that timed out orders nothing", &timed_lock_that_timed_out, true},
      {"count_down before wait", &latch_waited_for, false},
      {"counting down waits for nobody", &latch_not_waited_for, true},
      {"what was done before the barrier, after it", &barrier_waited_for, false},
      {"who arrives does not wait", &barrier_not_waited_for, true},
      {"the completion is after all arrivals, and before all that waited", &barrier_completion, false},
      {"the call is over when call_once returns", &called_once, false},
      {"set before wait", &future_that_is_ready, false},
      {"a wait that timed out orders nothing", &future_that_timed_out, true},
      {"request_stop before stop_requested", &stop_that_is_requested, false},
      {"request_stop before the callback, wherever that runs", &stop_callback_that_is_called, false},
      {"a registration before its callback", &stop_callback_that_was_registered, false},
      {"a call_once that calls nothing comes before nothing", &call_once_that_calls_nothing, true},
      {"nor does a second request_stop", &second_request_to_stop, true},
      {"nor does a callback that is not called", &stop_callback_that_is_removed, true},
      {"nor does a value that comes too late", &second_value_of_a_promise, true},
      {"send before receive", &pipe_that_was_read, false},
      {"close before the end that is received", &pipe_that_was_closed, false},
      {"a condition variable of any mutex", &wait_with_any_mutex, false},
      {"a wait that timed out still has the mutex", &wait_that_timed_out, false},
  };
  for (const ordered_case& each : cases) expect_ordered(each);
}

}  // namespace
}  // namespace heddle
