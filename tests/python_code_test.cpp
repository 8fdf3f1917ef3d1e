// Code objects: the table of instructions, the builder, what dis shows, reprs.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include <heddle/python/code_builder.hpp>
#include <heddle/python/disassembler.hpp>
#include <heddle/python/repr.hpp>

namespace heddle::python {
namespace {

using enum opcode;

// ---- the table

TEST(python_opcodes, have_names_that_lead_back) {
  for (std::size_t number = 0; number < opcode_count; ++number) {
    const auto what = static_cast<opcode>(number);
    EXPECT_EQ(opcode_named(to_string(what)), what) << number;
  }
  EXPECT_EQ(opcode_named("load_const"), std::nullopt) << "names are in capitals";
}

struct effect_case {
  opcode what;
  std::uint32_t argument;
  int takes;
  int falls;
  int jumps;
  const char* why;
};

TEST(python_opcodes, change_the_height_of_the_stack_by_so_much) {
  const effect_case cases[] = {
      {BINARY_ADD, 0, 2, -1, -1, "two values become one"},
      {FOR_ITER, 0, 1, 1, -1, "the next value comes on top; at the end the iterator goes"},
      {JUMP_IF_FALSE_OR_POP, 0, 1, -1, 0, "the value stays where it jumps"},
      {SETUP_FINALLY, 0, 0, 0, 2, "the handler finds what was handled before, and the exception"},
      {SETUP_WITH, 0, 1, 1, 2, "exit and result for the manager; exit and what a handler finds"},
      {JUMP_IF_NOT_EXC_MATCH, 0, 2, -2, -2, "exception and class go either way"},
      {BUILD_MAP, 3, 6, -5, -5, "three pairs become a dict"},
      {BUILD_SLICE, 3, 3, -2, -2, "with a step"},
      {BUILD_SLICE, 2, 2, -1, -1, "without"},
      {FORMAT_VALUE, 4, 2, -1, -1, "a specification lies on top"},
      {FORMAT_VALUE, 2, 1, 0, 0, "a conversion takes nothing"},
      {UNPACK_SEQUENCE, 3, 1, 2, 2, "three for one"},
      {UNPACK_EX, 0x201, 1, 3, 3, "one before the rest, the rest, two behind"},
      {CALL_METHOD, 2, 4, -3, -3, "function, object, two arguments"},
      {CALL_FUNCTION_KW, 2, 4, -3, -3, "function, two arguments, names"},
      {CALL_FUNCTION_EX, 1, 3, -2, -2, "function, arguments, keyword arguments"},
      {MAKE_FUNCTION, 9, 4, -3, -3, "defaults, closure, code, name"},
      {LIST_APPEND, 2, 3, -1, -1, "the list lies below an iterator, and stays"},
      {RAISE_VARARGS, 2, 2, -2, -2, "exception and cause"},
      {WITH_EXCEPT_START, 0, 3, 1, 1, "what exit returned comes on top"},
  };
  for (const effect_case& each : cases) {
    EXPECT_EQ(values_taken(each.what, each.argument), each.takes) << to_string(each.what) << ": " << each.why;
    EXPECT_EQ(stack_effect(each.what, each.argument, false), each.falls) << to_string(each.what) << ": " << each.why;
    EXPECT_EQ(stack_effect(each.what, each.argument, true), each.jumps) << to_string(each.what) << ": " << each.why;
  }
}

// ---- the builder

/** def add(): global n; n += 1 */
code_object add() {
  code_builder body("add", 1);
  const std::uint32_t none = body.constant({constant::none{}});
  const std::uint32_t n = body.name("n");
  body.at_line(3).emit(LOAD_GLOBAL, n).emit(LOAD_CONST, body.constant({std::int64_t{1}}));
  body.emit(INPLACE_ADD).emit(STORE_GLOBAL, n).emit(LOAD_CONST, none).emit(RETURN_VALUE);
  return body.finish();
}

/** A program whose main code makes add, and calls it for each of two numbers. */
program loop() {
  code_builder body("<module>", 1, code_kind::module);
  const label next = body.new_label();
  const label done = body.new_label();
  body.at_line(1).emit(LOAD_CONST, body.constant({constant::code{1}}));
  body.emit(LOAD_CONST, body.constant({"add"})).emit(MAKE_FUNCTION).emit(STORE_NAME, body.name("add"));
  body.at_line(5).emit(LOAD_CONST, body.constant({constant::tuple{{std::int64_t{1}}, {std::int64_t{2}}}}));
  body.emit(GET_ITER).place(next).emit(FOR_ITER, done).emit(STORE_NAME, body.name("i"));
  body.at_line(6).emit(LOAD_NAME, body.name("i")).emit(LOAD_CONST, body.constant({2.0}));
  body.emit(COMPARE_OP, static_cast<std::uint32_t>(comparison::less)).emit(POP_JUMP_IF_FALSE, next);
  body.at_line(7).emit(LOAD_NAME, body.name("add")).emit(CALL_FUNCTION, 0).emit(POP_TOP).emit(JUMP_ABSOLUTE, next);
  body.place(done).emit(LOAD_CONST, body.constant({constant::none{}})).emit(RETURN_VALUE);
  return {"loop.py", {}, {body.finish(), add()}};
}

TEST(python_code_builder, numbers_equal_constants_once_and_types_apart) {
  code_builder body("f");
  EXPECT_EQ(body.constant({std::int64_t{1}}), 0U);
  EXPECT_EQ(body.constant({1.0}), 1U) << "1.0 is not 1";
  EXPECT_EQ(body.constant({true}), 2U) << "nor is True";
  EXPECT_EQ(body.constant({0.0}), 3U);
  EXPECT_EQ(body.constant({-0.0}), 4U) << "0.0 == -0.0, and yet they print differently";
  EXPECT_EQ(body.constant({std::nan("")}), 5U);
  EXPECT_EQ(body.constant({std::nan("")}), 5U) << "a NaN is the same constant as itself";
  EXPECT_EQ(body.constant({constant::tuple{{std::int64_t{1}}}}), 6U);
  EXPECT_EQ(body.constant({constant::tuple{{true}}}), 7U) << "types count within tuples";
  EXPECT_EQ(body.constant({std::int64_t{1}}), 0U);
}

TEST(python_code_builder, numbers_cells_before_free_variables) {
  code_builder body("f");
  body.object().cells = {"a"};
  body.object().free = {"b"};
  EXPECT_EQ(body.cell("a"), 0U);
  EXPECT_EQ(body.cell("b"), 1U);
  EXPECT_THROW((void)body.cell("c"), std::out_of_range);
}

TEST(python_code_builder, finds_the_height_of_the_stack) {
  EXPECT_EQ(add().stack_size, 2U) << "n and 1";
  EXPECT_EQ(loop().codes[0].stack_size, 3U) << "the iterator, i and 2.0";
}

TEST(python_code_builder, counts_what_a_handler_finds) {
  code_builder body("f");
  const label handler = body.new_label();
  body.emit(SETUP_FINALLY, handler).emit(POP_BLOCK).emit(LOAD_CONST, body.constant({constant::none{}}));
  body.emit(RETURN_VALUE).place(handler).emit(RERAISE);
  EXPECT_EQ(body.finish().stack_size, 2U) << "nothing but what was handled before, and the exception";
}

std::string error_of(code_builder& body) {
  try {
    (void)body.finish();
  } catch (const std::logic_error& error) {
    return error.what();
  }
  return "no error";
}

TEST(python_code_builder, refuses_what_cannot_run) {
  code_builder empty("f");
  EXPECT_EQ(error_of(empty), "code object f: instruction 0 goes beyond the end of the code; end it with RETURN_VALUE");
  code_builder falls_off("f");
  falls_off.emit(NOP);
  EXPECT_EQ(error_of(falls_off),
            "code object f: instruction 0 (NOP) goes beyond the end of the code; end it with RETURN_VALUE");
  code_builder takes_too_much("f");
  takes_too_much.emit(LOAD_CONST, takes_too_much.constant({true})).emit(BINARY_ADD).emit(RETURN_VALUE);
  EXPECT_EQ(error_of(takes_too_much),
            "code object f: instruction 1 (BINARY_ADD) takes more values than lie on the stack, which are 1");
  code_builder two_heights("f");
  const label again = two_heights.new_label();
  two_heights.place(again).emit(LOAD_CONST, two_heights.constant({true})).emit(JUMP_ABSOLUTE, again);
  EXPECT_EQ(error_of(two_heights),
            "code object f: instruction 0 (LOAD_CONST) is reached with 0 and with 1 values on the stack");
  code_builder nowhere("f");
  nowhere.emit(JUMP_ABSOLUTE, nowhere.new_label());
  EXPECT_EQ(error_of(nowhere), "code object f: instruction 0 goes to a label that is placed nowhere");
  code_builder twice("f");
  const label here = twice.new_label();
  twice.place(here);
  EXPECT_THROW(twice.place(here), std::logic_error);
}

// ---- the disassembler: texts as CPython 3.9 prints them, but for the two differences that its comment names

TEST(python_disassembler, shows_a_function_as_dis_does) {
  EXPECT_EQ(disassemble({"n.py", {}, {add()}}),
            "  3           0 LOAD_GLOBAL              0 (n)\n"
            "              2 LOAD_CONST               1 (1)\n"
            "              4 INPLACE_ADD\n"
            "              6 STORE_GLOBAL             0 (n)\n"
            "              8 LOAD_CONST               0 (None)\n"
            "             10 RETURN_VALUE\n");
}

TEST(python_disassembler, shows_jumps_lines_and_inner_code) {
  EXPECT_EQ(disassemble(loop()),
            "  1           0 LOAD_CONST               0 (<code object add, file \"loop.py\", line 1>)\n"
            "              2 LOAD_CONST               1 ('add')\n"
            "              4 MAKE_FUNCTION            0\n"
            "              6 STORE_NAME               0 (add)\n"
            "\n"
            "  5           8 LOAD_CONST               2 ((1, 2))\n"
            "             10 GET_ITER\n"
            "        >>   12 FOR_ITER                18 (to 32)\n"
            "             14 STORE_NAME               1 (i)\n"
            "\n"
            "  6          16 LOAD_NAME                1 (i)\n"
            "             18 LOAD_CONST               3 (2.0)\n"
            "             20 COMPARE_OP               0 (<)\n"
            "             22 POP_JUMP_IF_FALSE       12 (to 12)\n"
            "\n"
            "  7          24 LOAD_NAME                0 (add)\n"
            "             26 CALL_FUNCTION            0\n"
            "             28 POP_TOP\n"
            "             30 JUMP_ABSOLUTE           12 (to 12)\n"
            "        >>   32 LOAD_CONST               4 (None)\n"
            "             34 RETURN_VALUE\n"
            "\n"
            "Disassembly of <code object add, file \"loop.py\", line 1>:\n"
            "  3           0 LOAD_GLOBAL              0 (n)\n"
            "              2 LOAD_CONST               1 (1)\n"
            "              4 INPLACE_ADD\n"
            "              6 STORE_GLOBAL             0 (n)\n"
            "              8 LOAD_CONST               0 (None)\n"
            "             10 RETURN_VALUE\n");
}

TEST(python_disassembler, says_what_numbers_mean) {
  code_object code;
  code.cells = {"a"};
  code.free = {"b"};
  code.instructions = {{MAKE_FUNCTION, 9}, {FORMAT_VALUE, 6}, {FORMAT_VALUE, 4}, {LOAD_DEREF, 1}, {IS_OP, 1}};
  code.lines = {1, 1, 1, 1, 1};
  EXPECT_EQ(disassemble({"", {}, {code}}),
            "  1           0 MAKE_FUNCTION            9 (defaults, closure)\n"
            "              2 FORMAT_VALUE             6 (repr, with format)\n"
            "              4 FORMAT_VALUE             4 (with format)\n"
            "              6 LOAD_DEREF               1 (b)\n"
            "              8 IS_OP                    1\n");
}

TEST(python_disassembler, describes_one_instruction) {
  const program p = loop();
  const auto described = [&](std::size_t at) { return describe(p.codes[0], at); };
  EXPECT_EQ(described(0), "LOAD_CONST <code object>") << "its name stands in the program, which is not known here";
  EXPECT_EQ(described(1), "LOAD_CONST 'add'");
  EXPECT_EQ(described(5), "GET_ITER");
  EXPECT_EQ(described(6), "FOR_ITER to 32");
  EXPECT_EQ(described(10), "COMPARE_OP <");
  EXPECT_EQ(described(13), "CALL_FUNCTION 0");
  code_object wide;
  wide.instructions = {{LOAD_CONST, 0}, {LOAD_CONST, 7}};
  wide.constants = {{std::string(58, '.') + "线线"}};
  EXPECT_EQ(describe(wide, 0), "LOAD_CONST '" + std::string(58, '.') + "...") << "not cut within a character";
  EXPECT_EQ(describe(wide, 1), "LOAD_CONST 7") << "no such constant: the number, and no crash";
}

// ---- reprs; the right sides were printed by python3

TEST(python_repr, shows_strings_as_python_does) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"it", "'it'"},
      {"it's", "\"it's\""},
      {"'\"", "'\\'\"'"},
      {"\n\r\t\\", "'\\n\\r\\t\\\\'"},
      {std::string(1, '\0') + "\x7f", "'\\x00\\x7f'"},
      {"线程", "'线程'"},
      {"\u00a0\u00ad", "'\\xa0\\xad'"},
      {"\u200b\ufeff", "'\\u200b\\ufeff'"},
      {"\U000e0001\U0001f600", "'\\U000e0001\U0001f600'"},
      {"\xff", "'\\xff'"},
  };
  for (const auto& [text, shown] : cases) EXPECT_EQ(repr(text), shown);
}

