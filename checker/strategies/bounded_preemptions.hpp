// A bound of preemptions around a strategy: once, or deepening.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include <heddle/options.hpp>

#include "strategies/strategy.hpp"

namespace heddle::checker {

/**
 * Lets another strategy pick until an execution has had as many preemptions as it may; from then on a thread that can
 * go on does, and the other strategy does not hear of the choice. So it visits exactly the executions within the bound,
 * if it visits all of what it is offered.
 *
 * Deepening runs it anew with the next bound, until nothing was cut off. What is repeated then, for the sake of what
 * lies behind it, counts for nothing: to know where a round was cut off would take memory for each execution.
 */
class bounded_preemptions final : public strategy {
 public:
  using maker = std::function<std::unique_ptr<strategy>()>;

  bounded_preemptions(maker make, preemption_bound bound) : make_(std::move(make)), bound_(bound), within_(make_()) {}

  bool begin() override;
  std::uint32_t pick(const sim::choice_point& at) override;
  void end(const sim::simulator& ran) override { within_->end(ran); }
  [[nodiscard]] bool repeats() const override { return deeper_ && used_ < bound_.most && mismatch() == nullptr; }
  [[nodiscard]] bool exhaustive() const override { return !cut_off_ && within_->exhaustive(); }
  [[nodiscard]] std::optional<std::uint32_t> exhaustive_preemptions() const override { return covered_; }
  [[nodiscard]] std::optional<std::uint64_t> seed() const override { return within_->seed(); }
  [[nodiscard]] const std::string* mismatch() const override { return within_->mismatch(); }

 private:
  maker make_;
  preemption_bound bound_;                // `most` is the present round's
  std::unique_ptr<strategy> within_;      // of the present round
  std::uint32_t used_ = 0;                // in the present execution
  bool cut_off_ = false;                  // in the present round
  bool deeper_ = false;                   // a round has come before the present one
  std::optional<std::uint32_t> covered_;  // the bound of the latest round that came to its end
};

}  // namespace heddle::checker
