// Sets and frozensets.
#pragma once

#include "python/types/hash_table.hpp"

namespace heddle::python {

/** A set of what an iteration gives; the set itself if it is one. */
[[nodiscard]] set_object& set_from(thread_state& by, value iterable);
/** A new set or frozenset with the items of an iterable. */
[[nodiscard]] set_object& make_set(thread_state& by, const class_object& of, value iterable = {});
/** |, &, -, ^ as a new set, of the class of the left one. */
[[nodiscard]] value combine_sets(thread_state& by, opcode what, set_object& left, set_object& right);
/** The same, in place. */
void change_set(thread_state& by, opcode what, set_object& of, set_object& with);
[[nodiscard]] bool compare_sets(thread_state& by, comparison what, set_object& left, set_object& right);
[[nodiscard]] bool is_subset(thread_state& by, set_object& part, set_object& whole);
[[nodiscard]] bool set_has(thread_state& by, set_object& in, value item);

}  // namespace heddle::python
