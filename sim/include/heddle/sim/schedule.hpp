// A schedule: the choices that determine an execution, and its text form.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <heddle/sim/choice.hpp>

namespace heddle::sim {

/** The choices of one execution, with what they were choices of. */
struct schedule {
  std::string
      program;  ///< its name: one or more letters, digits, '.', '_', '-', '+' and '/', as everything that follows
  /**
   * What else the execution depends on: the program's parameters and the settings that differ from the defaults.
   * Names with their values; no name stands there twice.
   */
  std::vector<std::pair<std::string, std::string>> settings;
  std::vector<choice>
      choices;  ///< each with a count of at least 2 and less than that picked; not more than most_choices

  friend bool operator==(const schedule&, const schedule&) = default;
};

/** How many choices a schedule may have, so that a text of a few characters does not ask for all the memory. */
inline constexpr std::size_t most_choices = 10'000'000;

/** Whether `text` can be a name or a value in a schedule: letters, digits, '.', '_', '-', '+' and '/', one at least. */
[[nodiscard]] bool is_word(std::string_view text) noexcept;

/** A text that is no schedule, or a schedule that has no text. what() says where and why. */
class schedule_error : public std::invalid_argument {
 public:
  using std::invalid_argument::invalid_argument;
};

/**
 * The text form, on one line: `heddle1:lost-update,threads=3:t0/2x4.t1/3.v5/10.end`.
 *
 * Behind the version come the program with its settings, then the choices: a letter for the kind (t thread, w waiter,
 * v value, f fault), the index picked, the number of possibilities, and how often that repeats. `end` closes
 * it, so that a text that was cut off is noticed. No character of it needs quoting in a shell. Throws schedule_error
 * where `what` breaks the rules of its members.
 */
[[nodiscard]] std::string to_text(const schedule& what);

/**
 * The file form: the text form with a comment that explains it, and a line for each setting and each run of equal
 * choices. Throws as to_text does.
 */
[[nodiscard]] std::string to_file_text(const schedule& what);

/**
 * Reads the text form, and the file form, which is the same with white space, newlines and `#` comments between
 * its parts. Throws schedule_error.
 */
[[nodiscard]] schedule parse_schedule(std::string_view text);

}  // namespace heddle::sim
