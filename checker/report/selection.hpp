// Which events of a trace a report shows.
#pragma once

#include <cstddef>
#include <vector>

#include <heddle/failure.hpp>

#include "repetition.hpp"

namespace heddle::checker {

/** An event that is shown. */
struct shown_event {
  std::size_t position = 0;  ///< in trace::steps
  bool preempts = false;     ///< it is the first one shown since its thread came in before another one was done
};

/** The events to show, in order. */
struct selection {
  std::vector<shown_event> events;
  std::size_t gap = 0;       ///< events[gap] is the first one behind those that were left out for length; 0: none were
  std::size_t left_out = 0;  ///< how many events of the trace lie in that gap
  repetition repeats;        ///< of a livelock; its first round is what is shown
};

/**
 * Chooses the events by which threads can influence each other, the program's output and its random values, and the
 * last event. Of more than 60, the first 20 and the last 40.
 */
[[nodiscard]] selection select_events(const failure& of);

}  // namespace heddle::checker
