// heddle::timed_mutex and recursive_timed_mutex, with the semantics of their std namesakes.
#pragma once

#include <chrono>
#include <string_view>

#include <heddle/clock.hpp>
#include <heddle/mutex.hpp>

namespace heddle {

namespace sim {

/** A mutex whose locks may give up: what both kinds have in common. */
template <object_kind Kind>
class basic_timed_mutex {
 public:
  basic_timed_mutex(source_location where = source_location::current())  // NOLINT: as in std
      : basic_timed_mutex({}, where) {}
  /** `name` is what reports call it. */
  explicit basic_timed_mutex(std::string_view name, source_location where = source_location::current())
      : state_(Kind, name, where) {}

  void lock(source_location where = source_location::current()) { state_.here().lock(where); }
  [[nodiscard]] bool try_lock(source_location where = source_location::current()) {
    return state_.here().try_lock(where);
  }
  /** Whether it could be locked within so much virtual time. */
  template <class Rep, class Period>
  [[nodiscard]] bool try_lock_for(const std::chrono::duration<Rep, Period>& length,
                                  source_location where = source_location::current()) {
    return state_.here().try_lock_until(deadline_in(length), where);
  }
  template <class Clock, class Duration>
  [[nodiscard]] bool try_lock_until(const std::chrono::time_point<Clock, Duration>& deadline,
                                    source_location where = source_location::current()) {
    return state_.here().try_lock_until(deadline_at(deadline), where);
  }
  void unlock(source_location where = source_location::current()) { state_.here().unlock(where); }

 private:
  per_process<mutex_state> state_;
};

}  // namespace sim

/**
 * A mutex whose lock may give up ([thread.timedmutex.class]); for std::unique_lock and the other locks.
 *
 * A timed lock succeeds if the mutex is free at its turn. While another thread holds it, it may time out: at any
 * point where time is free, at its deadline where time is simulated (time_mode). The rules are those of mutex.
 */
using timed_mutex = sim::basic_timed_mutex<sim::object_kind::timed_mutex>;

/** The same, but its holder may lock it again ([thread.timedmutex.recursive]); it is free after as many unlocks. */
using recursive_timed_mutex = sim::basic_timed_mutex<sim::object_kind::recursive_timed_mutex>;

}  // namespace heddle
