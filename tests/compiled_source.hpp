// For tests of the compiler: what it makes of a source, as text.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/python/disassembler.hpp>

#include "python/compile.hpp"

namespace heddle::test {

using heddle::python::code_object;

inline const code_object& code_named(const heddle::python::program& in, std::string_view name) {
  const auto found = std::find_if(in.codes.begin(), in.codes.end(),
                                  [&](const code_object& each) { return each.qualified_name == name; });
  if (found == in.codes.end()) throw std::out_of_range("no code is called " + std::string(name));
  return *found;
}

/** The instructions, one a line, without the last two of most: LOAD_CONST None, RETURN_VALUE. */
inline std::string instructions(const code_object& of) {
  std::string text;
  for (std::size_t i = 0; i < of.instructions.size(); ++i) text += heddle::python::describe(of, i) + "\n";
  const std::string_view end = "LOAD_CONST None\nRETURN_VALUE\n";
  if (text.ends_with(end)) text.resize(text.size() - end.size());
  return text;
}

/** A source, and the instructions of one of its code objects. */
struct compiled_row {
  std::string_view why;
  std::string_view code;
  std::string_view source;
  std::string_view instructions;
};

inline void expect_instructions(const std::vector<compiled_row>& table) {
  for (const compiled_row& each : table) {
    const heddle::python::program made = checker::python::compile_source(each.source, "p.py");
    EXPECT_EQ("\n" + instructions(code_named(made, each.code)), each.instructions) << each.why;
  }
}

}  // namespace heddle::test
