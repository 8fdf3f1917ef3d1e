// The methods of dict.
#include "python/types/builtin_classes.hpp"
#include "python/types/dict_views.hpp"
#include "python/types/hash_table.hpp"
#include "python/types/making.hpp"
#include "python/types/type_functions.hpp"

namespace heddle::python {
namespace {

[[nodiscard]] dict_object& self(thread_state& by, const arguments& given, std::string_view method, std::size_t least,
                                std::size_t most) {
  return self_of<dict_object>(by, given, object_type::dict, "dict", method, least, most);
}

value get(thread_state& by, const arguments& given) {
  const value found = dict_find(by, self(by, given, "get", 1, 2), given.positional[1]);
  if (found.defined()) return found;
  return given.count > 2 ? given.positional[2] : value::none();
}

value setdefault(thread_state& by, const arguments& given) {
  dict_object& dict = self(by, given, "setdefault", 1, 2);
  const value key = given.positional[1];
  const value standard = given.count > 2 ? given.positional[2] : value::none();
  const std::uint64_t hashed = hash(by, key);
  changing(by, dict);  // one step: nobody else gets in between
  const std::size_t place = dict.table.find(by, key, hashed);
  if (place != hash_table::nowhere) return dict.table.at(place).held;
  stored_in(dict, key);
  stored_in(dict, standard);
  dict.table.set(by, key, hashed, standard);
  return standard;
}

value pop(thread_state& by, const arguments& given) {
  dict_object& dict = self(by, given, "pop", 1, 2);
  const value key = given.positional[1];
  const std::uint64_t hashed = hash(by, key);
  changing(by, dict);
  const std::size_t place = dict.table.find(by, key, hashed);
  if (place == hash_table::nowhere) {
    if (given.count > 2) return given.positional[2];
    raise_with(by, exceptions::KeyError(), key);
  }
  const value result = dict.table.at(place).held;
  dict.table.erase(place);
  return result;
}

value popitem(thread_state& by, const arguments& given) {
  dict_object& dict = self(by, given, "popitem", 0, 0);
  changing(by, dict);
  const std::size_t place = dict.table.last();
  if (place == hash_table::nowhere) {
    raise_with(by, exceptions::KeyError(), make_string(by, "popitem(): dictionary is empty"));
  }
  const value result = part_of(by, dict.table.at(place), entry_part::pair);
  dict.table.erase(place);
  return result;
}

value clear(thread_state& by, const arguments& given) {
  dict_object& dict = self(by, given, "clear", 0, 0);
  changing(by, dict);
  dict.table.clear();
  return value::none();
}

value copy(thread_state& by, const arguments& given) {
  dict_object& dict = self(by, given, "copy", 0, 0);
  reading(by, dict);
  auto* made = by.process.make<dict_object>(by);
  made->table.copy_from(by, dict.table);
  return value(made);
}

/** dict(...) and update(...): at most one positional argument, and named ones. */
void fill(thread_state& by, dict_object& dict, const arguments& given, std::uint32_t first, std::string_view called) {
  if (given.count > first + 1) {
    raise_type_error(by,
                     std::string(called) + " expected at most 1 argument, got " + std::to_string(given.count - first));
  }
  if (given.count > first) update_dict(by, dict, given.positional[first]);
  for (std::uint32_t at = 0; at < given.named_count; ++at) {
    dict_set(by, dict, make_string(by, *given.names[at]), given.named[at]);
  }
}

value update(thread_state& by, const arguments& given) {
  if (given.count == 0 || as_dict(given.positional[0]) == nullptr) wrong_self(by, given, "dict", "update");
  fill(by, *as_dict(given.positional[0]), given, 1, "update");
  return value::none();
}

[[nodiscard]] value view(thread_state& by, dict_object& of, entry_part part) {
  return value(by.process.make<view_object>(by, of, part));
}
value keys(thread_state& by, const arguments& given) {
  return view(by, self(by, given, "keys", 0, 0), entry_part::key);
}
value values(thread_state& by, const arguments& given) {
  return view(by, self(by, given, "values", 0, 0), entry_part::held);
}
value items(thread_state& by, const arguments& given) {
  return view(by, self(by, given, "items", 0, 0), entry_part::pair);
}

value fromkeys(thread_state& by, const arguments& given) {
  // Called as dict.fromkeys(keys), or on a dict, which comes first then.
  const bool on_dict = given.count > 1 && as_dict(given.positional[0]) != nullptr && given.count < 4 &&
                       (given.count == 3 || given.positional[1].is_object());
  const std::uint32_t first = on_dict ? 1 : 0;
  if (given.count <= first || given.count > first + 2) {
    raise_type_error(by, "fromkeys expected at least 1 argument, got " + std::to_string(given.count - first));
  }
  const value held = given.count > first + 1 ? given.positional[first + 1] : value::none();
  auto* made = by.process.make<dict_object>(by);
  for (const value key : items_of(by, given.positional[first])) dict_set(by, *made, key, held);
  return value(made);
}

constexpr native_entry methods[] = {
    {"get", get},           {"setdefault", setdefault}, {"pop", pop},
    {"popitem", popitem},   {"clear", clear},           {"copy", copy},
    {"keys", keys},         {"values", values},         {"update", update},
    {"fromkeys", fromkeys}, {"items", items},
};

value construct(thread_state& by, const arguments& given) {
  auto* made = by.process.make<dict_object>(by);
  fill(by, *made, given, 0, "dict");
  return value(made);
}

}  // namespace

const class_object& dict_class() {
  static const class_object& made = make_builtin_class("dict", methods, construct);
  return made;
}

}  // namespace heddle::python
