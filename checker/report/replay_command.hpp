// What to paste to see a failure again.
#pragma once

#include <string>
#include <vector>

#include <heddle/result.hpp>

namespace heddle::checker {

/** The command lines, or C++ calls, by schedule first and then, where there is one, by seed. Empty: no schedule. */
[[nodiscard]] std::vector<std::string> replay_commands(const result& what);

/** The command line, or the C++ call, that replays this schedule of the program. */
[[nodiscard]] std::string replay_command(const result& what, const std::string& schedule);

}  // namespace heddle::checker
