// A Python program as a tree.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace heddle::checker::python {

/** A tree that no Python program has: so it comes from a file that is broken. */
class malformed_tree : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct node_field;

/**
 * A node, as Python's module `ast` has them: with a type and named fields. Fields that are None or empty are left out.
 *
 * A node that is not there (a None among others) has no type.
 */
struct syntax_node {
  std::string type;
  std::uint32_t line = 0;
  std::uint32_t scope = 0;  ///< of what opens one: its number, once the scopes were found
  std::vector<node_field> fields;

  /** Whether it is there. */
  [[nodiscard]] explicit operator bool() const noexcept { return !type.empty(); }
  [[nodiscard]] bool is(std::string_view one) const noexcept { return type == one; }

  /** The node in a field; one that is not there if there is no such field. */
  [[nodiscard]] const syntax_node& maybe(std::string_view field) const;
  /** The node in a field; malformed_tree if there is none. */
  [[nodiscard]] const syntax_node& at(std::string_view field) const;
  /** The nodes in a field; none if there is no such field. */
  [[nodiscard]] const std::vector<syntax_node>& all(std::string_view field) const;
  /** The text in a field; empty if there is no such field. */
  [[nodiscard]] const std::string& text(std::string_view field) const;

 private:
  [[nodiscard]] const node_field* find(std::string_view field) const noexcept;
};

/** A field holds a text, or one node, or a list of nodes. */
struct node_field {
  enum class content : std::uint8_t { text, node, list };
  std::string name;
  content holds = content::text;
  std::string text;
  std::vector<syntax_node> nodes;
};

/** Where and why a source is no Python program. */
struct syntax_fault {
  std::string message;
  std::uint32_t line = 0;    ///< from 1; 0 if it is not about a line
  std::uint32_t column = 0;  ///< from 1; 0 if it is not known
};

/** What the parser had to say: a tree or, if that is not there, what is wrong. */
struct parsed_source {
  syntax_node tree;
  syntax_fault fault;
};

/** Reads what the parser wrote. Throws malformed_tree if it is anything else. */
[[nodiscard]] parsed_source read_tree(std::string_view json);

}  // namespace heddle::checker::python
