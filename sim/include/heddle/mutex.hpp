// heddle::mutex, with the semantics of std::mutex.
#pragma once

#include <memory>
#include <string_view>

#include <heddle/sim/object.hpp>
#include <heddle/sim/per_process.hpp>
#include <heddle/sim/simulator.hpp>

namespace heddle {

namespace sim {

/** Who holds a mutex, and how often it has locked it. */
class mutex_state final : public object {
 public:
  mutex_state(object_kind kind, std::string_view name, source_location where) : object(kind, name, where) {}
  ~mutex_state() override {
    if (holder_ != no_thread) [[unlikely]]
      destroyed_while_held();
  }

  void lock(source_location where) {
    simulator& execution = simulator::of_object();
    execution.publish(operation_kind::lock, *this, where);
    if (holder_ == execution.running() && may_not_lock_again(operation_kind::lock, where)) [[unlikely]]
      return;
    holder_ = execution.running();
    ++depth_;
    execution.performed(effect::update);
  }
  bool try_lock(source_location where);
  /** Waits until the deadline at most; whether it has locked it. */
  bool try_lock_until(std::uint64_t deadline, source_location where);
  void unlock(source_location where) {
    simulator& execution = simulator::of_object();
    execution.publish(operation_kind::unlock, *this, where);
    if (holder_ != execution.running()) [[unlikely]]
      return unlocked_by_stranger(where);
    if (--depth_ == 0) holder_ = no_thread;
    execution.performed(effect::update);
  }

  /** The two halves of a condition wait, which lets the mutex go and takes it again. */
  void let_go() noexcept {
    holder_ = no_thread;
    depth_ = 0;
  }
  void take(thread_id by) noexcept {
    holder_ = by;
    depth_ = 1;
  }

  [[nodiscard]] thread_id holder() const noexcept { return holder_; }
  /** Whether `thread` could lock it now: nobody holds it, or it is recursive and `thread` does. */
  [[nodiscard]] bool free_for(thread_id thread) const noexcept;

  [[nodiscard]] bool enabled(const operation& op, thread_id thread) const noexcept override;
  [[nodiscard]] thread_id waits_for(const operation& op) const noexcept override;
  [[nodiscard]] std::unique_ptr<object> copy() const override { return std::make_unique<mutex_state>(*this); }

 private:
  [[nodiscard]] bool is_recursive() const noexcept {
    return kind() == object_kind::recursive_mutex || kind() == object_kind::recursive_timed_mutex;
  }
  bool may_not_lock_again(operation_kind kind, source_location where) const;
  void destroyed_while_held() const;
  void unlocked_by_stranger(source_location where) const;

  thread_id holder_ = no_thread;
  std::uint32_t depth_ = 0;  // how often its holder has locked it: more than once only where it is recursive
};

/** Ends the execution: the running thread locks a mutex, in whichever way, that it holds. */
void end_by_second_lock(operation_kind kind, const object& mutex, source_location where);

}  // namespace sim

/**
 * A mutex ([thread.mutex.class]); works with std::lock_guard, std::unique_lock and std::scoped_lock.
 *
 * Each call is an operation, and lock blocks while another thread holds the mutex. A lock or try_lock by its holder,
 * an unlock by another thread, and its end while it is held are misuses. A try_lock may fail though the mutex is free
 * where the settings allow that fault.
 */
class mutex {
 public:
  mutex(source_location where = source_location::current())  // NOLINT: as in std
      : mutex({}, where) {}
  /** `name` is what reports call it. */
  explicit mutex(std::string_view name, source_location where = source_location::current())
      : state_(sim::object_kind::mutex, name, where) {}

  void lock(source_location where = source_location::current()) { state_.here().lock(where); }
  [[nodiscard]] bool try_lock(source_location where = source_location::current()) {
    return state_.here().try_lock(where);
  }
  void unlock(source_location where = source_location::current()) { state_.here().unlock(where); }

 private:
  friend class condition_variable;
  sim::per_process<sim::mutex_state> state_;
};

}  // namespace heddle
