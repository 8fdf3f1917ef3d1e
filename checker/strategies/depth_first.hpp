// Depth-first enumeration of all executions, with no reduction: the oracle of everything cleverer.
#pragma once

#include <vector>

#include "strategies/strategy.hpp"

namespace heddle::checker {

/**
 * Follows the latest path, taking the last choice that has a possibility left one further, and picks the first
 * possibility of every choice beyond. Memory is one entry a choice of the longest execution.
 */
class depth_first final : public strategy {
 public:
  bool begin() override;
  std::uint32_t pick(const sim::choice_point& at) override;
  void end(const sim::simulator& ran) override;
  [[nodiscard]] bool exhaustive() const override { return exhaustive_; }
  [[nodiscard]] const std::string* mismatch() const override { return mismatch_.empty() ? nullptr : &mismatch_; }

 private:
  std::vector<sim::choice> path_;
  std::size_t depth_ = 0;
  bool begun_ = false;
  bool exhaustive_ = true;
  std::string mismatch_;
};

}  // namespace heddle::checker
