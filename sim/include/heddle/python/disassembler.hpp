// Code objects as text, as Python's module `dis` shows them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include <heddle/python/code.hpp>

namespace heddle::python {

/**
 * The instructions of a code object as dis.dis of CPython 3.9 prints them: source line, >> where a jump leads, offset,
 * name, argument, and what the argument means. An instruction takes two of the offsets. Two differences: absolute jumps
 * have their "(to N)", too, and code objects are shown without an address, which would differ from run to run.
 */
[[nodiscard]] std::string disassemble_one(const program& of, std::uint32_t code);

/** The same, and after it that of the code objects among its constants, of their constants, and so on. */
[[nodiscard]] std::string disassemble(const program& of, std::uint32_t code = 0);

/** One instruction in a line for reports and traces: "LOAD_GLOBAL n", "COMPARE_OP <", "FOR_ITER to 24". Long constants
 * are cut. Of a code object as a constant only the number is known here. */
[[nodiscard]] std::string describe(const code_object& code, std::size_t instruction);

}  // namespace heddle::python
