// Methods of str that cut off and fill up, and format.
#include "python/types/code_points.hpp"
#include "python/types/format.hpp"
#include "python/types/string_methods.hpp"
#include "python/types/type_functions.hpp"

namespace heddle::python {
namespace {

[[nodiscard]] value strip_any(thread_state& by, const arguments& given, std::string_view called, bool start, bool end) {
  std::string_view text = string_self(by, given, called, 0, 1).text;
  const value which = argument(given, 1);
  if (which.defined() && !which.is_none()) {
    if (as_string(which) == nullptr) raise_type_error(by, std::string(called) + " arg must be None or str");
    const std::string_view any_of = as_string(which)->text;
    const auto is_one = [&](std::string_view character) { return any_of.find(character) != std::string_view::npos; };
    while (start && !text.empty() && is_one(text.substr(0, first_length(text)))) text.remove_prefix(first_length(text));
    while (end && !text.empty()) {
      std::size_t last = text.size() - 1;
      while (last > 0 && continues(text[last])) --last;
      if (!is_one(text.substr(last))) break;
      text.remove_suffix(text.size() - last);
    }
  } else {
    while (const std::size_t space = start ? space_length(text) : 0) text.remove_prefix(space);
    while (const std::size_t space = end ? space_length_at_end(text) : 0) text.remove_suffix(space);
  }
  return make_string(by, std::string(text));
}

value strip(thread_state& by, const arguments& given) { return strip_any(by, given, "strip", true, true); }
value lstrip(thread_state& by, const arguments& given) { return strip_any(by, given, "lstrip", true, false); }
value rstrip(thread_state& by, const arguments& given) { return strip_any(by, given, "rstrip", false, true); }

[[nodiscard]] value justified(thread_state& by, const arguments& given, std::string_view called, char align) {
  const string_object& self = string_self(by, given, called, 1, 2);
  const std::int64_t width = integer_of(by, given.positional[1]);
  format_spec spec;
  spec.align = align;
  if (given.count > 2) {
    const string_object* fill = as_string(given.positional[2]);
    if (fill == nullptr) {
      raise_type_error(by, "The fill character must be a unicode character, not " + type_name(given.positional[2]));
    }
    if (fill->length() != 1) raise_type_error(by, "The fill character must be exactly one character long");
    spec.fill = fill->text;
  }
  const auto length = static_cast<std::int64_t>(self.length());
  if (width <= length) return given.positional[0];
  const auto missing = static_cast<std::uint64_t>(width - length);
  charge_many(by, missing, spec.fill.size());
  // center() puts the odd one to the left if the width is odd, unlike formats.
  const std::uint64_t before = align == '<'   ? 0
                               : align == '>' ? missing
                                              : missing / 2 + (missing & static_cast<std::uint64_t>(width) & 1U);
  std::string result;
  for (std::uint64_t each = 0; each < before; ++each) result += spec.fill;
  result += self.text;
  for (std::uint64_t each = before; each < missing; ++each) result += spec.fill;
  return charged_string(by, std::move(result));
}

value ljust(thread_state& by, const arguments& given) { return justified(by, given, "ljust", '<'); }
value rjust(thread_state& by, const arguments& given) { return justified(by, given, "rjust", '>'); }
value center(thread_state& by, const arguments& given) { return justified(by, given, "center", '^'); }

value zfill(thread_state& by, const arguments& given) {
  const string_object& self = string_self(by, given, "zfill", 1, 1);
  const std::int64_t width = integer_of(by, given.positional[1]);
  const auto length = static_cast<std::int64_t>(self.length());
  if (width <= length) return given.positional[0];
  charge_many(by, static_cast<std::uint64_t>(width), 1);
  std::string result = self.text;
  const bool has_sign = !result.empty() && (result.front() == '-' || result.front() == '+');
  result.insert(has_sign ? 1 : 0, static_cast<std::size_t>(width - length), '0');
  return charged_string(by, std::move(result));
}

value expandtabs(thread_state& by, const arguments& given) {
  const std::string_view text = any_string_self(by, given, "expandtabs").text;
  const parameters with(by, "expandtabs(self, tabsize=)", given);
  const std::int64_t size = with.given(1) ? integer_of(by, with[1]) : 8;
  std::string result;
  std::int64_t column = 0;
  for (const char c : text) {
    if (c == '\t') {
      if (size <= 0) continue;
      const std::int64_t spaces = size - column % size;
      charge_many(by, static_cast<std::uint64_t>(spaces), 1);
      result.append(static_cast<std::size_t>(spaces), ' ');
      column += spaces;
      continue;
    }
    result += c;
    if (c == '\n' || c == '\r') {
      column = 0;
    } else if (!continues(c)) {
      ++column;
    }
  }
  return make_string(by, std::move(result));
}

value format(thread_state& by, const arguments& given) {
  const string_object& self = any_string_self(by, given, "format");
  arguments rest = given;
  ++rest.positional;
  --rest.count;
  return make_string(by, brace_format(by, self.text, rest));
}

value format_map(thread_state& by, const arguments& given) {
  const string_object& self = string_self(by, given, "format_map", 1, 1);
  return make_string(by, brace_format(by, self.text, arguments{}, given.positional[1]));
}

value encode(thread_state& by, const arguments& /*given*/) {
  raise(by, exceptions::NotImplementedError(), "str.encode() is not supported: there are no bytes");
}

constexpr native_entry methods[] = {
    {"strip", strip},   {"lstrip", lstrip},         {"rstrip", rstrip}, {"ljust", ljust},
    {"rjust", rjust},   {"center", center},         {"zfill", zfill},   {"expandtabs", expandtabs},
    {"format", format}, {"format_map", format_map}, {"encode", encode},
};

}  // namespace

std::span<const native_entry> string_layout_methods() { return methods; }

}  // namespace heddle::python
