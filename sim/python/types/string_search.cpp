// Methods of str that look for something in strings.
#include <algorithm>

#include "python/types/code_points.hpp"
#include "python/types/string_methods.hpp"
#include "python/types/type_functions.hpp"

namespace heddle::python {
namespace {

/** The part of self between the optional bounds that two arguments give, and where it starts. */
struct part {
  std::string_view text;
  std::size_t first_byte = 0;
  bool exists = true;  ///< false: the start lies behind the end
};

[[nodiscard]] part part_of(thread_state& by, const string_object& self, value from, value to) {
  const auto length = static_cast<std::int64_t>(self.length());
  const std::int64_t start = clamped_index(by, from, 0, length);
  const std::int64_t end = std::min(clamped_index(by, to, length, length), length);
  part result;
  if (start > end) {
    result.exists = false;
    return result;
  }
  const std::string_view text = self.text;
  result.first_byte = byte_of(text, static_cast<std::size_t>(start));
  const std::string_view rest = text.substr(result.first_byte);
  result.text = rest.substr(0, byte_of(rest, static_cast<std::size_t>(end - start)));
  return result;
}

/** The code point at which the argument is found; -1 if nowhere. */
[[nodiscard]] std::int64_t found(thread_state& by, const arguments& given, std::string_view called, bool from_end) {
  const string_object& self = string_self(by, given, called, 1, 3);
  const value what = given.positional[1];
  if (as_string(what) == nullptr) raise_type_error(by, "must be str, not " + type_name(what));
  const part within = part_of(by, self, argument(given, 2), argument(given, 3));
  if (!within.exists) return -1;
  const std::size_t at = from_end ? within.text.rfind(as_string(what)->text) : within.text.find(as_string(what)->text);
  if (at == std::string_view::npos) return -1;
  return static_cast<std::int64_t>(count_code_points(std::string_view(self.text).substr(0, within.first_byte + at)));
}

[[nodiscard]] value found_or_error(thread_state& by, std::int64_t at) {
  if (at < 0) raise(by, exceptions::ValueError(), "substring not found");
  return value(at);
}

value find(thread_state& by, const arguments& given) { return value(found(by, given, "find", false)); }
value rfind(thread_state& by, const arguments& given) { return value(found(by, given, "rfind", true)); }
value index(thread_state& by, const arguments& given) { return found_or_error(by, found(by, given, "index", false)); }
value rindex(thread_state& by, const arguments& given) { return found_or_error(by, found(by, given, "rindex", true)); }

value count(thread_state& by, const arguments& given) {
  const string_object& self = string_self(by, given, "count", 1, 3);
  const value what = given.positional[1];
  if (as_string(what) == nullptr) raise_type_error(by, "must be str, not " + type_name(what));
  const part within = part_of(by, self, argument(given, 2), argument(given, 3));
  if (!within.exists) return value(std::int64_t{0});
  const std::string& mark = as_string(what)->text;
  if (mark.empty()) return value(static_cast<std::int64_t>(count_code_points(within.text)) + 1);
  std::int64_t result = 0;
  for (std::size_t at = within.text.find(mark); at != std::string_view::npos;
       at = within.text.find(mark, at + mark.size())) {
    ++result;
  }
  return value(result);
}

[[nodiscard]] value begins_or_ends(thread_state& by, const arguments& given, std::string_view called, bool at_end) {
  const string_object& self = string_self(by, given, called, 1, 3);
  const part within = part_of(by, self, argument(given, 2), argument(given, 3));
  const auto matches = [&](const string_object& what) {
    return within.exists && (at_end ? within.text.ends_with(what.text) : within.text.starts_with(what.text));
  };
  const value what = given.positional[1];
  if (const string_object* text = as_string(what)) return value(matches(*text));
  const tuple_object* several = as_tuple(what);
  if (several == nullptr) {
    raise_type_error(by, std::string(called) + " first arg must be str or a tuple of str, not " + type_name(what));
  }
  for (const value each : several->items) {
    if (as_string(each) == nullptr) {
      raise_type_error(by, "tuple for " + std::string(called) + " must only contain str, not " + type_name(each));
    }
    if (matches(*as_string(each))) return value(true);
  }
  return value(false);
}

value startswith(thread_state& by, const arguments& given) { return begins_or_ends(by, given, "startswith", false); }
value endswith(thread_state& by, const arguments& given) { return begins_or_ends(by, given, "endswith", true); }

value replace(thread_state& by, const arguments& given) {
  const string_object& self = string_self(by, given, "replace", 2, 3);
  for (const int at : {1, 2}) {
    if (as_string(given.positional[at]) != nullptr) continue;
    raise_type_error(
        by, "replace() argument " + std::to_string(at) + " must be str, not " + type_name(given.positional[at]));
  }
  const std::string_view from = as_string(given.positional[1])->text;
  const std::string_view to = as_string(given.positional[2])->text;
  std::int64_t left = given.count > 3 ? integer_of(by, given.positional[3]) : -1;
  std::string_view text = self.text;
  std::string result;
  std::size_t charged = 4096;
  const auto add = [&](std::string_view what) {
    if (result.size() + what.size() > charged) {
      charged = (result.size() + what.size()) * 2;
      by.process.charge(by, charged);
    }
    result += what;
  };
  if (from.empty()) {  // between all characters
    while (left-- != 0) {
      add(to);
      if (text.empty()) return charged_string(by, std::move(result));
      const std::size_t length = first_length(text);
      add(text.substr(0, length));
      text.remove_prefix(length);
    }
  } else {
    for (std::size_t at = text.find(from); at != std::string_view::npos && left-- != 0; at = text.find(from)) {
      add(text.substr(0, at));
      add(to);
      text.remove_prefix(at + from.size());
    }
  }
  add(text);
  return charged_string(by, std::move(result));
}

[[nodiscard]] value without(thread_state& by, const arguments& given, std::string_view called, bool at_end) {
  const string_object& self = string_self(by, given, called, 1, 1);
  const std::string& what = string_argument(by, given.positional[1], called).text;
  std::string_view text = self.text;
  if (at_end ? !text.ends_with(what) : !text.starts_with(what)) return given.positional[0];
  (at_end ? text.remove_suffix(what.size()) : text.remove_prefix(what.size()));
  return make_string(by, std::string(text));
}

value removeprefix(thread_state& by, const arguments& given) { return without(by, given, "removeprefix", false); }
value removesuffix(thread_state& by, const arguments& given) { return without(by, given, "removesuffix", true); }

constexpr native_entry methods[] = {
    {"find", find},
    {"rfind", rfind},
    {"index", index},
    {"rindex", rindex},
    {"count", count},
    {"startswith", startswith},
    {"endswith", endswith},
    {"replace", replace},
    {"removeprefix", removeprefix},
    {"removesuffix", removesuffix},
};

}  // namespace

std::span<const native_entry> string_search_methods() { return methods; }

}  // namespace heddle::python
