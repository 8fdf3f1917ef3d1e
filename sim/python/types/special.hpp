// Special methods: what classes of the program define for the operators.
#pragma once

#include "python/interpreter.hpp"
#include "python/objects.hpp"
#include "python/operators.hpp"

namespace heddle::python {

#define HEDDLE_PYTHON_SPECIAL(X)                                                                                      \
  X(eq)                                                                                                               \
  X(ne) X(lt) X(le) X(gt) X(ge) X(hash) X(len) X(getitem) X(setitem) X(delitem) X(contains) X(iter) X(next) X(bool)   \
      X(str) X(repr) X(format) X(index) X(int) X(float) X(abs) X(round) X(neg) X(pos) X(invert) X(reversed) X(divmod) \
          X(call)

/** The names of special methods, "__eq__" as `eq_`. */
struct special_names {
#define HEDDLE_PYTHON_SPECIAL_NAME(Name) name Name##_ = intern("__" #Name "__");
  HEDDLE_PYTHON_SPECIAL(HEDDLE_PYTHON_SPECIAL_NAME)
#undef HEDDLE_PYTHON_SPECIAL_NAME
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
