#include <heddle/schedule_property.hpp>

#include <fmt/format.h>

#include <cerrno>

#include "environment.hpp"
#include "report/shell.hpp"

namespace heddle {

options property_options_from_environment() {
  return checker::or_refuse([] { return options::from_environment(); });
}

std::string to_text(const std::vector<deviation>& deviations) {
  if (deviations.empty()) return "each thread runs for as long as it can";
  std::string text;
  for (const deviation& each : deviations) text += (text.empty() ? "" : "; ") + to_text(each);
  return text;
}

std::string property_report(result found, std::string_view rapidcheck_parameters, std::string_view arguments) {
  // A schedule alone is of no use here: the data belong to it, and RapidCheck draws both again.
  if (found.failure) found.failure->schedule.clear();
  return fmt::format("{}\nAgain\n  RC_PARAMS={} {}{}{}\n", to_text(found),
                     checker::quote_for_shell(rapidcheck_parameters), checker::quote_for_shell(program_invocation_name),
                     arguments.empty() ? "" : " ", arguments.empty() ? "" : checker::quote_for_shell(arguments));
}

}  // namespace heddle
