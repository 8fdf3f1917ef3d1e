// How the help is laid out.
#pragma once

#include <memory>
#include <string>

#include "command_line/command.hpp"

namespace CLI {
class Formatter;
}

namespace heddle::checker {

/** Two columns; an option's environment variable follows its description. */
[[nodiscard]] std::shared_ptr<CLI::Formatter> help_layout();

/** What stands below the whole program's help: examples. */
[[nodiscard]] std::string help_footer(const std::string& program, scenario_table scenarios);

/** What stands below a command's help: examples, and the strategies if it takes one. */
[[nodiscard]] std::string help_footer(const command& which, const std::string& program, scenario_table scenarios);

}  // namespace heddle::checker
