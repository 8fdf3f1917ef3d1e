#include "strategies/dpor.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace heddle::checker {

using exploration::event_graph;

dpor::dpor(starts how, exploration::rule_set rules_off) : conductor_(explorer_) {
  if (how == starts::from_the_beginning) pending_.push_back(beginning(rules_off));
}

std::unique_ptr<event_graph> dpor::beginning(exploration::rule_set rules_off) {
  auto first = std::make_unique<event_graph>();
  first->threads.emplace_back();  // main
  first->rules_off = rules_off;
  return first;
}

void dpor::take_copy(const event_graph& graph) {
  pending_.push_back(explorer_.pool().take());
  *pending_.back() = graph;
}

std::unique_ptr<event_graph> dpor::give_away_last() {
  std::unique_ptr<event_graph> last = std::move(pending_.front());
  pending_.erase(pending_.begin());
  return last;
}

void dpor::keep_one(random_generator& draws) {
  std::unique_ptr<event_graph> kept;
  double all = share_;
  for (auto& each : pending_) {
    all += each->share;
    if (draws.unit() * all < each->share) kept.swap(each);
    if (each != nullptr) explorer_.pool().give_back(std::move(each));
  }
  pending_.clear();
  if (kept != nullptr) pending_.push_back(std::move(kept));
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

/**
 * How much follows from each graph that was emitted, as far as one can tell. Half is shared out as if an execution
 * could go on in as many ways, wherever it has come to as many events as this one had: then graphs that a revisit has
 * made small stand for more. And half as if as much followed whichever way a step goes. Chains of updates are of the
 * former kind, loops of compare-exchanges of the latter; an estimate from the mean of both is far wrong for neither.
 * Returns what is left for this execution.
 */
double dpor::share_out(double share) {
  auto& emitted = explorer_.emitted();
  if (emitted.empty()) return share;
  const auto& groups = explorer_.groups();
  // By group: the logarithm of the number of ways from there on.
  log_ways_.assign(groups.size() + 1, 0);
  for (std::size_t i = groups.size(); i > 0; --i) {
    const std::size_t begins = i == 1 ? 0 : groups[i - 2].ends;
    log_ways_[i - 1] = log_ways_[i] + std::log(static_cast<double>(groups[i - 1].ends - begins + 1));
  }
  // What was replayed shows no ways: it is taken to be like the rest.
  const std::size_t replayed = explorer_.loaded_events();
  const std::size_t added = std::max<std::size_t>(explorer_.graph().events.size() - replayed, 1);
  const double an_event = log_ways_.front() / static_cast<double>(added);
  const auto log_follow = [&](std::size_t events) {
    const auto next = std::ranges::upper_bound(groups, events, {}, &exploration::explorer::group::events);
    const double more = events < replayed ? an_event * static_cast<double>(replayed - events) : 0;
    return log_ways_[static_cast<std::size_t>(next - groups.begin())] + more;
  };
  double largest = 0;  // the execution's own
  for (const auto& graph : emitted) largest = std::max(largest, graph->share = log_follow(graph->events.size()));
  const double own = std::exp(-largest);
  double all = own;
  for (const auto& graph : emitted) all += graph->share = std::exp(graph->share - largest);
  for (const auto& graph : emitted) graph->share *= share / 2 / all;
  double rest = share / 2;
  std::size_t begins = 0;
  for (const auto& group : groups) {
    rest /= static_cast<double>(group.ends - begins + 1);
    for (; begins < group.ends; ++begins) emitted[begins]->share += rest;
  }
  return share / 2 * own / all + rest;
}

void dpor::end(const sim::simulator& /*ran*/) {
  conductor_.end();
  if (mismatch() != nullptr) exhaustive_ = false;
  if (keeps_shares_) share_done_ += share_ = share_out(present_->share);
  auto& emitted = explorer_.emitted();
  auto left = static_cast<std::uint32_t>(emitted.size());
  for (auto& graph : emitted) {
    graph->path = present_->path;
    graph->path.push_back(--left);
    pending_.push_back(std::move(graph));
  }
  emitted.clear();
  path_.swap(present_->path);
  explorer_.pool().give_back(std::move(present_));
}

}  // namespace heddle::checker
