// The going round in circles of a livelock: the part of a trace's end that is done over and over.
#pragma once

#include <cstddef>
#include <vector>

#include <heddle/trace.hpp>

namespace heddle::checker {

/** Events [begin, begin + period), done `times` times in a row up to the end of the trace. */
struct repetition {
  std::size_t begin = 0;
  std::size_t period = 0;
  std::size_t times = 0;  ///< 0: nothing repeats; else at least 3
};

/**
 * The shortest part that the trace repeats at its end: the same threads, operations, objects and places, whatever the
 * values. Of several, those count that explain at least half of what the best one does. Linear in the events.
 */
[[nodiscard]] repetition find_repetition(const std::vector<step>& events);

}  // namespace heddle::checker
