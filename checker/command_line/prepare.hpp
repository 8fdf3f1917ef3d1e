// From what was asked for to what the library is called with.
#pragma once

#include <span>
#include <string>

#include "command_line/request.hpp"

namespace heddle::checker {

/** The scenario that was asked for, or the program of a file NAME.py; throws request_error, with a suggestion. */
[[nodiscard]] scenario find_scenario(const invocation& call);

/** The parameters as they were asked for; throws request_error. */
[[nodiscard]] arguments parameters_of(const invocation& call, std::span<const parameter> parameters);

/** Throws request_error if the strategy that was asked for does not exist. */
void check_strategy(const invocation& call);

/** The options of a search; throws request_error. */
[[nodiscard]] options search_options(const invocation& call, const scenario& what, const arguments& values);

/** How to replay an execution of this call, but for the seed or the schedule: "heddle replay lost-update -p threads=3".
 */
[[nodiscard]] std::string replay_command(const invocation& call, const scenario& what, const arguments& values);

}  // namespace heddle::checker
