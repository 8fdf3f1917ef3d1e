// property, staticmethod, classmethod and super.
#include <algorithm>

#include "python/builtins/tables.hpp"
#include "python/interpreter.hpp"
#include "python/well_known.hpp"

namespace heddle::python {
namespace {

using kind = descriptor_object::type;

value make_property(thread_state& by, const arguments& given) {
  const parameters with(by, "property(fget=, fset=, fdel=, doc=)", given);
  return value(by.process.make<descriptor_object>(by, kind::property, with.or_else(0, value::none()),
                                                  with.or_else(1, value::none())));
}

descriptor_object& self_of(thread_state& by, value of) {
  auto* const self = as<descriptor_object>(of, object_type::descriptor);
  if (self == nullptr) raise_type_error(by, "a method of property needs a property");
  return *self;
}

// @x.setter and @x.getter: another property, with one of its functions replaced.
value with_setter(thread_state& by, const arguments& given) {
  const parameters with(by, "setter(self, fset)", given);
  return value(by.process.make<descriptor_object>(by, kind::property, self_of(by, with[0]).get, with[1]));
}

value with_getter(thread_state& by, const arguments& given) {
  const parameters with(by, "getter(self, fget)", given);
  return value(by.process.make<descriptor_object>(by, kind::property, with[1], self_of(by, with[0]).set));
}

constexpr native_entry property_methods[] = {{"setter", with_setter}, {"getter", with_getter}};

value make_static_method(thread_state& by, const arguments& given) {
  const parameters with(by, "staticmethod(function)", given);
  return value(by.process.make<descriptor_object>(by, kind::static_method, with[0], value()));
}

value make_class_method(thread_state& by, const arguments& given) {
  const parameters with(by, "classmethod(function)", given);
  return value(by.process.make<descriptor_object>(by, kind::class_method, with[0], value()));
}

// The compiler passes both arguments also where the source has none.
value make_super(thread_state& by, const arguments& given) {
  const parameters with(by, "super(type, object)", given);
  const class_object* const behind = as_class(with[0]);
  if (behind == nullptr) raise_type_error(by, "super() argument 1 must be a type, not " + class_of(with[0]).name_text);
  const class_object* const itself = as_class(with[1]);
  if (!is_instance(with[1], *behind) && (itself == nullptr || !itself->is(*behind))) {
    raise_type_error(by, "super(type, obj): obj must be an instance or subtype of type");
  }
  return value(by.process.make<super_object>(by, *behind, with[1]));
}

}  // namespace

const class_object& property_class() {
  static const class_object& made = make_builtin_class("property", property_methods, make_property);
  return made;
}
const class_object& static_method_class() {
  static const class_object& made = make_builtin_class("staticmethod", {}, make_static_method);
  return made;
}
const class_object& class_method_class() {
  static const class_object& made = make_builtin_class("classmethod", {}, make_class_method);
  return made;
}
const class_object& super_class() {
  static const class_object& made = make_builtin_class("super", {}, make_super);
  return made;
}

}  // namespace heddle::python
