#include <heddle/explore.hpp>
#include <heddle/options.hpp>

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdlib>

namespace heddle {
namespace {

template <class Number>
bool set_number(Number& to, std::string_view text) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), to);
  return error == std::errc() && end == text.data() + text.size();
}

bool set_flag(bool& to, std::string_view text) {
  to = text == "1" || text == "true";
  return to || text == "0" || text == "false";
}

/** An environment variable and the option that it sets. */
struct variable {
  const char* name;
  const char* takes;
  bool (*set)(options& of, std::string_view text);
};

constexpr std::array variables{
    variable{"HEDDLE_STRATEGY", "the name of a strategy",
             [](options& of, std::string_view text) { return of.strategy = text, true; }},
    variable{"HEDDLE_SEED", "a whole number",
             [](options& of, std::string_view text) { return set_number(of.seed, text); }},
    variable{"HEDDLE_EXECUTIONS", "a whole number",
             [](options& of, std::string_view text) { return set_number(of.executions, text); }},
    variable{"HEDDLE_MAX_EXECUTIONS", "a whole number",
             [](options& of, std::string_view text) { return set_number(of.max_executions.emplace(), text); }},
    variable{"HEDDLE_TIME_LIMIT", "a number of seconds",
             [](options& of, std::string_view text) {
               double seconds = 0;
               const bool valid = set_number(seconds, text) && seconds > 0 && seconds < 1e9;
               if (valid) of.time_limit = std::chrono::nanoseconds(static_cast<std::int64_t>(seconds * 1e9));
               return valid;
             }},
    variable{"HEDDLE_KEEP_GOING", "true or false",
             [](options& of, std::string_view text) { return set_flag(of.keep_going, text); }},
    variable{"HEDDLE_LOST_UPDATES", "true or false",
             [](options& of, std::string_view text) { return set_flag(of.lost_updates, text); }},
    variable{"HEDDLE_STACK_SIZE", "a number of bytes",
             [](options& of, std::string_view text) { return set_number(of.stack_size, text); }},
    variable{"HEDDLE_EVENT_LIMIT", "a whole number",
             [](options& of, std::string_view text) { return set_number(of.event_limit, text); }},
    variable{"HEDDLE_SPURIOUS_WAKEUPS", "a whole number",
             [](options& of, std::string_view text) { return set_number(of.spurious_wakeups, text); }},
    variable{"HEDDLE_TIME", "free or timed",
             [](options& of, std::string_view text) {
               of.time = text == "timed" ? time_mode::timed : time_mode::free;
               return text == "timed" || text == "free";
             }},
};

}  // namespace

options options::from_environment() {
  options result;
  for (const variable& each : variables) {
    const char* text = std::getenv(each.name);
    if (text == nullptr || *text == '\0') continue;
    if (!each.set(result, text)) {
      throw request_error(fmt::format("the environment variable {} takes {}, not '{}'", each.name, each.takes, text));
    }
  }
  return result;
}

}  // namespace heddle
