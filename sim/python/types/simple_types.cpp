// The types that the operators do little with: code, classes, None and the like.
#include <array>
#include <memory>
#include <new>

#include "python/natives.hpp"
#include "python/types/builtin_classes.hpp"
#include "python/types/making.hpp"
#include "python/types/repr_writer.hpp"
#include "python/types/special.hpp"
#include "python/types/type_functions.hpp"

namespace heddle::python {
namespace {

/** Ellipsis and NotImplemented: there is one of each. */
class singleton final : public heap_object {
 public:
  singleton(const class_object& of, std::string_view shown) : heap_object(object_type::ellipsis, of), text(shown) {}
  const std::string_view text;
};

[[nodiscard]] const class_object& not_implemented_class() {
  static const class_object& made =
      make_builtin_class("NotImplementedType", {std::span<const native_entry>{}}, nullptr);
  return made;
}

[[nodiscard]] value make_singleton(const class_object& of, std::string_view shown) {
  auto* made = new singleton(of, shown);
  make_immortal(*made);
  return value(made);
}

void write_singleton(repr_writer& to, heap_object& of) { to.write(static_cast<singleton&>(of).text); }
void write_cell(repr_writer& to, heap_object& /*of*/) { to.write("<cell>"); }
void write_function(repr_writer& to, heap_object& of) {
  to.write("<function " + static_cast<function_object&>(of).qualified_name + ">");
}
void write_native(repr_writer& to, heap_object& of) {
  to.write("<built-in function " + static_cast<native_object&>(of).name_text + ">");
}
void write_bound_method(repr_writer& to, heap_object& of) {
  const auto& method = static_cast<bound_method&>(of);
  const auto* function = as<function_object>(method.function, object_type::function);
  if (function != nullptr) {
    to.write("<bound method " + function->qualified_name + " of ");
    to.write(method.self);
    return to.write(">");
  }
  const auto* called = as<native_object>(method.function, object_type::native);
  to.write("<built-in method " + (called != nullptr ? called->name_text : "?") + " of " + type_name(method.self) +
           " object>");
}
void write_class(repr_writer& to, heap_object& of) {
  const auto& it = static_cast<class_object&>(of);
  to.write("<class '" + (it.module_text.empty() ? "" : it.module_text + ".") + it.name_text + "'>");
}
void write_instance(repr_writer& to, heap_object& of) { to.write("<" + of.of_class().name_text + " object>"); }
void write_module(repr_writer& to, heap_object& of) {
  to.write("<module '" + static_cast<module_object&>(of).name_text + "'>");
}
void write_descriptor(repr_writer& to, heap_object& of) {
  switch (static_cast<descriptor_object&>(of).is) {
    case descriptor_object::type::property: return to.write("<property object>");
    case descriptor_object::type::static_method: return to.write("<staticmethod object>");
    case descriptor_object::type::class_method: return to.write("<classmethod object>");
  }
}
void write_super(repr_writer& to, heap_object& of) {
  to.write("<super: <class '" + static_cast<super_object&>(of).after->name_text + "'>>");
}
void write_code(repr_writer& to, heap_object& /*of*/) { to.write("<code object>"); }

bool equal_methods(thread_state& /*by*/, heap_object& left, heap_object& right) {
  const auto& a = static_cast<bound_method&>(left);
  const auto& b = static_cast<bound_method&>(right);
  return same(a.function, b.function) && same(a.self, b.self);
}
std::uint64_t hash_method(thread_state& by, heap_object& of) {
  const auto& method = static_cast<bound_method&>(of);
  return hash(by, method.function) * 31 + (method.self.is_object() ? identity_of(by, *method.self.object) : 0);
}

/** Of the enumerators of object_type, in their order. */
constexpr std::array tables{
    &string_functions,   &big_integer_functions, &tuple_functions,        &list_functions,       &dict_functions,
    &set_functions,      &range_functions,       &slice_functions,        &iterator_functions,   &cell_functions,
    &function_functions, &native_functions,      &bound_method_functions, &class_functions,      &instance_functions,
    &module_functions,   &code_functions,        &ellipsis_functions,     &descriptor_functions, &super_functions,
    &view_functions,
};
static_assert(tables.size() == static_cast<std::size_t>(object_type::view) + 1);

}  // namespace

const type_functions& functions_of(object_type what) noexcept { return *tables[static_cast<std::size_t>(what)]; }

const type_functions cell_functions{.repr = write_cell};
const type_functions function_functions{.repr = write_function};
const type_functions native_functions{.repr = write_native};
const type_functions bound_method_functions{.hash = hash_method, .repr = write_bound_method, .equal = equal_methods};
const type_functions class_functions{.repr = write_class};
const type_functions instance_functions{.repr = write_instance};
const type_functions module_functions{.repr = write_module};
const type_functions code_functions{.repr = write_code};
const type_functions descriptor_functions{.repr = write_descriptor};
const type_functions super_functions{.repr = write_super};
const type_functions ellipsis_functions{.repr = write_singleton};

value not_implemented() {
  static const value made = make_singleton(not_implemented_class(), "NotImplemented");
  return made;
}
value ellipsis_value() {
  static const value made = make_singleton(ellipsis_class(), "Ellipsis");
  return made;
}

}  // namespace heddle::python
