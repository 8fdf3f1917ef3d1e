// What to paste to see a failure again.
#pragma once

#include <string>
#include <vector>

#include <heddle/result.hpp>

namespace heddle::checker {

/** The command lines, or C++ calls, by schedule first and then, where there is one, by seed. Empty: no schedule. */
[[nodiscard]] std::vector<std::string> replay_commands(const result& what);

}  // namespace heddle::checker
