// The instructions of the bytecode machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace heddle::python {

/**
 * What an instruction does. Names and meanings are CPython's (the module `dis`, version 3.9), with these differences:
 * jumps and blocks name an instruction by its number, and an exception that is being handled is one value, not three.
 *
 * In the comments the stack grows to the right, and a, b, c are its topmost values.
 */
enum class opcode : std::uint8_t {
  NOP,
  POP_TOP,      // a ->
  ROT_TWO,      // a b -> b a
  ROT_THREE,    // a b c -> c a b
  ROT_FOUR,     // a b c d -> d a b c
  DUP_TOP,      // a -> a a
  DUP_TOP_TWO,  // a b -> a b a b

  LOAD_CONST,     // argument: of the constants
  LOAD_FAST,      // argument: of the local variables; UnboundLocalError if it has no value
  STORE_FAST,     //
  DELETE_FAST,    //
  LOAD_GLOBAL,    // argument: of the names; the module's variable, or else the builtin; NameError
  STORE_GLOBAL,   //
  DELETE_GLOBAL,  //
  LOAD_NAME,      // argument: of the names; in a class body its namespace comes first; else as LOAD_GLOBAL
  STORE_NAME,     //
  DELETE_NAME,    //
  LOAD_DEREF,     // argument: of the cells, those of the code itself first, then the free ones
  STORE_DEREF,    //
  DELETE_DEREF,   //
  LOAD_CLOSURE,   // pushes the cell itself, for MAKE_FUNCTION

  UNARY_POSITIVE,
  UNARY_NEGATIVE,
  UNARY_NOT,
  UNARY_INVERT,
  BINARY_POWER,  // a b -> a op b
  BINARY_MULTIPLY,
  BINARY_MODULO,
  BINARY_ADD,
  BINARY_SUBTRACT,
  BINARY_FLOOR_DIVIDE,
  BINARY_TRUE_DIVIDE,
  BINARY_LSHIFT,
  BINARY_RSHIFT,
  BINARY_AND,
  BINARY_XOR,
  BINARY_OR,
  INPLACE_POWER,  // in the order of BINARY_...
  INPLACE_MULTIPLY,
  INPLACE_MODULO,
  INPLACE_ADD,
  INPLACE_SUBTRACT,
  INPLACE_FLOOR_DIVIDE,
  INPLACE_TRUE_DIVIDE,
  INPLACE_LSHIFT,
  INPLACE_RSHIFT,
  INPLACE_AND,
  INPLACE_XOR,
  INPLACE_OR,
  BINARY_SUBSCR,  // a b -> a[b]
  STORE_SUBSCR,   // a b c -> ; b[c] = a
  DELETE_SUBSCR,  // a b -> ; del a[b]
  COMPARE_OP,     // argument: a comparison
  IS_OP,          // argument 1: is not
  CONTAINS_OP,    // a b -> a in b; argument 1: not in

  JUMP_FORWARD,           // argument: the instruction's number, as for all jumps
  JUMP_ABSOLUTE,          //
  POP_JUMP_IF_TRUE,       // a ->
  POP_JUMP_IF_FALSE,      //
  JUMP_IF_TRUE_OR_POP,    // a -> a, and jumps; or a ->
  JUMP_IF_FALSE_OR_POP,   //
  GET_ITER,               // a -> iterator
  FOR_ITER,               // iterator -> iterator next; at its end: iterator ->, and jumps
  BUILD_TUPLE,            // argument: how many
  BUILD_LIST,             //
  BUILD_SET,              //
  BUILD_MAP,              // argument: how many pairs; k v k v -> dict
  BUILD_STRING,           // argument: how many strings are joined
  BUILD_SLICE,            // argument: 2 or 3
  LIST_APPEND,            // ... a -> ...; to the list at the argument's place, counted from the top without a
  SET_ADD,                //
  MAP_ADD,                // ... k v -> ...
  LIST_EXTEND,            // ... a -> ...; by an iterable
  SET_UPDATE,             //
  DICT_UPDATE,            // by a mapping
  LIST_TO_TUPLE,          // a -> tuple
  FORMAT_VALUE,           // argument: 1 str, 2 repr, 3 ascii first; 4 is added if a specification lies on top
  UNPACK_SEQUENCE,        // argument: how many; pushes them so that the first is on top; ValueError
  UNPACK_EX,              // argument: how many before the list of the rest, and 256 times how many behind it
  LOAD_ATTR,              // argument: of the names
  STORE_ATTR,             // a b -> ; b.name = a
  DELETE_ATTR,            //
  LOAD_METHOD,            // a -> function a, or undefined value; for CALL_METHOD
  CALL_METHOD,            // argument: how many positional ones
  CALL_FUNCTION,          // f a b -> f(a, b); argument: how many
  CALL_FUNCTION_KW,       // f a b names -> f(a, name=b); argument: how many in all; names: a tuple
  CALL_FUNCTION_EX,       // f args -> f(*args); argument 1: f args kwargs -> f(*args, **kwargs)
  MAKE_FUNCTION,          // code qualname -> function; argument: 1 defaults, 2 kwdefaults (a dict), 8 closure (a tuple)
                          // lie below, in this order
  RETURN_VALUE,           // a ->
  LOAD_BUILD_CLASS,       // pushes what makes a class of (function, name, *bases)
  IMPORT_NAME,            // argument: of the names; pushes the module
  IMPORT_FROM,            // module -> module attribute
  SETUP_FINALLY,          // argument: the handler; it starts with: handled-before exception
  POP_BLOCK,              //
  POP_EXCEPT,             // handled-before ->
  RERAISE,                // handled-before exception ->
  JUMP_IF_NOT_EXC_MATCH,  // exception class ->; jumps if it is no instance of it (or of one in a tuple)
  RAISE_VARARGS,          // argument 0: what is handled again; 1: a ->; 2: a cause ->
  SETUP_WITH,             // a -> exit result-of-enter; argument: the handler: exit handled-before exception
  WITH_EXCEPT_START,      // exit handled-before exception -> the same, and exit(type, exception, None)
  LOAD_ASSERTION_ERROR,   //
};
inline constexpr std::size_t opcode_count = static_cast<std::size_t>(opcode::LOAD_ASSERTION_ERROR) + 1;

/** What the argument of an opcode means. */
enum class argument_kind : std::uint8_t { none, number, constant, identifier, local, cell, jump, comparison };

/** "LOAD_GLOBAL". */
[[nodiscard]] std::string_view to_string(opcode what) noexcept;
[[nodiscard]] std::optional<opcode> opcode_named(std::string_view text) noexcept;
[[nodiscard]] argument_kind argument_of(opcode what) noexcept;

/** By how much an instruction changes the height of the stack; `jumps`: where it jumps, or its handler is entered. */
[[nodiscard]] int stack_effect(opcode what, std::uint32_t argument, bool jumps) noexcept;

/** How many values must lie on the stack for an instruction, those that it only looks at included. */
[[nodiscard]] int values_taken(opcode what, std::uint32_t argument) noexcept;

/** The argument of COMPARE_OP: "<", "<=", "==", "!=", ">", ">=". */
enum class comparison : std::uint8_t { less, less_equal, equal, not_equal, greater, greater_equal };
inline constexpr std::uint32_t comparison_count = 6;
[[nodiscard]] std::string_view to_string(comparison what) noexcept;

/** One instruction. */
struct instruction {
  opcode what = opcode::NOP;
  std::uint32_t argument = 0;

  friend bool operator==(const instruction&, const instruction&) = default;
};

}  // namespace heddle::python
