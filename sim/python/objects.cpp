#include "python/objects.hpp"

#include <algorithm>

#include "python/builtins/tables.hpp"
#include "python/interpreter.hpp"
#include "python/natives.hpp"

namespace heddle::python {
namespace {

void visit_all(std::vector<value>& items, const visitor& see) {
  for (value& each : items) see(each);
}

// A pointer to an object that has its own type, as a value that may be replaced.
template <class Type>
void visit_pointer(Type*& held, const visitor& see) {
  if (held == nullptr) return;
  value as_value(const_cast<heap_object*>(static_cast<const heap_object*>(held)));
  see(as_value);
  held = static_cast<Type*>(as_value.object);
}

template <class Type, class... Args>
Type* made_in(interpreter& to, Args&&... args) {
  auto* made = new Type(std::forward<Args>(args)...);
  to.own(*made);
  return made;
}

std::size_t code_points(std::string_view text) noexcept {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

}  // namespace

const class_object& heap_object::class_of_type() const noexcept {
  switch (type_) {
    case object_type::class_: return type_class();
    case object_type::native: return native_class();
    case object_type::module: return module_class();
    case object_type::super: return super_class();
    case object_type::descriptor:
      switch (static_cast<const descriptor_object*>(this)->is) {
        case descriptor_object::type::property: return property_class();
        case descriptor_object::type::static_method: return static_method_class();
        case descriptor_object::type::class_method: return class_method_class();
      }
      return object_class();
    default: return object_class();
  }
}

void make_immortal(heap_object& what) noexcept { what.immortal_ = true; }

// Whatever can be reached, by a list of what is still to be looked at: structures may be deep.
void share(value what) {
  if (!what.is_object() || what.object->shared_ || what.object->immortal_) return;
  std::vector<heap_object*> left{what.object};
  what.object->shared_ = true;
  while (!left.empty()) {
    heap_object& next = *left.back();
    left.pop_back();
    next.visit([&](value& each) {
      if (!each.is_object() || each.object->shared_ || each.object->immortal_) return;
      each.object->shared_ = true;
      left.push_back(each.object);
    });
  }
}

string_object::string_object(std::string of)
    : heap_object(object_type::string, str_class()), text(std::move(of)), length_(code_points(text)) {}

tuple_object::tuple_object(std::vector<value> of)
    : heap_object(object_type::tuple, tuple_class()), items(std::move(of)) {}
void tuple_object::visit(const visitor& see) { visit_all(items, see); }
heap_object* tuple_object::copy(interpreter& to) const { return made_in<tuple_object>(to, items); }

list_object::list_object(std::vector<value> of) : heap_object(object_type::list, list_class()), items(std::move(of)) {}
void list_object::visit(const visitor& see) { visit_all(items, see); }
heap_object* list_object::copy(interpreter& to) const { return made_in<list_object>(to, items); }

slice_object::slice_object(value from, value to, value by)
    : heap_object(object_type::slice, slice_class()), start(from), stop(to), step(by) {}
void slice_object::visit(const visitor& see) {
  see(start);
  see(stop);
  see(step);
}
heap_object* slice_object::copy(interpreter& to) const { return made_in<slice_object>(to, start, stop, step); }

range_object::range_object(std::int64_t from, std::int64_t to, std::int64_t by)
    : heap_object(object_type::range, range_class()), start(from), stop(to), step(by) {}

std::int64_t range_object::length() const noexcept {
  // In unsigned numbers, since the distance may be greater than any signed one.
  const auto distance = [](std::int64_t low, std::int64_t high) {
    return static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
  };
  std::uint64_t count = 0;
  if (step > 0 && start < stop) count = (distance(start, stop) - 1) / static_cast<std::uint64_t>(step) + 1;
  if (step < 0 && start > stop) count = (distance(stop, start) - 1) / (0 - static_cast<std::uint64_t>(step)) + 1;
  return count > INT64_MAX ? INT64_MAX : static_cast<std::int64_t>(count);
}

iterator_object::iterator_object() : heap_object(object_type::iterator, iterator_class()) {}

cell_object::cell_object() : heap_object(object_type::cell, cell_class()) {}
cell_object::~cell_object() = default;
void cell_object::visit(const visitor& see) { see(content); }
heap_object* cell_object::copy(interpreter& to) const {
  auto* made = made_in<cell_object>(to);
  made->content = content;
  return made;
}

code_reference::code_reference(const loaded_code& of) : heap_object(object_type::code, code_class()), code(of) {}

function_object::function_object(const loaded_code& body, std::string qualified)
    : heap_object(object_type::function, function_class()), code(&body), qualified_name(std::move(qualified)) {}
void function_object::visit(const visitor& see) {
  visit_all(defaults, see);
  for (auto& [key, held] : defaults_by_name) see(held);
  for (cell_object*& cell : closure) visit_pointer(cell, see);
  attributes.visit(see);
}
heap_object* function_object::copy(interpreter& to) const {
  auto* made = made_in<function_object>(to, *code, qualified_name);
  made->defaults = defaults;
  made->defaults_by_name = defaults_by_name;
  made->closure = closure;
  for (const attribute_table::entry& each : attributes.entries) made->attributes.set(each.key, each.held);
  return made;
}

native_object::native_object(std::string_view called, native does)
    : heap_object(object_type::native), name_text(called), call(does) {}

bound_method::bound_method(value method, value its_self)
    : heap_object(object_type::bound_method, method_class()), function(method), self(its_self) {}
void bound_method::visit(const visitor& see) {
  see(function);
  see(self);
}
heap_object* bound_method::copy(interpreter& to) const { return made_in<bound_method>(to, function, self); }

descriptor_object::descriptor_object(type which, value getter, value setter)
    : heap_object(object_type::descriptor), is(which), get(getter), set(setter) {}
void descriptor_object::visit(const visitor& see) {
  see(get);
  see(set);
}
heap_object* descriptor_object::copy(interpreter& to) const { return made_in<descriptor_object>(to, is, get, set); }

super_object::super_object(const class_object& behind, value its_self)
    : heap_object(object_type::super), after(&behind), self(its_self) {}
void super_object::visit(const visitor& see) {
  visit_pointer(after, see);
  see(self);
}
heap_object* super_object::copy(interpreter& to) const { return made_in<super_object>(to, *after, self); }

attribute_table::attribute_table() = default;
attribute_table::~attribute_table() = default;
attribute_table::attribute_table(const attribute_table& other) {
  for (const entry& each : other.entries) set(each.key, each.held);
}

attribute_table::entry& attribute_table::at(name key) {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const entry& each) { return each.key == key; });
  if (found != entries.end()) return *found;
  entries.emplace_back().key = key;
  return entries.back();
}

