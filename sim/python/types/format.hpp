// The three ways of formatting: format specifications, str.format and the operator %.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "python/interpreter.hpp"
#include "python/objects.hpp"

namespace heddle::python {

/** A format specification, taken apart: [[fill]align][sign][z][#][0][width][,_][.precision][type]. */
struct format_spec {
  std::string fill = " ";
  char align = 0;  // 0: as the type has it
  char sign = '-';
  bool negative_zero_is_zero = false;
  bool alternate = false;
  std::uint64_t width = 0;
  char grouping = 0;
  std::optional<std::uint32_t> precision;
  char type = 0;
};
[[nodiscard]] format_spec read_spec(thread_state& by, std::string_view text, value of);

/** Appends `text` with its `prefix` (sign, 0x), filled to the width; asks for the memory. */
void append_filled(thread_state& by, std::string& to, const format_spec& spec, std::string_view prefix,
                   std::string_view text, char standard_align);

[[nodiscard]] std::string format_string(thread_state& by, std::string_view text, const format_spec& spec);
[[nodiscard]] std::string format_integer(thread_state& by, value of, const format_spec& spec);
[[nodiscard]] std::string format_real(thread_state& by, double of, const format_spec& spec);

/** Digits of a float that is not negative: type e, f, g or % and the like. `alternate`: keeps the point. */
[[nodiscard]] std::string real_digits(thread_state& by, double of, char type, std::uint32_t precision, bool alternate);

/** `text % arguments`. */
[[nodiscard]] value percent_format(thread_state& by, const string_object& text, value given);
/** text.format(...), with the first of the positional arguments being number `first`. */
[[nodiscard]] std::string brace_format(thread_state& by, std::string_view text, const arguments& given,
                                       value mapping = {});

}  // namespace heddle::python
