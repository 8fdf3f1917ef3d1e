// Python's source as bytecode: the instructions that CPython 3.9 makes of it, short of the differences that opcode.hpp
// names. Names, jumps, blocks and calls; values and functions are in python_compiler_values_test.cpp.
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

class python_compiler : public test::with_python {};

TEST_F(python_compiler, finds_the_variables_that_names_mean) {
  const std::string_view counts = "n = 0\ndef f():\n    global n\n    n += 1\n    return n\n";
  const std::string_view counter =
      "def f(x):\n    def g():\n        nonlocal x\n        x = x + y\n        return x\n    y = 1\n    return g\n";
  const std::string_view in_class = "class A:\n    x = 1\n    y = x\n    def f(self):\n        return x\n";
  expect_instructions({
      {"a lost update lies between LOAD_GLOBAL and STORE_GLOBAL", "f", counts, R"(
LOAD_GLOBAL n
LOAD_CONST 1
INPLACE_ADD
STORE_GLOBAL n
LOAD_GLOBAL n
RETURN_VALUE
)"},
      {"CPython has names that are declared global somewhere as globals in the module, too", "<module>", counts, R"(
LOAD_CONST 0
STORE_GLOBAL n
LOAD_CONST <code object>
LOAD_CONST 'f'
MAKE_FUNCTION 0
STORE_NAME f
)"},
      {"cells are ordered by name, and captured in the order of the inner function's free variables", "f", counter, R"(
LOAD_CLOSURE x
LOAD_CLOSURE y
BUILD_TUPLE 2
LOAD_CONST <code object>
LOAD_CONST 'f.<locals>.g'
MAKE_FUNCTION 8
STORE_FAST g
LOAD_CONST 1
STORE_DEREF y
LOAD_FAST g
RETURN_VALUE
)"},
      {"and the inner one uses them", "f.<locals>.g", counter, R"(
LOAD_DEREF x
LOAD_DEREF y
BINARY_ADD
STORE_DEREF x
LOAD_DEREF x
RETURN_VALUE
)"},
      {"a class body has a namespace", "A", in_class, R"(
LOAD_NAME __name__
STORE_NAME __module__
LOAD_CONST 'A'
STORE_NAME __qualname__
LOAD_CONST 1
STORE_NAME x
LOAD_NAME x
STORE_NAME y
LOAD_CONST <code object>
LOAD_CONST 'A.f'
MAKE_FUNCTION 0
STORE_NAME f
)"},
      {"that its methods do not see", "A.f", in_class, R"(
LOAD_GLOBAL x
RETURN_VALUE
)"},
      {"names that begin with two underscores are the class's own", "A.f",
       "class A:\n    def f(self, __x):\n        self.__y = __x\n        self.__z__ = g(__k=1)\n", R"(
LOAD_FAST _A__x
LOAD_FAST self
STORE_ATTR _A__y
LOAD_GLOBAL g
LOAD_CONST 1
LOAD_CONST ('_A__k',)
CALL_FUNCTION_KW 1
LOAD_FAST self
STORE_ATTR __z__
)"},
      {"an assignment in a comprehension is one of the function around it", "f",
       "def f(a):\n    [b := x for x in a]\n    return b\n", R"(
LOAD_CLOSURE b
BUILD_TUPLE 1
LOAD_CONST <code object>
LOAD_CONST 'f.<locals>.<listcomp>'
MAKE_FUNCTION 8
LOAD_FAST a
GET_ITER
CALL_FUNCTION 1
POP_TOP
LOAD_DEREF b
RETURN_VALUE
)"},
  });
}

