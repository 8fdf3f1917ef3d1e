// Which variable a name means.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "syntax_tree.hpp"

namespace heddle::checker::python {

/** What opens a scope. */
enum class scope_kind : std::uint8_t { module, function, class_body, comprehension };

/** Where the variable of a name lives, as seen from one scope. */
enum class place_of_name : std::uint8_t {
  named,        ///< LOAD_NAME: of a module or a class body
  global,       ///< LOAD_GLOBAL
  local,        ///< LOAD_FAST
  cell_or_free  ///< LOAD_DEREF
};

/** A block of code with names of its own. */
struct scope {
  scope_kind kind = scope_kind::module;
  std::uint32_t parent = 0;
  std::string class_name;  ///< of the innermost class around: for names such as __secret

  std::vector<std::string> arguments;  ///< in the order of the code object's local variables
  std::set<std::string> bound;
  std::set<std::string> used;
  std::set<std::string> declared_global;
  std::set<std::string> declared_nonlocal;

  std::set<std::string> cells;  ///< its own variables that inner functions use
  std::set<std::string> free;   ///< outer functions' variables that it, or a function in it, uses
  std::set<std::string> outer;  ///< those of `free` that it uses itself

  [[nodiscard]] bool is_function() const noexcept {
    return kind == scope_kind::function || kind == scope_kind::comprehension;
  }
  /** A name as it is in this scope: in a class, __secret is _Class__secret. */
  [[nodiscard]] std::string private_name(const std::string& written) const;
  /** Of a name as private_name gives it. */
  [[nodiscard]] place_of_name place_of(const std::string& name) const;
};

/** The scopes of a module, the module's first. Each node that opens one gets its number. */
[[nodiscard]] std::vector<scope> find_scopes(syntax_node& module);

}  // namespace heddle::checker::python
