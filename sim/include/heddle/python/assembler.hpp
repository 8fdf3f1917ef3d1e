// Programs written instruction by instruction, as text.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

#include <heddle/python/code.hpp>

namespace heddle::python {

/** What is wrong with an assembly text: "line 3: " and what to do. */
class assembly_error : public std::runtime_error {
 public:
  assembly_error(std::size_t line, const std::string& what)
      : std::runtime_error("line " + std::to_string(line) + ": " + what), line_(line) {}
  /** In the text, from 1. */
  [[nodiscard]] std::size_t line() const noexcept { return line_; }

 private:
  std::size_t line_;
};

/**
 * Reads a program, one instruction a line:
 *
 *   .file 'count.py'
 *   .code <module>            # code 0
 *     LOAD_CONST code 1
 *     LOAD_CONST 'count'
 *     MAKE_FUNCTION 0
 *     STORE_GLOBAL count
 *     LOAD_CONST None
 *     RETURN_VALUE
 *   .code count(n, *rest)     # code 1
 *     .first_line 3
 *   again:
 *     LOAD_FAST n
 *     POP_JUMP_IF_TRUE again
 *   .line 4
 *     LOAD_CONST None
 *     RETURN_VALUE
 *
 * The argument of an instruction is what it means: a name, a constant (None, True, Ellipsis, 1, -1.5, inf, 'text',
 * (1, 'a'), code 1), a label, a comparison, or else a number. Names, constants and local variables are numbered as they
 * come, or as .names, .constants and .locals list them before the instructions; @3 is the one of that number. Cells
 * and free variables are listed by .cells and .free. Names that are not words stand in quotes. Of a code object there
 * are .first_line N, .kind module (or class_body) and .qualified 'outer.<locals>.name', too; of a program .text '...'
 * for each line of its source. The stack's height is worked out and checked.
 *
 * Throws assembly_error.
 */
[[nodiscard]] program assemble(std::string_view text);

/** The text that assemble makes an equal program of, provided that code_builder finished its code objects. */
[[nodiscard]] std::string to_assembly(const program& what);

}  // namespace heddle::python
