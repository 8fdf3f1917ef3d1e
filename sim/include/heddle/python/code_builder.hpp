// A builder of code objects, with labels.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/python/code.hpp>

namespace heddle::python {

/** A place in the code that instructions jump to; made by code_builder::label. */
struct label {
  std::uint32_t number = 0;
};

/**
 * Puts a code object together, instruction by instruction.
 *
 *   code_builder body("add", 1);
 *   body.at_line(3).emit(opcode::LOAD_GLOBAL, body.name("n")).emit(opcode::LOAD_CONST, body.constant({1}));
 */
class code_builder {
 public:
  explicit code_builder(std::string name, std::uint32_t first_line = 1, code_kind kind = code_kind::function);

  /** The line of the instructions that follow. */
  code_builder& at_line(std::uint32_t line);
  [[nodiscard]] std::uint32_t line() const noexcept { return line_; }
  code_builder& emit(opcode what, std::uint32_t argument = 0);
  /** A jump, or the entry of a block with its handler. */
  code_builder& emit(opcode what, label to);

  /** A new label, to be placed once. */
  [[nodiscard]] label new_label();
  /** The next instruction stands here. */
  code_builder& place(label here);

  /** The number of a constant, a name, a local variable, a cell or free variable; added where it is new. */
  [[nodiscard]] std::uint32_t constant(python::constant what);
  [[nodiscard]] std::uint32_t name(std::string_view what);
  [[nodiscard]] std::uint32_t local(std::string_view what);
  /** Of a cell that exists, or a free variable that exists; std::out_of_range if there is neither. */
  [[nodiscard]] std::uint32_t cell(std::string_view what) const;

  /** The code object as far as it is made: for arguments, cells, free variables and names. */
  [[nodiscard]] code_object& object() noexcept { return made_; }

  /** How many instructions there are so far. */
  [[nodiscard]] std::size_t size() const noexcept { return made_.instructions.size(); }

  /** Finished: jumps are resolved, and the height of the stack is known. Throws std::logic_error where a label was not
   * placed, or the stack's height is not the same on all ways to an instruction, or falls below zero. */
  [[nodiscard]] code_object finish();

 private:
  static constexpr std::uint32_t nowhere = UINT32_MAX;
  code_object made_;
  std::uint32_t line_;
  std::vector<std::uint32_t> places_;                                // of labels
  std::vector<std::pair<std::uint32_t, std::uint32_t>> unresolved_;  // instruction, label
};

/** The height of the stack that `code` needs; checks it. Throws std::logic_error that says where it is wrong. */
[[nodiscard]] std::uint32_t stack_size_of(const code_object& code);

}  // namespace heddle::python
