#include "python/instructions.hpp"

#include <algorithm>

#include "python/calls.hpp"
#include "python/natives.hpp"
#include "python/tracebacks.hpp"

namespace heddle::python {
namespace {

[[noreturn]] void raise_name_error(thread_state& by, name called) {
  raise(by, exceptions::NameError(), "name '" + *called + "' is not defined");
}

// Whether another thread may store an attribute of this name while one looks for a method.
bool may_be_replaced(const thread_state& by, name called) {
  const loaded_program& code = *by.process.code;
  return by.process.is_free_threaded() && (code.stores_any_attribute || code.stored_attributes.contains(*called));
}

// Items with keys that can be shown without calling the program.
bool is_watched_item(const thread_state& by, value container, value key) noexcept {
  if (!container.is_object() || !is_watched(by, *container.object)) return false;
  const object_type type = container.object->type();
  return (type == object_type::list || type == object_type::dict) && (key.is_integral() || as_string(key) != nullptr);
}

}  // namespace

void raise_unbound_local(thread_state& by, const loaded_code& code, std::uint32_t local) {
  raise(by, exceptions::UnboundLocalError(),
        "cannot access local variable '" + code.source->locals[local] + "' where it is not associated with a value");
}

value load_watched_global(thread_state& by, std::uint32_t slot) {
  shared_variable& variable = watched_global(by, slot);
  before_load(by, variable);
  const value seen = by.process.globals[slot];
  after_load(by, variable, seen);
  return seen;
}

value builtin_or_raise(thread_state& by, std::uint32_t slot) {
  const value found = by.process.code->builtins[slot];
  if (!found.defined()) raise_name_error(by, by.process.code->globals[slot]);
  return found;
}

void store_global(thread_state& by, std::uint32_t slot, value to) {
  share(to);
  if (!is_watched_global(by, slot)) {
    by.process.globals[slot] = to;
    return;
  }
  shared_variable& variable = watched_global(by, slot);
  before_store(by, variable);
  by.process.globals[slot] = to;
  after_store(by, variable, to);
}

void delete_global(thread_state& by, std::uint32_t slot) {
  if (by.process.is_free_threaded() && is_watched_global(by, slot)) {
    change_event(by, watched_global(by, slot));
    if (!by.process.globals[slot].defined()) raise_name_error(by, by.process.code->globals[slot]);
    by.process.globals[slot] = {};
    return;
  }
  if (!by.process.globals[slot].defined()) raise_name_error(by, by.process.code->globals[slot]);
  store_global(by, slot, {});
}

value load_cell(thread_state& by, cell_object& cell, const loaded_code& code, std::uint32_t which) {
  const code_object& source = *code.source;
  const bool own = which < source.cells.size();
  const std::string& called = own ? source.cells[which] : source.free[which - source.cells.size()];
  value held = cell.content;
  if (is_watched(by, cell)) {
    shared_variable& variable = watched_cell(by, cell, called);
    before_load(by, variable);
    held = cell.content;
    after_load(by, variable, held);
  }
  if (held.defined()) return held;
  if (own) {
    raise(by, exceptions::UnboundLocalError(),
          "cannot access local variable '" + called + "' where it is not associated with a value");
  }
  raise(by, exceptions::NameError(),
        "cannot access free variable '" + called + "' where it is not associated with a value in enclosing scope");
}

void store_cell(thread_state& by, cell_object& cell, const loaded_code& code, std::uint32_t which, value to) {
  if (cell.is_shared()) share(to);
  if (!is_watched(by, cell)) {
    cell.content = to;
    return;
  }
  const code_object& source = *code.source;
  const std::string& called =
      which < source.cells.size() ? source.cells[which] : source.free[which - source.cells.size()];
  shared_variable& variable = watched_cell(by, cell, called);
  before_store(by, variable);
  cell.content = to;
  after_store(by, variable, to);
}

value load_item(thread_state& by, value container, value key) {
  const value seen = subscript(by, container, key);
  if (is_watched_item(by, container, key)) note_load(by, watched_item(by, *container.object, key), seen);
  return seen;
}

void store_item(thread_state& by, value container, value key, value to) {
  set_subscript(by, container, key, to);
  if (is_watched_item(by, container, key)) note_store(by, watched_item(by, *container.object, key), to);
}

value build(thread_state& by, opcode what, std::span<const value> of) {
  switch (what) {
    case opcode::BUILD_TUPLE: return make_tuple(by, {of.begin(), of.end()});
    case opcode::BUILD_LIST: return make_list(by, {of.begin(), of.end()});
    case opcode::BUILD_SET: {
      const value made = new_set(by);
      for (const value each : of) add_item(by, made, each);
      return made;
    }
    case opcode::BUILD_MAP: {
      const value made = new_dict(by);
      for (std::size_t i = 0; i + 1 < of.size(); i += 2) set_subscript(by, made, of[i], of[i + 1]);
      return made;
    }
    case opcode::BUILD_SLICE:
      return value(by.process.make<slice_object>(by, of[0], of[1], of.size() > 2 ? of[2] : value::none()));
    default: {
      std::string text;
      for (const value each : of) text += as_string(each)->text;
      return make_string(by, std::move(text));
    }
  }
}

void extend(thread_state& by, opcode what, value container, value with) {
  if (what == opcode::DICT_UPDATE) {
    for (const value key : items_of(by, with)) set_subscript(by, container, key, subscript(by, with, key));
    return;
  }
  for (const value each : items_of(by, with)) add_item(by, container, each);
}

value format_value(thread_state& by, value of, std::uint32_t conversion, value specification) {
  constexpr std::uint32_t by_str = 1;
  constexpr std::uint32_t by_repr = 2;
  value what = of;
  if (conversion == by_str) what = make_string(by, str(by, of));
  if (conversion >= by_repr) what = make_string(by, conversion == by_repr ? repr(by, of) : ascii(by, of));
  return make_string(by, formatted(by, what, specification.defined() ? as_string(specification)->text : ""));
}

std::vector<value> unpack(thread_state& by, instruction how, value iterable) {
  std::vector<value> items;
  try {
    items = items_of(by, iterable);
  } catch (const raised& exception) {
    const std::string its_class = class_of(iterable).name_text;
    if (summary(by, *exception.what) != "TypeError: '" + its_class + "' object is not iterable") throw;
    raise_type_error(by, "cannot unpack non-iterable " + its_class + " object");
  }
  if (how.what == opcode::UNPACK_SEQUENCE) {
    if (items.size() > how.argument) {
      raise(by, exceptions::ValueError(), "too many values to unpack (expected " + std::to_string(how.argument) + ")");
    }
    if (items.size() < how.argument) {
      raise(by, exceptions::ValueError(),
            "not enough values to unpack (expected " + std::to_string(how.argument) + ", got " +
                std::to_string(items.size()) + ")");
    }
    return items;
  }
  const std::size_t before = how.argument & 0xFFU;
  const std::size_t behind = how.argument >> 8U;
  if (items.size() < before + behind) {
    raise(by, exceptions::ValueError(),
          "not enough values to unpack (expected at least " + std::to_string(before + behind) + ", got " +
              std::to_string(items.size()) + ")");
  }
  const auto first = items.begin() + static_cast<std::ptrdiff_t>(before);
  const auto last = items.end() - static_cast<std::ptrdiff_t>(behind);
  const value rest = make_list(by, {first, last});
  std::vector<value> result(items.begin(), first);
  result.push_back(rest);
  result.insert(result.end(), last, items.end());
  return result;
}

method_lookup find_method(thread_state& by, value of, name called) {
  // An attribute of its own goes before a method of its class, but most have none of that name.
  const bool plain = of.is_object() && of.object->type() != object_type::class_ &&
                     of.object->type() != object_type::module && of.object->type() != object_type::super;
  if (plain || !of.is_object()) {
    const value* const found = class_of(of).find(called);
    const instance_object* const instance = as_instance(of);
    const bool hidden = instance != nullptr && (instance->attributes.find(called) != nullptr ||
                                                (is_watched(by, *instance) && may_be_replaced(by, called)));
    if (found != nullptr && !hidden && found->is_object() &&
        (found->object->type() == object_type::function || found->object->type() == object_type::native)) {
      return {*found, of};
    }
  }
  return {attribute(by, of, called), {}};
}

value import_module(thread_state& by, name called) {
  const module_object* const found = module_named(*called);
  if (found == nullptr) raise(by, exceptions::ImportError(), "No module named '" + *called + "'");
  return value(const_cast<module_object*>(found));
}

value import_from(thread_state& by, value module, name called) {
  const value found = find_attribute(by, module, called);
  if (found.defined()) return found;
  raise(by, exceptions::ImportError(),
        "cannot import name '" + *called + "' from '" + static_cast<module_object*>(module.object)->name_text + "'");
}

bool matches(thread_state& by, value exception, value classes) {
  if (const tuple_object* const several = as_tuple(classes)) {
    return std::any_of(several->items.begin(), several->items.end(),
                       [&](value each) { return matches(by, exception, each); });
  }
  const class_object* const one = as_class(classes);
  if (one == nullptr || !one->is(exceptions::BaseException())) {
    raise_type_error(by, "catching classes that do not inherit from BaseException is not allowed");
  }
  return is_instance(exception, *one);
}

void raise_statement(thread_state& by, value what, value cause) {
  if (!what.defined()) {
    if (by.handled == nullptr) raise(by, exceptions::RuntimeError(), "No active exception to reraise");
    by.reraises = true;
    throw raised{by.handled};
  }
  if (as_class(what) != nullptr) what = call(by, what);
  exception_object* const exception = as_exception(what);
  if (exception == nullptr) raise_type_error(by, "exceptions must derive from BaseException");
  if (cause.defined()) {
    if (as_class(cause) != nullptr) cause = call(by, cause);
    if (!cause.is_none() && as_exception(cause) == nullptr) {
      raise_type_error(by, "exception causes must derive from BaseException");
    }
    exception->cause = cause.is_none() ? value() : cause;
    exception->suppress_context = true;
  }
  throw raised{exception};
}

}  // namespace heddle::python
