// Arguments that nothing takes.
#pragma once

#include <string>
#include <vector>

#include "command_line/command.hpp"

namespace heddle::checker {

/**
 * Throws request_error for the first of the arguments that were left over, if there are any. `which` is the command
 * that they were given to, or null where they precede it; `help` is how to call for help.
 */
void refuse_extras(const std::vector<std::string>& extras, const command* which, const std::string& help);

}  // namespace heddle::checker
