// What a report says of an event or of a pending operation, in words.
#pragma once

#include <string>

#include <heddle/trace.hpp>

namespace heddle::checker {

/** The user's name of a thread, or else its path. */
[[nodiscard]] std::string name_of(const trace& in, sim::thread_id thread);

/** The user's name of an object; empty where the operation has none. */
[[nodiscard]] std::string name_of(const trace& in, const std::optional<sim::object_id>& object);

/** What happened: "fetch_add counter: 1 -> 2". */
[[nodiscard]] std::string describe(const trace& in, const step& event);

/** What is about to happen, without values, which are not known yet: "fetch_add counter". */
[[nodiscard]] std::string describe_pending(const trace& in, const step& next);

}  // namespace heddle::checker
