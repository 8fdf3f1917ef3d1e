// The unit of measure: what a raw context jump costs on this machine, now.
#pragma once

#include <cstdint>

namespace heddle::bench {

/**
 * Measures raw jumps (jump_fcontext, there and back between two contexts) and something else by turns, so that
 * both see the same noise of the machine, and gives the cost of the one in units of the other.
 */
class jump_meter {
 public:
  /** Makes some jumps, for about a tenth of a millisecond. */
  void jump();

  /** Nanoseconds for one jump: the mean over all calls of jump(). */
  [[nodiscard]] double nanoseconds() const noexcept { return spent_ / static_cast<double>(jumps_); }

 private:
  double spent_ = 0;
  std::uint64_t jumps_ = 0;
};

}  // namespace heddle::bench
