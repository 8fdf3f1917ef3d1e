#include "strategies/dpor.hpp"

#include <utility>

namespace heddle::checker {

using exploration::event_graph;

dpor::dpor(starts how) : conductor_(explorer_) {
  if (how == starts::from_the_beginning) pending_.push_back(beginning());
}

std::unique_ptr<event_graph> dpor::beginning() {
  auto first = std::make_unique<event_graph>();
  first->threads.emplace_back();  // main
  return first;
}

std::unique_ptr<event_graph> dpor::give_away_last() {
  std::unique_ptr<event_graph> last = std::move(pending_.front());
  pending_.erase(pending_.begin());
  return last;
}

void dpor::end_at(const exploration::tree_path& last) {
  while (!pending_.empty() && last < pending_.front()->path) {
    explorer_.pool().give_back(give_away_last());
  }
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

std::vector<std::unique_ptr<exploration::event_graph>> dpor::give_away() { return std::exchange(pending_, {}); }

void dpor::end(const sim::simulator& /*ran*/) {
  conductor_.end();
  if (mismatch() != nullptr) exhaustive_ = false;
  auto& emitted = explorer_.emitted();
  const double share = present_->share / static_cast<double>(emitted.size() + 1);
  auto left = static_cast<std::uint32_t>(emitted.size());
  for (auto& graph : emitted) {
    graph->share = share;
    graph->path = present_->path;
    graph->path.push_back(--left);
    pending_.push_back(std::move(graph));
  }
  emitted.clear();
  share_done_ += share;
  path_.swap(present_->path);
  explorer_.pool().give_back(std::move(present_));
}

}  // namespace heddle::checker
