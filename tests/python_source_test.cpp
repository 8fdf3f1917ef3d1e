// What becomes of a Python source before it is compiled: parsing by python3, the cache, errors and refusals.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/explore.hpp>

#include "python/compile.hpp"
#include "python/helper_process.hpp"
#include "python/syntax_tree.hpp"
#include "python/tree_store.hpp"
#include "python_sources.hpp"

namespace heddle::checker::python {
namespace {

/** Sets an environment variable, and puts it back at the end. */
class with_variable {
 public:
  with_variable(const char* name, const char* value) : name_(name) {
    if (const char* before = getenv(name)) before_ = before;
    setenv(name, value, 1);
  }
  with_variable(const with_variable&) = delete;
  with_variable& operator=(const with_variable&) = delete;
  ~with_variable() {
    if (before_) {
      setenv(name_, before_->c_str(), 1);
    } else {
      unsetenv(name_);
    }
  }

 private:
  const char* name_;
  std::optional<std::string> before_;
};

const char* const no_python = "/nonexistent/python3";

template <class Function>
std::string refusal_of(Function what) {
  try {
    what();
  } catch (const request_error& error) {
    return error.what();
  }
  return "it was accepted";
}

std::string refusal(std::string_view source) {
  return refusal_of([&] { static_cast<void>(compile_source(source, "p.py")); });
}

void write(const std::string& file, std::string_view text) { std::ofstream(file, std::ios::binary) << text; }

std::string only_cache_file(const std::string& directory) {
  for (const auto& each : std::filesystem::directory_iterator(directory + "/heddle/python")) return each.path();
  return {};
}

// ---- with python3

class python_source : public test::with_python {};

TEST_F(python_source, outside_the_subset_is_refused_with_what_to_write) {
  struct row {
    std::string_view source;
    std::string_view refusal;
  };
  const std::vector<row> table{
      {"def f():\n  yield 1", "p.py:2: generators are not supported: fill a list and return it"},
      {"def f():\n  x = yield from g", "p.py:2: generators are not supported: fill a list and return it"},
      {"async def f(): pass", "p.py:1: async and await are not supported: use def and threads"},
      {"x = (a for a in b)",
       "p.py:1: a generator expression is not supported here: write a list comprehension instead"},
      {"x = any((a for a in b), 1)",
       "p.py:1: a generator expression is not supported here: write a list comprehension instead"},
      {"x = b'a'", "p.py:1: bytes are not supported: use a string"},
      {"x = 1j", "p.py:1: complex numbers are not supported: use a tuple of two floats"},
      {"x = '\\ud800'", "p.py:1: lone surrogates in strings are not supported: use characters of Unicode"},
      {"x = a @ b", "p.py:1: the operator @ is not supported: call a function"},
      {"class A(metaclass=M): pass", "p.py:1: metaclasses are not supported: leave the metaclass out"},
      {"class A:\n  x = 1\n  def __getattribute__(self, name): pass",
       "p.py:3: __getattribute__ is not supported: use a property, or a method"},
      {"class A:\n  __slots__ = ('x',)", "p.py:2: __slots__ is not supported: leave it out"},
      {"class A(x=1): pass", "p.py:1: the keyword x of a class is not supported: leave it out"},
      {"class A(**x): pass", "p.py:1: the keyword argument ** of a class is not supported: leave it out"},
      {"class A(*x): pass", "p.py:1: * among the bases of a class is not supported: name them"},
      {"from time import *", "p.py:1: import * is not supported: name what to import"},
      {"from . import x", "p.py:1: relative imports are not supported: put it all into one file"},
      {"import os",
       "p.py:1: there is no module os: there are threading, _thread, queue, time, multiprocessing and sys"},
      {"import threading.x",
       "p.py:1: there is no module threading.x: there are threading, _thread, queue, time, multiprocessing and sys"},
      {"super().f()", "p.py:1: super() works in methods only: write super(CLASS, OBJECT)"},
      {"class A:\n def f(self):\n  return [super().g() for x in y]",
       "p.py:3: super() works in methods only: write super(CLASS, OBJECT)"},
      {"with open('x') as f: pass", "p.py:1: files are not supported: keep the text in a variable"},
  };
  for (const row& each : table) EXPECT_EQ(refusal(each.source), each.refusal) << each.source;
}

TEST_F(python_source, inside_the_subset_is_not_refused) {
  for (const std::string_view source : {
           "def open(): pass\nopen()",
           "def f(input):\n  return input",
           "x = sum(a for a in b) + max(a for a in b)\ny = ', '.join(a for a in b)",
           "from __future__ import annotations\nx: int = 1\ndef f(a: b'x') -> 1j: pass",
           "import threading, _thread, queue, time, multiprocessing, sys",
       }) {
    EXPECT_EQ(refusal(source), "it was accepted") << source;
  }
}

TEST_F(python_source, all_refusals_come_at_once_in_the_order_of_lines) {
  EXPECT_EQ(refusal("def f():\n  yield\nimport os\nx = 1j, 2j\n"),
            "p.py:2: generators are not supported: fill a list and return it\n"
            "p.py:3: there is no module os: there are threading, _thread, queue, time, multiprocessing and sys\n"
            "p.py:4: complex numbers are not supported: use a tuple of two floats");
  std::string many;
  for (int i = 0; i < 23; ++i) many += "x = 1j\n";
  const std::string said = refusal(many);
  EXPECT_NE(said.find("p.py:20: "), std::string::npos);
  EXPECT_TRUE(said.ends_with("\nand 3 more")) << said;
}

TEST_F(python_source, errors_of_syntax_have_a_place) {
  EXPECT_EQ(refusal("x = 1\nx = 'é' + )\n"), "p.py:2:11: syntax error: unmatched ')'\nx = 'é' + )\n          ^");
  EXPECT_EQ(refusal("return 1\n"), "p.py:1:1: syntax error: 'return' outside function\nreturn 1\n^")
      << "what the grammar allows, and Python does not";
  EXPECT_EQ(refusal("x = 1\n\xff = 2\n"), "p.py:2: syntax error: not UTF-8: store the file as UTF-8");
  EXPECT_TRUE(refusal(std::string_view("x\0y", 3)).starts_with("p.py:1:")) << "Python's own words";
}

TEST_F(python_source, deep_nesting_is_an_error) {
  const auto repeated = [](std::string_view text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
  };
  for (const std::string& source :
       {repeated("(", 5'000) + repeated(")", 5'000), "x = " + repeated("-", 100'000) + "1",
        "x = " + repeated("1 + ", 20'000) + "1", "x = a" + repeated(".b", 50'000), "x = " + repeated("[", 90'000)}) {
    EXPECT_TRUE(refusal(source).starts_with("p.py:1:") || refusal(source).starts_with("python3 was ended by signal"))
        << refusal(source).substr(0, 200);
  }
  EXPECT_EQ(refusal("x = " + repeated("1 + ", 350) + "1"), "it was accepted");
}

TEST_F(python_source, too_much_is_an_error) {
  EXPECT_EQ(refusal(std::string(300'000, '\n')), "p.py: too big: a program may have 262144 bytes");
}

TEST_F(python_source, is_parsed_once) {
  const heddle::python::program first = compile_source("x = 1\n", "p.py");
  const with_variable without("HEDDLE_PYTHON", no_python);
  const heddle::python::program second = compile_source("x = 1\n", "q.py");
  EXPECT_EQ(second.file, "q.py");
  EXPECT_EQ(second.codes.front().instructions, first.codes.front().instructions);
  EXPECT_NE(refusal("x = 2\n"), "it was accepted") << "another source";
}

TEST_F(python_source, a_broken_cache_is_no_cache) {
  static_cast<void>(compile_source("x = 1\n", "p.py"));
  const std::string file = only_cache_file(directory());
  const std::string whole = content_of(file, 1'000'000).value();
  for (std::size_t size = 0; size < whole.size(); size += whole.size() / 9) {
    write(file, whole.substr(0, size));
    ASSERT_EQ(refusal("x = 1\n"), "it was accepted") << size;
  }
  // What is stored well, but is no tree.
  for (const std::string_view tree :
       {"", "1", "{}", R"({"_":"Module","body":[{"_":"If"}]})", R"({"_":"Module","body":[{"_":"Name","id":"x"}]})",
        R"({"_":"Module","body":1})", R"({"_":"Module","body":[{"_":"Break"}]})"}) {
    write(file, stored_tree("x = 1\n", tree));
    EXPECT_EQ(refusal("x = 1\n"), "it was accepted") << tree;
  }
}

TEST_F(python_source, works_without_a_cache) {
  write(directory() + "/file", "");
  const with_variable cache("XDG_CACHE_HOME", (directory() + "/file").c_str());
  EXPECT_EQ(refusal("x = 1\n"), "it was accepted");
}

TEST_F(python_source, is_read_from_a_file) {
  const std::string file = directory() + "/p.py";
  write(file, "\xef\xbb\xbfx = 1\r\ny = 'ü'\r\n");
  const heddle::python::program made = compile_file(file);
  EXPECT_EQ(made.file, file);
  EXPECT_EQ(made.text, (std::vector<std::string>{"x = 1", "y = 'ü'"}));
  EXPECT_EQ(refusal_of([&] { static_cast<void>(compile_file(directory())); }),
            "cannot read a program from " + directory() + ": it does not exist, or is no file");
}

TEST_F(python_source, a_slow_helper_is_ended) {
  const auto slow = [] {
    static_cast<void>(run_python("while True: pass", "", {.time = std::chrono::milliseconds(50)}));
  };
  EXPECT_EQ(refusal_of(slow), "python3 takes too long to parse the source: make it smaller");
  const auto loud = [] { static_cast<void>(run_python("while True: print('x' * 1000)", "", {.output = 100'000})); };
  EXPECT_EQ(refusal_of(loud), "the source's syntax tree is too big: make the source smaller");
  const auto failing = [] { static_cast<void>(run_python("raise SystemExit(7)", "")); };
  EXPECT_NE(refusal_of(failing).find("it exited with 7"), std::string::npos);
}

// ---- without python3

class python_source_without_python : public test::with_own_cache {};

constexpr std::string_view assigns =
    R"({"_":"Module","body":[{"_":"Assign","l":1,"targets":[{"_":"Name","l":1,"id":"x"}],
"value":{"_":"Constant","l":1,"type":"int","value":"1"}}]})";

TEST_F(python_source_without_python, says_what_to_install) {
  {
    const with_variable named("HEDDLE_PYTHON", no_python);
    EXPECT_EQ(refusal("x = 1\n"),
              "cannot run '/nonexistent/python3', which the environment variable HEDDLE_PYTHON names: No such file or "
              "directory; a Python file of your own needs python3, 3.8 or later");
  }
  const with_variable nothing_set("HEDDLE_PYTHON", "");
  const with_variable no_path("PATH", "/nonexistent");
  EXPECT_EQ(refusal("x = 1\n"),
            "a Python file of your own needs python3 (3.8 or later), which is not there: install it");
}

TEST_F(python_source_without_python, a_tree_beside_the_file_serves) {
  const with_variable without("HEDDLE_PYTHON", no_python);
  const std::string file = directory() + "/p.py";
  write(file, "x = 1\n");
  write(tree_file_of(file), stored_tree("x = 1\n", assigns));
  EXPECT_EQ(compile_file(file).codes.front().names, std::vector<std::string>{"x"});
  write(file, "x = 2\n");
  EXPECT_NE(refusal_of([&] { static_cast<void>(compile_file(file)); }), "it was accepted")
      << "the tree is of what the file was before";
}

TEST_F(python_source_without_python, a_helper_that_is_no_python_is_noticed) {
  const with_variable other("HEDDLE_PYTHON", "/bin/echo");
  EXPECT_EQ(refusal("x = 1\n"),
            "python3 wrote no syntax tree: is it Python 3.8 or later? (HEDDLE_PYTHON may name another one)");
}

// Python itself may run out of memory on the source of this one.
TEST_F(python_source_without_python, too_much_code_is_an_error) {
  std::string innermost = R"({"_":"Expr","l":7,"value":{"_":"Name","id":"x"}})";
  for (int i = 0; i < 20; ++i) {
    innermost = R"({"_":"Try","l":7,"body":[{"_":"Pass"}],"finalbody":[)" + innermost + "]}";
  }
  const std::string tree = R"({"_":"Module","body":[)" + innermost + "]}";
  const auto compile = [&] { static_cast<void>(compile_tree(read_tree(tree).tree, "", "p.py")); };
  EXPECT_EQ(refusal_of(compile), "p.py:7: too much code for one function: split it") << "each finally is there twice";
}

TEST_F(python_source_without_python, only_trees_are_read) {
  EXPECT_EQ(read_tree(assigns).tree.all("body").size(), 1U);
  EXPECT_EQ(read_tree(R"({"error":"no","line":2,"column":3})").fault.column, 3U);
  std::string deep;
  for (int i = 0; i < 2'000'000; ++i) deep += "[";
  for (const std::string& text :
       {std::string(), std::string("[]"), std::string("{"), std::string(R"({"_":"Expr"})"), std::string(R"({"_":1})"),
        std::string(R"({"_":"Module","l":-1})"), std::string(R"({"_":"Module","body":[[]]})"),
        std::string(R"({"error":"no"})"), R"({"_":"Module","body":)" + deep}) {
    EXPECT_THROW(static_cast<void>(read_tree(text)), malformed_tree) << text.substr(0, 60);
  }
  std::string nested = "{\"_\":\"Module\",\"a\":";
  for (int i = 0; i < 100'000; ++i) nested += R"({"_":"X","a":)";
  nested += "\"\"" + std::string(100'001, '}');
  EXPECT_THROW(static_cast<void>(read_tree(nested)), malformed_tree);
}

}  // namespace
}  // namespace heddle::checker::python
