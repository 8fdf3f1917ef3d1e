// Short lists of deviations, drawn from what a program was seen to come to.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "random.hpp"
#include "strategies/deviating.hpp"

namespace heddle::checker {

/**
 * The default schedule first, then one with 1 to `most` deviations after another, without end. A deviation falls on any
 * event of any thread alike, or one time in four, where there are any, on a choice of another kind.
 */
class random_deviations final : public deviating {
 public:
  random_deviations(std::uint64_t seed, std::uint32_t most) noexcept : generator_(seed), most_(most) {}

  bool begin() override;
  std::uint32_t pick(const sim::choice_point& at) override;
  void end(const sim::simulator& ran) override;

  /** The list of the first execution that was not discarded. */
  [[nodiscard]] const std::optional<std::vector<deviation>>& first_that_counts() const noexcept {
    return first_that_counts_;
  }

 private:
  [[nodiscard]] deviation draw();
  [[nodiscard]] deviation draw_switch();
  [[nodiscard]] deviation draw_other();

  struct possibilities {
    std::uint32_t count = 0;
    std::vector<std::string> threads;  // where they are threads
  };

  random_generator generator_;
  std::uint32_t most_;
  bool first_ = true;
  std::optional<std::vector<deviation>> first_that_counts_;
  std::map<std::string, std::uint32_t> events_;  // of each thread that was seen, by its path: the most that it had
  std::map<deviation, possibilities> others_;    // the choices that are not among threads that go on
  deviation_points points_;
};

}  // namespace heddle::checker
