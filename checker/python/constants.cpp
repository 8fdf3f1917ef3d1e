// Values that are known when the program is compiled.
#include <charconv>
#include <cstdint>
#include <limits>
#include <system_error>
#include <utility>

#include "parts.hpp"

namespace heddle::checker::python {
namespace {

constant integer(std::string digits) {
  std::int64_t value = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stopped, error] = std::from_chars(digits.data(), end, value);
  if (error == std::errc::result_out_of_range) return {constant::big_integer{std::move(digits)}};
  if (error != std::errc{} || stopped != end) throw malformed_tree("a bad integer");
  return {value};
}

// Python writes infinity as 1e309 or so, and its parser gives "inf".
constant real(const std::string& text) {
  double value = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || stopped != end) throw malformed_tree("a bad number");
  return {value};
}

constant literal(const syntax_node& what) {
  const std::string& type = what.text("type");
  const std::string& value = what.text("value");
  if (type == "none") return {constant::none{}};
  if (type == "ellipsis") return {constant::ellipsis{}};
  if (type == "bool") return {value == "True"};
  if (type == "int") return integer(value);
  if (type == "float") return real(value);
  if (type == "str") return {value};
  throw malformed_tree("a constant of no known type");
}

std::optional<constant> negative(const syntax_node& operand) {
  if (!operand.is("Constant")) return std::nullopt;
  const std::string& type = operand.text("type");
  if (type == "int") return integer("-" + operand.text("value"));
  if (type == "float") return real("-" + operand.text("value"));
  return std::nullopt;
}

// Nobody may assign to it.
bool is_debug(const syntax_node& what) { return what.is("Name") && what.text("id") == "__debug__"; }

}  // namespace

std::optional<constant> constant_value(const syntax_node& what) {
  if (what.is("Constant")) return literal(what);
  if (is_debug(what)) return constant{true};
  if (what.is("UnaryOp") && what.at("op").is("USub")) return negative(what.at("operand"));
  if (!what.is("Tuple")) return std::nullopt;
  constant::tuple elements;
  for (const syntax_node& each : what.all("elts")) {
    std::optional<constant> value = constant_value(each);
    if (!value) return std::nullopt;
    elements.push_back(std::move(*value));
  }
  return constant{std::move(elements)};
}

std::optional<bool> constant_truth(const syntax_node& what) {
  if (is_debug(what)) return true;
  if (!what.is("Constant")) return std::nullopt;
  const constant value = literal(what);
  if (const bool* truth = std::get_if<bool>(&value.what)) return *truth;
  if (const auto* number = std::get_if<std::int64_t>(&value.what)) return *number != 0;
  if (const auto* number = std::get_if<double>(&value.what)) return *number != 0;
  if (const auto* text = std::get_if<std::string>(&value.what)) return !text->empty();
  return !std::holds_alternative<constant::none>(value.what);
}

}  // namespace heddle::checker::python
