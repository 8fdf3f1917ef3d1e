#include "strategies/strategy_table.hpp"

#include <fmt/format.h>

#include <array>

#include <heddle/explore.hpp>

#include "strategies/depth_first.hpp"
#include "strategies/dpor.hpp"
#include "strategies/random_walk.hpp"
#include "strategies/round_robin.hpp"

namespace heddle::checker {
namespace {

struct strategy_entry {
  std::string_view name;
  std::string_view summary;
  bool draws;
  std::unique_ptr<strategy> (*make)(std::uint64_t seed);
};

constexpr std::array strategies{
    strategy_entry{"dfs", "every interleaving, depth first, without any reduction", false,
                   [](std::uint64_t) -> std::unique_ptr<strategy> { return std::make_unique<depth_first>(); }},
    strategy_entry{"dpor", "each trace once: optimal dynamic partial-order reduction", false,
                   [](std::uint64_t) -> std::unique_ptr<strategy> { return std::make_unique<dpor>(); }},
    strategy_entry{"random", "a random walk: each enabled thread is equally likely at each step", true,
                   [](std::uint64_t seed) -> std::unique_ptr<strategy> { return std::make_unique<random_walk>(seed); }},
    strategy_entry{"round-robin", "one execution: each enabled thread in turn, an operation each", false,
                   [](std::uint64_t) -> std::unique_ptr<strategy> { return std::make_unique<round_robin>(); }},
};

}  // namespace

std::vector<std::pair<std::string_view, std::string_view>> strategy_names() {
  std::vector<std::pair<std::string_view, std::string_view>> names;
  for (const strategy_entry& entry : strategies) names.emplace_back(entry.name, entry.summary);
  return names;
}

bool draws(std::string_view name) noexcept {
  for (const strategy_entry& entry : strategies) {
    if (entry.name == name) return entry.draws;
  }
  return false;
}

std::unique_ptr<strategy> make_strategy(std::string_view name, std::uint64_t seed) {
  std::string known;
  for (const strategy_entry& entry : strategies) {
    if (entry.name == name) return entry.make(seed);
    known += fmt::format("{}{}", known.empty() ? "" : ", ", entry.name);
  }
  throw request_error(fmt::format("there is no strategy '{}'; choose one of: {}", name, known));
}

}  // namespace heddle::checker
