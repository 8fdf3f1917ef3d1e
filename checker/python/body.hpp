// The code object that is being compiled, and what all parts of the compiler do with it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <heddle/python/code_builder.hpp>

#include "scopes.hpp"
#include "syntax_tree.hpp"

namespace heddle::checker::python {

using heddle::python::code_builder;
using heddle::python::code_kind;
using heddle::python::constant;
using heddle::python::label;
using heddle::python::opcode;

/** What all bodies of a program share. */
struct unit {
  const std::string& file;
  const std::vector<scope>& scopes;
  std::vector<heddle::python::code_object> codes;
};

/** Something that the instructions are within, and that break, continue and return have to leave. */
struct block {
  enum class kind : std::uint8_t {
    while_loop,
    for_loop,         ///< an iterator is on the stack
    tried,            ///< the body of a try with except
    finally_tried,    ///< the body of a try with finally
    finally_running,  ///< a finally after an exception, which is on the stack
    with,             ///< the function to call at the end is on the stack
    handler,          ///< an except; what was handled before is on the stack
    value             ///< a value to return is on the stack, while a finally runs
  };
  kind what;
  label start{};                           ///< of a loop: for continue
  label end{};                             ///< of a loop: for break
  const syntax_node* statement = nullptr;  ///< of a try or a with
  std::string name{};                      ///< of a handler: of the exception
};

/** A code object in the making. */
struct body {
  /** `opened_by`: the node that opens its scope; the module itself, a function, a class, a comprehension. */
  body(unit& of, const syntax_node& opened_by, const std::string& name, std::string qualified, std::uint32_t line);

  unit& whole;
  const scope& own;
  code_builder code;
  std::string qualified_name;
  std::vector<block> blocks;

  body& emit(opcode what, std::uint32_t argument = 0);
  body& emit(opcode what, label to);
  /** Pushes a constant. */
  body& push(constant what);
  body& push_none() { return push({constant::none{}}); }

  /** The name as it is in the source. */
  void load(const std::string& name);
  void store(const std::string& name);
  void remove(const std::string& name);

  /** The number of an attribute's name. */
  [[nodiscard]] std::uint32_t attribute(const std::string& name);
  /** What the name of something in this body is in full. */
  [[nodiscard]] std::string qualified(const std::string& name) const;
  /** Ends it; its number among the program's code objects. */
  std::uint32_t finish();

 private:
  void by_name(const std::string& name, int what);
  std::uint32_t number_;
};

/** While it lives, instructions are on the line of a node. */
class on_line_of {
 public:
  on_line_of(body& of, const syntax_node& what) : of_(of.code), before_(of_.line()) {
    if (what.line != 0) of_.at_line(what.line);
  }
  on_line_of(const on_line_of&) = delete;
  on_line_of& operator=(const on_line_of&) = delete;
  ~on_line_of() { of_.at_line(before_); }

 private:
  code_builder& of_;
  std::uint32_t before_;
};

}  // namespace heddle::checker::python
