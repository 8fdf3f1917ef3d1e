// list: what the operators do with it.
#include <algorithm>

#include "python/types/hash_table.hpp"
#include "python/types/list.hpp"
#include "python/types/sequences.hpp"
#include "python/types/type_functions.hpp"

namespace heddle::python {
namespace {

[[nodiscard]] list_object& list_of(heap_object& of) { return static_cast<list_object&>(of); }

std::int64_t length(thread_state& by, heap_object& of) {
  reading(by, of);
  return static_cast<std::int64_t>(list_of(of).items.size());
}

value subscript(thread_state& by, heap_object& of, value key) {
  const std::vector<value>& items = list_of(of).items;
  if (const slice_object* range = as_slice(key)) {
    reading(by, of);
    return make_list(by, sliced(by, items, *range));
  }
  const value number = key.is_integer() ? key : list_index(by, key);
  reads_item(by, of, number.is_integral() ? static_cast<std::size_t>(number.number) : 0);
  return items[resolve_index(by, number, items.size(), "list", "")];
}

/** Of `of`, what `range` names becomes `with`, which may be longer or shorter. */
void replace_run(thread_state& by, list_object& of, const slice_range& range, const std::vector<value>& with) {
  std::vector<value>& items = of.items;
  const auto start = range.start;
  const auto end = std::max(range.stop, range.start);
  if (with.size() > static_cast<std::size_t>(end - start)) {
    make_room(by, items, with.size() - static_cast<std::size_t>(end - start));
  }
  const auto first = items.begin() + start;
  items.insert(items.erase(first, items.begin() + end), with.begin(), with.end());
}

void set_slice(thread_state& by, list_object& of, const slice_object& what, value to) {
  if (!to.is_object() || (functions_of(*to.object).iterate == nullptr && !is_instance(to, object_class()))) {
    raise_type_error(by,
                     what.step.is_none() ? "can only assign an iterable" : "must assign iterable to extended slice");
  }
  const std::vector<value> with = items_of(by, to);
  changing(by, of);
  const slice_range range = resolve(by, what, of.items);
  for (const value each : with) stored_in(of, each);
  if (range.step == 1) return replace_run(by, of, range, with);
  if (with.size() != static_cast<std::size_t>(range.count)) {
    raise(by, exceptions::ValueError(),
          "attempt to assign sequence of size " + std::to_string(with.size()) + " to extended slice of size " +
              std::to_string(range.count));
  }
  std::int64_t at = range.start;
  for (const value each : with) {
    of.items[static_cast<std::size_t>(at)] = each;
    at += range.step;
  }
}

void set_subscript(thread_state& by, heap_object& of, value key, value to) {
  list_object& list = list_of(of);
  if (const slice_object* range = as_slice(key)) return set_slice(by, list, *range, to);
  const value number = key.is_integer() ? key : list_index(by, key);
  changing(by, of);
  const std::size_t at = resolve_index(by, number, list.items.size(), "list", "assignment ");
  stored_in(of, to);
  list.items[at] = to;
}

void delete_subscript(thread_state& by, heap_object& of, value key) {
  std::vector<value>& items = list_of(of).items;
  const slice_object* slice = as_slice(key);
  if (slice == nullptr) {
    const value number = list_index(by, key);
    changing(by, of);
    const std::size_t at = resolve_index(by, number, items.size(), "list", "assignment ");
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(at));
    return;
  }
  changing(by, of);
  slice_range range = resolve(by, *slice, items);
  if (range.count == 0) return;
  if (range.step < 0) {  // the same items, upwards
    range.start += (range.count - 1) * range.step;
    range.step = -range.step;
  }
  std::size_t kept = 0;
  for (std::size_t at = 0; at < items.size(); ++at) {
    const std::int64_t beyond = static_cast<std::int64_t>(at) - range.start;
    if (beyond >= 0 && beyond % range.step == 0 && beyond / range.step < range.count) continue;
    items[kept++] = items[at];
  }
  items.resize(kept);
}

void write(repr_writer& to, heap_object& of) {
  const std::vector<value>& items = items_in(as_read(to.by, of));
  const repr_writer::within here(to, of);
  if (here.again()) return to.write("[...]");
  to.write("[");
  for (std::size_t at = 0; at < items.size(); ++at) {
    if (at > 0) to.write(", ");
    to.write(items[at]);
  }
  to.write("]");
}

[[nodiscard]] value repeat(thread_state& by, bool in_place, value list, value times) {
  list_object& of = *as_list(list);
  if (!in_place) {
    reading(by, of);
    return make_list(by, repeated(by, of.items, times));
  }
  changing(by, of);
  of.items = repeated(by, of.items, times);
  return list;
}

value binary(thread_state& by, opcode what, bool in_place, value left, value right) {
  list_object* first = as_list(left);
  list_object* second = as_list(right);
  if (what == opcode::BINARY_ADD && in_place && first != nullptr) {
    extend_list(by, *first, right);
    return left;
  }
  if (what == opcode::BINARY_ADD && first != nullptr && second != nullptr) {
    const std::vector<value>& before = items_in(as_read(by, *first));
    reading(by, *second);
    return make_list(by, concatenated(by, before, second->items));
  }
  if (what != opcode::BINARY_MULTIPLY || (first != nullptr && second != nullptr)) return {};
  return first != nullptr ? repeat(by, in_place, left, right) : repeat(by, false, right, left);
}

}  // namespace

value list_index(thread_state& by, value key) {
  const value number = as_index(by, key);
  if (!number.defined()) raise_type_error(by, "list indices must be integers or slices, not " + type_name(key));
  return number;
}

void add_item(thread_state& by, value container, value item) {
  if (list_object* list = as_list(container)) {
    changing(by, *list);
    stored_in(*list, item);
    return add_item(by, list->items, item);
  }
  set_add(by, *as_set(container), item);
}

void extend_list(thread_state& by, list_object& of, value with) {
  const std::vector<value> items = items_of(by, with);
  changing(by, of);
  make_room(by, of.items, items.size());
  for (const value each : items) {
    stored_in(of, each);
    of.items.push_back(each);
  }
}

const type_functions list_functions{
    .length = length,
    .subscript = subscript,
    .set_subscript = set_subscript,
    .delete_subscript = delete_subscript,
    .contains = contains_item,
    .iterate = sequence_iterator,
    .hashable = false,
    .repr = write,
    .equal = equal_items,
    .ordered = ordered_items,
    .binary = binary,
};

}  // namespace heddle::python
