// Builtin functions on objects of any type.
#include <heddle/python/repr.hpp>

#include <algorithm>
#include <bit>

#include "python/builtins/tables.hpp"
#include "python/types/format.hpp"
#include "python/types/hash_table.hpp"
#include "python/types/making.hpp"
#include "python/types/special.hpp"
#include "python/types/type_functions.hpp"
#include "python/utf8.hpp"

namespace heddle::python {

std::string ascii(thread_state& by, value of) {
  std::string text = repr(by, of);
  std::string result;
  constexpr std::string_view digits = "0123456789abcdef";
  for (std::string_view rest = text; !rest.empty();) {
    const auto next = decode(rest);
    const char32_t point = next ? next->code_point : U'?';
    if (point < 128) {
      result += rest.front();
    } else {
      const int count = point < 0x100 ? 2 : point < 0x10000 ? 4 : 8;
      result += count == 2 ? "\\x" : count == 4 ? "\\u" : "\\U";
      for (int digit = count - 1; digit >= 0; --digit) result += digits[(point >> (4 * digit)) & 15U];
    }
    rest.remove_prefix(next ? next->length : 1);
  }
  return result;
}

namespace {

value repr_(thread_state& by, const arguments& given) {
  check_function(by, given, "repr", 1, 1);
  return make_string(by, repr(by, given.positional[0]));
}

value ascii_(thread_state& by, const arguments& given) {
  check_function(by, given, "ascii", 1, 1);
  return make_string(by, ascii(by, given.positional[0]));
}

value format(thread_state& by, const arguments& given) {
  check_function(by, given, "format", 1, 2);
  const value how = argument(given, 1);
  if (how.defined() && as_string(how) == nullptr) {
    raise_type_error(by, "format() argument 2 must be str, not " + type_name(how));
  }
  return make_string(by, formatted(by, given.positional[0], how.defined() ? as_string(how)->text : ""));
}

/** Whether a value is, or derives from, one of `classes`: a class, or a tuple of such. */
[[nodiscard]] bool among(thread_state& by, const class_object& of, value classes, const char* complaint) {
  if (const class_object* one = as_class(classes)) return of.is(*one);
  const tuple_object* several = as_tuple(classes);
  if (several == nullptr) raise_type_error(by, complaint);
  return std::ranges::any_of(several->items, [&](value each) { return among(by, of, each, complaint); });
}

value isinstance(thread_state& by, const arguments& given) {
  check_function(by, given, "isinstance", 2, 2);
  return value(among(by, class_of(given.positional[0]), given.positional[1],
                     "isinstance() arg 2 must be a type, a tuple of types, or a union"));
}

value issubclass(thread_state& by, const arguments& given) {
  check_function(by, given, "issubclass", 2, 2);
  const class_object* of = as_class(given.positional[0]);
  if (of == nullptr) raise_type_error(by, "issubclass() arg 1 must be a class");
  return value(
      among(by, *of, given.positional[1], "issubclass() arg 2 must be a class, a tuple of classes, or a union"));
}

value callable(thread_state& by, const arguments& given) {
  check_function(by, given, "callable", 1, 1);
  const value of = given.positional[0];
  if (!of.is_object()) return value(false);
  switch (of.object->type()) {
    case object_type::function:
    case object_type::native:
    case object_type::bound_method:
    case object_type::class_: return value(true);
    default: return value(special(of, specials().call_).defined());
  }
}

[[nodiscard]] name attribute_name(thread_state& by, value of) {
  if (as_string(of) == nullptr) raise_type_error(by, "attribute name must be string, not '" + type_name(of) + "'");
  return intern(as_string(of)->text);
}

value getattr(thread_state& by, const arguments& given) {
  check_function(by, given, "getattr", 2, 3);
  const name called = attribute_name(by, given.positional[1]);
  if (given.count == 2) return attribute(by, given.positional[0], called);
  const value found = attribute_if_any(by, given.positional[0], called);
  return found.defined() ? found : given.positional[2];
}

value hasattr(thread_state& by, const arguments& given) {
  check_function(by, given, "hasattr", 2, 2);
  return value(attribute_if_any(by, given.positional[0], attribute_name(by, given.positional[1])).defined());
}

value setattr(thread_state& by, const arguments& given) {
  check_function(by, given, "setattr", 3, 3);
  set_attribute(by, given.positional[0], attribute_name(by, given.positional[1]), given.positional[2]);
  return value::none();
}

value delattr(thread_state& by, const arguments& given) {
  check_function(by, given, "delattr", 2, 2);
  delete_attribute(by, given.positional[0], attribute_name(by, given.positional[1]));
  return value::none();
}

value id(thread_state& by, const arguments& given) {
  check_function(by, given, "id", 1, 1);
  const value of = given.positional[0];
  if (of.is_object()) return value(static_cast<std::int64_t>(identity_of(by, *of.object)) * 16);
  const std::uint64_t bits =
      of.is_real() ? std::bit_cast<std::uint64_t>(of.real) : static_cast<std::uint64_t>(of.number);
  const std::uint64_t mixed = (bits + static_cast<std::uint64_t>(of.kind)) * 0x9E3779B97F4A7C15U;
  return value(static_cast<std::int64_t>(mixed >> 17U | std::uint64_t{1} << 48U));
}

value hash_(thread_state& by, const arguments& given) {
  check_function(by, given, "hash", 1, 1);
  return value(static_cast<std::int64_t>(hash(by, given.positional[0])));
}

/** The attributes of an instance or a class. */
[[nodiscard]] const attribute_table* attributes_of(value of) {
  if (is_plain_instance(of)) return &static_cast<instance_object*>(of.object)->attributes;
  if (const class_object* its = as_class(of)) return &its->attributes;
  if (const auto* module = as<module_object>(of, object_type::module)) return &module->attributes;
  return nullptr;
}

value vars(thread_state& by, const arguments& given) {
  check_function(by, given, "vars", 1, 1);
  const attribute_table* attributes = attributes_of(given.positional[0]);
  if (attributes == nullptr) raise_type_error(by, "vars() argument must have __dict__ attribute");
  auto* made = by.process.make<dict_object>(by);
  for (const attribute_table::entry& each : attributes->entries) {
    if (each.held.defined()) dict_set(by, *made, make_string(by, *each.key), each.held);
  }
  return value(made);
}

value dir(thread_state& by, const arguments& given) {
  check_function(by, given, "dir", 1, 1);
  const value of = given.positional[0];
  std::vector<std::string> names;
  const auto add = [&](const attribute_table& table) {
    for (const auto& each : table.entries) {
      if (each.held.defined()) names.push_back(*each.key);
    }
  };
  if (const attribute_table* own = attributes_of(of)) add(*own);
  const class_object* its = as_class(of) != nullptr ? as_class(of) : &class_of(of);
  for (const class_object* each : its->resolution_order) add(each->attributes);
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  std::vector<value> result;
  for (std::string& each : names) add_item(by, result, make_string(by, std::move(each)));
  return make_list(by, std::move(result));
}

constexpr native_entry functions[] = {
    {"repr", repr_},        {"ascii", ascii_},    {"format", format},   {"isinstance", isinstance},
    {"callable", callable}, {"getattr", getattr}, {"hasattr", hasattr}, {"issubclass", issubclass},
    {"setattr", setattr},   {"delattr", delattr}, {"id", id},           {"hash", hash_},
    {"vars", vars},         {"dir", dir},
};

}  // namespace

std::span<const native_entry> object_functions() { return functions; }

}  // namespace heddle::python
