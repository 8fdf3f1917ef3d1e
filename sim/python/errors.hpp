// Raising Python's exceptions from C++.
#pragma once

#include <string>

#include "python/objects.hpp"

namespace heddle::python {

/** The builtin classes of exceptions (the module `builtins`), and those of the modules. */
namespace exceptions {
#define HEDDLE_PYTHON_EXCEPTIONS(X)     \
  X(BaseException, BaseException)       \
  X(SystemExit, BaseException)          \
  X(KeyboardInterrupt, BaseException)   \
  X(Exception, BaseException)           \
  X(ArithmeticError, Exception)         \
  X(OverflowError, ArithmeticError)     \
  X(ZeroDivisionError, ArithmeticError) \
  X(AssertionError, Exception)          \
  X(AttributeError, Exception)          \
  X(ImportError, Exception)             \
  X(LookupError, Exception)             \
  X(IndexError, LookupError)            \
  X(KeyError, LookupError)              \
  X(MemoryError, Exception)             \
  X(NameError, Exception)               \
  X(UnboundLocalError, NameError)       \
  X(OSError, Exception)                 \
  X(TimeoutError, OSError)              \
  X(RuntimeError, Exception)            \
  X(NotImplementedError, RuntimeError)  \
  X(RecursionError, RuntimeError)       \
  X(StopIteration, Exception)           \
  X(SyntaxError, Exception)             \
  X(TypeError, Exception)               \
  X(ValueError, Exception)
#define HEDDLE_PYTHON_DECLARE(Name, Base) [[nodiscard]] const class_object& Name();
HEDDLE_PYTHON_EXCEPTIONS(HEDDLE_PYTHON_DECLARE)
#undef HEDDLE_PYTHON_DECLARE
}  // namespace exceptions

/** An immortal class of exceptions of a module, or of builtins where that is empty. */
[[nodiscard]] const class_object& make_exception_class(std::string_view called, const class_object& base,
                                                       std::string_view module = {});

/** Raises an exception of this class with a text. */
[[noreturn]] void raise(thread_state& by, const class_object& of, std::string text);
/** The same with any value as its argument (KeyError). */
[[noreturn]] void raise_with(thread_state& by, const class_object& of, value argument);
/** TypeError, the most frequent one. */
[[noreturn]] void raise_type_error(thread_state& by, std::string text);

}  // namespace heddle::python
