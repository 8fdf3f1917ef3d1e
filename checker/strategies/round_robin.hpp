// Round robin: one execution, each thread in turn.
#pragma once

#include <utility>

#include "strategies/strategy.hpp"

namespace heddle::checker {

/** After each operation it is the next thread's turn; of anything else the first possibility is picked. */
class round_robin final : public strategy {
 public:
  bool begin() override { return !std::exchange(begun_, true); }

  std::uint32_t pick(const sim::choice_point& at) override {
    if (at.kind != sim::choice_kind::thread) return 0;
    // By number, in order of creation; the candidates come in another order where threads start threads.
    std::uint32_t next = at.count;
    std::uint32_t least = 0;
    for (std::uint32_t i = 0; i < at.count; ++i) {
      if (at.candidates[i] < at.candidates[least]) least = i;
      if (at.candidates[i] > at.running && (next == at.count || at.candidates[i] < at.candidates[next])) next = i;
    }
    return next < at.count ? next : least;
  }

  void end(const sim::simulator& /*ran*/) override {}

 private:
  bool begun_ = false;
};

}  // namespace heddle::checker
