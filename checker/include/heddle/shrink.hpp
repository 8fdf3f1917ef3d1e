// Shrinking: a failing schedule made as simple as it can be.
#pragma once

#include <cstdint>
#include <string_view>

#include <heddle/explore.hpp>

namespace heddle {

/** How hard shrinking tries. */
struct shrink_limits {
  std::uint64_t replays = 10'000;  ///< executions for leaving out deviations
  /** Executions for each bound of preemptions that is searched for a failure with fewer of them. */
  std::uint64_t executions_per_bound = 10'000;
};

/**
 * Looks for the simplest schedule under which `body` still fails in the same way: by the same kind of failure, at the
 * same place. Starts from a schedule's text that fails, and returns what a replay of the simplest one shows.
 *
 * First the deviations from the default schedule (see deviation) are reduced by Zeller and Hildebrandt's ddmin (TSE
 * 2002), each candidate being run, and switches are tried to lead to another thread at once. Then the executions with
 * 0, 1, 2, ... preemptions are searched, as long as that is fewer than there are: if all of a bound could be run, fewer
 * preemptions are not possible. Where the schedule does not fail, the result passes. Throws request_error as replay
 * does.
 */
[[nodiscard]] result shrink(const program& body, std::string_view schedule, const options& with,
                            const shrink_limits& limits = {});

}  // namespace heddle
