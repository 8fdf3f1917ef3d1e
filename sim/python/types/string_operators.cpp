// What the operators do with strings.
#include <algorithm>
#include <vector>

#include "python/errors.hpp"
#include "python/natives.hpp"
#include "python/operators.hpp"
#include "python/types/code_points.hpp"
#include "python/types/format.hpp"
#include "python/types/making.hpp"
#include "python/types/type_functions.hpp"

namespace heddle::python {
namespace {

[[nodiscard]] const string_object& string_of(heap_object& of) { return static_cast<string_object&>(of); }

/** The code points of a string, one after another. */
class string_iterator final : public iterator_object {
 public:
  explicit string_iterator(const string_object& over) : over_(&over) {}
  value next(thread_state& by) override {
    if (at_ >= over_->text.size()) return {};
    const std::string_view rest = std::string_view(over_->text).substr(at_);
    const std::size_t length = first_length(rest);
    at_ += length;
    return character_string(by, rest.substr(0, length));
  }

 private:
  const string_object* over_;
  std::size_t at_ = 0;
};

std::int64_t length(thread_state& /*by*/, heap_object& of) { return static_cast<std::int64_t>(string_of(of).length()); }

[[nodiscard]] value slice(thread_state& by, const string_object& of, const slice_object& what) {
  const slice_range range = resolve(by, what, static_cast<std::int64_t>(of.length()));
  const std::string_view text = of.text;
  const auto start = static_cast<std::size_t>(std::max<std::int64_t>(range.start, 0));
  const auto count = static_cast<std::size_t>(range.count);
  if (range.step == 1) {
    const std::size_t from = of.is_ascii() ? start : byte_of(text, start);
    const std::size_t size = of.is_ascii() ? count : byte_of(text.substr(from), count);
    return make_string(by, std::string(text.substr(from, size)));
  }
  charge_many(by, of.is_ascii() ? count : of.text.size(), sizeof(std::size_t));
  std::vector<std::size_t> places;  // of the code points
  if (!of.is_ascii()) {
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (!continues(text[at])) places.push_back(at);
    }
  }
  std::string result;
  std::int64_t at = range.start;
  for (std::size_t each = 0; each < count; ++each, at += range.step) {
    const auto place = static_cast<std::size_t>(at);
    if (of.is_ascii()) {
      result += text[place];
    } else {
      result += text.substr(places[place], first_length(text.substr(places[place])));
    }
  }
  return charged_string(by, std::move(result));
}

value subscript(thread_state& by, heap_object& of, value key) {
  const string_object& string = string_of(of);
  if (const slice_object* range = as_slice(key)) return slice(by, string, *range);
  const std::size_t at = resolve_index(by, key, string.length(), "string", "");
  const std::string_view text = string.text;
  if (string.is_ascii()) return character_string(by, text.substr(at, 1));
  const std::string_view rest = text.substr(byte_of(text, at));
  return character_string(by, rest.substr(0, first_length(rest)));
}

bool contains(thread_state& by, heap_object& in, value item) {
  const string_object* what = as_string(item);
  if (what == nullptr) {
    raise_type_error(by, "'in <string>' requires string as left operand, not " + type_name(item));
  }
  return string_of(in).text.find(what->text) != std::string::npos;
}

value iterate(thread_state& by, heap_object& over) {
  return value(by.process.make<string_iterator>(by, string_of(over)));
}

std::uint64_t hash(thread_state& /*by*/, heap_object& of) {
  std::uint64_t result = 14695981039346656037U;  // FNV-1a
  for (const char c : string_of(of).text) result = (result ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return result ^ result >> 32U;
}

bool equal(thread_state& /*by*/, heap_object& left, heap_object& right) {
  return string_of(left).text == string_of(right).text;
}

bool ordered(thread_state& /*by*/, comparison what, heap_object& left, heap_object& right) {
  const int order = string_of(left).text.compare(string_of(right).text);  // UTF-8 keeps the order of code points
  switch (what) {
    case comparison::less: return order < 0;
    case comparison::less_equal: return order <= 0;
    case comparison::greater: return order > 0;
    default: return order >= 0;
  }
}

[[nodiscard]] value repeat(thread_state& by, const string_object& of, value times) {
  const std::uint64_t count = of.text.empty() ? 0 : times_of(by, times);
  if (count == 0) return character_string(by, "");
  charge_many(by, count, of.text.size());
  std::string result;
  result.reserve(of.text.size() * count);
  for (std::uint64_t each = 0; each < count; ++each) result += of.text;
  return charged_string(by, std::move(result));
}

value binary(thread_state& by, opcode what, bool /*in_place*/, value left, value right) {
  const string_object* first = as_string(left);
  const string_object* second = as_string(right);
  if (what == opcode::BINARY_ADD && first != nullptr && second != nullptr) {
    by.process.charge(by, first->text.size() + second->text.size());
    std::string result;
    result.reserve(first->text.size() + second->text.size());
    result += first->text;
    result += second->text;
    return charged_string(by, std::move(result));
  }
  if (what == opcode::BINARY_MODULO && first != nullptr) return percent_format(by, *first, right);
  if (what != opcode::BINARY_MULTIPLY) return {};
  if (first != nullptr && second == nullptr) return repeat(by, *first, right);
  if (first == nullptr && second != nullptr) return repeat(by, *second, left);
  return {};
}

}  // namespace

const type_functions string_functions{
    .length = length,
    .subscript = subscript,
    .contains = contains,
    .iterate = iterate,
    .hash = hash,
    .equal = equal,
    .ordered = ordered,
    .binary = binary,
};

}  // namespace heddle::python
