// The schedule that deviations deviate from.
#pragma once

#include <cstdint>
#include <optional>

#include <heddle/deviation.hpp>
#include <heddle/sim/simulator.hpp>

namespace heddle::checker {

/** What the default schedule picks: see deviation. */
[[nodiscard]] std::uint32_t default_pick(const sim::choice_point& at);

/** Where an execution is, in the words of deviations. */
class deviation_points {
 public:
  void begin() noexcept { count_ = 0; }
  /** The address of this point, without what is picked there. Called once for each choice. */
  [[nodiscard]] deviation at(const sim::choice_point& point);
  /** The deviation of picking `picked` at the point that `at` gave the address of. */
  [[nodiscard]] static deviation picking(deviation address, const sim::choice_point& point, std::uint32_t picked);
  /** What a deviation at this point picks, as an index; none where it is not possible. */
  [[nodiscard]] static std::optional<std::uint32_t> pick_of(const deviation& what, const sim::choice_point& point);

 private:
  sim::thread_id thread_ = sim::no_thread;
  std::uint32_t after_ = 0;
  sim::choice_kind kind_ = sim::choice_kind::thread;
  std::uint32_t count_ = 0;  // of the choices of that kind that there were already
};

}  // namespace heddle::checker
