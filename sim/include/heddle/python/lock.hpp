// heddle::python::lock, with the semantics of threading.Lock.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include <heddle/python/exceptions.hpp>
#include <heddle/sim/object.hpp>
#include <heddle/sim/per_process.hpp>

namespace heddle::python {

/** Who took a lock, and how often; of both kinds, Lock (object_kind::mutex) and RLock (recursive_mutex). */
class lock_state final : public sim::object {
 public:
  using object::object;

  /** Takes it if it is free now, by so many levels; whether it was. */
  bool try_acquire(sim::source_location where, std::uint32_t levels = 1);
  /** Waits until the deadline at most; whether it has taken it. */
  bool acquire(std::uint64_t deadline, sim::source_location where, std::uint32_t levels = 1);
  /** Throws runtime_error where it is not held, or by another thread if it is an RLock. */
  void release(sim::source_location where, std::uint32_t levels = 1);
  /** Whether anybody holds it. */
  [[nodiscard]] bool locked(sim::source_location where);

  /** Whether the running thread took it last and still has it; no operation, since only others' releases of a Lock
   * could make it differ. */
  [[nodiscard]] bool held_here() const noexcept;
  /** How often its holder has taken it. */
  [[nodiscard]] std::uint32_t levels() const noexcept { return levels_; }
  [[nodiscard]] bool is_recursive() const noexcept { return kind() == sim::object_kind::recursive_mutex; }

  [[nodiscard]] bool enabled(const sim::operation& op, sim::thread_id thread) const noexcept override;
  [[nodiscard]] sim::thread_id waits_for(const sim::operation& op) const noexcept override;
  [[nodiscard]] std::unique_ptr<object> copy() const override { return std::make_unique<lock_state>(*this); }

 private:
  [[nodiscard]] bool free_for(sim::thread_id thread) const noexcept;
  bool take(bool can, std::uint32_t levels);

  sim::thread_id holder_ = sim::no_thread;
  std::uint32_t levels_ = 0;
};

/** What Lock and RLock have in common; not a class of its own for each, or its name would hide the member lock. */
template <sim::object_kind Kind>
class basic_lock {
 public:
  basic_lock(sim::source_location where = sim::source_location::current()) : basic_lock({}, where) {}  // NOLINT
  /** `called` is what reports call it. */
  explicit basic_lock(std::string_view called, sim::source_location where = sim::source_location::current())
      : state_(Kind, called, where) {}

  /** Whether it was taken. `timeout` in seconds; -1: none. Throws value_error for another negative one, and for one
   * with `blocking` false. */
  bool acquire(bool blocking = true, double timeout = -1,
               sim::source_location where = sim::source_location::current()) {
    if (!blocking && timeout != -1) throw value_error("can't specify a timeout for a non-blocking call");
    if (timeout < 0 && timeout != -1) throw value_error("timeout value must be a non-negative number");
    if (!blocking) return state().try_acquire(where);
    return state().acquire(timeout < 0 ? sim::no_deadline : deadline_of(timeout), where);
  }
  void release(sim::source_location where = sim::source_location::current()) { state().release(where); }

  /** For std::lock_guard and its like: Python's `with`. */
  void lock(sim::source_location where = sim::source_location::current()) {
    static_cast<void>(state().acquire(sim::no_deadline, where));
  }
  void unlock(sim::source_location where = sim::source_location::current()) { state().release(where); }

  /** Whether anybody holds it. */
  [[nodiscard]] bool locked(sim::source_location where = sim::source_location::current()) const
      requires(Kind == sim::object_kind::mutex) {
    return state().locked(where);
  }

  [[nodiscard]] lock_state& state() const { return state_.here(); }

 private:
  sim::per_process<lock_state> state_;
};

/**
 * threading.Lock. Its holder waits for ever if it acquires it again; any thread may release it. Releasing what nobody
 * holds throws runtime_error.
 */
using lock = basic_lock<sim::object_kind::mutex>;

}  // namespace heddle::python
