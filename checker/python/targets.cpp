// What is assigned to, and deleted.
#include <array>
#include <string_view>
#include <utility>

#include "parts.hpp"

namespace heddle::checker::python {
namespace {

using enum opcode;

void unpack(body& into, const nodes& targets) {
  std::size_t rest = targets.size();
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (targets[i].is("Starred")) rest = i;
  }
  if (rest == targets.size()) {
    into.emit(UNPACK_SEQUENCE, static_cast<std::uint32_t>(targets.size()));
  } else {
    into.emit(UNPACK_EX, static_cast<std::uint32_t>(rest + 256 * (targets.size() - rest - 1)));
  }
  for (const syntax_node& each : targets) store(into, each.is("Starred") ? each.at("value") : each);
}

void augment(body& into, const syntax_node& what) {
  expression(into, what.at("value"));
  into.emit(binary_operation(what.at("op"), true));
}

}  // namespace

opcode binary_operation(const syntax_node& operation, bool in_place) {
  struct row {
    std::string_view type;
    opcode made;
    opcode in_place;
  };
  static constexpr std::array table{row{"Add", BINARY_ADD, INPLACE_ADD},
                                    row{"Sub", BINARY_SUBTRACT, INPLACE_SUBTRACT},
                                    row{"Mult", BINARY_MULTIPLY, INPLACE_MULTIPLY},
                                    row{"Div", BINARY_TRUE_DIVIDE, INPLACE_TRUE_DIVIDE},
                                    row{"FloorDiv", BINARY_FLOOR_DIVIDE, INPLACE_FLOOR_DIVIDE},
                                    row{"Mod", BINARY_MODULO, INPLACE_MODULO},
                                    row{"Pow", BINARY_POWER, INPLACE_POWER},
                                    row{"LShift", BINARY_LSHIFT, INPLACE_LSHIFT},
                                    row{"RShift", BINARY_RSHIFT, INPLACE_RSHIFT},
                                    row{"BitAnd", BINARY_AND, INPLACE_AND},
                                    row{"BitXor", BINARY_XOR, INPLACE_XOR},
                                    row{"BitOr", BINARY_OR, INPLACE_OR}};
  for (const row& each : table) {
    if (operation.is(each.type)) return in_place ? each.in_place : each.made;
  }
  throw malformed_tree("no binary operator");
}

void subscript_parts(body& into, const syntax_node& what) {
  expression(into, what.at("value"));
  expression(into, what.at("slice"));
}

void store(body& into, const syntax_node& target) {
  const on_line_of here(into, target);
  if (target.is("Name")) {
    into.store(target.text("id"));
  } else if (target.is("Attribute")) {
    expression(into, target.at("value"));
    into.emit(STORE_ATTR, into.attribute(target.text("attr")));
  } else if (target.is("Subscript")) {
    subscript_parts(into, target);
    into.emit(STORE_SUBSCR);
  } else if (target.is("Tuple") || target.is("List")) {
    unpack(into, target.all("elts"));
  } else {
    throw malformed_tree("no target: " + target.type);
  }
}

void remove(body& into, const syntax_node& target) {
  const on_line_of here(into, target);
  if (target.is("Name")) {
    into.remove(target.text("id"));
  } else if (target.is("Attribute")) {
    expression(into, target.at("value"));
    into.emit(DELETE_ATTR, into.attribute(target.text("attr")));
  } else if (target.is("Subscript")) {
    subscript_parts(into, target);
    into.emit(DELETE_SUBSCR);
  } else if (target.is("Tuple") || target.is("List")) {
    for (const syntax_node& each : target.all("elts")) remove(into, each);
  } else {
    throw malformed_tree("no target: " + target.type);
  }
}

void augmented_assignment(body& into, const syntax_node& what) {
  const syntax_node& target = what.at("target");
  if (target.is("Name")) {
    expression(into, target);
    augment(into, what);
    into.store(target.text("id"));
  } else if (target.is("Attribute")) {
    const std::uint32_t name = into.attribute(target.text("attr"));
    expression(into, target.at("value"));
    into.emit(DUP_TOP).emit(LOAD_ATTR, name);
    augment(into, what);
    into.emit(ROT_TWO).emit(STORE_ATTR, name);
  } else if (target.is("Subscript")) {
    subscript_parts(into, target);
    into.emit(DUP_TOP_TWO).emit(BINARY_SUBSCR);
    augment(into, what);
    into.emit(ROT_THREE).emit(STORE_SUBSCR);
  } else {
    throw malformed_tree("no target: " + target.type);
  }
}

}  // namespace heddle::checker::python
