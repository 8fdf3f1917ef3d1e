// `heddle list`.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <span>

#include "command_line/command.hpp"
#include "command_line/output.hpp"
#include "command_line/suites.hpp"
#include "report/json_report.hpp"

namespace heddle::checker {
namespace {

using json = nlohmann::ordered_json;

/** A scenario or a property suite. */
struct entry {
  std::string_view name;
  std::string_view summary;
  std::vector<std::string> tags;
  std::span<const parameter> parameters;
  expectation expected;
  std::string_view family;  ///< "counts" of the scenario counts/readers; empty where there is none
  bool is_suite = false;
};

using entry_list = std::vector<entry>;

std::string_view family_of(const scenario& which) {
  const std::size_t slash = which.name.find('/');
  return std::string_view(which.name).substr(0, slash == std::string::npos ? 0 : slash);
}

entry_list all_entries(const invocation& call) {
  entry_list result;
  for (const scenario& each : call.scenarios) {
    result.push_back({each.name, each.summary, each.tags, each.parameters, each.expected(arguments(each.parameters)),
                      family_of(each)});
  }
  for (const property_suite& each : call.properties) {
    result.push_back({each.name, each.summary, tags_of(each), {}, each.expected, {}, true});
  }
  return result;
}

[[noreturn]] void unknown_tag(const std::string& tag, const entry_list& entries) {
  std::set<std::string> known;
  for (const entry& each : entries) known.insert(each.tags.begin(), each.tags.end());
  throw request_error(fmt::format("nothing has the tag {}, only: {}", tag, fmt::join(known, ", ")));
}

entry_list with_tag(const std::string& tag, const entry_list& entries) {
  if (tag.empty()) return entries;
  entry_list result;
  for (const entry& each : entries) {
    if (std::ranges::find(each.tags, tag) != each.tags.end()) result.push_back(each);
  }
  if (result.empty()) unknown_tag(tag, entries);
  return result;
}

json parameter_json(const parameter& which) {
  json result{{"name", which.name}, {"summary", which.summary}};
  if (!which.words.empty()) {
    result["type"] = "word";
    result["default"] = which.words.at(static_cast<std::size_t>(which.standard));
    result["words"] = which.words;
  } else if (which.boolean) {
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

json entry_json(const entry& which) {
  json parameters = json::array();
  for (const parameter& each : which.parameters) parameters.push_back(parameter_json(each));
  return {{"name", which.name},
          {"summary", which.summary},
          {"tags", which.tags},
          {"parameters", parameters},
          {"expected", to_object(which.expected)}};
}

std::string list_json(const entry_list& entries) {
  json result = json::array();
  for (const entry& each : entries) result.push_back(entry_json(each));
  return json_text(result);
}

struct line {
  std::string name;
  std::string text;
};

line line_of(const entry& which) {
  const std::string tags = which.tags.empty() ? "" : fmt::format("  [{}]", fmt::join(which.tags, ", "));
  return {std::string(which.name), std::string(which.summary) + tags};
}

line line_of_family(std::string_view family, const invocation& call) {
  const auto members = std::ranges::count(call.scenarios, family, family_of);
  return {fmt::format("{}/*", family),
          fmt::format("A family of {} scenarios: `{} list --tag {}` shows them.", members, call.program, family)};
}

line line_of_suites(const invocation& call) {
  return {"property suites", fmt::format("{} of them: `{} list --tag property` shows them, `{} props` checks them.",
                                         call.properties.size(), call.program, call.program)};
}

/** A line for each. Families would drown the others: one line each, unless they are what is asked for; and so
 * would the property suites, unless a tag is. */
std::string list_text(const entry_list& entries, const invocation& call) {
  std::vector<line> lines;
  std::set<std::string_view> folded;
  for (const entry& each : entries) {
    if (each.is_suite && call.asked.tag.empty()) {
      if (folded.insert("property suites").second) lines.push_back(line_of_suites(call));
    } else if (each.family.empty() || each.family == call.asked.tag) {
      lines.push_back(line_of(each));
    } else if (folded.insert(each.family).second) {
      lines.push_back(line_of_family(each.family, call));
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
  const entry_list chosen = with_tag(call.asked.tag, all_entries(call));
  const bool json_alone = call.asked.json == "-";
  if (!call.asked.json.empty() && !json_alone) output_file(call.asked.json).write(list_json(chosen));
  standard_stream out(STDOUT_FILENO);
  out.write(json_alone ? list_json(chosen) : list_text(chosen, call));
  out.check();
  return 0;
}

}  // namespace heddle::checker
