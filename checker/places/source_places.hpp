// Where in the program's source an operation stands, from what the simulator knows of it.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>

#include <heddle/sim/source_location.hpp>
#include <heddle/trace.hpp>

namespace heddle::checker {

/**
 * Finds the places of operations; remembers what it found, so that one serves a whole recording.
 *
 * Reads debug information when the process first needs it, which takes some milliseconds. Changes of the current
 * directory after the construction and libraries loaded after the first look-up are not noticed.
 */
class source_places {
 public:
  source_places();

  /**
   * The place `where`, if it is one of the program; else the innermost line among `callers`, return addresses from the
   * innermost outwards, that belongs neither to a system header or library nor to Heddle. Unknown, rather than a guess,
   * where the function that it has to be in has no debug information.
   *
   * Needs the stack of a thread of the system's, as monitors that record have it.
   */
  [[nodiscard]] place find(const source_location& where, std::span<void* const> callers);

 private:
  [[nodiscard]] const std::optional<place>& look_up(const void* caller);

  std::string directory_;
  std::map<const void*, std::optional<place>> known_;
};

}  // namespace heddle::checker
