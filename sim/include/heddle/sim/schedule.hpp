// A schedule: the choices that determine an execution, and its text form.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <heddle/sim/choice.hpp>

namespace heddle::sim {

/** The choices of one execution, with what they were choices of. */
struct schedule {
  std::string program;  ///< its name
  /** What else the execution depends on: the program's parameters and the settings that differ from the defaults. */
  std::vector<std::pair<std::string, std::string>> settings;
  std::vector<choice> choices;

  friend bool operator==(const schedule&, const schedule&) = default;
};

/** A text that is no schedule. what() says where and why. */
class schedule_error : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

/**
 * The text form, on one line: `heddle1:lost-update,threads=3:t0/2x4.t1/3.v5/10.end`.
 *
 * Behind the version come the program with its settings, then the choices: a letter for the kind (t thread, w waiter,
 * v value, s spurious wake-up), the index picked, the number of possibilities, and how often that repeats. `end` closes
 * it, so that a text that was cut off is noticed. No character of it needs quoting in a shell.
 */
[[nodiscard]] std::string to_text(const schedule& what);

/**
 * Reads the text form, and the file form, which is the same with white space, newlines and `#` comments between
 * its parts. Throws schedule_error.
 */
[[nodiscard]] schedule parse_schedule(std::string_view text);

}  // namespace heddle::sim
