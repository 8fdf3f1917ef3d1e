#include "strategies/bounded_preemptions.hpp"

#include "preemption.hpp"

namespace heddle::checker {

bool bounded_preemptions::begin() {
  used_ = 0;
  while (!within_->begin()) {
    if (!within_->exhaustive()) return false;  // something was missed, so a next round would not be all that is left
    covered_ = bound_.most;
    if (!bound_.deepens || !cut_off_) return false;
    ++bound_.most;
    deeper_ = true;
    cut_off_ = false;
    within_ = make_();
  }
  return true;
}

std::uint32_t bounded_preemptions::pick(const sim::choice_point& at) {
  if (used_ == bound_.most) {
    if (const auto self = would_go_on(at)) {
      cut_off_ = true;
      return *self;
    }
  }
  const std::uint32_t picked = within_->pick(at);
  if (is_preemption(at, picked)) ++used_;
  return picked;
}

}  // namespace heddle::checker
