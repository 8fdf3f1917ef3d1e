// heddle::condition_variable_any, with the semantics of std::condition_variable_any.
#pragma once

#include <chrono>
#include <concepts>
#include <condition_variable>  // std::cv_status
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <heddle/clock.hpp>
#include <heddle/sim/object.hpp>
#include <heddle/sim/per_process.hpp>
#include <heddle/stop_token.hpp>

namespace heddle {

namespace sim {

/** A lock of any type, to be let go and taken again. */
struct any_lock {
  void* lock;
  void (*unlock_it)(void* lock, source_location where);
  void (*lock_it)(void* lock, source_location where);

  template <class Lock>
  explicit any_lock(Lock& of)
      : lock(std::addressof(of)),
        unlock_it([](void* it, source_location where) {
          Lock& its = *static_cast<Lock*>(it);
          if constexpr (requires { its.unlock(where); }) {
            its.unlock(where);
          } else {
            its.unlock();
          }
        }),
        lock_it([](void* it, source_location where) {
          Lock& its = *static_cast<Lock*>(it);
          if constexpr (requires { its.lock(where); }) {
            its.lock(where);
          } else {
            its.lock();
          }
        }) {}
};

/**
 * Who waits on a condition variable for any lock, and who of them is notified.
 *
 * A thread that waits has a ticket from before it lets its lock go, since that takes operations of its own.
 */
class any_condition_state final : public object {
 public:
  any_condition_state(std::string_view name, source_location where)
      : object(object_kind::condition_variable, name, where) {}
  /** A copy for a process, in which nobody waits. */
  any_condition_state(const any_condition_state& original) : object(original) {}

  /** False where the time is over. With `stopped`, which notify_to_stop sets, it does not begin to wait once that is
   * true. */
  bool wait(any_lock lock, std::uint64_t deadline, const bool* stopped, source_location where);
  void notify_one(source_location where);
  void notify_all(source_location where) { notify_to_stop(nullptr, where); }
  /** Notifies all, and sets `stopped` in the same step. */
  void notify_to_stop(bool* stopped, source_location where);
  /** The condition variable is destroyed, though what is notified may still be at its wake. */
  void must_be_left() const;

  [[nodiscard]] bool enabled(const operation& op, thread_id thread) const noexcept override;
  [[nodiscard]] std::unique_ptr<object> copy() const override { return std::make_unique<any_condition_state>(*this); }

 private:
  struct ticket {
    thread_id thread;
    bool notified = false;
    bool at_wake = false;  // its wake is published
  };
  [[nodiscard]] ticket* ticket_of(thread_id thread) noexcept;
  void give_back_ticket(thread_id thread) noexcept;
  [[nodiscard]] std::span<const thread_id> not_notified(simulator& execution);
  void notify(std::span<const thread_id> threads, simulator& execution);

  std::vector<ticket> waiting_;
};

}  // namespace sim

/**
 * A condition variable for any type that has lock and unlock ([thread.condition.condvarany]).
 *
 * A wait is a `wait`, from which on notifications count, the unlocking, a `wake`, which is enabled once the thread is
 * notified or its time is over, and the locking. Which of several waiters notify_one wakes is a choice. Waits wake up
 * unnotified only where the settings allow that fault, as a choice. It may be destroyed once all who wait on it are
 * notified; before, that is a misuse.
 */
class condition_variable_any {
 public:
  condition_variable_any(source_location where = source_location::current())  // NOLINT: as in std
      : condition_variable_any({}, where) {}
  /** `name` is what reports call it. */
  explicit condition_variable_any(std::string_view name, source_location where = source_location::current())
      : state_(std::make_shared<sim::per_process<sim::any_condition_state>>(name, where)) {}
  condition_variable_any(const condition_variable_any&) = delete;
  condition_variable_any& operator=(const condition_variable_any&) = delete;
  ~condition_variable_any() {
    if (sim::running_simulator != nullptr) state_->original().must_be_left();
  }

