// heddle::condition_variable, with the semantics of std::condition_variable.
#pragma once

#include <chrono>
#include <condition_variable>  // std::cv_status
#include <memory>
#include <mutex>
#include <string_view>
#include <utility>

#include <heddle/clock.hpp>
#include <heddle/mutex.hpp>
#include <heddle/sim/object.hpp>

namespace heddle {

namespace sim {

/** Rules of a condition variable. Who waits and who is notified stands in the threads' pending operations. */
class condition_state final : public object {
 public:
  condition_state(std::string_view name, source_location where)
      : object(object_kind::condition_variable, name, where) {}

  /** Whether the thread was woken before the deadline. `mutex` is null where the thread's lock does not own one. */
  bool wait(mutex_state* mutex, std::uint64_t deadline, source_location where);
  void notify_one(source_location where);
  void notify_all(source_location where);

  [[nodiscard]] bool enabled(const operation& op, thread_id thread) const noexcept override;
  [[nodiscard]] thread_id waits_for(const operation& op) const noexcept override;
  [[nodiscard]] std::unique_ptr<object> copy() const override { return std::make_unique<condition_state>(*this); }
};

}  // namespace sim

/**
 * A condition variable ([thread.condition.condvar]) for heddle::mutex and std::unique_lock.
 *
 * A wait is two operations: `wait` lets the mutex go and starts to wait in one step; `wake` is enabled once the
 * thread is notified and the mutex is free, and takes the mutex. Which of several waiters notify_one wakes is a
 * choice. Waits wake up unnotified only where the settings allow that fault, as a choice.
 *
 * A timed wait may also time out while it is not notified: at any point where time is free, at its deadline where time
 * is simulated (time_mode). From then on it takes no notification any more, and `lock`s the mutex in a step of its own.
 *
 * It may be destroyed as soon as all who wait are notified. Destroying it while a thread waits is a misuse.
 */
class condition_variable {
 public:
  condition_variable(source_location where = source_location::current())  // NOLINT: as in std
      : condition_variable({}, where) {}
  /** `name` is what reports call it. */
  explicit condition_variable(std::string_view name, source_location where = source_location::current())
      : state_(name, where) {}

  /** `lock` must own its mutex, and the calling thread hold it, or it is a misuse; so is another mutex than that of
   * those who wait already. */
  void wait(std::unique_lock<mutex>& lock, source_location where = source_location::current()) {
    static_cast<void>(state_.here().wait(mutex_of(lock), sim::no_deadline, where));
  }

  /** Waits until `stop_waiting()` is true; it is called with the mutex held. */
  template <class Predicate>
  void wait(std::unique_lock<mutex>& lock, Predicate stop_waiting, source_location where = source_location::current()) {
    while (!stop_waiting()) wait(lock, where);
  }

  /** Waits so long in virtual time at most; `timeout` exactly if nothing has woken it. Spurious is no timeout. */
  template <class Rep, class Period>
  std::cv_status wait_for(std::unique_lock<mutex>& lock, const std::chrono::duration<Rep, Period>& length,
                          source_location where = source_location::current()) {
    return wait_until_deadline(lock, sim::deadline_in(length), where);
  }
  template <class Clock, class Duration>
  std::cv_status wait_until(std::unique_lock<mutex>& lock, const std::chrono::time_point<Clock, Duration>& deadline,
                            source_location where = source_location::current()) {
    return wait_until_deadline(lock, sim::deadline_at(deadline), where);
  }

  /** Waits until `stop_waiting()` is true or time is up; what it is in the end. */
  template <class Rep, class Period, class Predicate>
  bool wait_for(std::unique_lock<mutex>& lock, const std::chrono::duration<Rep, Period>& length, Predicate stop_waiting,
                source_location where = source_location::current()) {
    return wait_until_deadline(lock, sim::deadline_in(length), stop_waiting, where);
  }
  template <class Clock, class Duration, class Predicate>
  bool wait_until(std::unique_lock<mutex>& lock, const std::chrono::time_point<Clock, Duration>& deadline,
                  Predicate stop_waiting, source_location where = source_location::current()) {
    return wait_until_deadline(lock, sim::deadline_at(deadline), stop_waiting, where);
  }

  void notify_one(source_location where = source_location::current()) { state_.here().notify_one(where); }
  void notify_all(source_location where = source_location::current()) { state_.here().notify_all(where); }

 private:
  friend void notify_all_at_thread_exit(condition_variable& changed, std::unique_lock<mutex> lock,
                                        source_location where);
  static sim::mutex_state* mutex_of(std::unique_lock<mutex>& lock) {
    return lock.owns_lock() ? &lock.mutex()->state_.here() : nullptr;
  }
  std::cv_status wait_until_deadline(std::unique_lock<mutex>& lock, std::uint64_t deadline, source_location where) {
    const bool woken = state_.here().wait(mutex_of(lock), deadline, where);
    return woken ? std::cv_status::no_timeout : std::cv_status::timeout;
  }
  template <class Predicate>
  bool wait_until_deadline(std::unique_lock<mutex>& lock, std::uint64_t deadline, Predicate& stop_waiting,
                           source_location where) {
    while (!stop_waiting()) {
      if (wait_until_deadline(lock, deadline, where) == std::cv_status::timeout) return stop_waiting();
    }
    return true;
  }

  sim::per_process<sim::condition_state> state_;
};

/**
 * Unlocks the mutex and notifies all when the calling thread has ended, after its thread-local variables
 * ([thread.condition.nonmember]). A lock that does not own its mutex is a misuse.
 */
inline void notify_all_at_thread_exit(condition_variable& changed, std::unique_lock<mutex> lock,
                                      source_location where = source_location::current()) {
  sim::simulator& execution = sim::simulator::current();
  if (!lock.owns_lock() || condition_variable::mutex_of(lock)->holder() != execution.running()) {
    lock.release();
    return execution.end(sim::ending_kind::misuse,
                         "notify_all_at_thread_exit with a mutex that the thread does not hold", where);
  }
  execution.at_thread_end([&changed, held = lock.release(), where] {
    if (sim::simulator::current().giving_up()) return;  // they may be gone
    held->unlock(where);
    changed.notify_all(where);
  });
}

}  // namespace heddle