TEST_F(python_compiler, makes_loops_and_conditions_of_jumps) {
  expect_instructions({
      {"break takes the iterator off the stack", "<module>",
       "for i in r:\n    if i:\n        continue\n    else:\n        break\nelse:\n    f()\n", R"(
LOAD_NAME r
GET_ITER
FOR_ITER to 22
STORE_NAME i
LOAD_NAME i
POP_JUMP_IF_FALSE to 16
JUMP_ABSOLUTE to 4
JUMP_ABSOLUTE to 4
POP_TOP
JUMP_ABSOLUTE to 28
JUMP_ABSOLUTE to 4
LOAD_NAME f
CALL_FUNCTION 0
POP_TOP
)"},
      {"a condition at the end of a loop's body jumps straight to its start", "<module>",
       "while a:\n    if b:\n        c\n", R"(
LOAD_NAME a
POP_JUMP_IF_FALSE to 14
LOAD_NAME b
POP_JUMP_IF_FALSE to 0
LOAD_NAME c
POP_TOP
JUMP_ABSOLUTE to 0
)"},
      {"while True has no condition", "<module>", "while True:\n    f()\n", R"(
LOAD_NAME f
CALL_FUNCTION 0
POP_TOP
JUMP_ABSOLUTE to 0
)"},
      {"and, or and not are jumps", "<module>", "if a and (b or not c):\n    d\n", R"(
LOAD_NAME a
POP_JUMP_IF_FALSE to 16
LOAD_NAME b
POP_JUMP_IF_TRUE to 12
LOAD_NAME c
POP_JUMP_IF_TRUE to 16
LOAD_NAME d
POP_TOP
)"},
      {"each operand of a chain is evaluated once", "<module>", "x = a < b <= c\n", R"(
LOAD_NAME a
LOAD_NAME b
DUP_TOP
ROT_THREE
COMPARE_OP <
JUMP_IF_FALSE_OR_POP to 18
LOAD_NAME c
COMPARE_OP <=
JUMP_FORWARD to 22
ROT_TWO
POP_TOP
STORE_NAME x
)"},
      {"other comparisons have instructions of their own", "<module>", "x = a is not b, a not in b\n", R"(
LOAD_NAME a
LOAD_NAME b
IS_OP 1
LOAD_NAME a
LOAD_NAME b
CONTAINS_OP 1
BUILD_TUPLE 2
STORE_NAME x
)"},
      {"either", "<module>", "x = a if b else c\n", R"(
LOAD_NAME b
POP_JUMP_IF_FALSE to 8
LOAD_NAME a
JUMP_FORWARD to 10
LOAD_NAME c
STORE_NAME x
)"},
      {"an assertion", "<module>", "assert a, b\n", R"(
LOAD_NAME a
POP_JUMP_IF_TRUE to 12
LOAD_ASSERTION_ERROR
LOAD_NAME b
CALL_FUNCTION 1
RAISE_VARARGS 1
)"},
  });
}

TEST_F(python_compiler, leaves_every_block_on_every_way_out) {
  expect_instructions({
      {"with calls the exit function, and the value to return waits under it", "f",
       "def f():\n    with a as b:\n        return b\n", R"(
LOAD_GLOBAL a
SETUP_WITH to 24
STORE_FAST b
LOAD_FAST b
POP_BLOCK
ROT_TWO
LOAD_CONST None
DUP_TOP
DUP_TOP
CALL_FUNCTION 3
POP_TOP
RETURN_VALUE
WITH_EXCEPT_START
POP_JUMP_IF_TRUE to 30
RERAISE
POP_TOP
POP_EXCEPT
POP_TOP
)"},
      {"a constant needs not wait", "f", "def f():\n    try:\n        return 1\n    finally:\n        g()\n", R"(
SETUP_FINALLY to 14
POP_BLOCK
LOAD_GLOBAL g
CALL_FUNCTION 0
POP_TOP
LOAD_CONST 1
RETURN_VALUE
LOAD_GLOBAL g
CALL_FUNCTION 0
POP_TOP
RERAISE
)"},
      {"a return in a finally gives up the exception", "f",
       "def f():\n    try:\n        g()\n    finally:\n        return x\n",
       R"(
SETUP_FINALLY to 14
LOAD_GLOBAL g
CALL_FUNCTION 0
POP_TOP
POP_BLOCK
LOAD_GLOBAL x
RETURN_VALUE
LOAD_GLOBAL x
ROT_THREE
POP_TOP
POP_EXCEPT
RETURN_VALUE
)"},
      {"the name of an exception is gone after its handler, however that ends", "<module>",
       "try:\n    f()\nexcept A as e:\n    g()\nexcept:\n    h()\n", R"(
SETUP_FINALLY to 12
LOAD_NAME f
CALL_FUNCTION 0
POP_TOP
POP_BLOCK
JUMP_FORWARD to 62
DUP_TOP
LOAD_NAME A
JUMP_IF_NOT_EXC_MATCH to 48
STORE_NAME e
SETUP_FINALLY to 40
LOAD_NAME g
CALL_FUNCTION 0
POP_TOP
POP_BLOCK
POP_EXCEPT
LOAD_CONST None
STORE_NAME e
DELETE_NAME e
JUMP_FORWARD to 62
LOAD_CONST None
STORE_NAME e
DELETE_NAME e
RERAISE
POP_TOP
LOAD_NAME h
CALL_FUNCTION 0
POP_TOP
POP_EXCEPT
JUMP_FORWARD to 62
RERAISE
)"},
      {"break out of a with in a loop leaves both", "<module>", "for i in r:\n    with a:\n        break\n", R"(
LOAD_NAME r
GET_ITER
FOR_ITER to 58
STORE_NAME i
LOAD_NAME a
SETUP_WITH to 44
POP_TOP
POP_BLOCK
LOAD_CONST None
DUP_TOP
DUP_TOP
CALL_FUNCTION 3
POP_TOP
POP_TOP
JUMP_ABSOLUTE to 58
POP_BLOCK
LOAD_CONST None
DUP_TOP
DUP_TOP
CALL_FUNCTION 3
POP_TOP
JUMP_ABSOLUTE to 4
WITH_EXCEPT_START
POP_JUMP_IF_TRUE to 50
RERAISE
POP_TOP
POP_EXCEPT
POP_TOP
JUMP_ABSOLUTE to 4
)"},
  });
}

