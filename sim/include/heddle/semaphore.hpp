// heddle::counting_semaphore and binary_semaphore, with the semantics of their std namesakes.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <string_view>

#include <heddle/clock.hpp>
#include <heddle/sim/object.hpp>
#include <heddle/sim/per_process.hpp>
#include <heddle/sim/simulator.hpp>

namespace heddle {

namespace sim {

/** A semaphore's counter. */
class semaphore_state final : public object {
 public:
  semaphore_state(std::ptrdiff_t desired, std::ptrdiff_t most, std::string_view name, source_location where);

  void acquire(source_location where);
  bool try_acquire(source_location where);
  /** Waits until the deadline at most; whether it has acquired. */
  bool try_acquire_until(std::uint64_t deadline, source_location where);
  void release(std::ptrdiff_t update, source_location where);

  [[nodiscard]] bool enabled(const operation& op, thread_id thread) const noexcept override;
  [[nodiscard]] cell_value state() const noexcept override { return {static_cast<std::uint64_t>(counter_), 0}; }
  [[nodiscard]] std::unique_ptr<object> copy() const override { return std::make_unique<semaphore_state>(*this); }

 private:
  bool take(bool can);

  std::ptrdiff_t counter_;
  std::ptrdiff_t most_;
};

}  // namespace sim

/**
 * A semaphore ([thread.sema.cnt]). acquire blocks while the counter is zero. A release beyond `LeastMaxValue`, or of
 * a negative number, is a misuse, and so is an initial value outside [0, LeastMaxValue]. try_acquire may fail though
 * it could succeed where the settings allow that fault. A timed acquire may time out while the counter is zero: at any
 * point where time is free, at its deadline where time is simulated (time_mode).
 */
template <std::ptrdiff_t LeastMaxValue = std::numeric_limits<std::ptrdiff_t>::max()>
class counting_semaphore {
  static_assert(LeastMaxValue >= 0);

 public:
  explicit counting_semaphore(std::ptrdiff_t desired, source_location where = source_location::current())
      : counting_semaphore(desired, {}, where) {}
  /** `name` is what reports call it. */
  counting_semaphore(std::ptrdiff_t desired, std::string_view name, source_location where = source_location::current())
      : state_(desired, LeastMaxValue, name, where) {}

  [[nodiscard]] static constexpr std::ptrdiff_t max() noexcept { return LeastMaxValue; }

  void acquire(source_location where = source_location::current()) { state_.here().acquire(where); }
  [[nodiscard]] bool try_acquire(source_location where = source_location::current()) {
    return state_.here().try_acquire(where);
  }
  /** Whether it could acquire within so much virtual time. */
  template <class Rep, class Period>
  [[nodiscard]] bool try_acquire_for(const std::chrono::duration<Rep, Period>& length,
                                     source_location where = source_location::current()) {
    return state_.here().try_acquire_until(sim::deadline_in(length), where);
  }
  template <class Clock, class Duration>
  [[nodiscard]] bool try_acquire_until(const std::chrono::time_point<Clock, Duration>& deadline,
                                       source_location where = source_location::current()) {
    return state_.here().try_acquire_until(sim::deadline_at(deadline), where);
  }
  void release(std::ptrdiff_t update = 1, source_location where = source_location::current()) {
    state_.here().release(update, where);
  }

 private:
  sim::per_process<sim::semaphore_state> state_;
};

using binary_semaphore = counting_semaphore<1>;

}  // namespace heddle
