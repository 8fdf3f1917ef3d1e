// What can be done with values: the operators and protocols of the language. Each raises Python's exceptions, with
// CPython 3.11's texts, by throwing `raised`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <heddle/python/opcode.hpp>

#include "python/objects.hpp"

namespace heddle::python {

// ---- operators (types/arithmetic.cpp and those of the types)

/** BINARY_... by the INPLACE_... or BINARY_... opcode; lists and sets are changed in place by the latter. */
[[nodiscard]] value binary(thread_state& by, opcode what, value left, value right);
[[nodiscard]] value unary(thread_state& by, opcode what, value operand);
[[nodiscard]] value compare(thread_state& by, comparison what, value left, value right);
[[nodiscard]] bool equal(thread_state& by, value left, value right);
[[nodiscard]] bool less(thread_state& by, value left, value right);
[[nodiscard]] bool truth(thread_state& by, value of);
[[nodiscard]] std::uint64_t hash(thread_state& by, value of);
[[nodiscard]] bool contains(thread_state& by, value container, value item);

// ---- containers

[[nodiscard]] value subscript(thread_state& by, value container, value key);
void set_subscript(thread_state& by, value container, value key, value to);
void delete_subscript(thread_state& by, value container, value key);
[[nodiscard]] std::int64_t length(thread_state& by, value of);
/** An iterator: an iterator_object, or an instance with __next__. */
[[nodiscard]] value iterate(thread_state& by, value over);
/** The next value of an iterator; undefined at its end. */
[[nodiscard]] value next(thread_state& by, value iterator);
/** All that an iteration gives. */
[[nodiscard]] std::vector<value> items_of(thread_state& by, value iterable);

// ---- text

[[nodiscard]] std::string repr(thread_state& by, value of);
[[nodiscard]] std::string str(thread_state& by, value of);
[[nodiscard]] std::string ascii(thread_state& by, value of);
/** format(of, specification). */
[[nodiscard]] std::string formatted(thread_state& by, value of, std::string_view specification);

// ---- changing containers

/** list.append, set.add. */
void add_item(thread_state& by, value container, value item);

// ---- classes and attributes (classes.cpp)

[[nodiscard]] const class_object& class_of(value of) noexcept;
[[nodiscard]] bool is_instance(value of, const class_object& what) noexcept;
[[nodiscard]] value attribute(thread_state& by, value of, name called);
/** The same; undefined where there is none. */
[[nodiscard]] value find_attribute(thread_state& by, value of, name called);
void set_attribute(thread_state& by, value of, name called, value to);
/** The same, without asking __setattr__: what object.__setattr__ does. */
void store_attribute(thread_state& by, value of, name called, value to);
/** attribute(), but undefined where that raises AttributeError: a __getattr__ is asked, too. */
[[nodiscard]] value attribute_if_any(thread_state& by, value of, name called);
void delete_attribute(thread_state& by, value of, name called);

// ---- calls (calls.cpp)

[[nodiscard]] value call(thread_state& by, value callee, const arguments& with);
[[nodiscard]] value call(thread_state& by, value callee, std::initializer_list<value> with = {});
/** callee(*positional, **named); either may be undefined or None. */
[[nodiscard]] value call_unpacking(thread_state& by, value callee, value positional, value named);

}  // namespace heddle::python
