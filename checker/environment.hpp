// How a program's own tests are steered by the environment: HEDDLE_SCHEDULE has them replay.
#pragma once

#include <string>
#include <string_view>

#include <heddle/explore.hpp>

namespace heddle::checker {

/** The schedule that the environment asks to replay, or null. */
[[nodiscard]] const char* schedule_in_environment() noexcept;

/** How to call this program again so that it replays, for options::replay_command. */
[[nodiscard]] std::string again_by_environment();

/** Says on standard error what was wrong with a request, and exits with 2. */
[[noreturn]] void refuse(const request_error& error);

/** Calls a function that does as the environment says: what is wrong with that is the user's mistake, not the
 * program's. */
template <class Function>
auto or_refuse(Function what) {
  try {
    return what();
  } catch (const request_error& error) {
    refuse(error);
  }
}

/** An environment variable and the option that it sets. */
template <class Options>
struct variable {
  const char* name;
  const char* takes;
  bool (*set)(Options& of, std::string_view text);
};

[[nodiscard]] const char* value_of(const char* variable) noexcept;
[[noreturn]] void refuse_value(const char* variable, const char* takes, std::string_view text);

/** Changes the options as the variables of a table say. Throws request_error. */
template <class Options, class Variables>
void read_environment(const Variables& table, Options& into) {
  for (const variable<Options>& each : table) {
    const char* text = value_of(each.name);
    if (text != nullptr && !each.set(into, text)) refuse_value(each.name, each.takes, text);
  }
}

/** Sets `to` if `read` has read something. */
template <class To, class Value>
bool set(To& to, const Value& read) {
  if (read) to = *read;
  return read.has_value();
}

}  // namespace heddle::checker
