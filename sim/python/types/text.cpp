// repr and str.
#include <heddle/python/repr.hpp>

#include "python/errors.hpp"
#include "python/interpreter.hpp"
#include "python/operators.hpp"
#include "python/types/depth.hpp"
#include "python/types/making.hpp"
#include "python/types/numbers.hpp"
#include "python/types/repr_writer.hpp"
#include "python/types/special.hpp"
#include "python/types/type_functions.hpp"

namespace heddle::python {

repr_writer::within::within(repr_writer& to, const heap_object& what) : to_(to), what_(&what), outer_(to.innermost_) {
  for (const within* each = outer_; each != nullptr; each = each->outer_) again_ = again_ || each->what_ == what_;
  to.innermost_ = this;
}

void repr_writer::check_size() {
  if (text.size() <= charged_) return;
  by.process.charge(by, charged_);
  charged_ *= 2;
}

namespace {

[[nodiscard]] std::string text_of_method(thread_state& by, value method, value of, std::string_view called) {
  const one_deeper level(by, " while getting the repr of an object");
  const value result = call(by, method, {of});
  if (const string_object* text = as_string(result)) return text->text;
  raise_type_error(by, std::string(called) + " returned non-string (type " + type_name(result) + ")");
}

void write_arguments(repr_writer& to, const exception_object& of) {
  for (std::size_t at = 0; at < of.args.size(); ++at) {
    if (at > 0) to.write(", ");
    to.write(of.args[at]);
  }
}

void write_instance(repr_writer& to, value of) {
  if (const value method = special(of, specials().repr_); method.defined()) {
    return to.write(text_of_method(to.by, method, of, "__repr__"));
  }
  const exception_object* exception = as_exception(of);
  if (exception == nullptr) return to.write("<" + type_name(of) + " object>");
  to.write(type_name(of) + "(");
  write_arguments(to, *exception);
  to.write(")");
}

[[nodiscard]] std::string str_of_exception(thread_state& by, const exception_object& of) {
  if (of.args.empty()) return {};
  if (of.args.size() > 1) {
    repr_writer to(by);
    to.write("(");
    write_arguments(to, of);
    return to.text + ")";
  }
  return of.of_class().is(exceptions::KeyError()) ? repr(by, of.args[0]) : str(by, of.args[0]);
}

}  // namespace

void repr_writer::write(value what) {
  switch (what.kind) {
    case value_kind::undefined: return write("<undefined>");
    case value_kind::none: return write("None");
    case value_kind::boolean: return write(what.number != 0 ? "True" : "False");
    case value_kind::integer: return write(digits_of(by, what));
    case value_kind::real: return write(python::repr(what.real));
    case value_kind::object: break;
  }
  check_size();
  const object_type type = what.object->type();
  if (type == object_type::string) return write(python::repr(as_string(what)->text));
  if (type == object_type::big_integer) return write(digits_of(by, what));
  if (type == object_type::instance) return write_instance(*this, what);
  const one_deeper level(by, " while getting the repr of an object");
  functions_of(type).repr(*this, *what.object);
}

std::string repr(thread_state& by, value of) {
  repr_writer to(by);
  to.write(of);
  return std::move(to.text);
}

std::string str(thread_state& by, value of) {
  if (const string_object* text = as_string(of)) return text->text;
  if (is_plain_instance(of)) {
    if (const value method = special(of, specials().str_); method.defined()) {
      return text_of_method(by, method, of, "__str__");
    }
    if (!special(of, specials().repr_).defined()) {
      if (const exception_object* exception = as_exception(of)) return str_of_exception(by, *exception);
    }
  }
  return repr(by, of);
}

}  // namespace heddle::python
