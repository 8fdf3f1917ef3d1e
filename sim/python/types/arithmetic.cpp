// The operators: which type, or which special method, decides.
#include <array>
#include <cmath>

#include "python/errors.hpp"
#include "python/operators.hpp"
#include "python/types/numbers.hpp"
#include "python/types/special.hpp"
#include "python/types/type_functions.hpp"

namespace heddle::python {
namespace {

/** What an operator is called: BINARY_POWER and on, in the order of the opcodes. */
struct operator_names {
  std::string_view symbol;
  name method, reflected, in_place;
};

[[nodiscard]] const operator_names& names_of(opcode what) {
  static const std::array<operator_names, 12> names = [] {
    const auto make = [](std::string_view symbol, const std::string& word) {
      return operator_names{symbol, intern("__" + word + "__"), intern("__r" + word + "__"),
                            intern("__i" + word + "__")};
    };
    return std::array<operator_names, 12>{make("** or pow()", "pow"), make("*", "mul"),     make("%", "mod"),
                                          make("+", "add"),           make("-", "sub"),     make("//", "floordiv"),
                                          make("/", "truediv"),       make("<<", "lshift"), make(">>", "rshift"),
                                          make("&", "and"),           make("^", "xor"),     make("|", "or")};
  }();
  return names[static_cast<std::size_t>(what) - static_cast<std::size_t>(opcode::BINARY_POWER)];
}

[[nodiscard]] bool declined(value result) { return !result.defined() || same(result, not_implemented()); }

[[nodiscard]] value ask(thread_state& by, value whom, name method, value other) {
  const value found = special(whom, method);
  if (!found.defined()) return {};
  const value result = call(by, found, {whom, other});
  return declined(result) ? value{} : result;
}

/** Instances of the program's classes. */
[[nodiscard]] value by_methods(thread_state& by, const operator_names& names, bool in_place, value left, value right) {
  if (in_place) {
    const value result = ask(by, left, names.in_place, right);
    if (result.defined()) return result;
  }
  const class_object& of_left = class_of(left);
  const class_object& of_right = class_of(right);
  const bool right_first = &of_left != &of_right && of_right.is(of_left);
  if (right_first) {
    const value result = ask(by, right, names.reflected, left);
    if (result.defined()) return result;
  }
  const value result = ask(by, left, names.method, right);
  if (result.defined() || right_first || &of_left == &of_right) return result;
  return ask(by, right, names.reflected, left);
}

[[nodiscard]] bool is_sequence(value of) {
  if (!of.is_object()) return false;
  const object_type type = of.object->type();
  return type == object_type::string || type == object_type::list || type == object_type::tuple;
}

[[noreturn]] void unsupported(thread_state& by, opcode what, bool in_place, value left, value right) {
  if (what == opcode::BINARY_ADD && is_sequence(left)) {
    raise_type_error(
        by, "can only concatenate " + type_name(left) + " (not \"" + type_name(right) + "\") to " + type_name(left));
  }
  if (what == opcode::BINARY_MULTIPLY && (is_sequence(left) || is_sequence(right))) {
    raise_type_error(
        by, "can't multiply sequence by non-int of type '" + type_name(is_sequence(left) ? right : left) + "'");
  }
  std::string symbol(names_of(what).symbol);
  if (in_place) symbol = what == opcode::BINARY_POWER ? "**=" : symbol + "=";
  raise_type_error(
      by, "unsupported operand type(s) for " + symbol + ": '" + type_name(left) + "' and '" + type_name(right) + "'");
}

[[nodiscard]] value by_types(thread_state& by, opcode what, bool in_place, value left, value right) {
  const type_functions* first = left.is_object() ? &functions_of(*left.object) : nullptr;
  if (first != nullptr && first->binary != nullptr) {
    const value result = first->binary(by, what, in_place, left, right);
    if (result.defined()) return result;
  }
  const type_functions* second = right.is_object() ? &functions_of(*right.object) : nullptr;
  if (second == nullptr || second == first || second->binary == nullptr) return {};
  return second->binary(by, what, in_place, left, right);
}

}  // namespace

value binary(thread_state& by, opcode what, value left, value right) {
  const bool in_place = what >= opcode::INPLACE_POWER;
  if (in_place) {
    what = static_cast<opcode>(static_cast<int>(what) - static_cast<int>(opcode::INPLACE_POWER) +
                               static_cast<int>(opcode::BINARY_POWER));
  }
  value result;
  if (is_number(left) && is_number(right)) {
    result = number_binary(by, what, left, right);
  } else if (is_plain_instance(left) || is_plain_instance(right)) {
    result = by_methods(by, names_of(what), in_place, left, right);
    if (!result.defined()) result = by_types(by, what, in_place, left, right);
  } else {
    result = by_types(by, what, in_place, left, right);
  }
  if (!result.defined()) unsupported(by, what, in_place, left, right);
  return result;
}

value unary(thread_state& by, opcode what, value operand) {
  if (what == opcode::UNARY_NOT) return value(!truth(by, operand));
  if (what == opcode::UNARY_INVERT && is_int(operand)) {
    if (operand.is_integral()) return value(~operand.number);
    return make_integer(by, -as_big(operand)->number - 1);
  }
  if (what != opcode::UNARY_INVERT) {
    const bool negative = what == opcode::UNARY_NEGATIVE;
    if (operand.is_real()) return value(negative ? -operand.real : operand.real);
    if (operand.is_integral()) {
      if (!negative) return value(operand.number);
      if (operand.number != INT64_MIN) return value(-operand.number);
    }
    if (is_int(operand)) return negative ? make_integer(by, -big_of(operand)) : operand;
  }
  const special_names& names = specials();
  const value method = special(operand, what == opcode::UNARY_NEGATIVE   ? names.neg_
                                        : what == opcode::UNARY_POSITIVE ? names.pos_
                                                                         : names.invert_);
  if (method.defined()) return call(by, method, {operand});
  const char symbol = what == opcode::UNARY_NEGATIVE ? '-' : what == opcode::UNARY_POSITIVE ? '+' : '~';
  raise_type_error(by, std::string("bad operand type for unary ") + symbol + ": '" + type_name(operand) + "'");
}

}  // namespace heddle::python
