// What the operators do with each type of heap object, as a table of functions a type.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "python/objects.hpp"
#include "python/operators.hpp"

namespace heddle::python {

class repr_writer;

/** A type's functions; null where the type does not have the operation. */
struct type_functions {
  std::int64_t (*length)(thread_state& by, heap_object& of) = nullptr;
  value (*subscript)(thread_state& by, heap_object& of, value key) = nullptr;
  void (*set_subscript)(thread_state& by, heap_object& of, value key, value to) = nullptr;
  void (*delete_subscript)(thread_state& by, heap_object& of, value key) = nullptr;
  bool (*contains)(thread_state& by, heap_object& in, value item) = nullptr;
  value (*iterate)(thread_state& by, heap_object& over) = nullptr;
  /** Null: by identity, if `hashable`. */
  std::uint64_t (*hash)(thread_state& by, heap_object& of) = nullptr;
  bool hashable = true;
  void (*repr)(repr_writer& to, heap_object& of) = nullptr;
  /** Of two of this type; null: by identity. */
  bool (*equal)(thread_state& by, heap_object& left, heap_object& right) = nullptr;
  /** <, <=, > and >= of two of this type. */
  bool (*ordered)(thread_state& by, comparison what, heap_object& left, heap_object& right) = nullptr;
  /** By the BINARY_... opcode; at least one of the two is of this type. Undefined where it does not apply. */
  value (*binary)(thread_state& by, opcode what, bool in_place, value left, value right) = nullptr;
};

extern const type_functions string_functions;
extern const type_functions big_integer_functions;
extern const type_functions tuple_functions;
extern const type_functions list_functions;
extern const type_functions dict_functions;
extern const type_functions set_functions;
extern const type_functions view_functions;
extern const type_functions range_functions;
extern const type_functions slice_functions;
extern const type_functions iterator_functions;
extern const type_functions cell_functions;
extern const type_functions function_functions;
extern const type_functions native_functions;
extern const type_functions bound_method_functions;
extern const type_functions class_functions;
extern const type_functions instance_functions;
extern const type_functions module_functions;
extern const type_functions code_functions;
extern const type_functions ellipsis_functions;
extern const type_functions descriptor_functions;
extern const type_functions super_functions;

[[nodiscard]] const type_functions& functions_of(object_type what) noexcept;
[[nodiscard]] inline const type_functions& functions_of(const heap_object& what) noexcept {
  return functions_of(what.type());
}

/** The name of a value's type, for messages. */
[[nodiscard]] inline const std::string& type_name(value of) noexcept { return class_of(of).name_text; }

/** A number that is the object's alone, and the same in each execution with the same schedule. */
[[nodiscard]] std::uint64_t identity_of(thread_state& by, const heap_object& what) noexcept;

}  // namespace heddle::python
