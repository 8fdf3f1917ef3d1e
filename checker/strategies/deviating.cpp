#include "strategies/deviating.hpp"

#include <algorithm>

namespace heddle::checker {

std::uint32_t deviating::pick(const sim::choice_point& at) {
  const std::uint32_t standard = default_pick(at);
  if (list_.empty()) return standard;
  const deviation here = points_.at(at);
  const auto is_here = [&here](const deviation& each) {
    return each.after == here.after && each.kind == here.kind && each.nth == here.nth && each.thread == here.thread;
  };
  const auto found = std::ranges::find_if(list_, is_here);
  if (found == list_.end()) return standard;
  return deviation_points::pick_of(*found, at).value_or(standard);
}

}  // namespace heddle::checker
