// Methods of str about the case and the kinds of characters. Only ASCII has case and digits here; whatever lies beyond
// counts as a letter without case.
#include <algorithm>

#include "python/types/code_points.hpp"
#include "python/types/string_methods.hpp"

namespace heddle::python {
namespace {

template <class Change>
[[nodiscard]] value changed(thread_state& by, const arguments& given, std::string_view called, Change&& change) {
  std::string text = string_self(by, given, called, 0, 0).text;
  bool in_word = false;
  for (char& c : text) {
    const bool letter = is_letter(c);
    c = change(c, in_word);
    in_word = letter;
  }
  return make_string(by, std::move(text));
}

value upper(thread_state& by, const arguments& given) {
  return changed(by, given, "upper", [](char c, bool) { return to_upper(c); });
}
value lower(thread_state& by, const arguments& given) {
  return changed(by, given, "lower", [](char c, bool) { return to_lower(c); });
}
value casefold(thread_state& by, const arguments& given) {
  return changed(by, given, "casefold", [](char c, bool) { return to_lower(c); });
}
value swapcase(thread_state& by, const arguments& given) {
  return changed(by, given, "swapcase", [](char c, bool) { return is_upper(c) ? to_lower(c) : to_upper(c); });
}
value title(thread_state& by, const arguments& given) {
  return changed(by, given, "title", [](char c, bool in_word) { return in_word ? to_lower(c) : to_upper(c); });
}
value capitalize(thread_state& by, const arguments& given) {
  std::string text = string_self(by, given, "capitalize", 0, 0).text;
  std::ranges::transform(text, text.begin(), to_lower);
  if (!text.empty()) text.front() = to_upper(text.front());
  return make_string(by, std::move(text));
}

template <class Test>
[[nodiscard]] value all_are(thread_state& by, const arguments& given, std::string_view called, Test&& test) {
  const std::string& text = string_self(by, given, called, 0, 0).text;
  return value(!text.empty() && std::ranges::all_of(text, test));
}

value isdigit(thread_state& by, const arguments& given) { return all_are(by, given, "isdigit", is_digit); }
value isdecimal(thread_state& by, const arguments& given) { return all_are(by, given, "isdecimal", is_digit); }
value isnumeric(thread_state& by, const arguments& given) { return all_are(by, given, "isnumeric", is_digit); }
value isalpha(thread_state& by, const arguments& given) { return all_are(by, given, "isalpha", is_letter); }
value isalnum(thread_state& by, const arguments& given) {
  return all_are(by, given, "isalnum", [](char c) { return is_letter(c) || is_digit(c); });
}
value isascii(thread_state& by, const arguments& given) {
  return value(string_self(by, given, "isascii", 0, 0).is_ascii());
}
value isprintable(thread_state& by, const arguments& given) {
  const std::string& text = string_self(by, given, "isprintable", 0, 0).text;
  return value(std::ranges::all_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x20 && byte != 0x7F;
  }));
}
value isspace(thread_state& by, const arguments& given) {
  std::string_view text = string_self(by, given, "isspace", 0, 0).text;
  if (text.empty()) return value(false);
  while (const std::size_t space = space_length(text)) text.remove_prefix(space);
  return value(text.empty());
}
value isidentifier(thread_state& by, const arguments& given) {
  const std::string& text = string_self(by, given, "isidentifier", 0, 0).text;
  return value(!text.empty() && !is_digit(text.front()) &&
               std::ranges::all_of(text, [](char c) { return is_letter(c) || is_digit(c) || c == '_'; }));
}

[[nodiscard]] value has_case(thread_state& by, const arguments& given, std::string_view called, bool wants_upper) {
  const std::string& text = string_self(by, given, called, 0, 0).text;
  const bool right = std::ranges::any_of(text, wants_upper ? is_upper : is_lower);
  return value(right && std::ranges::none_of(text, wants_upper ? is_lower : is_upper));
}
value isupper(thread_state& by, const arguments& given) { return has_case(by, given, "isupper", true); }
value islower(thread_state& by, const arguments& given) { return has_case(by, given, "islower", false); }
value istitle(thread_state& by, const arguments& given) {
  bool in_word = false;
  bool any = false;
  for (const char c : string_self(by, given, "istitle", 0, 0).text) {
    if ((is_upper(c) && in_word) || (is_lower(c) && !in_word)) return value(false);
    in_word = is_upper(c) || is_lower(c);
    any = any || in_word;
  }
  return value(any);
}

constexpr native_entry methods[] = {
    {"upper", upper},
    {"lower", lower},
    {"casefold", casefold},
    {"swapcase", swapcase},
    {"title", title},
    {"isdigit", isdigit},
    {"capitalize", capitalize},
    {"isdecimal", isdecimal},
    {"isnumeric", isnumeric},
    {"isalpha", isalpha},
    {"isalnum", isalnum},
    {"isascii", isascii},
    {"isspace", isspace},
    {"isupper", isupper},
    {"islower", islower},
    {"istitle", istitle},
    {"isprintable", isprintable},
    {"isidentifier", isidentifier},
};

}  // namespace

std::span<const native_entry> string_case_methods() { return methods; }

}  // namespace heddle::python
