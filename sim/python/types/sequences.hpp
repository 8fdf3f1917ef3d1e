// What lists and tuples have in common: they hold a vector of values.
#pragma once

#include <vector>

#include "python/natives.hpp"
#include "python/types/making.hpp"
#include "python/types/repr_writer.hpp"

namespace heddle::python {

/** Of a list or a tuple. */
[[nodiscard]] std::vector<value>& items_in(heap_object& sequence) noexcept;

/** A list or a tuple, read in one event. Without the interpreter's lock others may change it from the next event on:
 * then this is a copy that nobody else knows. */
[[nodiscard]] heap_object& as_read(thread_state& by, heap_object& sequence);

[[nodiscard]] std::vector<value> sliced(thread_state& by, const std::vector<value>& items, const slice_object& what);
[[nodiscard]] std::vector<value> repeated(thread_state& by, const std::vector<value>& items, value times);
[[nodiscard]] std::vector<value> concatenated(thread_state& by, const std::vector<value>& first,
                                              const std::vector<value>& second);
/** Others may change a list while its items are compared. */
[[nodiscard]] bool equal_items(thread_state& by, heap_object& left, heap_object& right);
[[nodiscard]] bool ordered_items(thread_state& by, comparison what, heap_object& left, heap_object& right);
[[nodiscard]] bool contains_item(thread_state& by, heap_object& in, value item);
/** Where `item` is, from `start` up to `stop`; -1 if nowhere. */
[[nodiscard]] std::int64_t place_of_item(thread_state& by, heap_object& in, value item, std::int64_t start,
                                         std::int64_t stop);
[[nodiscard]] std::int64_t count_of_item(thread_state& by, heap_object& in, value item);
/** index(item, start, stop) and count(item). */
[[nodiscard]] value sequence_index(thread_state& by, const arguments& given, heap_object& self);

/** Sorts; stable. `by_key`: the keys, as many as items, or none. Raises what a comparison raises. */
void sort_items(thread_state& by, std::vector<value>& items, value key, bool reverse);

/** An iterator over a list or a tuple. */
[[nodiscard]] value sequence_iterator(thread_state& by, heap_object& over);

}  // namespace heddle::python
