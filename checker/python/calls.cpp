// Calls.
#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "parts.hpp"

namespace heddle::checker::python {
namespace {

using enum opcode;

std::uint32_t count_of(const nodes& all) { return static_cast<std::uint32_t>(all.size()); }

/** super() means super(__class__, self), whatever the first argument is called. */
bool is_bare_super(const syntax_node& what) {
  const syntax_node& function = what.at("func");
  return function.is("Name") && function.text("id") == "super" && what.all("args").empty() &&
         what.all("keywords").empty();
}

void bare_super(body& into) {
  into.load("super");
  into.load("__class__");
  into.load(into.own.arguments.at(0));
  into.emit(CALL_FUNCTION, 2);
}

/** The keyword arguments as a dict; in their order, so that those after a ** are added to it. */
void keyword_dict(body& into, const nodes& keywords) {
  dict_maker made(into);
  for (const syntax_node& each : keywords) {
    const std::string& name = each.text("arg");
    if (name.empty()) {
      made.add_mapping(each.at("value"));
    } else {
      into.push({into.own.private_name(name)});
      expression(into, each.at("value"));
      made.add_pair();
    }
  }
  made.finish();
}

void call_unpacked(body& into, const nodes& arguments, const nodes& keywords) {
  if (arguments.size() == 1 && arguments.front().is("Starred")) {
    expression(into, arguments.front().at("value"));
  } else {
    tuple_of(into, arguments);
  }
  if (!keywords.empty()) keyword_dict(into, keywords);
  into.emit(CALL_FUNCTION_EX, keywords.empty() ? 0 : 1);
}

void call_with_names(body& into, const nodes& arguments, const nodes& keywords) {
  for (const syntax_node& each : arguments) expression(into, each);
  constant::tuple names;
  for (const syntax_node& each : keywords) {
    expression(into, each.at("value"));
    names.push_back({into.own.private_name(each.text("arg"))});
  }
  into.push({std::move(names)});
  into.emit(CALL_FUNCTION_KW, count_of(arguments) + count_of(keywords));
}

void call_method(body& into, const syntax_node& function, const nodes& arguments) {
  {
    const on_line_of here(into, function);
    expression(into, function.at("value"));
    into.emit(LOAD_METHOD, into.attribute(function.text("attr")));
  }
  for (const syntax_node& each : arguments) expression(into, each);
  into.emit(CALL_METHOD, count_of(arguments));
}

}  // namespace

void call(body& into, const syntax_node& what) {
  if (is_bare_super(what)) return bare_super(into);
  const syntax_node& function = what.at("func");
  const nodes& arguments = what.all("args");
  const nodes& keywords = what.all("keywords");
  const auto is_unpacked = [](const syntax_node& each) {
    return each.is("Starred") || (each.is("keyword") && each.text("arg").empty());
  };
  const bool unpacked = std::any_of(arguments.begin(), arguments.end(), is_unpacked) ||
                        std::any_of(keywords.begin(), keywords.end(), is_unpacked);
  if (!unpacked && keywords.empty() && function.is("Attribute")) return call_method(into, function, arguments);
  expression(into, function);
  if (unpacked) return call_unpacked(into, arguments, keywords);
  if (!keywords.empty()) return call_with_names(into, arguments, keywords);
  for (const syntax_node& each : arguments) expression(into, each);
  into.emit(CALL_FUNCTION, count_of(arguments));
}

}  // namespace heddle::checker::python
