// `heddle list`.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "command_line/command.hpp"
#include "command_line/output.hpp"

namespace heddle::checker {
namespace {

using json = nlohmann::ordered_json;
using scenario_list = std::vector<const scenario*>;

[[noreturn]] void unknown_tag(const std::string& tag, scenario_table scenarios) {
  std::set<std::string> known;
  for (const scenario& each : scenarios) known.insert(each.tags.begin(), each.tags.end());
  throw request_error(fmt::format("no scenario has the tag {}, only: {}", tag, fmt::join(known, ", ")));
}

scenario_list with_tag(const std::string& tag, scenario_table scenarios) {
  scenario_list result;
  for (const scenario& each : scenarios) {
    if (tag.empty() || std::ranges::find(each.tags, tag) != each.tags.end()) result.push_back(&each);
  }
  if (result.empty() && !tag.empty()) unknown_tag(tag, scenarios);
  return result;
}

json parameter_json(const parameter& which) {
  json result{{"name", which.name}, {"summary", which.summary}};
  if (which.boolean) {
    result["type"] = "boolean";
    result["default"] = which.standard != 0;
  } else {
    result["type"] = "integer";
    result["default"] = which.standard;
    result["least"] = which.least;
    result["most"] = which.most;
  }
  return result;
}

json scenario_json(const scenario& which) {
  json parameters = json::array();
  for (const parameter& each : which.parameters) parameters.push_back(parameter_json(each));
  const expectation expected = which.expected(arguments(which.parameters));
  json expected_json{{"verdict", to_string(expected.verdict)}};
  if (expected.verdict == verdict::fail) expected_json["kind"] = to_string(expected.kind);
  return {{"name", which.name},
          {"summary", which.summary},
          {"tags", which.tags},
          {"parameters", parameters},
          {"expected", expected_json}};
}

std::string list_json(const scenario_list& scenarios) {
  json result = json::array();
  for (const scenario* each : scenarios) result.push_back(scenario_json(*each));
  return result.dump(2) + "\n";
}

struct line {
  std::string name;
  std::string text;
};

/** "counts" of counts/readers; empty where there is no family. */
std::string_view family_of(const scenario& which) {
  const std::size_t slash = which.name.find('/');
  return std::string_view(which.name).substr(0, slash == std::string::npos ? 0 : slash);
}

line line_of(const scenario& which) {
  const std::string tags = which.tags.empty() ? "" : fmt::format("  [{}]", fmt::join(which.tags, ", "));
  return {which.name, which.summary + tags};
}

line line_of_family(std::string_view family, const invocation& call) {
  const auto members = std::ranges::count(call.scenarios, family, family_of);
  return {fmt::format("{}/*", family),
          fmt::format("A family of {} scenarios: `{} list --tag {}` shows them.", members, call.program, family)};
}

/** A line for each scenario. Families would drown the others: one line each, unless they are what is asked for. */
std::string list_text(const scenario_list& scenarios, const invocation& call) {
  std::vector<line> lines;
  std::set<std::string_view> folded;
  for (const scenario* each : scenarios) {
    const std::string_view family = family_of(*each);
    if (family.empty() || family == call.asked.tag) {
      lines.push_back(line_of(*each));
    } else if (folded.insert(family).second) {
      lines.push_back(line_of_family(family, call));
    }
  }
  std::size_t width = 0;
  for (const line& each : lines) width = std::max(width, each.name.size());
  std::string result;
  for (const line& each : lines) result += fmt::format("{:<{}}  {}\n", each.name, width, each.text);
  return result;
}

}  // namespace

int list_scenarios(const invocation& call) {
  const scenario_list chosen = with_tag(call.asked.tag, call.scenarios);
  const bool json_alone = call.asked.json == "-";
  if (!call.asked.json.empty() && !json_alone) output_file(call.asked.json).write(list_json(chosen));
  standard_stream out(STDOUT_FILENO);
  out.write(json_alone ? list_json(chosen) : list_text(chosen, call));
  out.check();
  return 0;
}

}  // namespace heddle::checker
