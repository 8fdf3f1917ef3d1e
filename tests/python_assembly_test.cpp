// Assembly: what it is read as, that it leads back, every complaint, and that no text breaks it.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/python/assembler.hpp>
#include <heddle/python/code_builder.hpp>

namespace heddle::python {
namespace {

using enum opcode;

constexpr std::string_view example = R"(.file 'count.py'
.text 'def count(n, /, m, *rest, k, **named):'

.code <module>  # code 0
  LOAD_CONST code 1
  LOAD_CONST 'count'
  MAKE_FUNCTION 0
  STORE_GLOBAL count
  LOAD_CONST None
  RETURN_VALUE

.code count(n, /, m, *rest, k, **named)  # code 1
  .qualified 'outer.<locals>.count'
  .first_line 3
  .cells m
  .free total, 'two words'
  .names print, spare
L1:
  LOAD_FAST n
  LOAD_CONST (1, -1.5, (code 0,), ())
  COMPARE_OP >=
  POP_JUMP_IF_TRUE L1
  .line 4
  LOAD_DEREF 'two words'
  LOAD_GLOBAL print
  STORE_FAST i
  RETURN_VALUE

.code Queue  # code 2
  .kind class_body
  .constants None, None
  LOAD_CONST None
  POP_TOP
  LOAD_CONST @1
  RETURN_VALUE
)";

TEST(python_assembler, reads_what_the_words_mean) {
  const program read = assemble(example);
  EXPECT_EQ(read.file, "count.py");
  ASSERT_EQ(read.codes.size(), 3U);
  EXPECT_EQ(read.codes[0].kind, code_kind::module) << "the first is the module's";
  const code_object& count = read.codes[1];
  EXPECT_EQ(count.kind, code_kind::function) << "the others are functions if they do not say otherwise";
  EXPECT_EQ(count.name, "count");
  EXPECT_EQ(count.locals, (std::vector<std::string>{"n", "m", "k", "rest", "named", "i"}))
      << "positional, keyword-only, *rest, **named, then others as they come";
  EXPECT_EQ(count.positional, 2U);
  EXPECT_EQ(count.only_by_position, 1U);
  EXPECT_EQ(count.only_by_name, 1U);
  EXPECT_TRUE(count.takes_rest && count.takes_named_rest);
  EXPECT_EQ(count.lines, (std::vector<std::uint32_t>{3, 3, 3, 3, 4, 4, 4, 4}));
  EXPECT_EQ(count.instructions[3], (instruction{POP_JUMP_IF_TRUE, 0}));
  EXPECT_EQ(count.instructions[4], (instruction{LOAD_DEREF, 2})) << "free variables come after the one cell";
  EXPECT_EQ(count.names, (std::vector<std::string>{"print", "spare"})) << "listed, though nothing uses spare";
  EXPECT_EQ(count.stack_size, 2U);
  EXPECT_EQ(read.codes[2].kind, code_kind::class_body);
  EXPECT_EQ(read.codes[2].instructions[2], (instruction{LOAD_CONST, 1})) << "the second of two equal ones";
}

TEST(python_assembler, writes_what_it_reads) { EXPECT_EQ(to_assembly(assemble(example)), example); }

TEST(python_assembler, takes_blanks_comments_and_line_ends) {
  EXPECT_EQ(assemble("  # nothing\r\n\n.code f # it\r\n\tLOAD_CONST '#' # not a comment: '#'\r\nx : y: RETURN_VALUE"),
            assemble(".code f\nLOAD_CONST \"#\"\nRETURN_VALUE"))
      << "a label may stand before its instruction";
}

TEST(python_assembler, reads_constants) {
  const auto value = [](const std::string& text) {
    return assemble(".code f\nLOAD_CONST " + text + "\nRETURN_VALUE").codes[0].constants[0];
  };
  EXPECT_EQ(value("9223372036854775807"), constant{std::int64_t{INT64_MAX}});
  EXPECT_EQ(value("-9223372036854775808"), constant{std::int64_t{INT64_MIN}});
  EXPECT_EQ(value("009223372036854775808"), constant{constant::big_integer{"9223372036854775808"}});
  EXPECT_EQ(value("-0"), constant{std::int64_t{0}});
  EXPECT_EQ(value("-0.0"), constant{-0.0});
  EXPECT_EQ(value("1e+16"), constant{1e16});
  EXPECT_EQ(value("(1,)"), constant{constant::tuple{{std::int64_t{1}}}});
  EXPECT_EQ(value(R"('\x41\u7ebf\U0001f600\'')"), constant{std::string("A线\U0001f600'")});
  EXPECT_EQ(value(R"('\ud800')"), constant{std::string("\xed\xa0\x80")}) << "Python's strings may hold it";
}

// ---- complaints

struct complaint {
  const char* text;
  const char* expected;
};

TEST(python_assembler, says_where_it_is_wrong_and_what_to_do) {
  const complaint cases[] = {
      {"", "line 1: begin a code object with .code <module>"},
      {"\nNOP", "line 2: begin a code object first, with .code <module>"},
      {".line 3", "line 1: begin a code object first, with .code <module>"},
      {".code f\nLOAD_CONS 1",
       "line 2: there is no opcode LOAD_CONS; they are called as in Python's dis, LOAD_CONST for example"},
      {".code f\n=", "line 2: there is no opcode =; they are called as in Python's dis, LOAD_CONST for example"},
      {".code f\n(", "line 2: there is no opcode here; they are called as in Python's dis, LOAD_CONST for example"},
      {".cod f",
       "line 1: there is no directive .cod; there are .file .text .code .line .first_line .kind .qualified .locals "
       ".cells .free .names .constants"},
      {".code f\n.file 'x'", "line 2: put .file before the first .code"},
      {".code f\nNOP\n.names x", "line 3: put .names before the instructions"},
      {".code f\n.kind method", "line 2: write .kind module, .kind function or .kind class_body"},
      {".code f\nNOP 1", "line 2: expected nothing more, not 1"},
      {".code f\nLOAD_CONST", "line 2: write an argument after LOAD_CONST"},
      {".code f\nLOAD_CONST x", "line 2: expected a constant, not x"},
      {".code f\nLOAD_CONST (1)", "line 2: expected a comma, as in (1,), not )"},
      {".code f\nLOAD_CONST (1, 2", "line 2: expected a comma or ) at the end"},
      {".code f\nLOAD_CONST 'a", "line 2: close the string with '"},
      {".code f\nLOAD_CONST '\\q'",
       "line 2: write \\\\ for a backslash; of escapes there are \\n \\r \\t \\\\ \\' \\\" \\x12 \\u1234 \\U00012345"},
      {".code f\nLOAD_CONST '\\x4'", "line 2: write 2 hexadecimal digits after \\x, up to 10ffff"},
      {".code f\nLOAD_CONST '\\U00110000'", "line 2: write 8 hexadecimal digits after \\U, up to 10ffff"},
      {".code f\nLOAD_CONST '\xff'", "line 2: write strings in UTF-8"},
      {".code f\nLOAD_CONST code 1\nRETURN_VALUE", "line 2: there is no code 1; the last one is code 0"},
      {".code f\nLOAD_CONST @0", "line 2: @0 is too much: 0 are listed so far"},
      {".code f\nLOAD_FAST 3", "line 2: expected a name, not 3"},
      {".code f\nCALL_FUNCTION 4294967296", "line 2: expected a number below 4294967296, not 4294967296"},
      {".code f\nCOMPARE_OP in", "line 2: write one of < <= == != > >="},
      {".code f\nLOAD_DEREF x", "line 2: there is no cell or free variable x; list it with .cells or .free"},
      {".code f\nJUMP_FORWARD x", "line 2: label x stands nowhere; put x: before an instruction"},
      {".code f\nx:\nx:", "line 3: label x is placed twice; give one another name"},
      {".code f\n1:", "line 2: put a name before the colon"},
      {".code f(a, **k, b)", "line 1: put nothing after the argument with **"},
      {".code f(*, *a)", "line 1: put one * only"},
      {".code f(/)", "line 1: put one / after arguments, and before any *"},
      {".code f(a b)", "line 1: expected a comma or ), not b)"},
      {"\n.code f", "line 2: code object f: instruction 0 goes beyond the end of the code; end it with RETURN_VALUE"},
      {".code f\nPOP_TOP\nRETURN_VALUE",
       "line 1: code object f: instruction 0 (POP_TOP) takes more values than lie on the stack, which are 0"},
  };
  for (const complaint& each : cases) {
    try {
      (void)assemble(each.text);
      ADD_FAILURE() << "no complaint about: " << each.text;
    } catch (const assembly_error& error) {
      EXPECT_STREQ(error.what(), each.expected) << each.text;
      EXPECT_NE(std::string(error.what()).find("line " + std::to_string(error.line()) + ":"), std::string::npos);
    }
  }
}

TEST(python_assembler, limits_how_deep_tuples_nest) {
  const std::string deep = ".code f\nLOAD_CONST " + std::string(100'000, '(');
  EXPECT_THROW((void)assemble(deep), assembly_error) << "and not the end of the stack";
}

// ---- what holds for all programs and all texts

int below(int limit) { return *rc::gen::resize(100, rc::gen::inRange(0, limit)); }

std::string draw_name() {
  static const std::vector<std::string> names{"n", "print", "<lambda>", ".0", "two words", "",   "1",  "it's", "线程",
                                              "/", "*",     "a\nb",     "#",  "code",      "x:", "\\", "None"};
  return names[static_cast<std::size_t>(below(static_cast<int>(names.size())))];
}

constant draw_constant(int depth, std::uint32_t codes) {
  switch (below(depth > 0 ? 9 : 8)) {
    case 0: return {constant::none{}};
    case 1: return {constant::ellipsis{}};
    case 2: return {below(2) == 1};
    case 3: return {*rc::gen::arbitrary<std::int64_t>()};
    case 4: return {*rc::gen::arbitrary<double>()};
    case 5: return {draw_name()};
    case 6: return {constant::code{static_cast<std::uint32_t>(below(static_cast<int>(codes)))}};
    case 7: return {constant::big_integer{below(2) == 1 ? "-123456789012345678901234567890" : "9223372036854775808"}};
    default: {
      constant::tuple parts;
      for (int left = below(4); left > 0; --left) parts.push_back(draw_constant(depth - 1, codes));
      return {parts};
    }
  }
}

/** Statements that leave the stack as high as they find it, so that any of them may follow and hold any other. */
void draw_statements(code_builder& body, std::uint32_t codes, int depth) {
  for (int left = below(4); left > 0; --left) {
    if (below(3) == 0) body.at_line(static_cast<std::uint32_t>(below(50)) + 1);
    const label end = body.new_label();
    const label again = body.new_label();
    const auto load = [&] { body.emit(LOAD_CONST, body.constant(draw_constant(2, codes))); };
    switch (below(depth > 0 ? 7 : 4)) {
      case 0:
        load();
        body.emit(STORE_FAST, body.local(draw_name())).place(end).place(again);
        break;
      case 1:
        body.emit(LOAD_GLOBAL, body.name(draw_name()));
        load();
        body.emit(COMPARE_OP, static_cast<std::uint32_t>(below(6))).emit(POP_TOP).place(end).place(again);
        break;
      case 2: {
        const auto parts = static_cast<std::uint32_t>(below(4));
        for (std::uint32_t part = 0; part < parts; ++part) load();
        body.emit(BUILD_TUPLE, parts).emit(STORE_NAME, body.name(draw_name())).place(end).place(again);
        break;
      }
      case 3: body.emit(LOAD_DEREF, static_cast<std::uint32_t>(below(2))).emit(POP_TOP).place(end).place(again); break;
      case 4:
        load();
        body.emit(POP_JUMP_IF_FALSE, end).place(again);
        draw_statements(body, codes, depth - 1);
        body.place(end);
        break;
      case 5:
        load();
        body.emit(GET_ITER).place(again).emit(FOR_ITER, end).emit(POP_TOP);
        draw_statements(body, codes, depth - 1);
        body.emit(JUMP_ABSOLUTE, again).place(end);
        break;
      default:
        body.emit(SETUP_FINALLY, again);
        draw_statements(body, codes, depth - 1);
        body.emit(POP_BLOCK).emit(JUMP_FORWARD, end).place(again).emit(RERAISE).place(end);
        break;
    }
  }
}

code_object draw_code(std::uint32_t codes) {
  code_builder body(draw_name(), static_cast<std::uint32_t>(below(5)) + 1, static_cast<code_kind>(below(3)));
  code_object& made = body.object();
  if (below(2) == 1) made.qualified_name = draw_name();
  made.positional = static_cast<std::uint32_t>(below(3));
  made.only_by_position = static_cast<std::uint32_t>(below(static_cast<int>(made.positional) + 1));
  made.only_by_name = static_cast<std::uint32_t>(below(3));
  made.takes_rest = below(2) == 1;
  made.takes_named_rest = below(2) == 1;
  const std::uint32_t arguments =
      made.positional + made.only_by_name + (made.takes_rest ? 1U : 0U) + (made.takes_named_rest ? 1U : 0U);
  for (std::uint32_t each = 0; each < arguments; ++each) made.locals.push_back(draw_name());
  made.cells = {draw_name()};
  made.free = {draw_name()};
  if (below(3) == 0) made.names = {draw_name(), draw_name()};  // perhaps twice the same, perhaps used by nobody
  if (below(3) == 0) made.constants = {draw_constant(2, codes), draw_constant(1, codes)};
  draw_statements(body, codes, 3);
  body.emit(LOAD_CONST, body.constant({constant::none{}})).emit(RETURN_VALUE);
  return body.finish();
}

program draw_program() {
  program made;
  made.file = draw_name();
  for (int left = below(3); left > 0; --left) made.text.push_back(draw_name());
  const auto codes = static_cast<std::uint32_t>(below(3)) + 1;
  for (std::uint32_t each = 0; each < codes; ++each) made.codes.push_back(draw_code(codes));
  return made;
}

RC_GTEST_PROP(python_assembler, leads_back_from_what_it_writes, ()) {
  const program drawn = draw_program();
  const std::string text = to_assembly(drawn);
  RC_LOG(text);
  RC_ASSERT(assemble(text) == drawn);
}

/** Either a program that leads back, or a complaint. */
void must_not_break(const std::string& text) {
  try {
    const program read = assemble(text);
    RC_ASSERT(assemble(to_assembly(read)) == read);
  } catch (const assembly_error&) {
  }
}

RC_GTEST_PROP(python_assembler, survives_any_text, (const std::string& text)) { must_not_break(".code f\n" + text); }

RC_GTEST_PROP(python_assembler, survives_a_text_with_bytes_changed, ()) {
  std::string text = to_assembly(draw_program());
  for (int left = below(4); left >= 0; --left) {
    const auto at = static_cast<std::size_t>(below(static_cast<int>(text.size())));
    if (below(2) == 1) {
      text.erase(at, static_cast<std::size_t>(below(10)));
    } else {
      text.insert(at, 1, "\n'\"(),:@#*/.9<\xff"[below(15)]);
    }
    if (text.empty()) break;
  }
  must_not_break(text);
}

}  // namespace
}  // namespace heddle::python
