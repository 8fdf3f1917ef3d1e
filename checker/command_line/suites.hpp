// Property suites by name, as the command line is asked for them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <heddle/property.hpp>

#include "command_line/request.hpp"

namespace heddle::checker {

/** The suite of this name, or null. */
[[nodiscard]] const property_suite* suite_named(const invocation& call, std::string_view name);

/** Those that were asked for, each once; all, if none was named. Throws request_error, with a suggestion. */
[[nodiscard]] std::vector<const property_suite*> find_suites(const invocation& call);

/** The suite's tags; "property", which all suites have, is among them. */
[[nodiscard]] std::vector<std::string> tags_of(const property_suite& which);

/** "heddle props stack" */
[[nodiscard]] std::string check_command(const invocation& call, const property_suite& which);

/** The options of a check, but for what stops it. */
[[nodiscard]] property_options check_options(const invocation& call, const property_suite& which);

}  // namespace heddle::checker
