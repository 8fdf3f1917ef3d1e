// Classes, and the attributes of everything.
#include <algorithm>

#include "python/interpreter.hpp"
#include "python/natives.hpp"
#include "python/watching.hpp"
#include "python/well_known.hpp"

namespace heddle::python {
namespace {

// What an attribute of a class is when it is looked up on an instance of the class, or on the class.
value bound(thread_state& by, value found, value self, const class_object& of) {
  if (!found.is_object()) return found;
  switch (found.object->type()) {
    case object_type::function:
    case object_type::native: return self.defined() ? value(by.process.make<bound_method>(by, found, self)) : found;
    case object_type::descriptor: {
      const auto& how = *static_cast<descriptor_object*>(found.object);
      switch (how.is) {
        case descriptor_object::type::static_method: return how.get;
        case descriptor_object::type::class_method:
          return value(by.process.make<bound_method>(by, how.get, value(const_cast<class_object*>(&of))));
        case descriptor_object::type::property: return self.defined() ? call(by, how.get, {self}) : found;
      }
      return found;
    }
    default: return found;
  }
}

const descriptor_object* as_property(const value* found) noexcept {
  if (found == nullptr) return nullptr;
  const auto* how = as<descriptor_object>(*found, object_type::descriptor);
  return how != nullptr && how->is == descriptor_object::type::property ? how : nullptr;
}

attribute_table* own_attributes(const thread_state& by, value of) {
  if (!of.is_object() || of.object->is_immortal()) return nullptr;
  switch (of.object->type()) {
    case object_type::instance: return &static_cast<instance_object*>(of.object)->attributes_for(by);
    case object_type::class_: return &static_cast<class_object*>(of.object)->attributes;
    case object_type::function: return &static_cast<function_object*>(of.object)->attributes;
    default: return nullptr;
  }
}

// Whether other threads may add this attribute to the object, or remove it, while this one looks: without the lock
// what is not there is looked for in an event, too.
bool comes_and_goes(const thread_state& by, value of, name called) {
  if (!is_watched(by, *of.object) || !by.process.is_free_threaded()) return false;
  const loaded_program& code = *by.process.code;
  return code.stores_any_attribute || code.stored_attributes.contains(*called);
}

// An attribute of its own, as an event where others can get at it.
value load_own(thread_state& by, value of, attribute_table& from, name called) {
  if (comes_and_goes(by, of, called)) static_cast<void>(from.at(called));
  const auto found = std::find_if(from.entries.begin(), from.entries.end(),
                                  [&](const attribute_table::entry& each) { return each.key == called; });
  if (found == from.entries.end()) return {};
  if (!is_watched(by, *of.object)) return found->held;
  const auto position = found - from.entries.begin();
  shared_variable& variable = watched_attribute(by, of, *found);
  before_load(by, variable);
  const value seen = from.entries[static_cast<std::size_t>(position)].held;
  after_load(by, variable, seen);
  return seen;
}

void store_own(thread_state& by, value of, attribute_table& into, name called, value to) {
  if (!is_watched(by, *of.object)) {
    if (of.object->is_shared()) share(to);
    return into.set(called, to);
  }
  share(to);
  shared_variable& variable = watched_attribute(by, of, into.at(called));
  before_store(by, variable);
  into.set(called, to);
  after_store(by, variable, to);
}

std::vector<value> class_values(const std::vector<const class_object*>& of) {
  std::vector<value> result;
  for (const class_object* each : of) result.emplace_back(const_cast<class_object*>(each));
  return result;
}

value class_attribute(thread_state& by, class_object& from, name called) {
  if (called == well_known().name) return make_string(by, from.name_text);
  if (called == well_known().qualname) return make_string(by, from.name_text);
  if (called == well_known().module) {
    return make_string(by, from.module_text.empty() ? "builtins" : from.module_text);
  }
  if (called == well_known().mro) return make_tuple(by, class_values(from.resolution_order));
  if (called == well_known().bases) return make_tuple(by, class_values(from.bases));
  for (const class_object* each : from.resolution_order) {
    value found;
    if (each->is_immortal()) {
      if (const value* held = each->attributes.find(called)) found = *held;
    } else {
      auto* const its = const_cast<class_object*>(each);
      found = load_own(by, value(its), its->attributes, called);
    }
    if (found.defined()) return bound(by, found, {}, from);
  }
  return {};
}

value exception_attribute(thread_state& by, exception_object& of, name called) {
  const auto or_none = [](value held) { return held.defined() ? held : value::none(); };
  if (called == well_known().args) return make_tuple(by, of.args);
  if (called == well_known().cause) return or_none(of.cause);
  if (called == well_known().context) return or_none(of.context);
  if (called == well_known().traceback) return value::none();
  if (called == well_known().suppress_context) return value(of.suppress_context);
  return {};
}

value function_attribute(thread_state& by, value of, name called) {
  if (called == well_known().doc) return value::none();
  if (const function_object* plain = as_function(of)) {
    if (called == well_known().name) return make_string(by, plain->code->source->name);
    if (called == well_known().qualname) return make_string(by, plain->qualified_name);
    if (called == well_known().module) return make_string(by, "__main__");
  } else if (const auto* builtin = as<native_object>(of, object_type::native)) {
    if (called == well_known().name || called == well_known().qualname) {
      return make_string(by, std::string(builtin->name_text));
    }
  } else if (const auto* method = as<bound_method>(of, object_type::bound_method)) {
    if (called == intern("__self__")) return method->self;
    if (called == intern("__func__")) return method->function;
    return find_attribute(by, method->function, called);
  }
  return {};
}

value super_attribute(thread_state& by, const super_object& of, name called) {
  const class_object& whole = as_class(of.self) != nullptr ? *as_class(of.self) : class_of(of.self);
  const auto& order = whole.resolution_order;
  auto place = std::find(order.begin(), order.end(), of.after);
  if (place != order.end()) ++place;
  for (; place != order.end(); ++place) {
    if (const value* found = (*place)->attributes.find(called)) {
      return bound(by, *found, as_class(of.self) != nullptr ? value() : of.self, whole);
    }
  }
  return {};
}

}  // namespace

const class_object& class_of(value of) noexcept {
  switch (of.kind) {
    case value_kind::undefined:
    case value_kind::none: return none_class();
    case value_kind::boolean: return bool_class();
    case value_kind::integer: return int_class();
    case value_kind::real: return float_class();
    case value_kind::object: break;
  }
  return of.object->of_class();
}

bool is_instance(value of, const class_object& what) noexcept { return class_of(of).is(what); }

value find_attribute(thread_state& by, value of, name called) {
  if (const auto* module = as<module_object>(of, object_type::module)) {
    if (called == well_known().name) return make_string(by, std::string(module->name_text));
    const value* found = module->attributes.find(called);
    if (found == nullptr && module->computed != nullptr) return module->computed(by, called);
    return found != nullptr ? bound(by, *found, {}, module_class()) : value();
  }
  if (const auto* after = as<super_object>(of, object_type::super)) return super_attribute(by, *after, called);
  if (class_object* const its = as_class(of)) {
    const value found = class_attribute(by, *its, called);
    if (found.defined()) return found;
  }
  const class_object& whole = class_of(of);
  if (called == well_known().class_) return value(const_cast<class_object*>(&whole));
  const value* in_class = whole.find(called);
  if (const descriptor_object* how = as_property(in_class)) return call(by, how->get, {of});
  if (attribute_table* const own = own_attributes(by, of); own != nullptr && as_class(of) == nullptr) {
    const value found = load_own(by, of, *own, called);
    if (found.defined()) return found;
  }
  if (exception_object* const exception = as_exception(of)) {
    const value found = exception_attribute(by, *exception, called);
    if (found.defined()) return found;
  }
  if (of.is_object() && (of.object->type() == object_type::function || of.object->type() == object_type::native ||
                         of.object->type() == object_type::bound_method)) {
    const value found = function_attribute(by, of, called);
    if (found.defined()) return found;
  }
  if (in_class == nullptr) return {};
  // A class's own attribute may be changed by other threads.
  const value of_class(const_cast<class_object*>(&whole));
  const bool is_data = !in_class->is_object() || (in_class->object->type() != object_type::function &&
                                                  in_class->object->type() != object_type::native);
  const bool replaceable = !whole.is_immortal() && comes_and_goes(by, of_class, called);
  const bool is_descriptor = as<descriptor_object>(*in_class, object_type::descriptor) != nullptr;
  if ((is_data && !whole.is_immortal()) || replaceable) {
    const value found = class_attribute(by, const_cast<class_object&>(whole), called);
    if (found.defined() && !is_descriptor) return as_function(found) != nullptr ? bound(by, found, of, whole) : found;
    in_class = whole.find(called);
    if (in_class == nullptr) return {};
  }
  return bound(by, *in_class, of, whole);
}

// What a property lacks counts, too: its AttributeError.
value attribute_if_any(thread_state& by, value of, name called) {
  try {
    const value found = find_attribute(by, of, called);
    if (found.defined() || !of.is_object() || of.object->type() != object_type::instance) return found;
    return class_of(of).find(well_known().getattr) == nullptr ? value() : attribute(by, of, called);
  } catch (const raised& exception) {
    if (!exception.what->of_class().is(exceptions::AttributeError())) throw;
    return {};
  }
}

value attribute(thread_state& by, value of, name called) {
  const value found = find_attribute(by, of, called);
  if (found.defined()) return found;
  if (of.is_object() && of.object->type() == object_type::instance) {
    const value* const getattr = class_of(of).find(well_known().getattr);
    if (getattr != nullptr) return call(by, *getattr, {of, make_string(by, *called)});
  }
  if (const auto* module = as<module_object>(of, object_type::module)) {
    raise(by, exceptions::AttributeError(), "module '" + module->name_text + "' has no attribute '" + *called + "'");
  }
  if (const class_object* its = as_class(of)) {
    raise(by, exceptions::AttributeError(), "type object '" + its->name_text + "' has no attribute '" + *called + "'");
  }
  const std::string of_class = as<super_object>(of, object_type::super) != nullptr ? "super" : class_of(of).name_text;
  raise(by, exceptions::AttributeError(), "'" + of_class + "' object has no attribute '" + *called + "'");
}

void set_attribute(thread_state& by, value of, name called, value to) {
  if (const class_object& whole = class_of(of); whole.has_setattr) [[unlikely]] {
    static_cast<void>(call(by, *whole.find(well_known().setattr), {of, make_string(by, *called), to}));
    return;
  }
  store_attribute(by, of, called, to);
}

void store_attribute(thread_state& by, value of, name called, value to) {
  if (const descriptor_object* how = as_property(class_of(of).find(called))) {
    if (!how->set.defined() || how->set.is_none()) {
      raise(by, exceptions::AttributeError(),
            "property '" + *called + "' of '" + class_of(of).name_text + "' object has no setter");
    }
    static_cast<void>(call(by, how->set, {of, to}));
    return;
  }
  if (attribute_table* const own = own_attributes(by, of)) return store_own(by, of, *own, called, to);
  if (const class_object* its = as_class(of)) {
    raise_type_error(by, "cannot set '" + *called + "' attribute of immutable type '" + its->name_text + "'");
  }
  const bool is_there = find_attribute(by, of, called).defined();
  raise(by, exceptions::AttributeError(),
        "'" + class_of(of).name_text + "' object " +
            (is_there ? "attribute '" + *called + "' is read-only" : "has no attribute '" + *called + "'"));
}

void delete_attribute(thread_state& by, value of, name called) {
  attribute_table* const own = own_attributes(by, of);
  const bool is_event = own != nullptr && comes_and_goes(by, of, called);
  if (is_event) change_event(by, watched_attribute(by, of, own->at(called)));
  if (own != nullptr && own->find(called) != nullptr) {
    if (!is_event && is_watched(by, *of.object)) {
      shared_variable& variable = watched_attribute(by, of, own->at(called));
      before_store(by, variable);
      own->remove(called);
      after_store(by, variable, {});
    } else {
      own->remove(called);
    }
    return;
  }
  raise(by, exceptions::AttributeError(), "'" + class_of(of).name_text + "' object has no attribute '" + *called + "'");
}

}  // namespace heddle::python
