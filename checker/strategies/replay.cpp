#include "strategies/replay.hpp"

#include "strategies/mismatch.hpp"

namespace heddle::checker {

std::uint32_t replay_schedule::pick(const sim::choice_point& at) {
  const sim::choice* expected = position_ < choices_.size() ? &choices_[position_] : nullptr;
  if (expected == nullptr || expected->kind != at.kind || expected->count != at.count) {
    mismatch_ = describe_mismatch(expected, at);
    return gives_up;
  }
  ++position_;
  return expected->picked;
}

void replay_schedule::end(const sim::simulator& ran) {
  if (position_ < choices_.size() && mismatch_.empty()) {
    mismatch_ = describe_early_end(position_, choices_.size(), ran);
  }
}

}  // namespace heddle::checker
