// Expressions: each leaves one value on the stack.
#include <array>
#include <string_view>
#include <utility>

#include "parts.hpp"

namespace heddle::checker::python {
namespace {

using enum opcode;
using heddle::python::comparison;

void literal(body& into, const syntax_node& what) { into.push(*constant_value(what)); }

void name(body& into, const syntax_node& what) {
  if (const std::optional<constant> known = constant_value(what)) {
    into.push(*known);
  } else {
    into.load(what.text("id"));
  }
}

void attribute(body& into, const syntax_node& what) {
  expression(into, what.at("value"));
  into.emit(LOAD_ATTR, into.attribute(what.text("attr")));
}

void subscript(body& into, const syntax_node& what) {
  subscript_parts(into, what);
  into.emit(BINARY_SUBSCR);
}

void slice(body& into, const syntax_node& what) {
  for (const std::string_view bound : {"lower", "upper"}) {
    if (const syntax_node& one = what.maybe(bound)) {
      expression(into, one);
    } else {
      into.push_none();
    }
  }
  const syntax_node& step = what.maybe("step");
  if (step) expression(into, step);
  into.emit(BUILD_SLICE, step ? 3 : 2);
}

void binary(body& into, const syntax_node& what) {
  expression(into, what.at("left"));
  expression(into, what.at("right"));
  into.emit(binary_operation(what.at("op"), false));
}

void unary(body& into, const syntax_node& what) {
  static constexpr std::array<std::pair<std::string_view, opcode>, 4> table{
      {{"UAdd", UNARY_POSITIVE}, {"USub", UNARY_NEGATIVE}, {"Not", UNARY_NOT}, {"Invert", UNARY_INVERT}}};
  if (const std::optional<constant> known = constant_value(what)) {
    into.push(*known);
    return;
  }
  expression(into, what.at("operand"));
  for (const auto& [operation, made] : table) {
    if (what.at("op").is(operation)) {
      into.emit(made);
      return;
    }
  }
  throw malformed_tree("no unary operator");
}

void and_or(body& into, const syntax_node& what) {
  const opcode leave = what.at("op").is("And") ? JUMP_IF_FALSE_OR_POP : JUMP_IF_TRUE_OR_POP;
  const label end = into.code.new_label();
  bool first = true;
  for (const syntax_node& each : what.all("values")) {
    if (!std::exchange(first, false)) into.emit(leave, end);
    expression(into, each);
  }
  if (first) throw malformed_tree("no operands");
  into.code.place(end);
}

void compare_operation(body& into, const syntax_node& operation) {
  struct row {
    std::string_view type;
    opcode made;
    std::uint32_t argument;
  };
  const auto number = [](comparison one) { return static_cast<std::uint32_t>(one); };
  const std::array table{row{"Lt", COMPARE_OP, number(comparison::less)},
                         row{"LtE", COMPARE_OP, number(comparison::less_equal)},
                         row{"Eq", COMPARE_OP, number(comparison::equal)},
                         row{"NotEq", COMPARE_OP, number(comparison::not_equal)},
                         row{"Gt", COMPARE_OP, number(comparison::greater)},
                         row{"GtE", COMPARE_OP, number(comparison::greater_equal)},
                         row{"Is", IS_OP, 0},
                         row{"IsNot", IS_OP, 1},
                         row{"In", CONTAINS_OP, 0},
                         row{"NotIn", CONTAINS_OP, 1}};
  for (const row& each : table) {
    if (operation.is(each.type)) {
      into.emit(each.made, each.argument);
      return;
    }
  }
  throw malformed_tree("no comparison");
}

/** All comparisons of a chain, with a way out that has the operand still to come on the stack: a < b < c. */
void compare_chain(body& into, const syntax_node& what, opcode leave, label out) {
  const nodes& operations = what.all("ops");
  const nodes& operands = what.all("comparators");
  if (operations.empty() || operations.size() != operands.size()) throw malformed_tree("no operands");
  expression(into, what.at("left"));
  for (std::size_t i = 0; i < operations.size(); ++i) {
    const bool last = i + 1 == operations.size();
    expression(into, operands[i]);
    if (!last) into.emit(DUP_TOP).emit(ROT_THREE);
    compare_operation(into, operations[i]);
    if (!last) into.emit(leave, out);
  }
}

void compare(body& into, const syntax_node& what) {
  const label out = into.code.new_label();
  compare_chain(into, what, JUMP_IF_FALSE_OR_POP, out);
  const label end = into.code.new_label();
  if (what.all("ops").size() > 1) {
    into.emit(JUMP_FORWARD, end);
    into.code.place(out);
    into.emit(ROT_TWO).emit(POP_TOP);
  } else {
    into.code.place(out);
  }
  into.code.place(end);
}

void either(body& into, const syntax_node& what) {
  const label other = into.code.new_label();
  const label end = into.code.new_label();
  jump_if(into, what.at("test"), other, false);
  expression(into, what.at("body"));
  into.emit(JUMP_FORWARD, end);
  into.code.place(other);
  expression(into, what.at("orelse"));
  into.code.place(end);
}

void named(body& into, const syntax_node& what) {
  expression(into, what.at("value"));
  into.emit(DUP_TOP);
  store(into, what.at("target"));
}

void joined_string(body& into, const syntax_node& what) {
  const nodes& parts = what.all("values");
  if (parts.empty()) {
    into.push({std::string()});
    return;
  }
  for (const syntax_node& each : parts) expression(into, each);
  if (parts.size() > 1) into.emit(BUILD_STRING, static_cast<std::uint32_t>(parts.size()));
}

void formatted_value(body& into, const syntax_node& what) {
  static constexpr std::array<std::pair<std::string_view, std::uint32_t>, 3> conversions{
      {{"115", 1}, {"114", 2}, {"97", 3}}};  // s, r, a
  std::uint32_t how = 0;
  for (const auto& [character, number] : conversions) {
    if (what.text("conversion") == character) how = number;
  }
  expression(into, what.at("value"));
  if (const syntax_node& specification = what.maybe("format_spec")) {
    expression(into, specification);
    how += 4;
  }
  into.emit(FORMAT_VALUE, how);
}

struct row {
  std::string_view type;
  void (*compile)(body&, const syntax_node&);
};
constexpr std::array table{row{"Name", name},
                           row{"Constant", literal},
                           row{"Attribute", attribute},
                           row{"Call", call},
                           row{"BinOp", binary},
                           row{"Compare", compare},
                           row{"Subscript", subscript},
                           row{"Slice", slice},
                           row{"UnaryOp", unary},
                           row{"BoolOp", and_or},
                           row{"IfExp", either},
                           row{"NamedExpr", named},
                           row{"JoinedStr", joined_string},
                           row{"FormattedValue", formatted_value},
                           row{"Tuple", tuple_display},
                           row{"List", list_display},
                           row{"Set", set_display},
                           row{"Dict", dict_display},
                           row{"ListComp", comprehension},
                           row{"SetComp", comprehension},
                           row{"DictComp", comprehension},
                           row{"GeneratorExp", comprehension},
                           row{"Lambda", lambda}};

// The chain's operand that is still on the stack is in the way of the jump.
void jump_if_chain(body& into, const syntax_node& condition, label to, bool when) {
  const label out = into.code.new_label();
  const label end = into.code.new_label();
  compare_chain(into, condition, POP_JUMP_IF_FALSE, out);
  into.emit(when ? POP_JUMP_IF_TRUE : POP_JUMP_IF_FALSE, to);
  into.emit(JUMP_FORWARD, end);
  into.code.place(out);
  into.emit(POP_TOP);
  if (!when) into.emit(JUMP_FORWARD, to);
  into.code.place(end);
}

// `and` is left at the first that is false, `or` at the first that is true.
void jump_if_any(body& into, const syntax_node& condition, label to, bool when) {
  const bool leaves_when = condition.at("op").is("Or");
  const label end = into.code.new_label();
  const nodes& values = condition.all("values");
  if (values.empty()) throw malformed_tree("no operands");
  for (std::size_t i = 0; i + 1 < values.size(); ++i) {
    jump_if(into, values[i], leaves_when == when ? to : end, leaves_when);
  }
  jump_if(into, values.back(), to, when);
  into.code.place(end);
}

void jump_if_either(body& into, const syntax_node& condition, label to, bool when) {
  const label other = into.code.new_label();
  const label end = into.code.new_label();
  jump_if(into, condition.at("test"), other, false);
  jump_if(into, condition.at("body"), to, when);
  into.emit(JUMP_FORWARD, end);
  into.code.place(other);
  jump_if(into, condition.at("orelse"), to, when);
  into.code.place(end);
}

}  // namespace

void expression(body& into, const syntax_node& what) {
  const on_line_of here(into, what);
  for (const row& each : table) {
    if (what.is(each.type)) return each.compile(into, what);
  }
  throw malformed_tree("no expression: " + what.type);
}

void jump_if(body& into, const syntax_node& condition, label to, bool when) {
  const on_line_of here(into, condition);
  if (condition.is("UnaryOp") && condition.at("op").is("Not")) {
    return jump_if(into, condition.at("operand"), to, !when);
  }
  if (condition.is("BoolOp")) return jump_if_any(into, condition, to, when);
  if (condition.is("IfExp")) return jump_if_either(into, condition, to, when);
  if (condition.is("Compare") && condition.all("ops").size() > 1) return jump_if_chain(into, condition, to, when);
  expression(into, condition);
  into.emit(when ? POP_JUMP_IF_TRUE : POP_JUMP_IF_FALSE, to);
}

}  // namespace heddle::checker::python
