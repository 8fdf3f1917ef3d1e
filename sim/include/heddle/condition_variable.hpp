// heddle::condition_variable, with the semantics of std::condition_variable.
#pragma once

#include <memory>
#include <mutex>
#include <string_view>
#include <utility>

#include <heddle/mutex.hpp>
#include <heddle/sim/object.hpp>

namespace heddle {

namespace sim {

/** Rules of a condition variable. Who waits and who is notified stands in the threads' pending operations. */
class condition_state final : public object {
 public:
  condition_state(std::string_view name, source_location where)
      : object(object_kind::condition_variable, name, where) {}

  /** `mutex` is null where the thread's lock does not own one. */
  void wait(mutex_state* mutex, source_location where);
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
 */
class condition_variable {
 public:
  condition_variable(source_location where = source_location::current())  // NOLINT: as in std
      : condition_variable({}, where) {}
  /** `name` is what reports call it. */
  explicit condition_variable(std::string_view name, source_location where = source_location::current())
      : state_(name, where) {}

  /** `lock` must own its mutex, and the calling thread hold it, or it is a misuse. */
  void wait(std::unique_lock<mutex>& lock, source_location where = source_location::current()) {
    state_.here().wait(lock.owns_lock() ? &lock.mutex()->state_.here() : nullptr, where);
  }

  /** Waits until `stop_waiting()` is true; it is called with the mutex held. */
  template <class Predicate>
  void wait(std::unique_lock<mutex>& lock, Predicate stop_waiting, source_location where = source_location::current()) {
    while (!stop_waiting()) wait(lock, where);
  }

  void notify_one(source_location where = source_location::current()) { state_.here().notify_one(where); }
  void notify_all(source_location where = source_location::current()) { state_.here().notify_all(where); }

 private:
  sim::per_process<sim::condition_state> state_;
};

}  // namespace heddle
