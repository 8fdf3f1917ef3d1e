#include "python/types/dict_views.hpp"

#include "python/types/builtin_classes.hpp"
#include "python/types/making.hpp"
#include "python/types/repr_writer.hpp"
#include "python/types/set.hpp"
#include "python/types/type_functions.hpp"

namespace heddle::python {
namespace {

[[nodiscard]] const class_object& class_of_view(entry_part part) {
  switch (part) {
    case entry_part::key: return keys_view_class();
    case entry_part::held: return values_view_class();
    case entry_part::pair: break;
  }
  return items_view_class();
}

[[nodiscard]] view_object& view_of(heap_object& of) { return static_cast<view_object&>(of); }

std::int64_t length(thread_state& by, heap_object& of) {
  reading(by, *view_of(of).dict);
  return static_cast<std::int64_t>(view_of(of).dict->table.size());
}

value iterate(thread_state& by, heap_object& over) {
  return table_iterator(by, *view_of(over).dict, view_of(over).dict->table, view_of(over).part);
}

bool contains(thread_state& by, heap_object& in, value item) {
  dict_object& dict = *view_of(in).dict;
  switch (view_of(in).part) {
    case entry_part::key: return dict_find(by, dict, item).defined();
    case entry_part::pair: {
      const tuple_object* pair = as_tuple(item);
      if (pair == nullptr || pair->items.size() != 2) return false;
      const value held = dict_find(by, dict, pair->items[0]);
      return held.defined() && equal(by, held, pair->items[1]);
    }
    case entry_part::held: break;
  }
  const value iterator = iterate(by, in);
  for (value each = next(by, iterator); each.defined(); each = next(by, iterator)) {
    if (equal(by, each, item)) return true;
  }
  return false;
}

void write(repr_writer& to, heap_object& of) {
  const repr_writer::within here(to, of);
  if (here.again()) return to.write("...");
  to.write(of.of_class().name_text);
  to.write("([");
  bool first = true;
  for (const value each : items_of(to.by, value(&of))) {
    if (!first) to.write(", ");
    first = false;
    to.write(each);
  }
  to.write("])");
}

[[nodiscard]] bool is_of_values(heap_object& of) {
  return of.type() == object_type::view && view_of(of).part == entry_part::held;
}

bool equal_views(thread_state& by, heap_object& left, heap_object& right) {
  if (is_of_values(left) || is_of_values(right)) return false;
  return compare_sets(by, comparison::equal, set_from(by, value(&left)), set_from(by, value(&right)));
}
bool ordered(thread_state& by, comparison what, heap_object& left, heap_object& right) {
  return compare_sets(by, what, set_from(by, value(&left)), set_from(by, value(&right)));
}

value binary(thread_state& by, opcode what, bool /*in_place*/, value left, value right) {
  const auto is_set_like = [](value of) {
    const auto* view = as<view_object>(of, object_type::view);
    return view == nullptr ? as_set(of) != nullptr : view->part != entry_part::held;
  };
  if (!is_set_like(left) || !right.is_object()) return {};
  if (what != opcode::BINARY_AND && what != opcode::BINARY_OR && what != opcode::BINARY_XOR &&
      what != opcode::BINARY_SUBTRACT) {
    return {};
  }
  return combine_sets(by, what, set_from(by, left), set_from(by, right));
}

}  // namespace

view_object::view_object(dict_object& its_dict, entry_part its_part)
    : heap_object(object_type::view, class_of_view(its_part)), dict(&its_dict), part(its_part) {}

void view_object::visit(const visitor& see) {
  value of(dict);
  see(of);
  dict = as_dict(of);
}
heap_object* view_object::copy(interpreter& /*to*/) const { return new view_object(*dict, part); }

const type_functions view_functions{
    .length = length,
    .contains = contains,
    .iterate = iterate,
    .hashable = false,
    .repr = write,
    .equal = equal_views,
    .ordered = ordered,
    .binary = binary,
};

const class_object& keys_view_class() {
  static const class_object& made = make_builtin_class("dict_keys", {std::span<const native_entry>{}}, nullptr);
  return made;
}
const class_object& values_view_class() {
  static const class_object& made = make_builtin_class("dict_values", {std::span<const native_entry>{}}, nullptr);
  return made;
}
const class_object& items_view_class() {
  static const class_object& made = make_builtin_class("dict_items", {std::span<const native_entry>{}}, nullptr);
  return made;
}

}  // namespace heddle::python
