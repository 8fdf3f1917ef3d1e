// Property suites by name.
#include "command_line/suites.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "command_line/nearest.hpp"
#include "report/shell.hpp"

namespace heddle::checker {
namespace {

constexpr std::string_view tag_of_all = "property";

const property_suite& find_suite(const invocation& call, const std::string& name) {
  if (const property_suite* const found = suite_named(call, name)) return *found;
  if (std::ranges::find(call.scenarios, name, &scenario::name) != call.scenarios.end()) {
    throw request_error(fmt::format("{} is a scenario, not a property suite; say `{} explore {}`", name, call.program,
                                    quote_for_shell(name)));
  }
  std::vector<std::string> known;
  for (const property_suite& each : call.properties) known.push_back(each.name);
  throw request_error(fmt::format("unknown property suite {}{} (`{} list --tag {}` shows them all)", name,
                                  did_you_mean(name, known), call.program, tag_of_all));
}

}  // namespace

const property_suite* suite_named(const invocation& call, std::string_view name) {
  const auto found = std::ranges::find(call.properties, name, &property_suite::name);
  return found == call.properties.end() ? nullptr : &*found;
}

std::vector<const property_suite*> find_suites(const invocation& call) {
  if (call.properties.empty()) throw request_error("there are no property suites in this program");
  std::vector<const property_suite*> result;
  for (const std::string& name : call.asked.suites) {
    const property_suite* const found = &find_suite(call, name);
    if (std::ranges::find(result, found) == result.end()) result.push_back(found);
  }
  if (!result.empty()) return result;
  for (const property_suite& each : call.properties) result.push_back(&each);
  return result;
}

std::vector<std::string> tags_of(const property_suite& which) {
  std::vector<std::string> result = which.tags;
  if (std::ranges::find(result, tag_of_all) == result.end()) result.insert(result.begin(), std::string(tag_of_all));
  return result;
}

std::string check_command(const invocation& call, const property_suite& which) {
  return fmt::format("{} props {}", call.program, quote_for_shell(which.name));
}

property_options check_options(const invocation& call, const property_suite& which) {
  property_options result;
  result.seed = call.asked.seed.value_or(result.seed);
  result.cases = call.asked.cases.value_or(result.cases);
  result.time_limit = call.asked.time_limit;
  result.faults = call.asked.faults.value_or(result.faults);
  result.max_faults = call.asked.max_faults.value_or(result.max_faults);
  result.replay_command = fmt::format("{} replay {}", call.program, quote_for_shell(which.name));
  return result;
}

}  // namespace heddle::checker
