// How a program's own tests replay: by the environment variable HEDDLE_SCHEDULE.
#pragma once

#include <string>

namespace heddle::checker {

/** The schedule that the environment asks to replay, or null. */
[[nodiscard]] const char* schedule_in_environment() noexcept;

/** How to call this program again so that it replays, for options::replay_command. */
[[nodiscard]] std::string again_by_environment();

}  // namespace heddle::checker
