// Numbers as text, and back.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "python/errors.hpp"
#include "python/operators.hpp"
#include "python/types/making.hpp"
#include "python/types/numbers.hpp"

namespace heddle::python {
namespace {

constexpr std::size_t most_digits = 4300;  // CPython's sys.get_int_max_str_digits()

[[nodiscard]] bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

[[nodiscard]] std::string_view stripped(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

[[nodiscard]] unsigned digit_of(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'z') return static_cast<unsigned>(c - 'a') + 10;
  if (c >= 'A' && c <= 'Z') return static_cast<unsigned>(c - 'A') + 10;
  return 99;
}

/** Removes the underscores that may stand between digits; nothing if they stand elsewhere. */
[[nodiscard]] std::optional<std::string> without_underscores(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '_') {
      result += text[at];
    } else if (at == 0 || at + 1 == text.size() || digit_of(text[at - 1]) == 99 || digit_of(text[at + 1]) == 99) {
      return std::nullopt;
    }
  }
  return result;
}

/** The base that a prefix names, which is removed; 0 if there is none. */
[[nodiscard]] unsigned take_prefix(std::string_view& text) {
  if (text.size() < 2 || text[0] != '0') return 0;
  const char letter = static_cast<char>(text[1] | 0x20);
  const unsigned base = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
  if (base != 0) text.remove_prefix(text.size() > 2 && text[2] == '_' ? 3 : 2);
  return base;
}

}  // namespace

std::string digits_of(thread_state& by, value of, unsigned base) {
  if (of.is_integral()) {
    char buffer[66];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, of.number, static_cast<int>(base)).ptr;
    return {buffer, end};
  }
  const big_number& number = static_cast<big_object*>(of.object)->number;
  const big_number magnitude = number < 0 ? big_number(-number) : number;
  std::string result;
  if (base == 10) {
    const auto too_long = [&] {
      raise(by, exceptions::ValueError(),
            "Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to "
            "increase the limit");
    };
    if (msb(magnitude) > most_digits * 10 / 3) too_long();
    result = magnitude.str();
    if (result.size() > most_digits) too_long();
  } else if (base == 2) {
    for (auto bit = static_cast<std::int64_t>(msb(magnitude)); bit >= 0; --bit) {
      result += bit_test(magnitude, static_cast<unsigned>(bit)) ? '1' : '0';
    }
  } else {
    result = magnitude.str(0, base == 16 ? std::ios_base::hex : std::ios_base::oct);
    std::ranges::transform(result, result.begin(), [](char c) { return c >= 'A' ? static_cast<char>(c | 0x20) : c; });
  }
  return number < 0 ? "-" + result : result;
}

value read_integer(thread_state& by, std::string_view text, unsigned base) {
  text = stripped(text);
  bool negative = false;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  if (base == 0 || base == 2 || base == 8 || base == 16) {
    std::string_view rest = text;
    const unsigned named = take_prefix(rest);
    if (named != 0 && (base == 0 || base == named)) {
      base = named;
      text = rest;
    } else if (base == 0) {
      if (text.size() > 1 && text[0] == '0' && text.find_first_not_of("0_") != std::string_view::npos) return {};
      base = 10;
    }
  }
  const std::optional<std::string> digits = without_underscores(text);
  if (!digits || digits->empty()) return {};
  if (!std::ranges::all_of(*digits, [&](char c) { return digit_of(c) < base; })) return {};
  std::int64_t small = 0;
  const auto read = std::from_chars(digits->data(), digits->data() + digits->size(), small, static_cast<int>(base));
  if (read.ec == std::errc{}) return value(negative ? -small : small);
  if (digits->size() > most_digits && (base & (base - 1)) != 0) {
    raise(by, exceptions::ValueError(),
          "Exceeds the limit (4300 digits) for integer string conversion: value has " + std::to_string(digits->size()) +
              " digits; use sys.set_int_max_str_digits() to increase the limit");
  }
  if (digits->size() > 100'000) raise(by, exceptions::MemoryError(), "the int is too large");
  big_number number;
  for (const char c : *digits) {
    number *= base;
    number += digit_of(c);
  }
  return make_integer(by, negative ? big_number(-number) : number);
}

std::optional<double> read_float(std::string_view text) {
  const std::optional<std::string> plain = without_underscores(stripped(text));
  if (!plain || plain->empty()) return std::nullopt;
  std::string_view rest = *plain;
  const bool negative = rest.front() == '-';
  if (negative || rest.front() == '+') rest.remove_prefix(1);
  if (rest.empty()) return std::nullopt;
  std::string lower(rest);
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
  if (lower == "inf" || lower == "infinity") return negative ? -HUGE_VAL : HUGE_VAL;
  if (lower == "nan") return std::numeric_limits<double>::quiet_NaN();
  if (digit_of(lower.front()) > 9 && lower.front() != '.') return std::nullopt;
  double result = 0;
  const auto read = std::from_chars(lower.data(), lower.data() + lower.size(), result);
  if (read.ptr != lower.data() + lower.size() || read.ec == std::errc::invalid_argument) return std::nullopt;
  if (read.ec == std::errc::result_out_of_range) {
    // Either far too large or far too small: which, the exponent says.
    const std::size_t mark = lower.find('e');
    const bool small =
        mark != std::string::npos ? lower[mark + 1] == '-' : lower.front() == '0' || lower.front() == '.';
    result = small ? 0.0 : HUGE_VAL;
  }
  return negative ? -result : result;
}

}  // namespace heddle::python
