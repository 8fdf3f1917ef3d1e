// heddle::counting_semaphore and binary_semaphore, with the semantics of their std namesakes.
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

/** A semaphore's counter. */
class semaphore_state final : public object {
 public:
  semaphore_state(std::ptrdiff_t desired, std::ptrdiff_t most, std::string_view name, source_location where);

  void acquire(source_location where);
  bool try_acquire(source_location where);
  void release(std::ptrdiff_t update, source_location where);

  [[nodiscard]] bool enabled(const operation& op, thread_id thread) const noexcept override;
  [[nodiscard]] std::unique_ptr<object> copy() const override { return std::make_unique<semaphore_state>(*this); }

 private:
  std::ptrdiff_t counter_;
  std::ptrdiff_t most_;
};

}  // namespace sim

/**
 * A semaphore ([thread.sema.cnt]). acquire blocks while the counter is zero. A release beyond `LeastMaxValue`, or of
 * a negative number, is a misuse, and so is an initial value outside [0, LeastMaxValue].
 */
template <std::ptrdiff_t LeastMaxValue = std::numeric_limits<std::ptrdiff_t>::max()>
class counting_semaphore {
  static_assert(LeastMaxValue >= 0);

 public:
  explicit counting_semaphore(std::ptrdiff_t desired, source_location where = source_location::current())
      : counting_semaphore(desired, {}, where) {}
  /** `name` is what reports call it. */
  counting_semaphore(std::ptrdiff_t desired, std::string_view name, source_location where = source_location::current())
      : state_(desired, LeastMaxValue, name, where) {}

  [[nodiscard]] static constexpr std::ptrdiff_t max() noexcept { return LeastMaxValue; }

  void acquire(source_location where = source_location::current()) { state_.here().acquire(where); }
  [[nodiscard]] bool try_acquire(source_location where = source_location::current()) {
    return state_.here().try_acquire(where);
  }
  void release(std::ptrdiff_t update = 1, source_location where = source_location::current()) {
    state_.here().release(update, where);
  }

 private:
  sim::per_process<sim::semaphore_state> state_;
};

using binary_semaphore = counting_semaphore<1>;

}  // namespace heddle
