// The statements of the tutorial on Python's threads, as scenarios.
#pragma once

#include <vector>

#include <heddle/scenario.hpp>

namespace heddle::scenarios::tutorial {

/** "tutorial/5-loop" for 5_loop.py, and so on. */
[[nodiscard]] std::vector<scenario> all();

}  // namespace heddle::scenarios::tutorial
