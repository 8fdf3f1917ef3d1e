// How builtin functions, methods and modules are written: as tables.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "python/errors.hpp"
#include "python/interpreter.hpp"
#include "python/objects.hpp"
#include "python/operators.hpp"

namespace heddle::python {

/** An entry of a table of functions or methods. */
struct native_entry {
  std::string_view name;
  native call;
};

/** The arguments of a call, matched with parameters: "put(item, block=True, timeout=None)". */
class parameters {
 public:
  /** `signature`: the function's name for errors, and its parameters in brackets, `=` behind those that are optional,
   * a `*` before those that are given by name only: "put(self, item, block=, timeout=)". Raises TypeError with
   * CPython's texts. Valid as long as `given` is. */
  parameters(thread_state& by, std::string_view signature, const arguments& given);

  /** The argument, by position in the signature; undefined where it is not given. */
  [[nodiscard]] value operator[](std::size_t index) const noexcept { return values_[index]; }
  [[nodiscard]] bool given(std::size_t index) const noexcept { return values_[index].defined(); }
  [[nodiscard]] value or_else(std::size_t index, value standard) const noexcept {
    return given(index) ? values_[index] : standard;
  }

 private:
  static constexpr std::size_t most = 12;
  value values_[most];
};

/** An immortal builtin class with these methods; lives for ever. `construct` is what a call of it does; null for one
 * whose instances are made and then initialized, like those of a class of the program. */
class_object& make_builtin_class(std::string_view name, std::span<const native_entry> methods,
                                 native construct = nullptr);
/** An immortal module with these functions; classes and constants are added to its attributes. Lives for ever. */
module_object& make_module(std::string_view name, std::span<const native_entry> functions);

/** Adds a property to a builtin class. */
void add_property(class_object& to, std::string_view name, native get, native set = nullptr);
/** Adds functions to a module. */
void add_functions(module_object& to, std::span<const native_entry> functions);
/** Adds a class to its module. */
void add_class(module_object& to, const class_object& what);

/** A new str. */
[[nodiscard]] value make_string(thread_state& by, std::string text);
[[nodiscard]] value make_tuple(thread_state& by, std::vector<value> items);
[[nodiscard]] value make_list(thread_state& by, std::vector<value> items);
/** A new, empty one. */
[[nodiscard]] value new_dict(thread_state& by);
[[nodiscard]] value new_set(thread_state& by);
/** An int of these decimal digits, which do not fit into 64 bits. */
[[nodiscard]] std::unique_ptr<heap_object> big_integer_of(std::string_view digits);
[[nodiscard]] value ellipsis_value();
/** An int argument; TypeError. */
[[nodiscard]] std::int64_t integer_of(thread_state& by, value of);
/** TIMEOUT_MAX of threading and _thread: seconds. */
inline constexpr double longest_timeout = 9'223'372'036.0;
/** A number of seconds, as nanoseconds, rounded up; TypeError, and ValueError if negative or too large. */
[[nodiscard]] std::uint64_t nanoseconds_of(thread_state& by, value seconds, std::string_view what);

// ---- the builtin classes of the types (types/)

[[nodiscard]] const class_object& object_class();
[[nodiscard]] const class_object& type_class();
[[nodiscard]] const class_object& none_class();
[[nodiscard]] const class_object& bool_class();
[[nodiscard]] const class_object& int_class();
[[nodiscard]] const class_object& float_class();
[[nodiscard]] const class_object& str_class();
[[nodiscard]] const class_object& tuple_class();
[[nodiscard]] const class_object& list_class();
[[nodiscard]] const class_object& dict_class();
[[nodiscard]] const class_object& set_class();
[[nodiscard]] const class_object& frozenset_class();
[[nodiscard]] const class_object& range_class();
[[nodiscard]] const class_object& slice_class();
[[nodiscard]] const class_object& iterator_class();
[[nodiscard]] const class_object& cell_class();
[[nodiscard]] const class_object& function_class();
[[nodiscard]] const class_object& native_class();
[[nodiscard]] const class_object& method_class();
[[nodiscard]] const class_object& module_class();
[[nodiscard]] const class_object& code_class();
[[nodiscard]] const class_object& ellipsis_class();

/** The builtin functions, classes and constants, by name; undefined where there is none. */
[[nodiscard]] value builtin(name called);
/** The module of this name; null where there is none. */
[[nodiscard]] const module_object* module_named(std::string_view name);

}  // namespace heddle::python
