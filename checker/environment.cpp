#include "environment.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>

#include "report/shell.hpp"

namespace heddle::checker {

const char* schedule_in_environment() noexcept { return value_of("HEDDLE_SCHEDULE"); }

std::string again_by_environment() { return "HEDDLE_SCHEDULE={schedule} " + quote_for_shell(program_invocation_name); }

void refuse(const request_error& error) {
  fmt::print(stderr, "heddle: {}\n", error.what());
  std::exit(2);
}

// One that is set to nothing counts as not set.
const char* value_of(const char* variable) noexcept {
  const char* text = std::getenv(variable);
  return text == nullptr || *text == '\0' ? nullptr : text;
}

void refuse_value(const char* variable, const char* takes, std::string_view text) {
  throw request_error(fmt::format("the environment variable {} takes {}, not '{}'", variable, takes, text));
}

}  // namespace heddle::checker
