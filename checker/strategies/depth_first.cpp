#include "strategies/depth_first.hpp"

#include "strategies/mismatch.hpp"

namespace heddle::checker {

bool depth_first::begin() {
  depth_ = 0;
  mismatch_.clear();
  if (!begun_) {
    begun_ = true;
    return true;
  }
  while (!path_.empty() && path_.back().picked + 1 == path_.back().count) path_.pop_back();
  if (path_.empty()) return false;
  ++path_.back().picked;
  return true;
}

std::uint32_t depth_first::pick(const sim::choice_point& at) {
  if (depth_ == path_.size()) {
    path_.push_back({at.kind, at.count, 0});
  } else if (path_[depth_].kind != at.kind || path_[depth_].count != at.count) {
    mismatch_ = describe_mismatch(&path_[depth_], at);
    return gives_up;
  }
  return path_[depth_++].picked;
}

void depth_first::end(const sim::simulator& ran) {
  if (depth_ < path_.size() && mismatch_.empty()) mismatch_ = describe_early_end(depth_, path_.size(), ran);
  if (mismatch_.empty()) return;
  path_.resize(depth_);  // what lay behind is not there any more; nobody can say what else was missed
  exhaustive_ = false;
}

}  // namespace heddle::checker
