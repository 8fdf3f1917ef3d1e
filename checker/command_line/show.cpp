// `heddle show`.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include "command_line/command.hpp"
#include "command_line/output.hpp"
#include "command_line/prepare.hpp"
#include "command_line/suites.hpp"
#include "report/property_report.hpp"
#include "report/shell.hpp"

namespace heddle::checker {
namespace {

std::string range_text(const parameter& which) {
  const std::string range = !which.words.empty() ? fmt::format("{}", fmt::join(which.words, " or "))
                            : which.boolean      ? "true or false"
                                                 : fmt::format("{} to {}", which.least, which.most);
  return fmt::format("{}, default {}", range, parameter_text(which, which.standard));
}

std::string parameters_text(const std::vector<parameter>& parameters) {
  if (parameters.empty()) return "parameters: none\n";
  std::size_t names = 0;
  std::size_t ranges = 0;
  for (const parameter& each : parameters) {
    names = std::max(names, each.name.size());
    ranges = std::max(ranges, range_text(each).size());
  }
  std::string result = "parameters:\n";
  for (const parameter& each : parameters) {
    result += fmt::format("  {:<{}}  {:<{}}  {}\n", each.name, names, range_text(each), ranges, each.summary);
  }
  return result;
}

/** A command to try, with the first parameter so that one sees how to set it. */
std::string example(const invocation& call, const scenario& what, const arguments& values) {
  std::string result = fmt::format("{} explore {}", call.program, quote_for_shell(what.name));
  const auto changed = values.changed();
  for (const auto& [name, value] : changed) result += fmt::format(" -p {}={}", name, value);
  if (!changed.empty() || what.parameters.empty()) return result;
  const parameter& first = what.parameters.front();
  return result + fmt::format(" -p {}={}", first.name, parameter_text(first, first.standard));
}

/** What scenarios and property suites have in common. */
struct shown {
  const std::string& name;
  const std::string& summary;
  std::vector<std::string> tags;
  expectation expected;
  std::string to_try;
};

std::string shown_text(const shown& what) {
  std::string text = fmt::format("{}: {}\n\n", what.name, what.summary);
  if (!what.tags.empty()) text += fmt::format("tags:       {}\n", fmt::join(what.tags, ", "));
  text += fmt::format("expected:   {}\n", expected_text(what.expected));
  return text + fmt::format("try:        {}\n", what.to_try);
}

std::string suite_text(const invocation& call, const property_suite& what) {
  static_cast<void>(parameters_of(call, {}));  // there are none to set
  return shown_text({what.name, what.summary, tags_of(what), what.expected, check_command(call, what)});
}

std::string scenario_text(const invocation& call, const scenario& what) {
  const arguments values = parameters_of(call, what.parameters);
  return shown_text({what.name, what.summary, what.tags, what.expected(values), example(call, what, values)}) +
         parameters_text(what.parameters);
}

}  // namespace

int show_scenario(const invocation& call) {
  const property_suite* const suite = suite_named(call, call.asked.scenario);
  const std::string text = suite != nullptr ? suite_text(call, *suite) : scenario_text(call, find_scenario(call));
  standard_stream out(STDOUT_FILENO);
  out.write(text);
  out.check();
  return 0;
}

}  // namespace heddle::checker
