// The builtin functions, classes and constants by name.
#include <algorithm>
#include <map>

#include "python/builtins/tables.hpp"
#include "python/errors.hpp"
#include "python/types/builtin_classes.hpp"
#include "python/types/special.hpp"

namespace heddle::python {

value named_argument(const arguments& given, std::string_view called) noexcept {
  for (std::uint32_t at = 0; at < given.named_count; ++at) {
    if (*given.names[at] == called) return given.named[at];
  }
  return {};
}

void only_named(thread_state& by, const arguments& given, std::string_view function,
                std::initializer_list<std::string_view> allowed) {
  for (std::uint32_t at = 0; at < given.named_count; ++at) {
    if (std::ranges::find(allowed, *given.names[at]) != allowed.end()) continue;
    raise_type_error(by,
                     "'" + *given.names[at] + "' is an invalid keyword argument for " + std::string(function) + "()");
  }
}

namespace {

using builtins_by_name = std::map<std::string_view, value>;

[[nodiscard]] value class_value(const class_object& of) {
  return value(const_cast<class_object*>(&of));  // NOLINT: values are not const; immortal objects never change
}

void add_classes(builtins_by_name& to) {
  for (const class_object* each :
       {&object_class(),       &type_class(),    &bool_class(),      &int_class(),      &float_class(),
        &str_class(),          &tuple_class(),   &list_class(),      &dict_class(),     &set_class(),
        &frozenset_class(),    &range_class(),   &slice_class(),     &property_class(), &static_method_class(),
        &class_method_class(), &super_class(),   &enumerate_class(), &zip_class(),      &map_class(),
        &filter_class(),       &reversed_class()}) {
    to[each->name_text] = class_value(*each);
  }
#define HEDDLE_PYTHON_ADD(Name, Base) to[#Name] = class_value(exceptions::Name());
  HEDDLE_PYTHON_EXCEPTIONS(HEDDLE_PYTHON_ADD)
#undef HEDDLE_PYTHON_ADD
}

[[nodiscard]] builtins_by_name make_builtins() {
  builtins_by_name result;
  for (const auto& table : {number_functions(), iteration_functions(), object_functions(), output_functions()}) {
    for (const native_entry& each : table) {
      auto* function = new native_object(each.name, each.call);
      make_immortal(*function);
      result[each.name] = value(function);
    }
  }
  add_classes(result);
  result["NotImplemented"] = not_implemented();
  result["Ellipsis"] = ellipsis_value();
  result["__debug__"] = value(true);
  return result;
}

}  // namespace

value builtin(name called) {
  static const builtins_by_name& all = *new builtins_by_name(make_builtins());  // for ever, as what is in it
  const auto found = all.find(*called);
  return found == all.end() ? value{} : found->second;
}

}  // namespace heddle::python
