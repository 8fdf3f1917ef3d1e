// Replay: one execution, choice by choice as a schedule says.
#pragma once

#include <utility>
#include <vector>

#include "strategies/strategy.hpp"

namespace heddle::checker {

/** Strict: each choice must have the kind and the count that the schedule has, and none may be missing or too many. */
class replay_schedule final : public strategy {
 public:
  explicit replay_schedule(std::vector<sim::choice> choices) : choices_(std::move(choices)) {}

  bool begin() override { return !std::exchange(begun_, true); }
  std::uint32_t pick(const sim::choice_point& at) override;
  void end(const sim::simulator& ran) override;
  [[nodiscard]] const std::string* mismatch() const override { return mismatch_.empty() ? nullptr : &mismatch_; }

 private:
  std::vector<sim::choice> choices_;
  std::size_t position_ = 0;
  bool begun_ = false;
  std::string mismatch_;
};

}  // namespace heddle::checker