  /** The calling thread must hold `lock`: letting it go says so otherwise. */
  template <class Lock>
  void wait(Lock& lock, source_location where = source_location::current()) {
    wait_to(lock, sim::no_deadline, nullptr, where);
  }
  /** Waits until `stop_waiting()` is true; it is called with the lock held. */
  template <class Lock, std::predicate Predicate>
  void wait(Lock& lock, Predicate stop_waiting, source_location where = source_location::current()) {
    while (!stop_waiting()) wait(lock, where);
  }

  template <class Lock, class Clock, class Duration>
  std::cv_status wait_until(Lock& lock, const std::chrono::time_point<Clock, Duration>& time,
                            source_location where = source_location::current()) {
    return status(wait_to(lock, sim::deadline_at(time), nullptr, where));
  }
  /** What `stop_waiting()` says in the end. */
  template <class Lock, class Clock, class Duration, std::predicate Predicate>
  bool wait_until(Lock& lock, const std::chrono::time_point<Clock, Duration>& time, Predicate stop_waiting,
                  source_location where = source_location::current()) {
    return wait_to(lock, sim::deadline_at(time), stop_waiting, where);
  }

  template <class Lock, class Rep, class Period>
  std::cv_status wait_for(Lock& lock, const std::chrono::duration<Rep, Period>& time,
                          source_location where = source_location::current()) {
    return status(wait_to(lock, sim::deadline_in(time), nullptr, where));
  }
  template <class Lock, class Rep, class Period, std::predicate Predicate>
  bool wait_for(Lock& lock, const std::chrono::duration<Rep, Period>& time, Predicate stop_waiting,
                source_location where = source_location::current()) {
    return wait_to(lock, sim::deadline_in(time), stop_waiting, where);
  }

  /** The same, until a stop is requested ([thread.condvarany.intwait]): what `stop_waiting()` says in the end. */
  template <class Lock, std::predicate Predicate>
  bool wait(Lock& lock, stop_token token, Predicate stop_waiting, source_location where = source_location::current()) {
    return wait_to(lock, std::move(token), sim::no_deadline, stop_waiting, where);
  }
  template <class Lock, class Clock, class Duration, std::predicate Predicate>
  bool wait_until(Lock& lock, stop_token token, const std::chrono::time_point<Clock, Duration>& time,
                  Predicate stop_waiting, source_location where = source_location::current()) {
    return wait_to(lock, std::move(token), sim::deadline_at(time), stop_waiting, where);
  }
  template <class Lock, class Rep, class Period, std::predicate Predicate>
  bool wait_for(Lock& lock, stop_token token, const std::chrono::duration<Rep, Period>& time, Predicate stop_waiting,
                source_location where = source_location::current()) {
    return wait_to(lock, std::move(token), sim::deadline_in(time), stop_waiting, where);
  }

  void notify_one(source_location where = source_location::current()) { state_->here().notify_one(where); }
  void notify_all(source_location where = source_location::current()) { state_->here().notify_all(where); }

 private:
  static std::cv_status status(bool in_time) noexcept {
    return in_time ? std::cv_status::no_timeout : std::cv_status::timeout;
  }

  template <class Lock>
  bool wait_to(Lock& lock, std::uint64_t deadline, const bool* stopped, source_location where) {
    const auto kept = state_;  // this may be destroyed before a thread that was notified is back
    return kept->here().wait(sim::any_lock(lock), deadline, stopped, where);
  }

  template <class Lock, std::predicate Predicate>
  bool wait_to(Lock& lock, std::uint64_t deadline, Predicate& stop_waiting, source_location where) {
    while (!stop_waiting()) {
      if (!wait_to(lock, deadline, nullptr, where)) return stop_waiting();
    }
    return true;
  }

  template <class Lock, std::predicate Predicate>
  bool wait_to(Lock& lock, stop_token token, std::uint64_t deadline, Predicate& stop_waiting, source_location where) {
    const auto kept = state_;
    bool stopped = false;
    const stop_callback on_stop(
        token, [&] { kept->here().notify_to_stop(&stopped, where); }, where);
    while (!token.stop_requested(where)) {
      if (stop_waiting()) return true;
      if (!wait_to(lock, deadline, &stopped, where)) break;
    }
    return stop_waiting();
  }

  std::shared_ptr<sim::per_process<sim::any_condition_state>> state_;
};

}  // namespace heddle
