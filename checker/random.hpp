// Random numbers that are the same on every machine: our own generator and bounded draw.
#pragma once

#include <cstdint>

namespace heddle::checker {

/** Steele, Lea and Flood's SplitMix64 (OOPSLA 2014): a full-period counter, mixed. */
class random_generator {
 public:
  explicit constexpr random_generator(std::uint64_t seed) noexcept : state_(seed + golden), ready_(mix(state_)) {}

  constexpr std::uint64_t next() noexcept {
    const std::uint64_t result = ready_;  // mixed ahead of time, so that nobody has to wait for it
    state_ += golden;
    ready_ = mix(state_);
    return result;
  }

  /** A number below `bound`. Lemire's multiplication without rejection: the bias is below bound / 2^32. */
  constexpr std::uint32_t below(std::uint32_t bound) noexcept {
    return static_cast<std::uint32_t>(((next() >> 32U) * bound) >> 32U);
  }

  /** A number from 0 to 1, but not 1: a multiple of 2^-53. */
  constexpr double unit() noexcept { return static_cast<double>(next() >> 11U) * 0x1p-53; }

  static constexpr std::uint64_t golden = 0x9e3779b97f4a7c15;

  static constexpr std::uint64_t mix(std::uint64_t z) noexcept {
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111eb;
    return z ^ (z >> 31U);
  }

 private:
  std::uint64_t state_;
  std::uint64_t ready_;
};

/** The seeds of a campaign's executions. */
class execution_seeds {
 public:
  explicit constexpr execution_seeds(std::uint64_t campaign) noexcept
      : campaign_(campaign), base_(random_generator::mix(campaign)) {}

  /**
   * The seed of execution number `index`, from 0. The first execution has the campaign's own seed, so a campaign that
   * is started with the seed of one execution begins with that execution. The others are below 2^48, so that every JSON
   * reader keeps them exact and a person can type them.
   */
  [[nodiscard]] constexpr std::uint64_t operator[](std::uint64_t index) const noexcept {
    return index == 0 ? campaign_ : random_generator::mix(base_ + index * random_generator::golden) >> 16U;
  }

 private:
  std::uint64_t campaign_;
  std::uint64_t base_;
};

}  // namespace heddle::checker
