// Special methods: what classes of the program define for the operators.
#pragma once

#include "python/interpreter.hpp"
#include "python/objects.hpp"
#include "python/operators.hpp"

namespace heddle::python {

/** The names of special methods, "__eq__" as `eq_`. */
struct special_names {
  name eq_ = intern("__eq__");
  name ne_ = intern("__ne__");
  name lt_ = intern("__lt__");
  name le_ = intern("__le__");
  name gt_ = intern("__gt__");
  name ge_ = intern("__ge__");
  name hash_ = intern("__hash__");
  name len_ = intern("__len__");
  name getitem_ = intern("__getitem__");
  name setitem_ = intern("__setitem__");
  name delitem_ = intern("__delitem__");
  name contains_ = intern("__contains__");
  name iter_ = intern("__iter__");
  name next_ = intern("__next__");
  name bool_ = intern("__bool__");
  name str_ = intern("__str__");
  name repr_ = intern("__repr__");
  name format_ = intern("__format__");
  name index_ = intern("__index__");
  name int_ = intern("__int__");
  name float_ = intern("__float__");
  name abs_ = intern("__abs__");
  name round_ = intern("__round__");
  name neg_ = intern("__neg__");
  name pos_ = intern("__pos__");
  name invert_ = intern("__invert__");
  name reversed_ = intern("__reversed__");
  name divmod_ = intern("__divmod__");
  name call_ = intern("__call__");
};
[[nodiscard]] const special_names& specials();

/** What the class of an instance has as the special method `called`; undefined if nothing, and for builtin types.
 * The class `object` does not count. */
[[nodiscard]] value special(value of, name called) noexcept;
/** The same in the class itself. */
[[nodiscard]] value special_of_class(const class_object& of, name called) noexcept;

[[nodiscard]] inline bool is_plain_instance(value of) noexcept {
  return of.is_object() && of.object->type() == object_type::instance;
}

/** NotImplemented. */
[[nodiscard]] value not_implemented();

}  // namespace heddle::python