TEST_F(python_compiler, makes_calls_of_every_form) {
  expect_instructions({
      {"a method is not bound to its object for a call", "<module>", "lock.acquire(1)\n", R"(
LOAD_NAME lock
LOAD_METHOD acquire
LOAD_CONST 1
CALL_METHOD 1
POP_TOP
)"},
      {"unless it gets keywords", "<module>", "t.Thread(1, target=f)\n", R"(
LOAD_NAME t
LOAD_ATTR Thread
LOAD_CONST 1
LOAD_NAME f
LOAD_CONST ('target',)
CALL_FUNCTION_KW 2
POP_TOP
)"},
      {"one tuple is given as it is", "<module>", "f(*a)\n", R"(
LOAD_NAME f
LOAD_NAME a
CALL_FUNCTION_EX 0
POP_TOP
)"},
      {"else it is made, and so is the dict", "<module>", "f(1, *a, x=2, **b)\n", R"(
LOAD_NAME f
LOAD_CONST 1
BUILD_LIST 1
LOAD_NAME a
LIST_EXTEND 1
LIST_TO_TUPLE
LOAD_CONST 'x'
LOAD_CONST 2
BUILD_MAP 1
LOAD_NAME b
DICT_UPDATE 1
CALL_FUNCTION_EX 1
POP_TOP
)"},
      {"super() in a method knows its class and its object", "B.__init__",
       "class B(A):\n    def __init__(this):\n        super().__init__()\n", R"(
LOAD_GLOBAL super
LOAD_DEREF __class__
LOAD_FAST this
CALL_FUNCTION 2
LOAD_METHOD __init__
CALL_METHOD 0
POP_TOP
)"},
      {"so the class body gives its cell back", "B", "class B(A):\n    def f(this):\n        super().f()\n", R"(
LOAD_NAME __name__
STORE_NAME __module__
LOAD_CONST 'B'
STORE_NAME __qualname__
LOAD_CLOSURE __class__
BUILD_TUPLE 1
LOAD_CONST <code object>
LOAD_CONST 'B.f'
MAKE_FUNCTION 8
STORE_NAME f
LOAD_CLOSURE __class__
RETURN_VALUE
)"},
      {"a class is made by a call", "<module>", "@d\nclass B(A, C):\n    pass\n", R"(
LOAD_NAME d
LOAD_BUILD_CLASS
LOAD_CONST <code object>
LOAD_CONST 'B'
MAKE_FUNCTION 0
LOAD_CONST 'B'
LOAD_NAME A
LOAD_NAME C
CALL_FUNCTION 4
CALL_FUNCTION 1
STORE_NAME B
)"},
      {"defaults: constants are a constant", "<module>", "def f(a, b=1, *, c=d, e):\n    pass\n", R"(
LOAD_CONST (1,)
LOAD_CONST 'c'
LOAD_NAME d
BUILD_MAP 1
LOAD_CONST <code object>
LOAD_CONST 'f'
MAKE_FUNCTION 3
STORE_NAME f
)"},
  });
}

}  // namespace
}  // namespace heddle::checker::python
