// What an execution depends on besides its choices, to and from the settings in a schedule's text.
#pragma once

#include <string_view>
#include <vector>

#include <heddle/explore.hpp>
#include <heddle/sim/schedule.hpp>
#include <heddle/sim/simulator.hpp>

namespace heddle::checker {

/** A schedule from its text; throws request_error where it is none. */
[[nodiscard]] sim::schedule parsed_schedule(std::string_view text);

/** The simulator's part of the options. */
[[nodiscard]] sim::settings settings_of(const options& from);

/** Throws request_error for options that make no sense. */
void require_sensible(const options& with);

/** The schedule of an execution under these options: the program's parameters, and settings that are not the default.
 */
[[nodiscard]] sim::schedule schedule_of(const options& with, std::vector<sim::choice> choices);

/**
 * The options under which this schedule can be replayed: `with`, changed by the schedule's settings. Throws
 * request_error where the schedule is another program's, or its settings contradict `with`.
 */
[[nodiscard]] options options_for(const sim::schedule& what, const options& with);

}  // namespace heddle::checker
