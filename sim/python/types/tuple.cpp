// tuple: what the operators do with it, and its methods.
#include <algorithm>

#include "python/types/builtin_classes.hpp"
#include "python/types/sequences.hpp"
#include "python/types/type_functions.hpp"

namespace heddle::python {
namespace {

[[nodiscard]] std::vector<value>& items_of_tuple(heap_object& of) { return static_cast<tuple_object&>(of).items; }

std::int64_t length(thread_state& /*by*/, heap_object& of) {
  return static_cast<std::int64_t>(items_of_tuple(of).size());
}

value subscript(thread_state& by, heap_object& of, value key) {
  const std::vector<value>& items = items_of_tuple(of);
  if (const slice_object* range = as_slice(key)) return make_tuple(by, sliced(by, items, *range));
  return items[resolve_index(by, key, items.size(), "tuple", "")];
}

std::uint64_t hash_tuple(thread_state& by, heap_object& of) {
  std::uint64_t result = 0x27D4EB2F165667C5U;
  for (const value item : items_of_tuple(of)) {
    result += hash(by, item) * 0xC2B2AE3D27D4EB4FU;
    result = (result << 31U | result >> 33U) * 0x9E3779B185EBCA87U;
  }
  return result + items_of_tuple(of).size();
}

void write(repr_writer& to, heap_object& of) {
  const std::vector<value>& items = items_of_tuple(of);
  const repr_writer::within here(to, of);
  if (here.again()) return to.write("(...)");
  to.write("(");
  for (std::size_t at = 0; at < items.size(); ++at) {
    if (at > 0) to.write(", ");
    to.write(items[at]);
  }
  to.write(items.size() == 1 ? ",)" : ")");
}

value binary(thread_state& by, opcode what, bool /*in_place*/, value left, value right) {
  const tuple_object* first = as_tuple(left);
  const tuple_object* second = as_tuple(right);
  if (what == opcode::BINARY_ADD && first != nullptr && second != nullptr) {
    return make_tuple(by, concatenated(by, first->items, second->items));
  }
  if (what != opcode::BINARY_MULTIPLY || (first != nullptr && second != nullptr)) return {};
  return make_tuple(by, first != nullptr ? repeated(by, first->items, right) : repeated(by, second->items, left));
}

value index(thread_state& by, const arguments& given) {
  return sequence_index(by, given, self_of<tuple_object>(by, given, object_type::tuple, "tuple", "index", 1, 3));
}
value count(thread_state& by, const arguments& given) {
  auto& self = self_of<tuple_object>(by, given, object_type::tuple, "tuple", "count", 1, 1);
  return value(count_of_item(by, self, given.positional[1]));
}

constexpr native_entry methods[] = {{"index", index}, {"count", count}};

value construct(thread_state& by, const arguments& given) {
  check_function(by, given, "tuple", 0, 1);
  if (given.count == 0) return make_tuple(by, {});
  if (as_tuple(given.positional[0]) != nullptr) return given.positional[0];
  return make_tuple(by, items_of(by, given.positional[0]));
}

}  // namespace

const type_functions tuple_functions{
    .length = length,
    .subscript = subscript,
    .contains = contains_item,
    .iterate = sequence_iterator,
    .hash = hash_tuple,
    .repr = write,
    .equal = equal_items,
    .ordered = ordered_items,
    .binary = binary,
};

const class_object& tuple_class() {
  static const class_object& made = make_builtin_class("tuple", methods, construct);
  return made;
}

}  // namespace heddle::python
