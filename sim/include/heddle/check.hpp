// What a program says to Heddle: its checks and assumptions, its random values, its output.
#pragma once

#include <cstdint>
#include <string_view>

#include <heddle/sim/simulator.hpp>
#include <heddle/sim/source_location.hpp>

namespace heddle {

namespace sim {
void check_failed(std::string_view message, source_location where);
void assumption_failed(source_location where);
}  // namespace sim

/**
 * The program's claim that `condition` holds here. Where it does not, the execution ends as an *assertion* failure,
 * and its threads are unwound. `message` says what is claimed: "no update is lost".
 */
inline void check(bool condition, std::string_view message, source_location where = source_location::current()) {
  if (!condition) [[unlikely]]
    sim::check_failed(message, where);
}

/** Where `condition` does not hold, the execution is discarded: it is no failure, and nothing more happens in it. */
inline void assume(bool condition, source_location where = source_location::current()) {
  if (!condition) [[unlikely]]
    sim::assumption_failed(where);
}

/**
 * Marks a place that some execution must get to. An exploration that was told to expect `name`
 * (options::expect_reached) and in which no execution got here fails.
 */
inline void reachable(std::string_view name) { sim::simulator::current().reach(name); }

/** A number below `below`, which must be at least 1, as a choice: explored like the interleavings, and replayed. */
inline std::uint32_t random(std::uint32_t below, source_location where = source_location::current()) {
  return sim::simulator::current().random(below, where);
}

/**
 * Writes `text` to the program's output, which `heddle run` shows and reports quote. An operation: the order in
 * which threads print can be observed, so it is explored.
 */
inline void print(std::string_view text, source_location where = source_location::current()) {
  sim::simulator::current().print(text, where);
}

}  // namespace heddle
