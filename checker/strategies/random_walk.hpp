// The random walk: every possibility of every choice is equally likely.
#pragma once

#include "random.hpp"
#include "strategies/strategy.hpp"

namespace heddle::checker {

/** Never out of executions. Each has a seed of its own, derived from the campaign's: see execution_seeds. */
class random_walk final : public strategy {
 public:
  explicit random_walk(std::uint64_t campaign) noexcept : seeds_(campaign) {}

  bool begin() override {
    seed_ = seeds_[executions_++];
    generator_ = random_generator(seed_);
    return true;
  }

  std::uint32_t pick(const sim::choice_point& at) override { return generator_.below(at.count); }

  void end(const sim::simulator& /*ran*/) override {}

  [[nodiscard]] std::optional<std::uint64_t> seed() const override { return seed_; }

 private:
  execution_seeds seeds_;
  std::uint64_t executions_ = 0;
  std::uint64_t seed_ = 0;
  random_generator generator_{0};
};

}  // namespace heddle::checker
