// The builtin classes that have few methods, or none.
#include "python/types/builtin_classes.hpp"

#include <cmath>
#include <new>

#include "python/types/making.hpp"
#include "python/types/numbers.hpp"
#include "python/types/special.hpp"
#include "python/types/string_methods.hpp"
#include "python/types/type_functions.hpp"

namespace heddle::python {

class_object& make_builtin_class(std::string_view called, std::initializer_list<std::span<const native_entry>> tables,
                                 native construct) {
  std::vector<native_entry> methods;
  for (const auto& table : tables) methods.insert(methods.end(), table.begin(), table.end());
  class_object& made = make_builtin_class(called, methods, construct);
  made.may_be_derived = false;
  return made;
}

namespace {

[[nodiscard]] const class_object& plain_class(std::string_view called) {
  return make_builtin_class(called, {std::span<const native_entry>{}}, nullptr);
}

heap_object* make_plain(thread_state& by, const class_object& of) { return by.process.make<instance_object>(by, of); }

value object_init(thread_state& by, const arguments& given) {
  if (given.count + given.named_count > 1) {
    const std::string its = type_name(given.positional[0]);
    raise_type_error(by, its + "() takes no arguments");
  }
  return value::none();
}

value object_setattr(thread_state& by, const arguments& given) {
  check_count(by, given, "object", "__setattr__", 2, 2);
  const string_object* const called = as_string(given.positional[1]);
  if (called == nullptr) {
    raise_type_error(by, "attribute name must be string, not '" + type_name(given.positional[1]) + "'");
  }
  store_attribute(by, given.positional[0], intern(called->text), given.positional[2]);
  return value::none();
}

value construct_none(thread_state& by, const arguments& given) {
  check_function(by, given, "NoneType", 0, 0);
  return value::none();
}

value construct_type(thread_state& by, const arguments& given) {
  if (given.count != 1 || given.named_count != 0) {
    raise_type_error(by, given.count == 3 ? "type() with 3 arguments is not supported: write a class statement"
                                          : "type() takes 1 or 3 arguments");
  }
  return value(const_cast<class_object*>(&class_of(given.positional[0])));  // NOLINT: values are not const
}

value construct_str(thread_state& by, const arguments& given) {
  check_function(by, given, "str", 0, 1);
  if (given.count == 0) return character_string(by, "");
  if (as_string(given.positional[0]) != nullptr) return given.positional[0];
  return make_string(by, str(by, given.positional[0]));
}

}  // namespace

const class_object& type_class() {
  static const class_object& made = make_builtin_class("type", {std::span<const native_entry>{}}, construct_type);
  return made;
}

const class_object& object_class() {
  static const class_object& made = []() -> const class_object& {
    static constexpr native_entry methods[] = {{"__init__", object_init}, {"__setattr__", object_setattr}};
    class_object& object = make_builtin_class("object", methods);
    object.make = make_plain;
    return object;
  }();
  return made;
}

const class_object& str_class() {
  static const class_object& made = make_builtin_class(
      "str", {string_split_methods(), string_search_methods(), string_case_methods(), string_layout_methods()},
      construct_str);
  return made;
}

const class_object& none_class() {
  static const class_object& made = make_builtin_class("NoneType", {std::span<const native_entry>{}}, construct_none);
  return made;
}

#define HEDDLE_PYTHON_PLAIN_CLASS(Function, Name)        \
  const class_object& Function() {                       \
    static const class_object& made = plain_class(Name); \
    return made;                                         \
  }
HEDDLE_PYTHON_PLAIN_CLASS(cell_class, "cell")
HEDDLE_PYTHON_PLAIN_CLASS(function_class, "function")
HEDDLE_PYTHON_PLAIN_CLASS(native_class, "builtin_function_or_method")
HEDDLE_PYTHON_PLAIN_CLASS(method_class, "method")
HEDDLE_PYTHON_PLAIN_CLASS(module_class, "module")
HEDDLE_PYTHON_PLAIN_CLASS(code_class, "code")
HEDDLE_PYTHON_PLAIN_CLASS(ellipsis_class, "ellipsis")
#undef HEDDLE_PYTHON_PLAIN_CLASS

}  // namespace heddle::python
