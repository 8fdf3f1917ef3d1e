// What an execution deviates in from the default schedule.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <heddle/deviation.hpp>

#include "preemption.hpp"
#include "shrinking/default_schedule.hpp"
#include "strategies/strategy.hpp"

namespace heddle::checker {

/** An execution, as its choices and as its deviations. */
struct noted_execution {
  std::vector<sim::choice> choices;
  std::vector<deviation> deviations;
  std::uint32_t preemptions = 0;
};

/** Lets another strategy pick, and notes what that deviates in. */
class noting final : public strategy {
 public:
  explicit noting(std::unique_ptr<strategy> within) : within_(std::move(within)) {}

  bool begin() override {
    deviations_.clear();
    preemptions_ = 0;
    points_.begin();
    return within_->begin();
  }

  std::uint32_t pick(const sim::choice_point& at) override {
    const std::uint32_t picked = within_->pick(at);
    if (picked >= at.count) return picked;
    deviation here = points_.at(at);
    if (is_preemption(at, picked)) ++preemptions_;
    if (picked != default_pick(at)) deviations_.push_back(deviation_points::picking(std::move(here), at, picked));
    return picked;
  }

  void end(const sim::simulator& ran) override { within_->end(ran); }
  [[nodiscard]] const std::string* mismatch() const override { return within_->mismatch(); }

  /** The execution that has ended. */
  [[nodiscard]] noted_execution noted(const sim::simulator& ran) const {
    return {ran.schedule(), deviations_, preemptions_};
  }

 private:
  std::unique_ptr<strategy> within_;
  deviation_points points_;
  std::vector<deviation> deviations_;
  std::uint32_t preemptions_ = 0;
};

}  // namespace heddle::checker
