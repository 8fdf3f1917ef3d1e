// heddle::python::barrier, with the semantics of threading.Barrier.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include <heddle/python/condition.hpp>
#include <heddle/python/lock.hpp>

namespace heddle::python {

/**
 * threading.Barrier: lets `parties` threads go on together, again and again. The last to come calls the action.
 *
 * A barrier is broken by a thread whose time is over, by an action that throws, and by abort; then, and where reset
 * finds threads that wait, those throw broken_barrier_error.
 */
class barrier {
 public:
  /** Throws value_error where there are less than 1. `timeout`, in seconds, is that of waits without one. */
  explicit barrier(std::int64_t parties, std::function<void()> action = {}, time_limit timeout = {},
                   std::string_view called = {}, sim::source_location where = sim::source_location::current());

  /** A number below `parties`, another one for each of the threads that go on together. */
  std::int64_t wait(time_limit timeout = {}, sim::source_location where = sim::source_location::current());
  /** Back to the first state, empty. */
  void reset(sim::source_location where = sim::source_location::current());
  /** Breaks it, up to the next reset. */
  void abort(sim::source_location where = sim::source_location::current());

  [[nodiscard]] std::int64_t parties() const noexcept { return parties_; }
  /** How many threads wait now. */
  [[nodiscard]] std::int64_t n_waiting(sim::source_location where = sim::source_location::current());
  [[nodiscard]] bool broken(sim::source_location where = sim::source_location::current());

 private:
  enum class phase : std::uint8_t {
    filling,
    draining,   // all have come; nobody may enter before they are gone
    resetting,  // the same, and those who wait find it broken
    broken,
  };

  void enter(sim::source_location where);
  void let_all_go(sim::source_location where);
  void wait_for_others(time_limit timeout, sim::source_location where);
  void leave(sim::source_location where);
  void change_to(phase next, sim::source_location where);

  std::int64_t parties_;
  std::function<void()> action_;
  time_limit timeout_;
  lock lock_;
  condition changed_;
  // Guarded by the lock.
  phase phase_ = phase::filling;
  std::int64_t count_ = 0;  // of those who are in it
};

}  // namespace heddle::python
