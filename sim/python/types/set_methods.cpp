// The methods of set and frozenset.
#include "python/types/builtin_classes.hpp"
#include "python/types/making.hpp"
#include "python/types/set.hpp"
#include "python/types/type_functions.hpp"

namespace heddle::python {
namespace {

[[nodiscard]] set_object& self(thread_state& by, const arguments& given, std::string_view method, std::size_t least,
                               std::size_t most) {
  return self_of<set_object>(by, given, object_type::set, "set", method, least, most);
}

value add(thread_state& by, const arguments& given) {
  set_add(by, self(by, given, "add", 1, 1), given.positional[1]);
  return value::none();
}

/** Whether it was there. */
[[nodiscard]] bool removed(thread_state& by, set_object& from, value item) {
  const std::uint64_t hashed = hash(by, item);
  changing(by, from);
  const std::size_t place = from.table.find(by, item, hashed);
  if (place == hash_table::nowhere) return false;
  from.table.erase(place);
  return true;
}

value discard(thread_state& by, const arguments& given) {
  static_cast<void>(removed(by, self(by, given, "discard", 1, 1), given.positional[1]));
  return value::none();
}

value remove(thread_state& by, const arguments& given) {
  set_object& set = self(by, given, "remove", 1, 1);
  if (!removed(by, set, given.positional[1])) raise_with(by, exceptions::KeyError(), given.positional[1]);
  return value::none();
}

value pop(thread_state& by, const arguments& given) {
  set_object& set = self(by, given, "pop", 0, 0);
  changing(by, set);
  const std::size_t place = set.table.next(0);
  if (place == hash_table::nowhere) {
    raise_with(by, exceptions::KeyError(), make_string(by, "pop from an empty set"));
  }
  const value result = set.table.at(place).key;
  set.table.erase(place);
  return result;
}

value clear(thread_state& by, const arguments& given) {
  set_object& set = self(by, given, "clear", 0, 0);
  changing(by, set);
  set.table.clear();
  return value::none();
}

value copy(thread_state& by, const arguments& given) {
  set_object& set = self(by, given, "copy", 0, 0);
  if (set.is_frozen()) return given.positional[0];
  return value(&make_set(by, set.of_class(), given.positional[0]));
}

/** union(...) and the like: the operator with one iterable after another. */
[[nodiscard]] value combined(thread_state& by, const arguments& given, std::string_view called, opcode what,
                             std::size_t least, std::size_t most) {
  set_object& set = self(by, given, called, least, most);
  set_object* result = &make_set(by, set.of_class(), given.positional[0]);
  for (std::uint32_t at = 1; at < given.count; ++at) {
    result = as_set(combine_sets(by, what, *result, set_from(by, given.positional[at])));
  }
  return value(result);
}

constexpr std::size_t any = SIZE_MAX;

value union_(thread_state& by, const arguments& given) {
  return combined(by, given, "union", opcode::BINARY_OR, 0, any);
}
value intersection(thread_state& by, const arguments& given) {
  return combined(by, given, "intersection", opcode::BINARY_AND, 0, any);
}
value difference(thread_state& by, const arguments& given) {
  return combined(by, given, "difference", opcode::BINARY_SUBTRACT, 0, any);
}
value symmetric_difference(thread_state& by, const arguments& given) {
  return combined(by, given, "symmetric_difference", opcode::BINARY_XOR, 1, 1);
}

[[nodiscard]] value changed(thread_state& by, const arguments& given, std::string_view called, opcode what,
                            std::size_t least, std::size_t most) {
  set_object& set = self(by, given, called, least, most);
  for (std::uint32_t at = 1; at < given.count; ++at) change_set(by, what, set, set_from(by, given.positional[at]));
  return value::none();
}

value update(thread_state& by, const arguments& given) {
  return changed(by, given, "update", opcode::BINARY_OR, 0, any);
}
value intersection_update(thread_state& by, const arguments& given) {
  return changed(by, given, "intersection_update", opcode::BINARY_AND, 0, any);
}
value difference_update(thread_state& by, const arguments& given) {
  return changed(by, given, "difference_update", opcode::BINARY_SUBTRACT, 0, any);
}
value symmetric_difference_update(thread_state& by, const arguments& given) {
  return changed(by, given, "symmetric_difference_update", opcode::BINARY_XOR, 1, 1);
}

value issubset(thread_state& by, const arguments& given) {
  set_object& set = self(by, given, "issubset", 1, 1);
  return value(is_subset(by, set, set_from(by, given.positional[1])));
}
value issuperset(thread_state& by, const arguments& given) {
  set_object& set = self(by, given, "issuperset", 1, 1);
  return value(is_subset(by, set_from(by, given.positional[1]), set));
}
value isdisjoint(thread_state& by, const arguments& given) {
  set_object& set = self(by, given, "isdisjoint", 1, 1);
  const value common = combine_sets(by, opcode::BINARY_AND, set, set_from(by, given.positional[1]));
  return value(as_set(common)->table.size() == 0);
}

constexpr native_entry common_methods[] = {
    {"copy", copy},
    {"union", union_},
    {"intersection", intersection},
    {"difference", difference},
    {"symmetric_difference", symmetric_difference},
    {"issubset", issubset},
    {"issuperset", issuperset},
    {"isdisjoint", isdisjoint},
};
constexpr native_entry changing_methods[] = {
    {"add", add},
    {"discard", discard},
    {"remove", remove},
    {"pop", pop},
    {"clear", clear},
    {"update", update},
    {"intersection_update", intersection_update},
    {"difference_update", difference_update},
    {"symmetric_difference_update", symmetric_difference_update},
};

value construct_set(thread_state& by, const arguments& given) {
  check_function(by, given, "set", 0, 1);
  return value(&make_set(by, set_class(), argument(given, 0)));
}

value construct_frozenset(thread_state& by, const arguments& given) {
  check_function(by, given, "frozenset", 0, 1);
  const value from = argument(given, 0);
  if (as_set(from) != nullptr && as_set(from)->is_frozen()) return from;
  return value(&make_set(by, frozenset_class(), from));
}

}  // namespace

const class_object& set_class() {
  static const class_object& made = make_builtin_class("set", {common_methods, changing_methods}, construct_set);
  return made;
}
const class_object& frozenset_class() {
  static const class_object& made = make_builtin_class("frozenset", common_methods, construct_frozenset);
  return made;
}

}  // namespace heddle::python
