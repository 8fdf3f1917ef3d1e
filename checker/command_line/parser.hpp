// From argv and the environment to an invocation.
#pragma once

#include "command_line/request.hpp"

namespace heddle::checker {

/** What the user asks for, or a text to be printed instead: a help, the version. */
struct parsed {
  invocation call;
  std::string text;
};

/**
 * Reads the command line by the tables of commands and options. An option that is not given there is looked for in the
 * environment. Throws request_error.
 */
[[nodiscard]] parsed parse_command_line(scenario_table scenarios, property_table properties, int argc,
                                        const char* const* argv);

}  // namespace heddle::checker
