#include "python/assembly_reader.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>

#include <heddle/python/assembler.hpp>

#include "python/utf8.hpp"

namespace heddle::python {
namespace {

constexpr unsigned deepest_tuple = 50;

[[nodiscard]] bool is_digit(char what) noexcept { return what >= '0' && what <= '9'; }

[[nodiscard]] bool is_in_name(char what) noexcept {
  return is_digit(what) || (what >= 'a' && what <= 'z') || (what >= 'A' && what <= 'Z') || what == '_' || what == '<' ||
         what == '>' || what == '.' || static_cast<unsigned char>(what) >= 0x80;
}

}  // namespace

bool is_bare_name(std::string_view name) noexcept {
  return !name.empty() && !is_digit(name.front()) && std::ranges::all_of(name, is_in_name);
}

char assembly_reader::next() {
  const std::size_t blanks = rest_.find_first_not_of(" \t\r");
  rest_.remove_prefix(std::min(blanks, rest_.size()));
  return rest_.empty() ? '\0' : rest_.front();
}

bool assembly_reader::at_end() {
  next();
  return rest_.empty() || rest_.front() == '#';
}

void assembly_reader::must_end() {
  if (!at_end()) expected("nothing more");
}

bool assembly_reader::take(char what) {
  const bool found = !at_end() && rest_.front() == what;
  if (found) rest_.remove_prefix(1);
  return found;
}

std::string_view assembly_reader::word() {
  next();
  const std::string_view result = rest_.substr(0, rest_.find_first_of(" \t\r(),:'\"#"));
  rest_.remove_prefix(result.size());
  return result;
}

std::string assembly_reader::name() {
  if (next() == '\'' || next() == '"') return string();
  const std::string_view before = rest_;
  const std::string_view found = word();
  if (is_bare_name(found)) return std::string(found);
  rest_ = before;
  expected("a name");
}

bool assembly_reader::name_follows() {
  const char first = next();
  return first == '\'' || first == '"' || is_in_name(first);
}

std::vector<std::string> assembly_reader::names() {
  std::vector<std::string> result{name()};
  while (take(',')) result.push_back(name());
  must_end();
  return result;
}

char32_t assembly_reader::escaped() {
  const char what = rest_.empty() ? '\0' : rest_.front();
  rest_.remove_prefix(rest_.empty() ? 0 : 1);
  switch (what) {
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case '\\':
    case '\'':
    case '"': return static_cast<unsigned char>(what);
    default: break;
  }
  const std::size_t digits = what == 'x' ? 2 : what == 'u' ? 4 : what == 'U' ? 8 : 0;
  if (digits == 0)
    fail("write \\\\ for a backslash; of escapes there are \\n \\r \\t \\\\ \\' \\\" \\x12 \\u1234 \\U00012345");
  const std::string_view number = rest_.substr(0, digits);
  std::uint32_t result = 0;
  const auto read = std::from_chars(number.data(), number.data() + number.size(), result, 16);
  if (number.size() < digits || read.ptr != number.data() + number.size() || result > 0x10FFFF) {
    fail(std::string("write ") + std::to_string(digits) + " hexadecimal digits after \\" + what + ", up to 10ffff");
  }
  rest_.remove_prefix(digits);
  return result;
}

std::string assembly_reader::string() {
  const char quote = next();
  if (quote != '\'' && quote != '"') expected("a string in quotes");
  rest_.remove_prefix(1);
  std::string result;
  while (!rest_.empty() && rest_.front() != quote) {
    const auto one = decode(rest_);
    if (!one) fail("write strings in UTF-8");
    rest_.remove_prefix(one->length);
    encode(one->code_point == '\\' ? escaped() : one->code_point, result);
  }
  if (rest_.empty()) fail("close the string with " + std::string(1, quote));
  rest_.remove_prefix(1);
  return result;
}

std::uint32_t assembly_reader::number() {
  next();
  const std::string_view before = rest_;
  const std::string_view digits = word();
  std::uint32_t result = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), result);
  if (!digits.empty() && read.ec == std::errc() && read.ptr == digits.data() + digits.size()) return result;
  rest_ = before;
  expected("a number below 4294967296");
}

constant assembly_reader::integer(std::string_view digits, bool negative) {
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size() - 1));
  const std::string text = (negative ? "-" : "") + std::string(digits);
  std::int64_t result = 0;
  if (std::from_chars(text.data(), text.data() + text.size(), result).ec == std::errc()) return {result};
  return {constant::big_integer{text}};
}

constant assembly_reader::constant() {
  if (next() == '\'' || next() == '"') return {string()};
  if (next() == '(') return tuple();
  const std::string_view before = rest_;
  const std::string_view found = word();
  if (found == "None") return {constant::none{}};
  if (found == "Ellipsis") return {constant::ellipsis{}};
  if (found == "True" || found == "False") return {found == "True"};
  if (found == "code") return {constant::code{number()}};
  if (found == "nan") return {std::numeric_limits<double>::quiet_NaN()};
  const bool negative = found.starts_with('-');
  const std::string_view size = found.substr(negative ? 1 : 0);
  if (size == "inf") return {negative ? -HUGE_VAL : HUGE_VAL};
  if (!size.empty() && std::ranges::all_of(size, is_digit)) return integer(size, negative);
  double result = 0;
  if (!size.empty() && is_digit(size.front())) {
    const auto read = std::from_chars(found.data(), found.data() + found.size(), result);
    if (read.ec == std::errc() && read.ptr == found.data() + found.size()) return {result};
  }
  rest_ = before;
  expected("a constant");
}

constant assembly_reader::tuple() {
  if (++depth_ > deepest_tuple) fail("nest tuples at most " + std::to_string(deepest_tuple) + " deep");
  take('(');
  constant::tuple result;
  while (!take(')')) {
    result.push_back(constant());
    if (!take(',')) {
      if (result.size() == 1) expected("a comma, as in (1,)");
      if (!take(')')) expected("a comma or )");
      break;
    }
  }
  --depth_;
  return {std::move(result)};
}

void assembly_reader::fail(const std::string& what) const { throw assembly_error(number_, what); }

void assembly_reader::expected(const std::string& what) const {
  constexpr std::size_t most = 30;
  std::string_view found = rest_.substr(0, most);
  while (!found.empty() && found.size() == most && (static_cast<unsigned char>(found.back()) & 0x80U) != 0) {
    found.remove_suffix(1);  // perhaps a part of a character
  }
  fail("expected " + what + (found.empty() ? " at the end" : ", not " + std::string(found)));
}

}  // namespace heddle::python
