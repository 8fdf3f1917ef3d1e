// A history as chains of operations: within each, every operation comes before the next. What has happened of a
// history is then a position in each chain, which is a small and exact name for a set of operations.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <heddle/linearizability.hpp>

namespace heddle::checker {

/** Indices of operations, in order. */
using chain = std::vector<std::size_t>;

/**
 * The chains of a history. For linearizability as few as there can be: as many as operations overlap at most. For
 * sequential consistency one a process. Throws std::invalid_argument as find_order does.
 */
[[nodiscard]] std::vector<chain> chains_of(std::span<const timed_operation> history, consistency kind);

}  // namespace heddle::checker
