// The instruction set as one table: the name, what the argument means, and what happens to the stack.
#include <heddle/python/opcode.hpp>

#include <algorithm>
#include <array>

namespace heddle::python {
namespace {

/** How the argument counts in the height of the stack. */
enum class height_rule : std::uint8_t {
  fixed,                // not at all
  takes_argument,       // so many values more are taken
  takes_pairs,          // BUILD_MAP: twice as many
  takes_step,           // BUILD_SLICE: 3 takes one more than 2
  takes_specification,  // FORMAT_VALUE: the bit 4 takes one more
  takes_first_bit,      // CALL_FUNCTION_EX: one more with keyword arguments
  takes_bits,           // MAKE_FUNCTION: each flag takes one more
  pushes_argument,      // UNPACK_SEQUENCE
  pushes_both_sides,    // UNPACK_EX
  reaches_down,         // LIST_APPEND ...: the collection so far below is changed and stays
};

/** What an opcode is called, what its argument means, what it takes off the stack and what it pushes afterwards. */
struct opcode_row {
  opcode what;
  std::string_view name;
  argument_kind argument;
  int takes;
  int pushes;
  int pushes_where_it_jumps;  ///< or where its handler is entered
  height_rule rule = height_rule::fixed;
};

constexpr std::array opcode_table{
    opcode_row{opcode::NOP, "NOP", argument_kind::none, 0, 0, 0},
    opcode_row{opcode::POP_TOP, "POP_TOP", argument_kind::none, 1, 0, 0},
    opcode_row{opcode::ROT_TWO, "ROT_TWO", argument_kind::none, 2, 2, 2},
    opcode_row{opcode::ROT_THREE, "ROT_THREE", argument_kind::none, 3, 3, 3},
    opcode_row{opcode::ROT_FOUR, "ROT_FOUR", argument_kind::none, 4, 4, 4},
    opcode_row{opcode::DUP_TOP, "DUP_TOP", argument_kind::none, 1, 2, 2},
    opcode_row{opcode::DUP_TOP_TWO, "DUP_TOP_TWO", argument_kind::none, 2, 4, 4},
    opcode_row{opcode::LOAD_CONST, "LOAD_CONST", argument_kind::constant, 0, 1, 1},
    opcode_row{opcode::LOAD_FAST, "LOAD_FAST", argument_kind::local, 0, 1, 1},
    opcode_row{opcode::STORE_FAST, "STORE_FAST", argument_kind::local, 1, 0, 0},
    opcode_row{opcode::DELETE_FAST, "DELETE_FAST", argument_kind::local, 0, 0, 0},
    opcode_row{opcode::LOAD_GLOBAL, "LOAD_GLOBAL", argument_kind::identifier, 0, 1, 1},
    opcode_row{opcode::STORE_GLOBAL, "STORE_GLOBAL", argument_kind::identifier, 1, 0, 0},
    opcode_row{opcode::DELETE_GLOBAL, "DELETE_GLOBAL", argument_kind::identifier, 0, 0, 0},
    opcode_row{opcode::LOAD_NAME, "LOAD_NAME", argument_kind::identifier, 0, 1, 1},
    opcode_row{opcode::STORE_NAME, "STORE_NAME", argument_kind::identifier, 1, 0, 0},
    opcode_row{opcode::DELETE_NAME, "DELETE_NAME", argument_kind::identifier, 0, 0, 0},
    opcode_row{opcode::LOAD_DEREF, "LOAD_DEREF", argument_kind::cell, 0, 1, 1},
    opcode_row{opcode::STORE_DEREF, "STORE_DEREF", argument_kind::cell, 1, 0, 0},
    opcode_row{opcode::DELETE_DEREF, "DELETE_DEREF", argument_kind::cell, 0, 0, 0},
    opcode_row{opcode::LOAD_CLOSURE, "LOAD_CLOSURE", argument_kind::cell, 0, 1, 1},
    opcode_row{opcode::UNARY_POSITIVE, "UNARY_POSITIVE", argument_kind::none, 1, 1, 1},
    opcode_row{opcode::UNARY_NEGATIVE, "UNARY_NEGATIVE", argument_kind::none, 1, 1, 1},
    opcode_row{opcode::UNARY_NOT, "UNARY_NOT", argument_kind::none, 1, 1, 1},
    opcode_row{opcode::UNARY_INVERT, "UNARY_INVERT", argument_kind::none, 1, 1, 1},
    opcode_row{opcode::BINARY_POWER, "BINARY_POWER", argument_kind::none, 2, 1, 1},
    opcode_row{opcode::BINARY_MULTIPLY, "BINARY_MULTIPLY", argument_kind::none, 2, 1, 1},
    opcode_row{opcode::BINARY_MODULO, "BINARY_MODULO", argument_kind::none, 2, 1, 1},
    opcode_row{opcode::BINARY_ADD, "BINARY_ADD", argument_kind::none, 2, 1, 1},
    opcode_row{opcode::BINARY_SUBTRACT, "BINARY_SUBTRACT", argument_kind::none, 2, 1, 1},
    opcode_row{opcode::BINARY_FLOOR_DIVIDE, "BINARY_FLOOR_DIVIDE", argument_kind::none, 2, 1, 1},
    opcode_row{opcode::BINARY_TRUE_DIVIDE, "BINARY_TRUE_DIVIDE", argument_kind::none, 2, 1, 1},
    opcode_row{opcode::BINARY_LSHIFT, "BINARY_LSHIFT", argument_kind::none, 2, 1, 1},
    opcode_row{opcode::BINARY_RSHIFT, "BINARY_RSHIFT", argument_kind::none, 2, 1, 1},
    opcode_row{opcode::BINARY_AND, "BINARY_AND", argument_kind::none, 2, 1, 1},
    opcode_row{opcode::BINARY_XOR, "BINARY_XOR", argument_kind::none, 2, 1, 1},
    opcode_row{opcode::BINARY_OR, "BINARY_OR", argument_kind::none, 2, 1, 1},
    opcode_row{opcode::INPLACE_POWER, "INPLACE_POWER", argument_kind::none, 2, 1, 1},
    opcode_row{opcode::INPLACE_MULTIPLY, "INPLACE_MULTIPLY", argument_kind::none, 2, 1, 1},
    opcode_row{opcode::INPLACE_MODULO, "INPLACE_MODULO", argument_kind::none, 2, 1, 1},
    opcode_row{opcode::INPLACE_ADD, "INPLACE_ADD", argument_kind::none, 2, 1, 1},
    opcode_row{opcode::INPLACE_SUBTRACT, "INPLACE_SUBTRACT", argument_kind::none, 2, 1, 1},
    opcode_row{opcode::INPLACE_FLOOR_DIVIDE, "INPLACE_FLOOR_DIVIDE", argument_kind::none, 2, 1, 1},
    opcode_row{opcode::INPLACE_TRUE_DIVIDE, "INPLACE_TRUE_DIVIDE", argument_kind::none, 2, 1, 1},
    opcode_row{opcode::INPLACE_LSHIFT, "INPLACE_LSHIFT", argument_kind::none, 2, 1, 1},
    opcode_row{opcode::INPLACE_RSHIFT, "INPLACE_RSHIFT", argument_kind::none, 2, 1, 1},
    opcode_row{opcode::INPLACE_AND, "INPLACE_AND", argument_kind::none, 2, 1, 1},
    opcode_row{opcode::INPLACE_XOR, "INPLACE_XOR", argument_kind::none, 2, 1, 1},
    opcode_row{opcode::INPLACE_OR, "INPLACE_OR", argument_kind::none, 2, 1, 1},
    opcode_row{opcode::BINARY_SUBSCR, "BINARY_SUBSCR", argument_kind::none, 2, 1, 1},
    opcode_row{opcode::STORE_SUBSCR, "STORE_SUBSCR", argument_kind::none, 3, 0, 0},
    opcode_row{opcode::DELETE_SUBSCR, "DELETE_SUBSCR", argument_kind::none, 2, 0, 0},
    opcode_row{opcode::COMPARE_OP, "COMPARE_OP", argument_kind::comparison, 2, 1, 1},
    opcode_row{opcode::IS_OP, "IS_OP", argument_kind::number, 2, 1, 1},
    opcode_row{opcode::CONTAINS_OP, "CONTAINS_OP", argument_kind::number, 2, 1, 1},
    opcode_row{opcode::JUMP_FORWARD, "JUMP_FORWARD", argument_kind::jump, 0, 0, 0},
    opcode_row{opcode::JUMP_ABSOLUTE, "JUMP_ABSOLUTE", argument_kind::jump, 0, 0, 0},
    opcode_row{opcode::POP_JUMP_IF_TRUE, "POP_JUMP_IF_TRUE", argument_kind::jump, 1, 0, 0},
    opcode_row{opcode::POP_JUMP_IF_FALSE, "POP_JUMP_IF_FALSE", argument_kind::jump, 1, 0, 0},
    opcode_row{opcode::JUMP_IF_TRUE_OR_POP, "JUMP_IF_TRUE_OR_POP", argument_kind::jump, 1, 0, 1},
    opcode_row{opcode::JUMP_IF_FALSE_OR_POP, "JUMP_IF_FALSE_OR_POP", argument_kind::jump, 1, 0, 1},
    opcode_row{opcode::GET_ITER, "GET_ITER", argument_kind::none, 1, 1, 1},
    opcode_row{opcode::FOR_ITER, "FOR_ITER", argument_kind::jump, 1, 2, 0},
    opcode_row{opcode::BUILD_TUPLE, "BUILD_TUPLE", argument_kind::number, 0, 1, 1, height_rule::takes_argument},
    opcode_row{opcode::BUILD_LIST, "BUILD_LIST", argument_kind::number, 0, 1, 1, height_rule::takes_argument},
    opcode_row{opcode::BUILD_SET, "BUILD_SET", argument_kind::number, 0, 1, 1, height_rule::takes_argument},
    opcode_row{opcode::BUILD_MAP, "BUILD_MAP", argument_kind::number, 0, 1, 1, height_rule::takes_pairs},
    opcode_row{opcode::BUILD_STRING, "BUILD_STRING", argument_kind::number, 0, 1, 1, height_rule::takes_argument},
    opcode_row{opcode::BUILD_SLICE, "BUILD_SLICE", argument_kind::number, 2, 1, 1, height_rule::takes_step},
    opcode_row{opcode::LIST_APPEND, "LIST_APPEND", argument_kind::number, 1, 0, 0, height_rule::reaches_down},
    opcode_row{opcode::SET_ADD, "SET_ADD", argument_kind::number, 1, 0, 0, height_rule::reaches_down},
    opcode_row{opcode::MAP_ADD, "MAP_ADD", argument_kind::number, 2, 0, 0, height_rule::reaches_down},
    opcode_row{opcode::LIST_EXTEND, "LIST_EXTEND", argument_kind::number, 1, 0, 0, height_rule::reaches_down},
    opcode_row{opcode::SET_UPDATE, "SET_UPDATE", argument_kind::number, 1, 0, 0, height_rule::reaches_down},
    opcode_row{opcode::DICT_UPDATE, "DICT_UPDATE", argument_kind::number, 1, 0, 0, height_rule::reaches_down},
    opcode_row{opcode::LIST_TO_TUPLE, "LIST_TO_TUPLE", argument_kind::none, 1, 1, 1},
    opcode_row{opcode::FORMAT_VALUE, "FORMAT_VALUE", argument_kind::number, 1, 1, 1, height_rule::takes_specification},
    opcode_row{opcode::UNPACK_SEQUENCE, "UNPACK_SEQUENCE", argument_kind::number, 1, 0, 0,
               height_rule::pushes_argument},
    opcode_row{opcode::UNPACK_EX, "UNPACK_EX", argument_kind::number, 1, 1, 1, height_rule::pushes_both_sides},
    opcode_row{opcode::LOAD_ATTR, "LOAD_ATTR", argument_kind::identifier, 1, 1, 1},
    opcode_row{opcode::STORE_ATTR, "STORE_ATTR", argument_kind::identifier, 2, 0, 0},
    opcode_row{opcode::DELETE_ATTR, "DELETE_ATTR", argument_kind::identifier, 1, 0, 0},
    opcode_row{opcode::LOAD_METHOD, "LOAD_METHOD", argument_kind::identifier, 1, 2, 2},
    opcode_row{opcode::CALL_METHOD, "CALL_METHOD", argument_kind::number, 2, 1, 1, height_rule::takes_argument},
    opcode_row{opcode::CALL_FUNCTION, "CALL_FUNCTION", argument_kind::number, 1, 1, 1, height_rule::takes_argument},
    opcode_row{opcode::CALL_FUNCTION_KW, "CALL_FUNCTION_KW", argument_kind::number, 2, 1, 1,
               height_rule::takes_argument},
    opcode_row{opcode::CALL_FUNCTION_EX, "CALL_FUNCTION_EX", argument_kind::number, 2, 1, 1,
               height_rule::takes_first_bit},
    opcode_row{opcode::MAKE_FUNCTION, "MAKE_FUNCTION", argument_kind::number, 2, 1, 1, height_rule::takes_bits},
    opcode_row{opcode::RETURN_VALUE, "RETURN_VALUE", argument_kind::none, 1, 0, 0},
    opcode_row{opcode::LOAD_BUILD_CLASS, "LOAD_BUILD_CLASS", argument_kind::none, 0, 1, 1},
    opcode_row{opcode::IMPORT_NAME, "IMPORT_NAME", argument_kind::identifier, 0, 1, 1},
    opcode_row{opcode::IMPORT_FROM, "IMPORT_FROM", argument_kind::identifier, 1, 2, 2},
    opcode_row{opcode::SETUP_FINALLY, "SETUP_FINALLY", argument_kind::jump, 0, 0, 2},
    opcode_row{opcode::POP_BLOCK, "POP_BLOCK", argument_kind::none, 0, 0, 0},
    opcode_row{opcode::POP_EXCEPT, "POP_EXCEPT", argument_kind::none, 1, 0, 0},
    opcode_row{opcode::RERAISE, "RERAISE", argument_kind::none, 2, 0, 0},
    opcode_row{opcode::JUMP_IF_NOT_EXC_MATCH, "JUMP_IF_NOT_EXC_MATCH", argument_kind::jump, 2, 0, 0},
    opcode_row{opcode::RAISE_VARARGS, "RAISE_VARARGS", argument_kind::number, 0, 0, 0, height_rule::takes_argument},
    opcode_row{opcode::SETUP_WITH, "SETUP_WITH", argument_kind::jump, 1, 2, 3},
    opcode_row{opcode::WITH_EXCEPT_START, "WITH_EXCEPT_START", argument_kind::none, 3, 4, 4},
    opcode_row{opcode::LOAD_ASSERTION_ERROR, "LOAD_ASSERTION_ERROR", argument_kind::none, 0, 1, 1},
};

consteval bool rows_are_in_the_order_of_the_opcodes() {
  for (std::size_t at = 0; at < opcode_table.size(); ++at) {
    if (static_cast<std::size_t>(opcode_table[at].what) != at) {
      return false;
    }
  }
  return opcode_table.size() == opcode_count;
}
static_assert(rows_are_in_the_order_of_the_opcodes());

constexpr const opcode_row& row_of(opcode what) noexcept { return opcode_table[static_cast<std::size_t>(what)]; }

/** Kept small, so that no sum of it overflows; no code of that size can be. */
constexpr int small(std::uint32_t argument) noexcept {
  return static_cast<int>(std::min(argument, std::uint32_t{1} << 24U));
}

constexpr std::array<std::string_view, comparison_count> comparison_names{"<", "<=", "==", "!=", ">", ">="};

}  // namespace

std::string_view to_string(opcode what) noexcept { return row_of(what).name; }

std::optional<opcode> opcode_named(std::string_view name) noexcept {
  const auto* const found = std::ranges::find(opcode_table, name, &opcode_row::name);
  return found == opcode_table.end() ? std::nullopt : std::optional(found->what);
}

argument_kind argument_of(opcode what) noexcept { return row_of(what).argument; }

int values_taken(opcode what, std::uint32_t argument) noexcept {
  const opcode_row& row = row_of(what);
  const int number = small(argument);
  switch (row.rule) {
    case height_rule::fixed:
    case height_rule::pushes_argument:
    case height_rule::pushes_both_sides: return row.takes;
    case height_rule::takes_argument:
    case height_rule::reaches_down: return row.takes + number;
    case height_rule::takes_pairs: return row.takes + 2 * number;
    case height_rule::takes_step: return row.takes + (number == 3 ? 1 : 0);
    case height_rule::takes_specification: return row.takes + ((number >> 2) & 1);
    case height_rule::takes_first_bit: return row.takes + (number & 1);
    case height_rule::takes_bits: return row.takes + (number & 1) + ((number >> 1) & 1) + ((number >> 3) & 1);
  }
  return row.takes;
}

int stack_effect(opcode what, std::uint32_t argument, bool jumps) noexcept {
  const opcode_row& row = row_of(what);
  const int number = small(argument);
  int pushes = jumps ? row.pushes_where_it_jumps : row.pushes;
  if (row.rule == height_rule::pushes_argument || row.rule == height_rule::reaches_down) {
    pushes += number;
  } else if (row.rule == height_rule::pushes_both_sides) {
    pushes += (number & 0xFF) + (number >> 8);
  }
  return pushes - values_taken(what, argument);
}

std::string_view to_string(comparison what) noexcept { return comparison_names[static_cast<std::size_t>(what)]; }

}  // namespace heddle::python
