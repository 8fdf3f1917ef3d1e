#include "linearizability/chains.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <stdexcept>
#include <string>

namespace heddle::checker {
namespace {

std::vector<std::size_t> by_call(std::span<const timed_operation> history) {
  std::vector<std::size_t> order(history.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return history[i].called; });
  return order;
}

[[noreturn]] void refuse(std::size_t operation, const char* why) {
  throw std::invalid_argument("operation " + std::to_string(operation) + " of the history " + why);
}

std::vector<chain> by_process(std::span<const timed_operation> history, const std::vector<std::size_t>& called) {
  std::map<std::uint32_t, std::size_t> chain_of;
  std::vector<chain> chains;
  for (const std::size_t i : called) {
    const auto [found, added] = chain_of.try_emplace(history[i].process, chains.size());
    if (added) chains.emplace_back();
    chain& mine = chains[found->second];
    if (!mine.empty() && history[mine.back()].returned >= history[i].called) {
      refuse(i, "was called before the last one of its process had returned");
    }
    mine.push_back(i);
  }
  return chains;
}

// Colouring of intervals: the chain whose last operation returned first takes the next one, or else a new chain.
std::vector<chain> by_overlap(std::span<const timed_operation> history, const std::vector<std::size_t>& called) {
  std::map<std::pair<std::uint64_t, std::size_t>, std::size_t> chain_by_return;
  std::vector<chain> chains;
  for (const std::size_t i : called) {
    std::size_t mine = chains.size();
    const auto first = chain_by_return.begin();
    if (first != chain_by_return.end() && first->first.first < history[i].called) {
      mine = first->second;
      chain_by_return.erase(first);
    } else {
      chains.emplace_back();
    }
    chains[mine].push_back(i);
    chain_by_return.emplace(std::pair(history[i].returned, i), mine);
  }
  return chains;
}

}  // namespace

std::vector<chain> chains_of(std::span<const timed_operation> history, consistency kind) {
  for (std::size_t i = 0; i < history.size(); ++i) {
    if (history[i].returned <= history[i].called) refuse(i, "returned before it was called");
  }
  const std::vector<std::size_t> called = by_call(history);
  std::vector<chain> chains = by_process(history, called);
  return kind == consistency::sequential ? chains : by_overlap(history, called);
}

}  // namespace heddle::checker
