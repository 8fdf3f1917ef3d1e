// The methods of list.
#include <algorithm>

#include "python/builtins/tables.hpp"
#include "python/types/builtin_classes.hpp"
#include "python/types/list.hpp"
#include "python/types/sequences.hpp"
#include "python/types/type_functions.hpp"

namespace heddle::python {
namespace {

[[nodiscard]] list_object& self(thread_state& by, const arguments& given, std::string_view method, std::size_t least,
                                std::size_t most) {
  return self_of<list_object>(by, given, object_type::list, "list", method, least, most);
}

value append(thread_state& by, const arguments& given) {
  list_object& list = self(by, given, "append", 1, 1);
  changing(by, list);
  stored_in(list, given.positional[1]);
  add_item(by, list.items, given.positional[1]);
  return value::none();
}

value extend(thread_state& by, const arguments& given) {
  extend_list(by, self(by, given, "extend", 1, 1), given.positional[1]);
  return value::none();
}

value insert(thread_state& by, const arguments& given) {
  list_object& list = self(by, given, "insert", 2, 2);
  const std::int64_t wanted = integer_of(by, given.positional[1]);
  changing(by, list);
  const auto length = static_cast<std::int64_t>(list.items.size());
  const std::int64_t at = std::clamp<std::int64_t>(wanted < 0 ? wanted + length : wanted, 0, length);
  stored_in(list, given.positional[2]);
  make_room(by, list.items);
  list.items.insert(list.items.begin() + at, given.positional[2]);
  return value::none();
}

value pop(thread_state& by, const arguments& given) {
  list_object& list = self(by, given, "pop", 0, 1);
  std::int64_t at = given.count > 1 ? integer_of(by, given.positional[1]) : -1;
  changing(by, list);
  const auto length = static_cast<std::int64_t>(list.items.size());
  if (length == 0) raise(by, exceptions::IndexError(), "pop from empty list");
  if (at < 0) at += length;
  if (at < 0 || at >= length) raise(by, exceptions::IndexError(), "pop index out of range");
  const value result = list.items[static_cast<std::size_t>(at)];
  list.items.erase(list.items.begin() + at);
  return result;
}

value remove(thread_state& by, const arguments& given) {
  list_object& list = self(by, given, "remove", 1, 1);
  changing(by, list);
  for (std::size_t at = 0; at < list.items.size(); ++at) {
    if (!equal(by, list.items[at], given.positional[1])) continue;
    if (at < list.items.size()) list.items.erase(list.items.begin() + static_cast<std::ptrdiff_t>(at));
    return value::none();
  }
  raise(by, exceptions::ValueError(), "list.remove(x): x not in list");
}

value clear(thread_state& by, const arguments& given) {
  list_object& list = self(by, given, "clear", 0, 0);
  changing(by, list);
  list.items.clear();
  return value::none();
}

value copy(thread_state& by, const arguments& given) {
  list_object& list = self(by, given, "copy", 0, 0);
  reading(by, list);
  return make_list(by, list.items);
}

value index(thread_state& by, const arguments& given) {
  return sequence_index(by, given, self(by, given, "index", 1, 3));
}

value count(thread_state& by, const arguments& given) {
  return value(count_of_item(by, self(by, given, "count", 1, 1), given.positional[1]));
}

value reverse(thread_state& by, const arguments& given) {
  list_object& list = self(by, given, "reverse", 0, 0);
  changing(by, list);
  std::ranges::reverse(list.items);
  return value::none();
}

value sort(thread_state& by, const arguments& given) {
  list_object* list = given.count == 0 ? nullptr : as_list(given.positional[0]);
  if (list == nullptr) wrong_self(by, given, "list", "sort");
  if (given.count > 1) raise_type_error(by, "sort() takes no positional arguments");
  only_named(by, given, "sort", {"key", "reverse"});
  const parameters with(by, "sort(self, *, key=, reverse=)", given);
  const bool reversed = with.given(2) && truth(by, with[2]);
  changing(by, *list);
  // As in CPython the list looks empty meanwhile, to a key function or to another thread.
  std::vector<value> items = std::move(list->items);
  list->items.clear();
  const auto put_back = [&] {
    const bool untouched = list->items.empty();
    list->items = std::move(items);
    return untouched;
  };
  try {
    sort_items(by, items, with.or_else(1, value::none()), reversed);
  } catch (const raised&) {
    put_back();
    throw;
  }
  if (!put_back()) raise(by, exceptions::ValueError(), "list modified during sort");
  return value::none();
}

constexpr native_entry methods[] = {
    {"append", append}, {"extend", extend}, {"insert", insert},   {"pop", pop},   {"remove", remove}, {"clear", clear},
    {"copy", copy},     {"index", index},   {"reverse", reverse}, {"sort", sort}, {"count", count},
};

value construct(thread_state& by, const arguments& given) {
  check_function(by, given, "list", 0, 1);
  return make_list(by, given.count == 0 ? std::vector<value>{} : items_of(by, given.positional[0]));
}

}  // namespace

const class_object& list_class() {
  static const class_object& made = make_builtin_class("list", methods, construct);
  return made;
}

}  // namespace heddle::python
