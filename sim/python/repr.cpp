#include <heddle/python/repr.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "python/utf8.hpp"

namespace heddle::python {
namespace {

struct code_points {
  char32_t first;
  char32_t last;
};

// The assigned ones beyond ASCII of the categories that str.isprintable() leaves out: Cc, Cf, Cs, Co, Zl, Zp, Zs.
constexpr std::array not_printable{
    code_points{0x80, 0xA0},       code_points{0xAD, 0xAD},       code_points{0x600, 0x605},
    code_points{0x61C, 0x61C},     code_points{0x6DD, 0x6DD},     code_points{0x70F, 0x70F},
    code_points{0x890, 0x891},     code_points{0x8E2, 0x8E2},     code_points{0x1680, 0x1680},
    code_points{0x180E, 0x180E},   code_points{0x2000, 0x200F},   code_points{0x2028, 0x202F},
    code_points{0x205F, 0x2064},   code_points{0x2066, 0x206F},   code_points{0x3000, 0x3000},
    code_points{0xD800, 0xF8FF},   code_points{0xFEFF, 0xFEFF},   code_points{0xFFF9, 0xFFFB},
    code_points{0x110BD, 0x110BD}, code_points{0x110CD, 0x110CD}, code_points{0x13430, 0x1343F},
    code_points{0x1BCA0, 0x1BCA3}, code_points{0x1D173, 0x1D17A}, code_points{0xE0001, 0xE0001},
    code_points{0xE0020, 0xE007F}, code_points{0xF0000, 0xFFFFD}, code_points{0x100000, 0x10FFFD},
};

[[nodiscard]] bool is_printable(char32_t what) {
  if (what < 0x80) return what >= 0x20 && what != 0x7F;
  return std::ranges::none_of(not_printable, [&](code_points of) { return of.first <= what && what <= of.last; });
}

void append_hexadecimal(std::string& to, char32_t number, int digits) {
  for (int digit = digits - 1; digit >= 0; --digit) {
    to += "0123456789abcdef"[(number >> (4U * static_cast<unsigned>(digit))) & 0xFU];
  }
}

void append_escaped(std::string& to, char32_t what) {
  switch (what) {
    case '\n': to += "\\n"; return;
    case '\r': to += "\\r"; return;
    case '\t': to += "\\t"; return;
    default: break;
  }
  to += what < 0x100 ? "\\x" : what < 0x10000 ? "\\u" : "\\U";
  append_hexadecimal(to, what, what < 0x100 ? 2 : what < 0x10000 ? 4 : 8);
}

struct constant_writer {
  const program& of;

  std::string operator()(constant::none /*unused*/) const { return "None"; }
  std::string operator()(constant::ellipsis /*unused*/) const { return "Ellipsis"; }
  std::string operator()(bool truth) const { return truth ? "True" : "False"; }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(double number) const { return repr(number); }
  std::string operator()(const std::string& text) const { return repr(text); }
  std::string operator()(const constant::big_integer& number) const { return number.digits; }
  std::string operator()(constant::code code) const {
    return code.index < of.codes.size() ? repr(of.codes[code.index], of.file) : "<code object>";
  }
  std::string operator()(const constant::tuple& parts) const {
    std::string result = "(";
    for (const constant& part : parts) {
      result += (result.size() > 1 ? ", " : "") + repr(part, of);
    }
    return result + (parts.size() == 1 ? ",)" : ")");
  }
};

}  // namespace

std::string repr(std::string_view text) {
  const bool has_single = text.find('\'') != std::string_view::npos;
  const char quote = has_single && text.find('"') == std::string_view::npos ? '"' : '\'';
  std::string result(1, quote);
  while (!text.empty()) {
    const auto next = decode(text);
    const char32_t what = next ? next->code_point : static_cast<unsigned char>(text.front());
    const std::string_view bytes = text.substr(0, next ? next->length : 1);
    text.remove_prefix(bytes.size());
    if (what == static_cast<unsigned char>(quote) || what == '\\') {
      (result += '\\') += bytes;
    } else if (next && is_printable(what)) {
      result += bytes;
    } else {
      append_escaped(result, what);
    }
  }
  return result + quote;
}

std::string repr(double number) {
  if (std::isnan(number)) return "nan";
  if (std::isinf(number)) return number > 0 ? "inf" : "-inf";
  // Digits of a form that is always the same: -d.ddde-xx, from which Python's is made.
  std::array<char, 40> buffer{};
  const auto written =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::scientific);
  const std::string_view text(buffer.data(), static_cast<std::size_t>(written.ptr - buffer.data()));
  const std::size_t mark = text.find('e');
  const int exponent = std::atoi(std::string(text.substr(mark + 1)).c_str());
  if (exponent < -4 || exponent >= 16) return std::string(text);
  std::string digits;
  for (const char letter : text.substr(0, mark)) {
    if (letter != '.' && letter != '-') digits += letter;
  }
  const std::string sign = std::signbit(number) ? "-" : "";
  if (exponent < 0) return sign + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
  const auto before_point = static_cast<std::size_t>(exponent) + 1;
  if (digits.size() <= before_point) return sign + digits + std::string(before_point - digits.size(), '0') + ".0";
  return sign + digits.substr(0, before_point) + "." + digits.substr(before_point);
}

std::string repr(const constant& what, const program& of) { return std::visit(constant_writer{of}, what.what); }

std::string repr(const code_object& what, std::string_view file) {
  return "<code object " + what.name + ", file \"" + std::string(file) + "\", line " + std::to_string(what.first_line) +
         ">";
}

}  // namespace heddle::python
