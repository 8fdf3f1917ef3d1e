// The values of a scenario's parameters.
#include <fmt/format.h>

#include <algorithm>

#include <heddle/scenario.hpp>

#include "read_text.hpp"

namespace heddle {
namespace {

std::string names(std::span<const parameter> of) {
  std::string result;
  for (const parameter& each : of) result += (result.empty() ? "" : ", ") + each.name;
  return result;
}

std::string_view shown(std::string_view value) { return value.empty() ? "empty" : value; }

std::int64_t read(const parameter& which, std::string_view text) {
  if (!which.words.empty()) {
    const auto found = std::ranges::find(which.words, text);
    if (found != which.words.end()) return found - which.words.begin();
    throw request_error(
        fmt::format("parameter {} is one of {}, not {}", which.name, fmt::join(which.words, ", "), shown(text)));
  }
  if (which.boolean) {
    const auto value = checker::read_boolean(text);
    if (!value) throw request_error(fmt::format("parameter {} is true or false, not {}", which.name, shown(text)));
    return *value ? 1 : 0;
  }
  const auto value = checker::read_whole<std::int64_t>(text);
  if (!value || *value < which.least || *value > which.most) {
    throw request_error(fmt::format("parameter {} is a whole number from {} to {}, not {}", which.name, which.least,
                                    which.most, shown(text)));
  }
  return *value;
}

}  // namespace

std::string parameter_text(const parameter& which, std::int64_t value) {
  if (!which.words.empty()) return which.words.at(static_cast<std::size_t>(value));
  if (!which.boolean) return std::to_string(value);
  return value != 0 ? "true" : "false";
}

arguments::arguments(std::span<const parameter> of) : of_(of) {
  for (const parameter& each : of) values_[each.name] = each.standard;
}

void arguments::set(std::string_view name, std::string_view value) {
  const auto which = std::ranges::find(of_, name, &parameter::name);
  if (which == of_.end()) {
    throw request_error(of_.empty()
                            ? fmt::format("there is no parameter {}, nor any other", name)
                            : fmt::format("there is no parameter {}, only {}", name.empty() ? "''" : name, names(of_)));
  }
  values_[which->name] = read(*which, value);
}

std::vector<std::pair<std::string, std::string>> arguments::changed() const {
  std::vector<std::pair<std::string, std::string>> result;
  for (const parameter& each : of_) {
    const std::int64_t value = values_.at(each.name);
    if (value == each.standard) continue;
    result.emplace_back(each.name, parameter_text(each, value));
  }
  return result;
}

}  // namespace heddle
