// All strategies by name.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "strategies/strategy.hpp"

namespace heddle::checker {

/** Names and one-line summaries, as the command line lists them. */
[[nodiscard]] std::vector<std::pair<std::string_view, std::string_view>> strategy_names();

/** Whether the strategy of this name draws at random: its executions have seeds, and there is no end of them. */
[[nodiscard]] bool draws(std::string_view name) noexcept;

/** The strategy of this name; `seed` is of use to those that draw. Throws request_error for an unknown name. */
[[nodiscard]] std::unique_ptr<strategy> make_strategy(std::string_view name, std::uint64_t seed);

}  // namespace heddle::checker
