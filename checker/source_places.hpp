// Where in the program's source an operation stands, from what the simulator knows of it.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <heddle/sim/source_location.hpp>
#include <heddle/trace.hpp>

namespace heddle::checker {

/**
 * A path as reports print it: without `.`, without `..` where they can be resolved or lead the path, and relative where
 * it is below `directory`, an absolute path. Goes by the text alone, not by what exists.
 */
[[nodiscard]] std::string tidy_path(std::string_view path, std::string_view directory);

/** What one return address says. */
struct address_place {
  bool found = false;  ///< the search ends here: at `where`, or with nothing known where that is not known
  place where;
};

class debug_information;

/**
 * Finds the places of operations; remembers what it found, so that one serves a whole recording.
 *
 * Reads debug information when it first needs it, which takes some milliseconds. Changes of the current directory after
 * the construction and libraries loaded after the first look-up are not noticed.
 */
class source_places {
 public:
  source_places();
  ~source_places();
  source_places(const source_places&) = delete;
  source_places& operator=(const source_places&) = delete;

  /**
   * The place `where`, if it is one of the program; else the innermost line among `callers`, return addresses from the
   * innermost outwards, that belongs neither to a system header or library nor to Heddle. Unknown, rather than a guess,
   * where the function that it has to be in has no debug information.
   */
  [[nodiscard]] place find(const source_location& where, std::span<void* const> callers);

 private:
  [[nodiscard]] place look_up(std::span<void* const> callers);

  std::string directory_;
  std::unique_ptr<debug_information> debug_;
  std::map<const void*, address_place> known_;
};

}  // namespace heddle::checker
