// Format specifications.
#include <charconv>
#include <cmath>
#include <cstdio>

#include <heddle/python/repr.hpp>
#include "python/errors.hpp"
#include "python/operators.hpp"
#include "python/types/code_points.hpp"
#include "python/types/format.hpp"
#include "python/types/making.hpp"
#include "python/types/numbers.hpp"
#include "python/types/special.hpp"
#include "python/types/type_functions.hpp"

#include "python/utf8.hpp"

namespace heddle::python {
namespace {

[[nodiscard]] bool is_align(char c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

[[nodiscard]] std::uint64_t take_number(thread_state& by, std::string_view& text) {
  std::uint64_t result = 0;
  while (!text.empty() && is_digit(text.front())) {
    result = result * 10 + static_cast<std::uint64_t>(text.front() - '0');
    if (result > INT64_MAX / 10) raise(by, exceptions::ValueError(), "Too many decimal digits in format string");
    text.remove_prefix(1);
  }
  return result;
}

[[noreturn]] void unknown_code(thread_state& by, char type, value of) {
  raise(by, exceptions::ValueError(),
        std::string("Unknown format code '") + type + "' for object of type '" + type_name(of) + "'");
}

/** Puts a separator between groups of digits of the part before the point; `least`: zeros are added up to it. */
[[nodiscard]] std::string grouped(std::string_view text, char separator, std::size_t group) {
  const std::size_t end = std::min(text.find_first_not_of("0123456789abcdefABCDEF"), text.size());
  std::string result;
  for (std::size_t at = 0; at < end; ++at) {
    if (at > 0 && (end - at) % group == 0) result += separator;
    result += text[at];
  }
  return result.append(text.substr(end));
}

/** Zeros before the digits count as digits for the separators. */
void add_grouping(thread_state& by, std::string& digits, const format_spec& spec, std::size_t prefix,
                  std::size_t group) {
  if (spec.grouping == 0) return;
  if (spec.fill == "0" && spec.align == '=' && spec.width > prefix) {
    const std::uint64_t room = spec.width - prefix;
    charge_many(by, room, 2);
    while (true) {
      std::string result = grouped(digits, spec.grouping, group);
      if (result.size() >= room) {
        // A separator never comes first: one zero more then.
        digits = std::move(result);
        return;
      }
      const std::uint64_t missing = room - result.size();
      digits.insert(0, std::max<std::uint64_t>(1, missing / 2), '0');
    }
  }
  digits = grouped(digits, spec.grouping, group);
}

[[nodiscard]] std::string_view sign_text(const format_spec& spec, bool negative) {
  if (negative) return "-";
  return spec.sign == '+' ? "+" : spec.sign == ' ' ? " " : "";
}

}  // namespace

format_spec read_spec(thread_state& by, std::string_view text, value of) {
  format_spec spec;
  const std::string_view whole = text;
  const std::size_t fill = text.empty() ? 0 : first_length(text);
  if (text.size() > fill && is_align(text[fill])) {
    spec.fill = text.substr(0, fill);
    spec.align = text[fill];
    text.remove_prefix(fill + 1);
  } else if (!text.empty() && is_align(text.front())) {
    spec.align = text.front();
    text.remove_prefix(1);
  }
  const auto take = [&](std::string_view any_of) {
    if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return char{0};
    const char found = text.front();
    text.remove_prefix(1);
    return found;
  };
  if (const char sign = take("+- ")) {
    spec.sign = sign;
    if (as_string(of) != nullptr) raise(by, exceptions::ValueError(), "Sign not allowed in string format specifier");
  }
  spec.negative_zero_is_zero = take("z") != 0;
  spec.alternate = take("#") != 0;
  if (take("0") != 0 && spec.align == 0) {
    spec.fill = "0";
    if (as_string(of) == nullptr) spec.align = '=';
  }
  spec.width = take_number(by, text);
  spec.grouping = take(",_");
  if (spec.grouping != 0 && !text.empty() && (text.front() == ',' || text.front() == '_')) {
    raise(by, exceptions::ValueError(),
          text.front() == spec.grouping && spec.grouping == ',' ? "Cannot specify ',' with ','."
          : text.front() == spec.grouping                       ? "Cannot specify '_' with '_'."
                                                                : "Cannot specify both ',' and '_'.");
  }
  if (take(".") != 0) {
    if (text.empty() || !is_digit(text.front())) {
      raise(by, exceptions::ValueError(), "Format specifier missing precision");
    }
    const std::uint64_t precision = take_number(by, text);
    if (precision > INT32_MAX) raise(by, exceptions::ValueError(), "precision too big");
    spec.precision = static_cast<std::uint32_t>(precision);
  }
  if (text.size() > 1) {
    raise(by, exceptions::ValueError(),
          "Invalid format specifier '" + std::string(whole) + "' for object of type '" + type_name(of) + "'");
  }
  if (!text.empty()) spec.type = text.front();
  if (spec.grouping != 0 && (std::string_view("sc").find(spec.type == 0 ? 'd' : spec.type) != std::string_view::npos ||
                             as_string(of) != nullptr)) {
    raise(by, exceptions::ValueError(),
          std::string("Cannot specify '") + spec.grouping + "' with '" + (spec.type == 0 ? 's' : spec.type) + "'.");
  }
  return spec;
}

void append_filled(thread_state& by, std::string& to, const format_spec& spec, std::string_view prefix,
                   std::string_view text, char standard_align) {
  const std::uint64_t length = prefix.size() + count_code_points(text);
  const std::uint64_t missing = spec.width > length ? spec.width - length : 0;
  if (missing > 64) charge_many(by, missing, spec.fill.size());
  const char align = spec.align != 0 ? spec.align : standard_align;
  const std::uint64_t before = align == '<' ? 0 : align == '^' ? missing / 2 : missing;
  const auto fill = [&](std::uint64_t count) {
    if (spec.fill.size() == 1) {
      to.append(count, spec.fill[0]);
    } else {
      for (std::uint64_t each = 0; each < count; ++each) to += spec.fill;
    }
  };
  if (align == '=') to += prefix;
  fill(before);
  if (align != '=') to += prefix;
  to += text;
  fill(missing - before);
}

std::string format_string(thread_state& by, std::string_view text, const format_spec& spec) {
  if (spec.align == '=') {
    raise(by, exceptions::ValueError(), "'=' alignment not allowed in string format specifier");
  }
  if (spec.alternate) {
    raise(by, exceptions::ValueError(), "Alternate form (#) not allowed in string format specifier");
  }
  if (spec.precision) text = text.substr(0, byte_of(text, *spec.precision));
  std::string result;
  append_filled(by, result, spec, "", text, '<');
  return result;
}

std::string format_integer(thread_state& by, value of, const format_spec& spec) {
  if (spec.type != 0 && std::string_view("eEfFgG%").find(spec.type) != std::string_view::npos) {
    return format_real(by, real_of(by, of), spec);
  }
  if (spec.precision) raise(by, exceptions::ValueError(), "Precision not allowed in integer format specifier");
  std::string result;
  if (spec.type == 'c') {
    if (spec.sign != '-') raise(by, exceptions::ValueError(), "Sign not allowed with integer format specifier 'c'");
    if (!of.is_integral() || of.number < 0 || of.number > 0x10FFFF) {
      raise(by, exceptions::OverflowError(), "%c arg not in range(0x110000)");
    }
    std::string character;
    encode(static_cast<char32_t>(of.number), character);
    append_filled(by, result, spec, "", character, '<');
    return result;
  }
  unsigned base = 10;
  std::string_view mark;
  switch (spec.type) {
    case 0:
    case 'd':
    case 'n': break;
    case 'x':
      base = 16;
      mark = "0x";
      break;
    case 'X':
      base = 16;
      mark = "0X";
      break;
    case 'o':
      base = 8;
      mark = "0o";
      break;
    case 'b':
      base = 2;
      mark = "0b";
      break;
    default: unknown_code(by, spec.type, of);
  }
  if (spec.grouping == ',' && base != 10) {
    raise(by, exceptions::ValueError(), std::string("Cannot specify ',' with '") + spec.type + "'.");
  }
  std::string digits = digits_of(by, of, base);
  const bool negative = digits.front() == '-';
  if (negative) digits.erase(0, 1);
  if (spec.type == 'X') {
    for (char& c : digits) c = to_upper(c);
  }
  std::string prefix(sign_text(spec, negative));
  if (spec.alternate) prefix += mark;
  add_grouping(by, digits, spec, prefix.size(), base == 10 ? 3 : 4);
  append_filled(by, result, spec, prefix, digits, '>');
  return result;
}

std::string real_digits(thread_state& by, double of, char type, std::uint32_t precision, bool alternate) {
  charge_many(by, precision, 1);
  const char kind = to_lower(type);
  if (std::isnan(of) || std::isinf(of)) {
    std::string result = std::isnan(of) ? "nan" : "inf";
    if (kind == '%') return result + "%";
    return result;
  }
  if (kind == '%') return real_digits(by, of * 100, 'f', precision, alternate) + "%";
  if (kind == 'g' && precision == 0) precision = 1;
  const std::chars_format form = kind == 'e'   ? std::chars_format::scientific
                                 : kind == 'f' ? std::chars_format::fixed
                                               : std::chars_format::general;
  std::string result(precision + 330U, '\0');
  if (alternate && kind == 'g') {
    const std::string pattern = "%#.*g";
    const int written = std::snprintf(result.data(), result.size(), pattern.c_str(), static_cast<int>(precision), of);
    result.resize(static_cast<std::size_t>(written));
    return result;
  }
  const auto end = std::to_chars(result.data(), result.data() + result.size(), of, form, static_cast<int>(precision));
  result.resize(static_cast<std::size_t>(end.ptr - result.data()));
  if (alternate && result.find('.') == std::string::npos) result.insert(std::min(result.find('e'), result.size()), ".");
  return result;
}

std::string format_real(thread_state& by, double of, const format_spec& spec) {
  std::string digits;
  bool negative = std::signbit(of) && !std::isnan(of);
  const double magnitude = std::fabs(of);
  switch (spec.type) {
    case 0:
      if (!spec.precision) {
        digits = repr(magnitude);
      } else {
        // As 'g', but with a digit behind the point, and with an exponent from one digit earlier on.
        const std::string plain =
            real_digits(by, magnitude, 'e', *spec.precision == 0 ? 0 : *spec.precision - 1, false);
        const std::size_t mark = plain.find('e');
        const bool is_wide = mark != std::string::npos &&
                             std::stoi(plain.substr(mark + 1)) >= std::max(static_cast<int>(*spec.precision), 1) - 1;
        digits = real_digits(by, magnitude, 'g', *spec.precision, false);
        if (is_wide && digits.find('e') == std::string::npos && mark != std::string::npos) {
          std::string mantissa = plain.substr(0, mark);
          if (mantissa.find('.') != std::string::npos) {
            while (mantissa.back() == '0') mantissa.pop_back();
            if (mantissa.back() == '.') mantissa.pop_back();
          }
          digits = mantissa + plain.substr(mark);
        } else if (std::isfinite(magnitude) && digits.find_first_of(".e") == std::string::npos) {
          digits += ".0";
        }
      }
      break;
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G':
    case 'n':
    case '%':
      digits =
          real_digits(by, magnitude, spec.type == 'n' ? 'g' : spec.type, spec.precision.value_or(6), spec.alternate);
      break;
    default: unknown_code(by, spec.type, value(of));
  }
  if (is_upper(spec.type)) {
    for (char& c : digits) c = to_upper(c);
  }
  if (spec.negative_zero_is_zero && digits.find_first_of("123456789") == std::string::npos && std::isfinite(of)) {
    negative = false;
  }
  const std::string prefix(sign_text(spec, negative));
  add_grouping(by, digits, spec, prefix.size(), 3);
  std::string result;
  append_filled(by, result, spec, prefix, digits, '>');
  return result;
}

std::string formatted(thread_state& by, value of, std::string_view specification) {
  if (const value method = special(of, specials().format_); method.defined()) {
    const value result = call(by, method, {of, make_string(by, std::string(specification))});
    if (const string_object* text = as_string(result)) return text->text;
    raise_type_error(by, "__format__ must return a str, not " + type_name(result));
  }
  if (specification.empty()) return str(by, of);
  if (const string_object* text = as_string(of)) {
    const format_spec spec = read_spec(by, specification, of);
    if (spec.type != 0 && spec.type != 's') unknown_code(by, spec.type, of);
    return format_string(by, text->text, spec);
  }
  if (is_int(of)) {
    const format_spec spec = read_spec(by, specification, of);
    return format_integer(by, of, spec);
  }
  if (of.is_real()) return format_real(by, of.real, read_spec(by, specification, of));
  raise_type_error(by, "unsupported format string passed to " + type_name(of) + ".__format__");
}

}  // namespace heddle::python
