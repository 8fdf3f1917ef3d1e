// Python's source as bytecode, as in python_compiler_test.cpp: what builds values, what describes functions, lines.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "compiled_source.hpp"
#include "python/compile.hpp"
#include "python_sources.hpp"

namespace heddle::checker::python {
namespace {

using heddle::python::constant;
using test::code_named;
using test::code_object;
using test::expect_instructions;
using test::instructions;

class python_compiler_values : public test::with_python {};

TEST_F(python_compiler_values, builds_unpacks_and_formats) {
  expect_instructions({
      {"three constants or more come at once", "<module>", "x = [1, 2, 3], {1, 2}, (), (-1, 'a')\n", R"(
BUILD_LIST 0
LOAD_CONST (1, 2, 3)
LIST_EXTEND 1
LOAD_CONST 1
LOAD_CONST 2
BUILD_SET 2
LOAD_CONST ()
LOAD_CONST (-1, 'a')
BUILD_TUPLE 4
STORE_NAME x
)"},
      {"a dict of pairs and another dict", "<module>", "x = {'a': 1, **b, 'c': 2}\n", R"(
LOAD_CONST 'a'
LOAD_CONST 1
BUILD_MAP 1
LOAD_NAME b
DICT_UPDATE 1
LOAD_CONST 'c'
LOAD_CONST 2
BUILD_MAP 1
DICT_UPDATE 1
STORE_NAME x
)"},
      {"an exchange needs no tuple", "<module>", "a, b = b, a\n", R"(
LOAD_NAME b
LOAD_NAME a
ROT_TWO
STORE_NAME a
STORE_NAME b
)"},
      {"other targets are unpacked", "<module>", "a, (b, *c), d.e = f\n", R"(
LOAD_NAME f
UNPACK_SEQUENCE 3
STORE_NAME a
UNPACK_EX 1
STORE_NAME b
STORE_NAME c
LOAD_NAME d
STORE_ATTR e
)"},
      {"an augmented subscript evaluates object and index once", "<module>", "a[i] += 1\n", R"(
LOAD_NAME a
LOAD_NAME i
DUP_TOP_TWO
BINARY_SUBSCR
LOAD_CONST 1
INPLACE_ADD
ROT_THREE
STORE_SUBSCR
)"},
      {"so does an augmented attribute", "<module>", "a.b -= 1\n", R"(
LOAD_NAME a
DUP_TOP
LOAD_ATTR b
LOAD_CONST 1
INPLACE_SUBTRACT
ROT_TWO
STORE_ATTR b
)"},
      {"slices", "<module>", "x = a[1:], a[::2]\n", R"(
LOAD_NAME a
LOAD_CONST 1
LOAD_CONST None
BUILD_SLICE 2
BINARY_SUBSCR
LOAD_NAME a
LOAD_CONST None
LOAD_CONST None
LOAD_CONST 2
BUILD_SLICE 3
BINARY_SUBSCR
BUILD_TUPLE 2
STORE_NAME x
)"},
      {"f-strings: conversion, specification, parts", "<module>", "x = f'{a!r:>{w}} {b}' 'c'\n", R"(
LOAD_NAME a
LOAD_CONST '>'
LOAD_NAME w
FORMAT_VALUE 0
BUILD_STRING 2
FORMAT_VALUE 6
LOAD_CONST ' '
LOAD_NAME b
FORMAT_VALUE 0
LOAD_CONST 'c'
BUILD_STRING 4
STORE_NAME x
)"},
      {"a comprehension's list lies under all of its iterators", "<listcomp>", "x = [i for j in k for i in j if i]\n",
       R"(
BUILD_LIST 0
LOAD_FAST .0
FOR_ITER to 28
STORE_FAST j
LOAD_FAST j
GET_ITER
FOR_ITER to 26
STORE_FAST i
LOAD_FAST i
POP_JUMP_IF_FALSE to 12
LOAD_FAST i
LIST_APPEND 3
JUMP_ABSOLUTE to 12
JUMP_ABSOLUTE to 4
RETURN_VALUE
)"},
      {"a generator that is taken at once is a list", "<genexpr>", "x = sum(2 for i in r)\n", R"(
BUILD_LIST 0
LOAD_FAST .0
FOR_ITER to 14
STORE_FAST i
LOAD_CONST 2
LIST_APPEND 2
JUMP_ABSOLUTE to 4
RETURN_VALUE
)"},
      {"imports", "<module>", "import time as t, queue\nfrom threading import Lock as L, Thread\n", R"(
IMPORT_NAME time
STORE_NAME t
IMPORT_NAME queue
STORE_NAME queue
IMPORT_NAME threading
IMPORT_FROM Lock
STORE_NAME L
IMPORT_FROM Thread
STORE_NAME Thread
POP_TOP
)"},
  });
}

TEST_F(python_compiler_values, describes_functions) {
  const std::string_view source =
      "@d\n"
      "def f(a, /, b, c=1, *rest, k, **named):\n"
      "    x = lambda: (a, x)\n"
      "    class C:\n"
      "        def m(self): pass\n";
  const heddle::python::program made = compile_source(source, "dir/p.py");
  EXPECT_EQ(made.file, "dir/p.py");
  ASSERT_EQ(made.text.size(), 5U);
  EXPECT_EQ(made.text[2], "    x = lambda: (a, x)");
  EXPECT_EQ(made.codes.front().name, "<module>");

  const code_object& f = code_named(made, "f");
  EXPECT_EQ(f.locals, (std::vector<std::string>{"a", "b", "c", "k", "rest", "named", "C"}))
      << "arguments first, *rest behind those by name; x is a cell only";
  EXPECT_EQ(f.cells, (std::vector<std::string>{"a", "x"})) << "an argument may be a cell, too";
  EXPECT_EQ(f.positional, 3U);
  EXPECT_EQ(f.only_by_position, 1U);
  EXPECT_EQ(f.only_by_name, 1U);
  EXPECT_TRUE(f.takes_rest);
  EXPECT_TRUE(f.takes_named_rest);
  EXPECT_EQ(f.first_line, 1U) << "it begins at its decorator";
  EXPECT_EQ(code_named(made, "f.<locals>.<lambda>").free, f.cells);
  EXPECT_EQ(code_named(made, "f.<locals>.C").kind, heddle::python::code_kind::class_body);
  EXPECT_EQ(code_named(made, "f.<locals>.C.m").first_line, 5U);
}

TEST_F(python_compiler_values, gives_each_instruction_its_line) {
  const heddle::python::program made = compile_source("f(a,\n  b,\n  c.d(\n    e))\nwith g:\n  h()\n", "p.py");
  const code_object& main = made.codes.front();
  std::string lines;
  for (std::size_t i = 0; i < 17; ++i) lines += std::to_string(main.lines[i]) + " ";
  // f a b | c d e CALL_METHOD | CALL_FUNCTION POP_TOP | g SETUP_WITH POP_TOP | h CALL POP_TOP POP_BLOCK | exit of the
  // with
  EXPECT_EQ(lines, "1 1 2 3 3 4 3 1 1 5 5 5 6 6 6 5 5 ")
      << "arguments have their own lines, a call its beginning's, the end of a with statement its own";
}

TEST_F(python_compiler_values, knows_numbers_and_texts) {
  const heddle::python::program made = compile_source(
      "x = 9223372036854775807, -9223372036854775808, 9223372036854775808, 1e400, -0.0, True, ..., '\\0é', 1_0\n",
      "p.py");
  const constant::tuple expected{{std::numeric_limits<std::int64_t>::max()},
                                 {std::numeric_limits<std::int64_t>::min()},
                                 {constant::big_integer{"9223372036854775808"}},
                                 {std::numeric_limits<double>::infinity()},
                                 {-0.0},
                                 {true},
                                 {constant::ellipsis{}},
                                 {std::string("\0é", 3)},
                                 {std::int64_t{10}}};
  EXPECT_EQ(made.codes.front().constants.front(), constant{expected});
}

}  // namespace
}  // namespace heddle::checker::python
