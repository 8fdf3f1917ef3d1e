// Exploring each trace once, with several OS threads.
#pragma once

#include <heddle/explore.hpp>

#include "exploration/commuting.hpp"

namespace heddle::checker {

/** What came of it: where the strategy does not apply to the program, only `unreduced`, which says why. */
struct traces_found {
  result found;
  std::string unreduced;
  exploration::rule_set broken_rules = 0;  ///< without these it does apply
};

/**
 * Explores the program, each trace once (strategies/dpor.hpp), with options::jobs workers; the part of options::shard.
 *
 * Graphs that are still to be explored are values, and belong to nobody: a worker that has nothing to do is given one
 * by another. All that is counted is counted by *piece*: a graph that a worker took, and what followed from it and was
 * not given away. Since the graph that is given away is always the last in order, a failure's place in the order of one
 * worker is known: what comes before it is whole pieces. So the result is the same for any number of workers.
 */
[[nodiscard]] traces_found search_traces(const program& body, const options& with);

}  // namespace heddle::checker
