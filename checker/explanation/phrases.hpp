// The parts of speech of explanations: threads, objects and events of a trace, by name and place.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/trace.hpp>

#include "detectors/finding.hpp"

namespace heddle::checker {

/** "a, b and c". */
[[nodiscard]] std::string list_of(const std::vector<std::string>& items);

[[nodiscard]] const std::string& thread_name(const trace& happened, sim::thread_id thread);

/** "mutex left", "shared variable counter"; an object without a name of its own is told by where it was made. */
[[nodiscard]] std::string object_phrase(const trace& happened, sim::object_id object);

/** The message of a misuse, with names in place of the numbers that sim::mention put there. */
[[nodiscard]] std::string spell_out(const trace& happened, std::string_view message);

/** The step of this event, or null. */
[[nodiscard]] const step* find_step(const trace& happened, event_name event);

/** "(scenarios/x.cpp:17)", or nothing where the place is not known; with a space before it. */
[[nodiscard]] std::string at(const place& where);

/** A mutex that a thread holds, and the step at which it took it. */
struct held_mutex {
  sim::object_id mutex;
  const step* taken;
};

/** The mutexes that `thread` holds just before step number `before` of the trace, in the order in which it took them.
 */
[[nodiscard]] std::vector<held_mutex> held_by(const trace& happened, sim::thread_id thread, std::size_t before);

/** The number of this event's step. The event must be one of the trace. */
[[nodiscard]] std::size_t position_of(const trace& happened, event_name event);

}  // namespace heddle::checker
