#include "linearizability/order_search.hpp"

#include <algorithm>
#include <string>

namespace heddle::checker {
namespace {

// A configuration is as large as there are operations that overlap: with thousands, few of them take all memory.
constexpr std::size_t most_bytes = std::size_t{256} << 20U;

// Takes what never returned out of the chains, where it can only be the last; in the order of the calls.
std::vector<std::size_t> take_unfinished(std::vector<chain>& chains, std::span<const timed_operation> history) {
  std::vector<std::size_t> taken;
  for (chain& each : chains) {
    if (history[each.back()].returned != never_returned) continue;
    taken.push_back(each.back());
    each.pop_back();
  }
  std::erase_if(chains, [](const chain& each) { return each.empty(); });
  std::ranges::sort(taken, {}, [&](std::size_t i) { return history[i].called; });
  return taken;
}

}  // namespace

order_search::order_search(std::span<const timed_operation> history, transition_system& model, order_request what)
    : history_(history),
      model_(model),
      what_(what),
      chains_(chains_of(history, what.consistency)),
      waiting_(what.stuck ? take_unfinished(chains_, history) : std::vector<std::size_t>{}),
      seen_(chains_.size()),
      positions_(chains_.size(), 0) {}

void order_search::enter(state_id state) {
  std::uint64_t deadline = never_returned;
  for (std::size_t i = 0; i < chains_.size(); ++i) {
    if (has_head(i)) deadline = std::min(deadline, history_[head(i)].returned);
  }
  frames_.push_back({state, deadline, std::nullopt, false, successors_.size()});
  keep_if_better(frames_.back());
}

std::optional<order_search::rank> order_search::next_candidate(const frame& from) const {
  std::optional<rank> next;
  for (std::size_t i = 0; i < chains_.size(); ++i) {
    if (!has_head(i)) continue;
    const timed_operation& operation = history_[head(i)];
    const bool too_early = what_.consistency == consistency::linearizable && operation.called >= from.deadline;
    const rank mine(operation.returned, i);
    if (too_early || (from.tried && mine <= *from.tried)) continue;
    if (!next || mine < *next) next = mine;
  }
  return next;
}

void order_search::find_successors(const frame& top) {
  model_.step(top.state, head(top.tried->second), successors_);
  std::reverse(successors_.begin() + static_cast<std::ptrdiff_t>(top.first_successor), successors_.end());
}

// A read that can happen now may as well happen now: in any order that goes on from here, it can be moved to the
// front, or be added there, and all the others find the same states as before.
bool order_search::settle_by_read(frame& top) {
  for (top.tried = next_candidate(top); top.tried; top.tried = next_candidate(top)) {
    if (!model_.only_reads(head(top.tried->second))) continue;
    find_successors(top);
    if (successors_.size() > top.first_successor) return true;
  }
  return false;
}

bool order_search::advance() {
  frame& top = frames_.back();
  if (!top.tried && !top.settled) top.settled = settle_by_read(top);
  while (successors_.size() == top.first_successor) {
    if (top.settled) return false;
    top.tried = next_candidate(top);
    if (!top.tried) return false;
    find_successors(top);
  }
  const std::size_t moved = top.tried->second;
  const state_id state = successors_.back();
  successors_.pop_back();
  order_.push_back(head(moved));
  ++positions_[moved];
  if (seen_.insert(positions_, state)) {
    if (seen_.size() > what_.most_configurations || seen_.bytes() > most_bytes) {
      throw search_too_large(
          "the search for an order was given up after " + std::to_string(seen_.size() - 1) +
          " configurations: too many operations overlap; give a shorter history, or split it by key");
    }
    enter(state);
  } else {
    --positions_[moved];
    order_.pop_back();
  }
  return true;
}

void order_search::leave() {
  frames_.pop_back();
  if (frames_.empty()) return;
  --positions_[frames_.back().tried->second];
  order_.pop_back();
  in_common_ = std::min(in_common_, order_.size());
}

std::optional<std::size_t> order_search::first_able(state_id state) {
  for (const std::size_t i : waiting_) {
    scratch_.clear();
    model_.step(state, i, scratch_);
    if (!scratch_.empty()) return i;
  }
  return std::nullopt;
}

void order_search::keep_if_better(const frame& reached) {
  const bool all_returned = reached.deadline == never_returned;
  const std::optional<std::size_t> able = all_returned ? first_able(reached.state) : std::nullopt;
  const bool holds = all_returned && !able;
  if (!holds && best_deadline_ && reached.deadline <= *best_deadline_) return;
  best_deadline_ = reached.deadline;
  best_.holds = holds;
  best_.unexplained = able;
  best_.order.resize(in_common_);
  best_.order.insert(best_.order.end(), order_.begin() + static_cast<std::ptrdiff_t>(in_common_), order_.end());
  in_common_ = order_.size();
}

explanation order_search::run() {
  const state_id initial = model_.initial();
  seen_.insert(positions_, initial);
  enter(initial);
  while (!best_.holds && !frames_.empty()) {
    if (!advance()) leave();
  }
  best_.configurations = seen_.size();
  if (!best_.holds && !best_.unexplained) {
    const auto due = std::ranges::find(history_, *best_deadline_, &timed_operation::returned);
    best_.unexplained = static_cast<std::size_t>(due - history_.begin());
  }
  return std::move(best_);
}

}  // namespace heddle::checker

namespace heddle {

explanation find_order(std::span<const timed_operation> history, transition_system& model, order_request what) {
  return checker::order_search(history, model, what).run();
}

}  // namespace heddle