TEST(python_repr, shows_numbers_with_the_fewest_digits) {
  const std::vector<std::pair<double, std::string>> cases{
      {0.0, "0.0"},
      {-0.0, "-0.0"},
      {1.0, "1.0"},
      {0.1, "0.1"},
      {-1234.5, "-1234.5"},
      {0.0001, "0.0001"},
      {0.00001, "1e-05"},
      {1.5e-5, "1.5e-05"},
      {1e15, "1000000000000000.0"},
      {1e16, "1e+16"},
      {123456789012345678.0, "1.2345678901234568e+17"},
      {9007199254740993.0, "9007199254740992.0"},
      {1e300, "1e+300"},
      {5e-324, "5e-324"},
      {std::numeric_limits<double>::infinity(), "inf"},
      {-std::numeric_limits<double>::infinity(), "-inf"},
      {std::nan(""), "nan"},
  };
  for (const auto& [number, shown] : cases) EXPECT_EQ(repr(number), shown);
}

TEST(python_repr, shows_constants) {
  const program p = loop();
  EXPECT_EQ(repr(constant{constant::tuple{{constant::none{}}}}, p), "(None,)") << "one entry: with its comma";
  EXPECT_EQ(repr(constant{constant::tuple{}}, p), "()");
  EXPECT_EQ(
      repr(constant{constant::tuple{{true}, {constant::ellipsis{}}, {constant::big_integer{"9223372036854775808"}}}},
           p),
      "(True, Ellipsis, 9223372036854775808)");
}

}  // namespace
}  // namespace heddle::python
