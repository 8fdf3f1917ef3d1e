// What a detector has found: by numbers, so that finding costs nothing until it happens. Words come later.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <heddle/failure.hpp>
#include <heddle/sim/operation.hpp>

namespace heddle::checker {

/** Names an event: the same in every execution that differs only in the order of independent events. */
struct event_name {
  sim::thread_id thread = sim::no_thread;
  std::uint32_t index = 0;

  friend bool operator==(const event_name&, const event_name&) = default;
};

/** A failure of the present execution, before anybody has explained it. */
struct finding {
  failure_kind kind = failure_kind::assertion;
  sim::thread_id thread = sim::no_thread;  ///< who brought it about, or closed the cycle; nobody where all just wait
  sim::object_id object = sim::no_object;  ///< of a race or a lost update
  std::vector<event_name> events = {};     ///< race: the two accesses; lost update: the read, the lost store, the store
  std::vector<sim::thread_id> threads =
      {};                    ///< deadlock: the cycle, each waiting for the next; else all that are blocked
  std::string message = {};  ///< what the program said: of a check, an exception, a misuse

  friend bool operator==(const finding&, const finding&) = default;
};

}  // namespace heddle::checker
