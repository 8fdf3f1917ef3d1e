// heddle::shared_mutex and shared_timed_mutex, with the semantics of their std namesakes.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include <heddle/clock.hpp>
#include <heddle/sim/object.hpp>
#include <heddle/sim/per_process.hpp>
#include <heddle/sim/simulator.hpp>

namespace heddle {

namespace sim {

/** A set of threads; as long as there are no more than 64 threads, it needs no memory of its own. */
class thread_set {
 public:
  [[nodiscard]] bool contains(thread_id thread) const noexcept;
  void insert(thread_id thread);
  void erase(thread_id thread) noexcept;
  [[nodiscard]] bool empty() const noexcept { return first_ == 0 && others_.empty(); }
  /** Its element, if it has exactly one; else no_thread. */
  [[nodiscard]] thread_id only_one() const noexcept;

 private:
  std::uint64_t first_ = 0;        // a bit a thread
  std::vector<thread_id> others_;  // those that have no bit
};

/** Who holds a shared mutex: one thread exclusively, or any number of threads shared. */
class shared_mutex_state final : public object {
 public:
  shared_mutex_state(object_kind kind, std::string_view name, source_location where) : object(kind, name, where) {}
  ~shared_mutex_state() override;

  void lock(source_location where);
  bool try_lock(source_location where);
  /** Waits until the deadline at most; whether it has locked it. */
  bool try_lock_until(std::uint64_t deadline, source_location where);
  void unlock(source_location where);
  void lock_shared(source_location where);
  bool try_lock_shared(source_location where);
  bool try_lock_shared_until(std::uint64_t deadline, source_location where);
  void unlock_shared(source_location where);

  [[nodiscard]] bool enabled(const operation& op, thread_id thread) const noexcept override;
  [[nodiscard]] thread_id waits_for(const operation& op) const noexcept override;
  [[nodiscard]] std::unique_ptr<object> copy() const override { return std::make_unique<shared_mutex_state>(*this); }

 private:
  [[nodiscard]] bool held_by(thread_id thread) const noexcept { return holder_ == thread || readers_.contains(thread); }
  [[nodiscard]] bool is_free() const noexcept { return holder_ == no_thread && readers_.empty(); }
  bool take(bool can, bool shared);
  bool may_not_lock_again(operation_kind kind, source_location where) const;
  void unlocked_in_vain(source_location where) const;

  thread_id holder_ = no_thread;
  thread_set readers_;
};

/** What both kinds have in common. */
template <object_kind Kind>
class basic_shared_mutex {
 public:
  basic_shared_mutex(source_location where = source_location::current())  // NOLINT: as in std
      : basic_shared_mutex({}, where) {}
  /** `name` is what reports call it. */
  explicit basic_shared_mutex(std::string_view name, source_location where = source_location::current())
      : state_(Kind, name, where) {}

  /** Exclusively. */
  void lock(source_location where = source_location::current()) { state_.here().lock(where); }
  [[nodiscard]] bool try_lock(source_location where = source_location::current()) {
    return state_.here().try_lock(where);
  }
  void unlock(source_location where = source_location::current()) { state_.here().unlock(where); }

  /** Together with other threads that do the same. */
  void lock_shared(source_location where = source_location::current()) { state_.here().lock_shared(where); }
  [[nodiscard]] bool try_lock_shared(source_location where = source_location::current()) {
    return state_.here().try_lock_shared(where);
  }
  void unlock_shared(source_location where = source_location::current()) { state_.here().unlock_shared(where); }

  /** Whether it could be locked within so much virtual time. */
  template <class Rep, class Period>
  requires(Kind == object_kind::shared_timed_mutex)
      [[nodiscard]] bool try_lock_for(const std::chrono::duration<Rep, Period>& length,
                                      source_location where = source_location::current()) {
    return state_.here().try_lock_until(deadline_in(length), where);
  }
  template <class Clock, class Duration>
  requires(Kind == object_kind::shared_timed_mutex)
      [[nodiscard]] bool try_lock_until(const std::chrono::time_point<Clock, Duration>& deadline,
                                        source_location where = source_location::current()) {
    return state_.here().try_lock_until(deadline_at(deadline), where);
  }
  template <class Rep, class Period>
  requires(Kind == object_kind::shared_timed_mutex)
      [[nodiscard]] bool try_lock_shared_for(const std::chrono::duration<Rep, Period>& length,
                                             source_location where = source_location::current()) {
    return state_.here().try_lock_shared_until(deadline_in(length), where);
  }
  template <class Clock, class Duration>
  requires(Kind == object_kind::shared_timed_mutex)
      [[nodiscard]] bool try_lock_shared_until(const std::chrono::time_point<Clock, Duration>& deadline,
                                               source_location where = source_location::current()) {
    return state_.here().try_lock_shared_until(deadline_at(deadline), where);
  }

 private:
  per_process<shared_mutex_state> state_;
};

}  // namespace sim

/**
 * A mutex that one thread holds exclusively, or any number of threads shared ([thread.sharedmutex.class]); for
 * std::unique_lock, std::shared_lock and std::scoped_lock.
 *
 * Nobody has precedence, as the standard allows: a reader may come in while a writer waits, and of all that could lock
 * it any may be the next. A lock in either way by a thread that holds it in either way, an unlock of what the thread
 * does not hold that way, and its end while it is held are misuses. try_lock and try_lock_shared may fail though they
 * could succeed where the settings allow that fault.
 */
using shared_mutex = sim::basic_shared_mutex<sim::object_kind::shared_mutex>;

/** The same with locks that may give up, as those of timed_mutex do ([thread.sharedtimedmutex.class]). */
using shared_timed_mutex = sim::basic_shared_mutex<sim::object_kind::shared_timed_mutex>;

}  // namespace heddle
