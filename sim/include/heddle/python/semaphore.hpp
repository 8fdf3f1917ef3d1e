// heddle::python::semaphore and bounded_semaphore, with the semantics of threading's.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include <heddle/python/exceptions.hpp>
#include <heddle/sim/object.hpp>
#include <heddle/sim/per_process.hpp>

namespace heddle::python {

/** A counter that acquire waits for. A condition gives each thread that waits one of its own, too. */
class semaphore_state final : public sim::object {
 public:
  static constexpr std::uint64_t no_bound = UINT64_MAX;

  semaphore_state(sim::object_kind kind, std::uint64_t value, std::uint64_t bound, std::string_view called,
                  sim::source_location where)
      : object(kind, called, where), value_(value), bound_(bound) {}

  bool try_acquire(sim::source_location where);
  /** Waits until the deadline at most; whether it has acquired. */
  bool acquire(std::uint64_t deadline, sim::source_location where);
  /** Throws value_error where the bound would be exceeded. */
  void release(std::uint64_t by, sim::source_location where);

  [[nodiscard]] bool enabled(const sim::operation& op, sim::thread_id thread) const noexcept override;
  [[nodiscard]] sim::cell_value state() const noexcept override { return {value_, bound_ + 1}; }
  [[nodiscard]] std::unique_ptr<object> copy() const override { return std::make_unique<semaphore_state>(*this); }

 private:
  bool take(bool can);

  std::uint64_t value_;
  std::uint64_t bound_;
};

/** threading.Semaphore. Throws value_error for a negative first value, and for a release by less than 1. */
class semaphore {
 public:
  explicit semaphore(std::int64_t value = 1, std::string_view called = {},
                     sim::source_location where = sim::source_location::current())
      : semaphore(value, false, called, where) {}

  /** Whether it was acquired. `timeout` in seconds; throws value_error for one with `blocking` false. */
  bool acquire(bool blocking = true, time_limit timeout = {},
               sim::source_location where = sim::source_location::current()) {
    if (!blocking && timeout) throw value_error("can't specify timeout for non-blocking acquire");
    return blocking ? state().acquire(deadline_of(timeout), where) : state().try_acquire(where);
  }
  void release(std::int64_t by = 1, sim::source_location where = sim::source_location::current()) {
    if (by < 1) throw value_error("n must be one or more");
    state().release(static_cast<std::uint64_t>(by), where);
  }

  [[nodiscard]] semaphore_state& state() const { return state_.here(); }

 protected:
  semaphore(std::int64_t value, bool bounded, std::string_view called, sim::source_location where)
      : state_(sim::object_kind::semaphore, first_value(value),
               bounded ? first_value(value) : semaphore_state::no_bound, called, where) {}

 private:
  static std::uint64_t first_value(std::int64_t value) {
    if (value < 0) throw value_error("semaphore initial value must be >= 0");
    return static_cast<std::uint64_t>(value);
  }

  sim::per_process<semaphore_state> state_;
};

/** threading.BoundedSemaphore: a release beyond the first value throws value_error. */
class bounded_semaphore : public semaphore {
 public:
  explicit bounded_semaphore(std::int64_t value = 1, std::string_view called = {},
                             sim::source_location where = sim::source_location::current())
      : semaphore(value, true, called, where) {}
};

}  // namespace heddle::python