// The entry stays: others may be at an operation on its variable.
bool attribute_table::remove(name key) noexcept {
  for (entry& each : entries) {
    if (each.key != key || !each.held.defined()) continue;
    each.held = {};
    return true;
  }
  return false;
}

void attribute_table::visit(const visitor& see) {
  for (entry& each : entries) see(each.held);
}

class_object::class_object(std::string_view called, std::vector<const class_object*> from)
    : heap_object(object_type::class_), name_text(called), bases(std::move(from)) {}

const value* class_object::find(name attribute) const noexcept {
  for (const class_object* each : resolution_order) {
    if (const value* found = each->attributes.find(attribute)) return found;
  }
  return nullptr;
}

bool class_object::is(const class_object& base) const noexcept {
  return std::find(resolution_order.begin(), resolution_order.end(), &base) != resolution_order.end();
}

void class_object::visit(const visitor& see) {
  attributes.visit(see);
  for (const class_object*& each : bases) visit_pointer(each, see);
  for (const class_object*& each : resolution_order) visit_pointer(each, see);
}

heap_object* class_object::copy(interpreter& to) const {
  auto* made = made_in<class_object>(to, name_text, bases);
  made->module_text = module_text;
  made->resolution_order = resolution_order;
  for (const attribute_table::entry& each : attributes.entries) made->attributes.set(each.key, each.held);
  made->construct = construct;
  made->make = make;
  made->may_be_derived = may_be_derived;
  made->has_setattr = has_setattr;
  return made;
}

instance_object::instance_object(const class_object& of) : heap_object(object_type::instance, of) {}
void instance_object::visit(const visitor& see) {
  visit_pointer(class_, see);
  attributes.visit(see);
}
heap_object* instance_object::copy(interpreter& to) const {
  auto* made = made_in<instance_object>(to, *class_);
  for (const attribute_table::entry& each : attributes.entries) made->attributes.set(each.key, each.held);
  return made;
}

exception_object::exception_object(const class_object& of) : instance_object(of) { is_exception_ = true; }
void exception_object::visit(const visitor& see) {
  instance_object::visit(see);
  visit_all(args, see);
  see(cause);
  see(context);
}
heap_object* exception_object::copy(interpreter& to) const {
  auto* made = made_in<exception_object>(to, *class_);
  for (const attribute_table::entry& each : attributes.entries) made->attributes.set(each.key, each.held);
  made->args = args;
  made->cause = cause;
  made->context = context;
  made->suppress_context = suppress_context;
  made->traceback = traceback;
  return made;
}

module_object::module_object(std::string_view called) : heap_object(object_type::module), name_text(called) {}

}  // namespace heddle::python
