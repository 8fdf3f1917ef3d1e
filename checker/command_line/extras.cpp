// Arguments that nothing takes.
#include "command_line/extras.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "command_line/nearest.hpp"
#include "command_line/option.hpp"

namespace heddle::checker {
namespace {

[[noreturn]] void refuse_option(const std::string& written, const command* which, const std::string& help) {
  const std::string name = written.substr(0, written.find('='));
  const auto known =
      std::ranges::find(option_table(), name, [](const option& each) { return "--" + std::string(each.name); });
  if (known != option_table().end() && which == nullptr) {
    throw request_error(fmt::format("{} belongs behind the command (see {})", name, help));
  }
  if (known != option_table().end()) {
    std::string takers;
    for (const command& each : command_table()) {
      if ((each.bit & known->taken_by) != 0) takers += (takers.empty() ? "" : ", ") + std::string(each.name);
    }
    throw request_error(fmt::format("{} does not take {}, only: {} (see {})", which->name, name, takers, help));
  }
  std::vector<std::string> candidates;
  for (const option& each : option_table()) {
    if (which != nullptr && (each.taken_by & which->bit) != 0) candidates.push_back("--" + std::string(each.name));
  }
  throw request_error(fmt::format("unknown option {}{} (see {})", name, did_you_mean(name, candidates), help));
}

}  // namespace

void refuse_extras(const std::vector<std::string>& extras, const command* which, const std::string& help) {
  if (extras.empty()) return;
  const std::string& first = extras.front();
  if (first.size() > 1 && first.front() == '-') refuse_option(first, which, help);
  if (which != nullptr) throw request_error(fmt::format("unexpected argument {} (see {})", first, help));
  std::vector<std::string> candidates;
  for (const command& each : command_table()) candidates.emplace_back(each.name);
  throw request_error(fmt::format("unknown command {}{} (see {})", first, did_you_mean(first, candidates), help));
}

}  // namespace heddle::checker
