// How deep C++ functions of the interpreter may call each other: green threads have small stacks.
#pragma once

#include <cstdint>

#include "python/errors.hpp"
#include "python/interpreter.hpp"

namespace heddle::python {

/** Calls of C++ functions that call themselves by way of Python's objects: repr, ==, hash, and the bytecode loop. */
inline constexpr std::uint32_t native_depth_limit = 40;

/** One level deeper while it lives; RecursionError if that is too deep. */
class one_deeper {
 public:
  explicit one_deeper(thread_state& by, const char* doing = "") : by_(by) {
    if (by.native_depth >= native_depth_limit) too_deep(by, doing);
    ++by.native_depth;
  }
  one_deeper(const one_deeper&) = delete;
  one_deeper& operator=(const one_deeper&) = delete;
  ~one_deeper() { --by_.native_depth; }

 private:
  [[noreturn]] static void too_deep(thread_state& by, const char* doing);
  thread_state& by_;
};

}  // namespace heddle::python
