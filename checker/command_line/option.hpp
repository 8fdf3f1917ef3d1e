// The table of options: names, help, which commands take them, and how their values are read.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "command_line/request.hpp"

namespace heddle::checker {

/** An option of the command line. */
struct option {
  std::string_view name;     ///< the long one, without "--"
  char letter;               ///< the short one, or '\0'
  std::string_view value;    ///< what its value is called in the help; empty for a flag
  std::string_view summary;  ///< one line
  std::string_view group;    ///< heading in the help
  std::uint32_t taken_by;    ///< bits of `commands`
  bool repeatable;
  /** Reads a value into its place; throws request_error that says what is allowed, without naming the option. */
  void (*read)(request& into, const given_value& from);

  /** "HEDDLE_TIME_LIMIT", the environment variable that stands for it. */
  [[nodiscard]] std::string variable() const;
  /** "-p" or "--seed": the shortest way to write it. */
  [[nodiscard]] std::string flag() const;
};

/** All options, in the order of the help. */
[[nodiscard]] std::span<const option> option_table();

/** Reads a value; throws request_error with the text as the user wrote it in front. */
void read_option(const option& which, request& into, const given_value& from);

}  // namespace heddle::checker
