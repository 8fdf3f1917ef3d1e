// A search: executions of one program, picked by one strategy, until something ends it.
#pragma once

#include <heddle/explore.hpp>

#include "detectors/finding.hpp"
#include "strategies/strategy.hpp"

namespace heddle::checker {

/** When a search ends, if nothing is found and the strategy does not run out. */
struct search_limits {
  std::optional<std::uint64_t> executions;
  bool executions_are_the_goal = false;  ///< having made them all is a pass: fuzz asks for so many
};

/** Explores without recording; a failing execution is replayed once with everything recorded, and explained. */
[[nodiscard]] result search(const program& body, strategy& picks, const search_limits& until, const options& with);

/** Gives the verdict on what has been found; `found` passes so far. */
void judge(result& found, const options& with);

/** Whether such a failure is one to report: who looks for an output wants to know only that the program is not
 * deterministic. */
[[nodiscard]] bool is_reported(const finding& failure, const options& with) noexcept;

/** Runs one execution with everything recorded from the start. */
[[nodiscard]] result run_recorded(const program& body, strategy& picks, const options& with);

}  // namespace heddle::checker
