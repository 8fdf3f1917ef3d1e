// Functions and classes.
#include <cstdint>
#include <string>

#include "parts.hpp"

namespace heddle::checker::python {
namespace {

using enum opcode;

std::uint32_t count_of(const nodes& all) { return static_cast<std::uint32_t>(all.size()); }

/** Where a definition begins: at its first decorator. */
std::uint32_t first_line_of(const syntax_node& definition) {
  const nodes& decorators = definition.all("decorator_list");
  return decorators.empty() ? definition.line : decorators.front().line;
}

void decorators(body& into, const syntax_node& of) {
  for (const syntax_node& each : of.all("decorator_list")) expression(into, each);
}

void decorate(body& into, const syntax_node& what) {
  for (std::size_t i = what.all("decorator_list").size(); i > 0; --i) into.emit(CALL_FUNCTION, 1);
}

/** Pushes the defaults; MAKE_FUNCTION's flags for them. */
std::uint32_t defaults(body& into, const syntax_node& arguments) {
  std::uint32_t flags = 0;
  const nodes& by_position = arguments.all("defaults");
  if (!by_position.empty()) {
    constant::tuple known;
    for (const syntax_node& each : by_position) {
      std::optional<constant> value = constant_value(each);
      if (!value) break;
      known.push_back(*value);
    }
    if (known.size() == by_position.size()) {
      into.push({known});
    } else {
      tuple_of(into, by_position);
    }
    flags |= 1U;
  }
  const nodes& names = arguments.all("kwonlyargs");
  const nodes& by_name = arguments.all("kw_defaults");
  std::uint32_t pairs = 0;
  for (std::size_t i = 0; i < by_name.size(); ++i) {
    if (!by_name[i]) continue;  // an argument without a default
    into.push({into.own.private_name(names.at(i).text("arg"))});
    expression(into, by_name[i]);
    ++pairs;
  }
  if (pairs == 0) return flags;
  into.emit(BUILD_MAP, pairs);
  return flags | 2U;
}

void signature(body& of, const syntax_node& arguments) {
  heddle::python::code_object& code = of.code.object();
  code.only_by_position = count_of(arguments.all("posonlyargs"));
  code.positional = code.only_by_position + count_of(arguments.all("args"));
  code.only_by_name = count_of(arguments.all("kwonlyargs"));
  code.takes_rest = static_cast<bool>(arguments.maybe("vararg"));
  code.takes_named_rest = static_cast<bool>(arguments.maybe("kwarg"));
}

void class_contents(body& into, const syntax_node& what) {
  into.load("__name__");
  into.store("__module__");
  into.push({into.qualified_name});
  into.store("__qualname__");
  statements(into, what.all("body"));
  // What makes the class puts it into the cell, for methods that call super().
  if (into.own.cells.empty()) {
    into.push_none();
  } else {
    into.emit(LOAD_CLOSURE, into.code.cell("__class__"));
  }
  into.emit(RETURN_VALUE);
}

}  // namespace

void make_function(body& into, body& inner, std::uint32_t flags, const std::string& name) {
  const std::vector<std::string> outer_variables = inner.code.object().free;
  const std::uint32_t number = inner.finish();
  for (const std::string& each : outer_variables) into.emit(LOAD_CLOSURE, into.code.cell(each));
  if (!outer_variables.empty()) {
    into.emit(BUILD_TUPLE, static_cast<std::uint32_t>(outer_variables.size()));
    flags |= 8U;
  }
  into.push({constant::code{number}}).push({name}).emit(MAKE_FUNCTION, flags);
}

void lambda(body& into, const syntax_node& what) {
  const std::uint32_t flags = defaults(into, what.at("args"));
  body inner(into.whole, what, "<lambda>", into.qualified("<lambda>"), what.line);
  signature(inner, what.at("args"));
  expression(inner, what.at("body"));
  inner.emit(RETURN_VALUE);
  make_function(into, inner, flags, inner.qualified_name);
}

void function_definition(body& into, const syntax_node& what) {
  const std::string& name = what.text("name");
  decorators(into, what);
  const std::uint32_t flags = defaults(into, what.at("args"));
  body inner(into.whole, what, name, into.qualified(name), first_line_of(what));
  signature(inner, what.at("args"));
  const nodes& contents = what.all("body");
  statements(inner, contents);
  if (contents.empty() || !contents.back().is("Return")) inner.push_none().emit(RETURN_VALUE);
  make_function(into, inner, flags, inner.qualified_name);
  decorate(into, what);
  into.store(name);
}

void class_definition(body& into, const syntax_node& what) {
  const std::string& name = what.text("name");
  decorators(into, what);
  body inner(into.whole, what, name, into.qualified(name), first_line_of(what));
  class_contents(inner, what);
  into.emit(LOAD_BUILD_CLASS);
  make_function(into, inner, 0, name);
  into.push({name});
  for (const syntax_node& each : what.all("bases")) expression(into, each);
  into.emit(CALL_FUNCTION, count_of(what.all("bases")) + 2);
  decorate(into, what);
  into.store(name);
}

}  // namespace heddle::checker::python
