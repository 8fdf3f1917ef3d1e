#include "python/errors.hpp"

#include <string_view>

#include "python/interpreter.hpp"
#include "python/natives.hpp"

namespace heddle::python {
namespace {

heap_object* make_exception(thread_state& by, const class_object& of) {
  return by.process.make<exception_object>(by, of);
}

exception_object& self_of(thread_state& by, const arguments& given) {
  exception_object* const self = given.count > 0 ? as_exception(given.positional[0]) : nullptr;
  if (self == nullptr) raise_type_error(by, "an exception's method needs an exception");
  return *self;
}

value init(thread_state& by, const arguments& given) {
  if (given.named_count > 0)
    raise_type_error(by, self_of(by, given).of_class().name_text + "() takes no keyword arguments");
  self_of(by, given).args.assign(given.positional + 1, given.positional + given.count);
  return value::none();
}

std::string text_of(thread_state& by, const exception_object& of) {
  if (of.args.empty()) return {};
  if (of.args.size() > 1) return repr(by, make_tuple(by, of.args));
  return of.of_class().is(exceptions::KeyError()) ? repr(by, of.args[0]) : str(by, of.args[0]);
}

value to_str(thread_state& by, const arguments& given) { return make_string(by, text_of(by, self_of(by, given))); }

value to_repr(thread_state& by, const arguments& given) {
  const exception_object& self = self_of(by, given);
  std::string text = self.of_class().name_text + "(";
  for (std::size_t i = 0; i < self.args.size(); ++i) text += (i == 0 ? "" : ", ") + repr(by, self.args[i]);
  return make_string(by, text + ")");
}

value with_traceback(thread_state& by, const arguments& given) { return value(&self_of(by, given)); }

constexpr native_entry methods[] = {
    {"__init__", init}, {"__str__", to_str}, {"__repr__", to_repr}, {"with_traceback", with_traceback}};

}  // namespace

const class_object& make_exception_class(std::string_view called, const class_object& base, std::string_view module) {
  const bool is_root = called == "BaseException";
  class_object& made =
      make_builtin_class(called, is_root ? std::span<const native_entry>(methods) : std::span<const native_entry>());
  made.module_text = module;
  made.make = make_exception;
  made.bases = {&base};
  made.resolution_order = {&made};
  made.resolution_order.insert(made.resolution_order.end(), base.resolution_order.begin(), base.resolution_order.end());
  return made;
}

namespace exceptions {
// The root's base is itself in the table, and object in Python.
#define HEDDLE_PYTHON_DEFINE(Name, Base)                                                                     \
  const class_object& Name() {                                                                               \
    static const class_object& made =                                                                        \
        make_exception_class(#Name, std::string_view(#Name) == #Base ? object_class() : exceptions::Base()); \
    return made;                                                                                             \
  }
HEDDLE_PYTHON_EXCEPTIONS(HEDDLE_PYTHON_DEFINE)
#undef HEDDLE_PYTHON_DEFINE
}  // namespace exceptions

void raise(thread_state& by, const class_object& of, std::string text) {
  raise_with(by, of, make_string(by, std::move(text)));
}

void raise_with(thread_state& by, const class_object& of, value argument) {
  auto* const made = by.process.make<exception_object>(by, of);
  made->args.push_back(argument);
  throw raised{made};
}

void raise_type_error(thread_state& by, std::string text) { raise(by, exceptions::TypeError(), std::move(text)); }

}  // namespace heddle::python
