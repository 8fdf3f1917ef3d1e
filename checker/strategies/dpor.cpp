#include "strategies/dpor.hpp"

#include <utility>

namespace heddle::checker {

dpor::dpor() : conductor_(explorer_) {
  auto first = std::make_unique<exploration::event_graph>();
  first->threads.emplace_back();  // main
  pending_.push_back(std::move(first));
}

bool dpor::begin() {
  if (pending_.empty() || conductor_.irreducible() != nullptr) return false;
  present_ = std::move(pending_.back());
  pending_.pop_back();
  conductor_.begin(*present_);
  return true;
}

void dpor::begin_again() {
  for (auto& emitted : explorer_.emitted()) explorer_.pool().give_back(std::move(emitted));
  explorer_.emitted().clear();
  conductor_.begin(*present_);
}

void dpor::end(const sim::simulator& /*ran*/) {
  conductor_.end();
  if (mismatch() != nullptr) exhaustive_ = false;
  for (auto& emitted : explorer_.emitted()) pending_.push_back(std::move(emitted));
  explorer_.emitted().clear();
  explorer_.pool().give_back(std::move(present_));
}

}  // namespace heddle::checker
