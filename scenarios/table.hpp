// The table of all scenarios.
#pragma once

#include <heddle/scenario.hpp>

namespace heddle::scenarios {

/** All scenarios, in the order in which they are listed. */
scenario_table all();

}  // namespace heddle::scenarios
