// The default schedule but for a list of deviations.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include <heddle/deviation.hpp>

#include "shrinking/default_schedule.hpp"
#include "strategies/strategy.hpp"

namespace heddle::checker {

/** One execution for each list that it is given. */
class deviating : public strategy {
 public:
  explicit deviating(std::vector<deviation> from_default = {}) : list_(std::move(from_default)) {}

  /** The next execution is by this list. */
  void follow(std::vector<deviation> from_default) {
    list_ = std::move(from_default);
    begun_ = false;
  }
  [[nodiscard]] const std::vector<deviation>& list() const noexcept { return list_; }

  bool begin() override {
    points_.begin();
    return !std::exchange(begun_, true);
  }
  std::uint32_t pick(const sim::choice_point& at) override;
  void end(const sim::simulator& /*ran*/) override {}

 private:
  std::vector<deviation> list_;
  deviation_points points_;
  bool begun_ = false;
};

}  // namespace heddle::checker
