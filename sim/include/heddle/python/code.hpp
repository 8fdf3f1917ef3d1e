// Code objects: what the bytecode machine runs.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include <heddle/python/opcode.hpp>

namespace heddle::python {

struct code_object;

/** A constant of a code object. */
struct constant {
  struct none {
    friend bool operator==(none, none) = default;
  };
  struct ellipsis {
    friend bool operator==(ellipsis, ellipsis) = default;
  };
  /** Of the program's code objects. */
  struct code {
    std::uint32_t index = 0;
    friend bool operator==(code, code) = default;
  };
  /** A decimal number that does not fit into 64 bits. */
  struct big_integer {
    std::string digits;
    friend bool operator==(const big_integer&, const big_integer&) = default;
  };
  using tuple = std::vector<constant>;
  /** Strings are UTF-8. */
  std::variant<none, bool, std::int64_t, double, std::string, tuple, code, ellipsis, big_integer> what;

  /** Of the same type, too: 1, 1.0 and True are three constants; so are 0.0 and -0.0. */
  friend bool operator==(const constant& a, const constant& b);
};

/** What a code object is the body of. */
enum class code_kind : std::uint8_t { module, function, class_body };

/** A body of code, immutable once it is part of a program. */
struct code_object {
  std::string name;            ///< "loop", "<module>", "<lambda>", "<listcomp>"
  std::string qualified_name;  ///< "outer.<locals>.loop"
  code_kind kind = code_kind::function;
  std::uint32_t first_line = 1;

  std::vector<instruction> instructions;
  std::vector<std::uint32_t> lines;  ///< of each instruction, in the program's file
  std::vector<constant> constants;
  std::vector<std::string> names;   ///< of globals, attributes and modules
  std::vector<std::string> locals;  ///< arguments first: positional, keyword-only, *args, **kwargs
  std::vector<std::string> cells;   ///< of its own variables that inner functions use; arguments among them, too
  std::vector<std::string> free;    ///< of outer functions' variables that it uses

  std::uint32_t positional = 0;        ///< how many arguments may be given by position ...
  std::uint32_t only_by_position = 0;  ///< ... and how many of them by position alone
  std::uint32_t only_by_name = 0;      ///< keyword-only arguments
  bool takes_rest = false;             ///< *args
  bool takes_named_rest = false;       ///< **kwargs
  std::uint32_t stack_size = 0;        ///< values that it needs at most

  friend bool operator==(const code_object&, const code_object&) = default;
};

/** A whole program: what a file is compiled to. */
struct program {
  std::string file;                ///< as shown in reports and tracebacks
  std::vector<std::string> text;   ///< its lines, for tracebacks; may be empty
  std::vector<code_object> codes;  ///< the first is the module's

  friend bool operator==(const program&, const program&) = default;
};

}  // namespace heddle::python
