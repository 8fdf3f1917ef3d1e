// heddle::python::condition, with the semantics of threading.Condition.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <heddle/python/lock.hpp>
#include <heddle/python/rlock.hpp>
#include <heddle/python/semaphore.hpp>

namespace heddle::python {

/**
 * threading.Condition: on a lock, or on an RLock, which it has of its own where it is given none.
 *
 * As in CPython, each thread that waits has a lock of its own to wait for, and a notification is for those who have
 * waited longest. A thread whose time is over leaves the line before it takes the lock again; a notification may reach
 * it just before it leaves, and then nobody else gets it.
 */
class condition {
 public:
  explicit condition(std::string_view called = {}, sim::source_location where = sim::source_location::current());
  template <sim::object_kind Kind>
  explicit condition(basic_lock<Kind>& on, std::string_view called = {},
                     sim::source_location where = sim::source_location::current())
      : lock_(&on.state()), name_(called), made_at_(where) {}
  condition(const condition&) = delete;
  condition& operator=(const condition&) = delete;

  bool acquire(bool blocking = true, sim::source_location where = sim::source_location::current()) {
    return blocking ? lock_->acquire(sim::no_deadline, where) : lock_->try_acquire(where);
  }
  void release(sim::source_location where = sim::source_location::current()) { lock_->release(where); }
  /** For std::lock_guard and its like. */
  void lock(sim::source_location where = sim::source_location::current()) { static_cast<void>(acquire(true, where)); }
  void unlock(sim::source_location where = sim::source_location::current()) { release(where); }

  /** Whether it was notified in time. Throws runtime_error where the lock is not held; so do the notifications. */
  bool wait(time_limit timeout = {}, sim::source_location where = sim::source_location::current()) {
    return wait_until(deadline_of(timeout), where);
  }
  /** Waits until `predicate()` is true or time is up; what it was in the end. */
  template <class Predicate>
  auto wait_for(Predicate predicate, time_limit timeout = {},
                sim::source_location where = sim::source_location::current()) {
    const std::uint64_t deadline = deadline_of(timeout);
    auto result = predicate();
    while (!result) {
      const bool in_time = wait_until(deadline, where);
      result = predicate();
      if (!in_time) break;
    }
    return result;
  }
  void notify(std::size_t count = 1, sim::source_location where = sim::source_location::current());
  void notify_all(sim::source_location where = sim::source_location::current()) { notify(waiting_.size(), where); }

  // ---- the parts of a wait, for who has more to let go than the lock: begin, await, end

  /** A thread's place in the line. */
  struct place {
    std::shared_ptr<semaphore_state> woken;
    std::uint32_t levels = 1;  // of the lock, to be taken again
    bool may_leave = false;    // its time is limited
  };
  /** Joins the line, and lets the lock go. */
  [[nodiscard]] place begin_wait(bool limited, sim::source_location where);
  /** Blocks until it is notified, or time is up; whether it was notified. Takes no lock. */
  [[nodiscard]] bool await_notification(const place& its, std::uint64_t deadline, sim::source_location where);
  /** Takes the lock again if it is free now; whether it was. */
  [[nodiscard]] bool try_end_wait(const place& its, sim::source_location where);
  /** The same, but it blocks until the lock is free. */
  void end_wait(const place& its, sim::source_location where);

  [[nodiscard]] lock_state& lock_of() const noexcept { return *lock_; }

 private:
  bool wait_until(std::uint64_t deadline, sim::source_location where);
  void must_be_held(const char* otherwise, sim::source_location where);
  void leave_line(const place& its);

  std::unique_ptr<rlock> own_;
  lock_state* lock_;
  std::string name_;
  sim::source_location made_at_;
  std::deque<place> waiting_;  // guarded by the lock
};

}  // namespace heddle::python
