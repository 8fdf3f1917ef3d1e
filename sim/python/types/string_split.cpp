// Methods of str that take strings apart and put them together.
#include <algorithm>

#include "python/types/code_points.hpp"
#include "python/types/string_methods.hpp"
#include "python/types/type_functions.hpp"

namespace heddle::python {

const string_object& string_argument(thread_state& by, value of, std::string_view method) {
  if (const string_object* text = as_string(of)) return *text;
  raise_type_error(by, std::string(method) + "() argument must be str, not " + type_name(of));
}

namespace {

value join(thread_state& by, const arguments& given) {
  const string_object& self = string_self(by, given, "join", 1, 1);
  const value of = given.positional[1];
  if (!of.is_object() || (functions_of(*of.object).iterate == nullptr && !is_instance(of, object_class()))) {
    raise_type_error(by, "can only join an iterable");
  }
  const std::vector<value> items = items_of(by, of);
  std::size_t size = 0;
  for (std::size_t at = 0; at < items.size(); ++at) {
    const string_object* item = as_string(items[at]);
    if (item == nullptr) {
      raise_type_error(
          by, "sequence item " + std::to_string(at) + ": expected str instance, " + type_name(items[at]) + " found");
    }
    size += item->text.size() + self.text.size();
    if (size > (std::size_t{1} << 40U)) break;
  }
  by.process.charge(by, size);
  std::string result;
  result.reserve(size);
  for (std::size_t at = 0; at < items.size(); ++at) {
    if (at > 0) result += self.text;
    result += as_string(items[at])->text;
  }
  return charged_string(by, std::move(result));
}

void add_text(thread_state& by, std::vector<value>& to, std::string_view text) {
  add_item(by, to, text.size() < 2 ? character_string(by, text) : make_string(by, std::string(text)));
}

void split_at_space(thread_state& by, std::string_view text, std::int64_t most, std::vector<value>& to) {
  const auto skip = [&] {
    while (const std::size_t space = space_length(text)) text.remove_prefix(space);
  };
  for (skip(); !text.empty(); skip()) {
    if (most-- == 0) return add_text(by, to, text);
    std::size_t end = 0;
    while (end < text.size() && space_length(text.substr(end)) == 0) end += first_length(text.substr(end));
    add_text(by, to, text.substr(0, end));
    text.remove_prefix(end);
  }
}

void split_at_space_from_end(thread_state& by, std::string_view text, std::int64_t most, std::vector<value>& to) {
  const auto skip = [&] {
    while (const std::size_t space = space_length_at_end(text)) text.remove_suffix(space);
  };
  for (skip(); !text.empty(); skip()) {
    if (most-- == 0) return add_text(by, to, text);
    std::size_t start = text.size();
    while (start > 0 && space_length_at_end(text.substr(0, start)) == 0) --start;
    add_text(by, to, text.substr(start));
    text.remove_suffix(text.size() - start);
  }
}

void split_at(thread_state& by, std::string_view text, std::string_view mark, std::int64_t most,
              std::vector<value>& to) {
  for (std::size_t at = text.find(mark); at != std::string_view::npos && most-- != 0; at = text.find(mark)) {
    add_text(by, to, text.substr(0, at));
    text.remove_prefix(at + mark.size());
  }
  add_text(by, to, text);
}

void split_at_from_end(thread_state& by, std::string_view text, std::string_view mark, std::int64_t most,
                       std::vector<value>& to) {
  for (std::size_t at = text.rfind(mark); at != std::string_view::npos && most-- != 0; at = text.rfind(mark)) {
    add_text(by, to, text.substr(at + mark.size()));
    text.remove_suffix(text.size() - at);
  }
  add_text(by, to, text);
}

[[nodiscard]] value split_any(thread_state& by, const arguments& given, bool from_end) {
  const std::string_view called = from_end ? "rsplit" : "split";
  const string_object& self = any_string_self(by, given, called);
  const parameters with(by, from_end ? "rsplit(self, sep=, maxsplit=)" : "split(self, sep=, maxsplit=)", given);
  const value mark = with.or_else(1, value::none());
  const std::int64_t most = with.given(2) ? std::max<std::int64_t>(-1, integer_of(by, with[2])) : -1;
  std::vector<value> result;
  if (mark.is_none()) {
    (from_end ? split_at_space_from_end : split_at_space)(by, self.text, most, result);
  } else {
    if (as_string(mark) == nullptr) raise_type_error(by, "must be str or None, not " + type_name(mark));
    if (as_string(mark)->text.empty()) raise(by, exceptions::ValueError(), "empty separator");
    (from_end ? split_at_from_end : split_at)(by, self.text, as_string(mark)->text, most, result);
  }
  if (from_end) std::ranges::reverse(result);
  return make_list(by, std::move(result));
}

value split(thread_state& by, const arguments& given) { return split_any(by, given, false); }
value rsplit(thread_state& by, const arguments& given) { return split_any(by, given, true); }

[[nodiscard]] value partition_any(thread_state& by, const arguments& given, bool from_end) {
  const string_object& self = string_self(by, given, from_end ? "rpartition" : "partition", 1, 1);
  const value mark = given.positional[1];
  if (as_string(mark) == nullptr) raise_type_error(by, "must be str, not " + type_name(mark));
  const std::string_view text = self.text;
  const std::string_view what = as_string(mark)->text;
  if (what.empty()) raise(by, exceptions::ValueError(), "empty separator");
  const std::size_t at = from_end ? text.rfind(what) : text.find(what);
  std::vector<value> parts;
  if (at != std::string_view::npos) {
    add_text(by, parts, text.substr(0, at));
    parts.push_back(mark);
    add_text(by, parts, text.substr(at + what.size()));
  } else {
    const value nothing = character_string(by, "");
    parts = from_end ? std::vector{nothing, nothing, given.positional[0]}
                     : std::vector{given.positional[0], nothing, nothing};
  }
  return make_tuple(by, std::move(parts));
}

value partition(thread_state& by, const arguments& given) { return partition_any(by, given, false); }
value rpartition(thread_state& by, const arguments& given) { return partition_any(by, given, true); }

/** How long the end of a line is that `text` starts with; 0 if there is none. */
[[nodiscard]] std::size_t line_end(std::string_view text) {
  if (text.starts_with("\r\n")) return 2;
  const char c = text.front();
  if ((c >= '\n' && c <= '\r') || (c >= 0x1C && c <= 0x1E)) return 1;
  for (const std::string_view wide : {"\u0085", "\u2028", "\u2029"}) {
    if (text.starts_with(wide)) return wide.size();
  }
  return 0;
}

value splitlines(thread_state& by, const arguments& given) {
  std::string_view text = any_string_self(by, given, "splitlines").text;
  const parameters with(by, "splitlines(self, keepends=)", given);
  const bool keep = with.given(1) && truth(by, with[1]);
  std::vector<value> result;
  while (!text.empty()) {
    std::size_t end = 0;
    std::size_t mark = 0;
    while (end < text.size() && (mark = line_end(text.substr(end))) == 0) ++end;
    add_text(by, result, text.substr(0, keep ? end + mark : end));
    text.remove_prefix(end + mark);
  }
  return make_list(by, std::move(result));
}

constexpr native_entry methods[] = {
    {"join", join},           {"split", split},           {"rsplit", rsplit},
    {"partition", partition}, {"rpartition", rpartition}, {"splitlines", splitlines},
};

}  // namespace

std::span<const native_entry> string_split_methods() { return methods; }

}  // namespace heddle::python
