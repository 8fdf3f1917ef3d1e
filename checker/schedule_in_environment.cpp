#include "schedule_in_environment.hpp"

#include <cerrno>
#include <cstdlib>

#include "report/shell.hpp"

namespace heddle::checker {

const char* schedule_in_environment() noexcept {
  const char* text = std::getenv("HEDDLE_SCHEDULE");
  return text == nullptr || *text == '\0' ? nullptr : text;
}

std::string again_by_environment() { return "HEDDLE_SCHEDULE={schedule} " + quote_for_shell(program_invocation_name); }

}  // namespace heddle::checker
