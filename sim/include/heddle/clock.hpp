// heddle::steady_clock and heddle::system_clock: clocks that tell virtual time, and deadlines by them.
#pragma once

#include <chrono>
#include <cstdint>
#include <ctime>
#include <type_traits>

#include <heddle/sim/simulator.hpp>

namespace heddle {

/**
 * Virtual time since the execution began ([time.clock.steady]).
 *
 * Reading it is an operation, since other threads' sleeps move the clock. Nothing takes time but sleeping and timing
 * out; only a thread that reads the clock again and again, while nothing else happens, sees it advance faster and
 * faster, so that a loop that waits for a time comes to its end.
 */
struct steady_clock {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<steady_clock>;
  static constexpr bool is_steady = true;

  [[nodiscard]] static time_point now(source_location where = source_location::current()) {
    return time_point(duration(static_cast<rep>(sim::simulator::current().read_clock(where))));
  }
};

/** The same as a date ([time.clock.system]): every execution begins at midnight of 1 January 2000, UTC. */
struct system_clock {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<system_clock>;
  static constexpr bool is_steady = true;
  /** When executions begin. */
  static constexpr time_point epoch{std::chrono::seconds(946'684'800)};

  [[nodiscard]] static time_point now(source_location where = source_location::current()) {
    return epoch + duration(static_cast<rep>(sim::simulator::current().read_clock(where)));
  }
  [[nodiscard]] static std::time_t to_time_t(const time_point& point) noexcept {
    return std::chrono::duration_cast<std::chrono::seconds>(point.time_since_epoch()).count();
  }
  [[nodiscard]] static time_point from_time_t(std::time_t time) noexcept {
    return time_point(std::chrono::seconds(time));
  }
};

namespace sim {

/** A duration in whole nanoseconds, rounded up: at least 0, and at most what a clock can tell. */
template <class Rep, class Period>
[[nodiscard]] std::uint64_t nanoseconds_of(const std::chrono::duration<Rep, Period>& duration) {
  using std::chrono::nanoseconds;
  if (!(duration > duration.zero())) return 0;
  const bool fits = std::chrono::duration<double>(duration) < std::chrono::duration<double>(nanoseconds::max());
  return static_cast<std::uint64_t>((fits ? std::chrono::ceil<nanoseconds>(duration) : nanoseconds::max()).count());
}

/** The deadline of what begins now and may last so long. Negative durations count as none. */
template <class Rep, class Period>
[[nodiscard]] std::uint64_t deadline_in(const std::chrono::duration<Rep, Period>& duration) {
  return simulator::current().deadline_in(nanoseconds_of(duration));
}

/** The deadline that a clock tells. The real clocks of std::chrono tell nothing here: use Heddle's. */
template <class Clock, class Duration>
[[nodiscard]] std::uint64_t deadline_at(const std::chrono::time_point<Clock, Duration>& point) {
  static_assert(!std::is_same_v<Clock, std::chrono::steady_clock> && !std::is_same_v<Clock, std::chrono::system_clock>,
                "time is virtual in Heddle: use heddle::steady_clock or heddle::system_clock");
  if constexpr (std::is_same_v<Clock, steady_clock>) {
    return nanoseconds_of(point.time_since_epoch());
  } else if constexpr (std::is_same_v<Clock, system_clock>) {
    // Not of their difference, which may be more than its type can hold.
    const std::uint64_t since_1970 = nanoseconds_of(point.time_since_epoch());
    const std::uint64_t begin = nanoseconds_of(system_clock::epoch.time_since_epoch());
    return since_1970 > begin ? since_1970 - begin : 0;
  } else {
    return deadline_in(point - Clock::now());
  }
}

}  // namespace sim
}  // namespace heddle
