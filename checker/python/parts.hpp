// The parts of the compiler: each compiles one kind of syntax into a body.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "body.hpp"
#include "syntax_tree.hpp"

namespace heddle::checker::python {

using nodes = std::vector<syntax_node>;

void statement(body& into, const syntax_node& what);
void statements(body& into, const nodes& all);

/** Leaves its value on the stack. */
void expression(body& into, const syntax_node& what);
/** Jumps if the truth of the condition is `when`, and goes on otherwise. */
void jump_if(body& into, const syntax_node& condition, label to, bool when);

/** The value, where it is known now: of a literal, of a negative number, of a tuple of such. */
[[nodiscard]] std::optional<constant> constant_value(const syntax_node& what);
/** The truth of a literal; nothing if it is not one. */
[[nodiscard]] std::optional<bool> constant_truth(const syntax_node& what);

void call(body& into, const syntax_node& what);
void tuple_display(body& into, const syntax_node& what);
void list_display(body& into, const syntax_node& what);
void set_display(body& into, const syntax_node& what);
void dict_display(body& into, const syntax_node& what);
/** Leaves a dict on the stack: of pairs, and of mappings that are taken over at their place among the pairs. */
class dict_maker {
 public:
  explicit dict_maker(body& into) : into_(into) {}
  /** A key and its value were pushed. */
  void add_pair() { ++pairs_; }
  void add_mapping(const syntax_node& what);
  void finish();

 private:
  body& into_;
  std::uint32_t pairs_ = 0;
  bool made_ = false;
};
/** Leaves a tuple of the nodes' values on the stack, of which some may be starred. */
void tuple_of(body& into, const nodes& all);
void comprehension(body& into, const syntax_node& what);
void lambda(body& into, const syntax_node& what);

/** Takes the value off the stack. */
void store(body& into, const syntax_node& target);
void remove(body& into, const syntax_node& target);
void augmented_assignment(body& into, const syntax_node& what);
/** A subscript's object and index, or an attribute's object, as loading and storing need them. */
void subscript_parts(body& into, const syntax_node& what);
/** Of an operator's node. */
[[nodiscard]] opcode binary_operation(const syntax_node& operation, bool in_place);

void function_definition(body& into, const syntax_node& what);
void class_definition(body& into, const syntax_node& what);
/** Pushes the function whose code is `inner`; its defaults (see MAKE_FUNCTION's `flags`) are on the stack. */
void make_function(body& into, body& inner, std::uint32_t flags, const std::string& name);

void for_loop(body& into, const syntax_node& what);
void while_loop(body& into, const syntax_node& what);
void break_loop(body& into, const syntax_node& what);
void continue_loop(body& into, const syntax_node& what);
void return_value(body& into, const syntax_node& what);
void try_statement(body& into, const syntax_node& what);
void with_statement(body& into, const syntax_node& what);
/** The end of a with whose body ended well. */
void leave_with(body& into, const syntax_node& what);
/** The name of an exception that was handled is gone. */
void forget_exception(body& into, const std::string& name);

}  // namespace heddle::checker::python
