// heddle::latch, with the semantics of std::latch.
#pragma once

#include <cstddef>
#include <limits>
#include <memory>
#include <string_view>

#include <heddle/sim/object.hpp>
#include <heddle/sim/per_process.hpp>
#include <heddle/sim/simulator.hpp>

namespace heddle {

namespace sim {

/** A latch's counter. */
class latch_state final : public object {
 public:
  latch_state(std::ptrdiff_t expected, std::string_view name, source_location where);

  void count_down(std::ptrdiff_t update, source_location where);
  bool try_wait(source_location where);
  void wait(source_location where);

  [[nodiscard]] bool enabled(const operation& op, thread_id thread) const noexcept override;
  [[nodiscard]] cell_value state() const noexcept override { return {static_cast<std::uint64_t>(counter_), 0}; }
  [[nodiscard]] std::unique_ptr<object> copy() const override { return std::make_unique<latch_state>(*this); }

 private:
  std::ptrdiff_t counter_;
};

}  // namespace sim

/**
 * A latch ([thread.latch.class]): threads wait until it has been counted down to zero, where it stays.
 *
 * Counting it down below zero, or by a negative number, is a misuse; so is a negative count to begin with, and its
 * destruction while a thread is at an operation on it.
 */
class latch {
 public:
  explicit latch(std::ptrdiff_t expected, source_location where = source_location::current())
      : latch(expected, {}, where) {}
  /** `name` is what reports call it. */
  latch(std::ptrdiff_t expected, std::string_view name, source_location where = source_location::current())
      : state_(expected, name, where) {}
  latch(const latch&) = delete;
  latch& operator=(const latch&) = delete;

  [[nodiscard]] static constexpr std::ptrdiff_t max() noexcept { return std::numeric_limits<std::ptrdiff_t>::max(); }

  void count_down(std::ptrdiff_t update = 1, source_location where = source_location::current()) {
    state_.here().count_down(update, where);
  }
  /** Whether the counter is zero. Where the settings allow the fault try_lock, it may say no though it is, as std's. */
  [[nodiscard]] bool try_wait(source_location where = source_location::current()) const {
    return state_.here().try_wait(where);
  }
  /** Blocks until the counter is zero. */
  void wait(source_location where = source_location::current()) const { state_.here().wait(where); }
  /** count_down, then wait: two operations. */
  void arrive_and_wait(std::ptrdiff_t update = 1, source_location where = source_location::current()) {
    count_down(update, where);
    wait(where);
  }

 private:
  sim::per_process<sim::latch_state> state_;
};

}  // namespace heddle
