// Loops, try and with, and the ways out of them.
//
// As in CPython, what a finally or a with has to do at its end is compiled anew for each way out: at the end of its
// body, for an exception, and for every break, continue and return in it.
#include <optional>
#include <string>
#include <utility>

#include "parts.hpp"

namespace heddle::checker::python {
namespace {

using enum opcode;
using kind = block::kind;

bool is_loop(const block& one) { return one.what == kind::while_loop || one.what == kind::for_loop; }

/** Leaves one block, which is not among `into.blocks` any more; with `value`, a value to return stays on the stack. */
void leave(body& into, const block& one, bool value) {
  switch (one.what) {
    case kind::while_loop: return;
    case kind::for_loop:
    case kind::value:
      if (value) into.emit(ROT_TWO);
      into.emit(POP_TOP);
      return;
    case kind::tried: into.emit(POP_BLOCK); return;
    case kind::finally_tried: {
      into.emit(POP_BLOCK);
      const on_line_of back_to_the_line(into, *one.statement);
      if (value) into.blocks.push_back({.what = kind::value});
      statements(into, one.statement->all("finalbody"));
      if (value) into.blocks.pop_back();
      return;
    }
    case kind::finally_running:
      if (value) into.emit(ROT_THREE);
      into.emit(POP_TOP).emit(POP_EXCEPT);
      return;
    case kind::with:
      into.emit(POP_BLOCK);
      if (value) into.emit(ROT_TWO);
      leave_with(into, *one.statement);
      return;
    case kind::handler:
      if (!one.name.empty()) into.emit(POP_BLOCK);
      if (value) into.emit(ROT_TWO);
      into.emit(POP_EXCEPT);
      if (!one.name.empty()) forget_exception(into, one.name);
      return;
  }
}

/** Leaves the blocks from the innermost on, up to the innermost loop if `to_loop`: that is given back, and not left. */
std::optional<block> leave_blocks(body& into, bool value, bool to_loop) {
  if (into.blocks.empty()) return std::nullopt;
  block innermost = into.blocks.back();
  if (to_loop && is_loop(innermost)) return innermost;
  into.blocks.pop_back();
  leave(into, innermost, value);
  std::optional<block> found = leave_blocks(into, value, to_loop);
  into.blocks.push_back(std::move(innermost));
  return found;
}

block loop_to_leave(body& into) {
  std::optional<block> loop = leave_blocks(into, false, true);
  if (!loop) throw malformed_tree("not in a loop");
  return *loop;
}

void protect(body& into, opcode setup, label handler, block by) {
  into.emit(setup, handler);
  into.blocks.push_back(std::move(by));
}

void end_protection(body& into) {
  into.blocks.pop_back();
  into.emit(POP_BLOCK);
}

/** The stack has what was handled before and the exception on it. */
void handler(body& into, const syntax_node& what, label end, label next) {
  into.code.at_line(what.line);
  if (const syntax_node& type = what.maybe("type")) {
    into.emit(DUP_TOP);
    expression(into, type);
    into.emit(JUMP_IF_NOT_EXC_MATCH, next);
  }
  const std::string& name = what.text("name");
  if (name.empty()) {
    into.emit(POP_TOP);
    into.blocks.push_back({.what = kind::handler});
    statements(into, what.all("body"));
    into.blocks.pop_back();
    into.emit(POP_EXCEPT).emit(JUMP_FORWARD, end);
    return;
  }
  const label failed = into.code.new_label();
  into.store(name);
  protect(into, SETUP_FINALLY, failed, {.what = kind::handler, .name = name});
  statements(into, what.all("body"));
  end_protection(into);
  into.emit(POP_EXCEPT);
  forget_exception(into, name);
  into.emit(JUMP_FORWARD, end);
  into.code.place(failed);
  forget_exception(into, name);
  into.emit(RERAISE);
}

void try_except(body& into, const syntax_node& what) {
  const label failed = into.code.new_label();
  const label otherwise = into.code.new_label();
  const label end = into.code.new_label();
  protect(into, SETUP_FINALLY, failed, {.what = kind::tried});
  statements(into, what.all("body"));
  end_protection(into);
  into.emit(JUMP_FORWARD, otherwise);
  into.code.place(failed);
  for (const syntax_node& each : what.all("handlers")) {
    const label next = into.code.new_label();
    handler(into, each, end, next);
    into.code.place(next);
  }
  into.emit(RERAISE);
  into.code.place(otherwise);
  statements(into, what.all("orelse"));
  into.code.place(end);
}

void with_item(body& into, const syntax_node& what, std::size_t which) {
  const nodes& items = what.all("items");
  const syntax_node& item = items.at(which);
  const label failed = into.code.new_label();
  const label suppressed = into.code.new_label();
  const label end = into.code.new_label();
  expression(into, item.at("context_expr"));
  protect(into, SETUP_WITH, failed, {.what = kind::with, .statement = &what});
  if (const syntax_node& target = item.maybe("optional_vars")) {
    store(into, target);
  } else {
    into.emit(POP_TOP);
  }
  if (which + 1 < items.size()) {
    with_item(into, what, which + 1);
  } else {
    statements(into, what.all("body"));
  }
  const on_line_of back_to_the_line(into, what);
  end_protection(into);
  leave_with(into, what);
  into.emit(JUMP_FORWARD, end);
  into.code.place(failed);
  into.emit(WITH_EXCEPT_START).emit(POP_JUMP_IF_TRUE, suppressed).emit(RERAISE);
  into.code.place(suppressed);
  into.emit(POP_TOP).emit(POP_EXCEPT).emit(POP_TOP);
  into.code.place(end);
}

}  // namespace

void for_loop(body& into, const syntax_node& what) {
  const label start = into.code.new_label();
  const label exhausted = into.code.new_label();
  const label end = into.code.new_label();
  expression(into, what.at("iter"));
  into.emit(GET_ITER);
  into.code.place(start);
  into.emit(FOR_ITER, exhausted);
  into.blocks.push_back({.what = kind::for_loop, .start = start, .end = end});
  store(into, what.at("target"));
  statements(into, what.all("body"));
  into.emit(JUMP_ABSOLUTE, start);
  into.blocks.pop_back();
  into.code.place(exhausted);
  statements(into, what.all("orelse"));
  into.code.place(end);
}

void while_loop(body& into, const syntax_node& what) {
  const std::optional<bool> known = constant_truth(what.at("test"));
  if (known == false) return statements(into, what.all("orelse"));
  const label start = into.code.new_label();
  const label done = into.code.new_label();
  const label end = into.code.new_label();
  into.code.place(start);
  if (!known) jump_if(into, what.at("test"), done, false);
  into.blocks.push_back({.what = kind::while_loop, .start = start, .end = end});
  statements(into, what.all("body"));
  into.emit(JUMP_ABSOLUTE, start);
  into.blocks.pop_back();
  into.code.place(done);
  statements(into, what.all("orelse"));
  into.code.place(end);
}

void break_loop(body& into, const syntax_node&) {
  const block loop = loop_to_leave(into);
  leave(into, loop, false);
  into.emit(JUMP_ABSOLUTE, loop.end);
}

void continue_loop(body& into, const syntax_node&) { into.emit(JUMP_ABSOLUTE, loop_to_leave(into).start); }

// A constant is pushed when all is left: nothing has to be done under it.
void return_value(body& into, const syntax_node& what) {
  const syntax_node& value = what.maybe("value");
  const std::optional<constant> known = value ? constant_value(value) : constant{constant::none{}};
  if (!known) expression(into, value);
  leave_blocks(into, !known.has_value(), false);
  if (known) into.push(*known);
  into.emit(RETURN_VALUE);
}

void try_statement(body& into, const syntax_node& what) {
  if (what.all("finalbody").empty()) return try_except(into, what);
  const label failed = into.code.new_label();
  const label end = into.code.new_label();
  protect(into, SETUP_FINALLY, failed, {.what = kind::finally_tried, .statement = &what});
  if (what.all("handlers").empty()) {
    statements(into, what.all("body"));
  } else {
    try_except(into, what);
  }
  end_protection(into);
  statements(into, what.all("finalbody"));
  into.emit(JUMP_FORWARD, end);
  into.code.place(failed);
  into.blocks.push_back({.what = kind::finally_running});
  statements(into, what.all("finalbody"));
  into.blocks.pop_back();
  into.emit(RERAISE);
  into.code.place(end);
}

void with_statement(body& into, const syntax_node& what) { with_item(into, what, 0); }

void leave_with(body& into, const syntax_node& what) {
  const on_line_of here(into, what);
  into.push_none().emit(DUP_TOP).emit(DUP_TOP).emit(CALL_FUNCTION, 3).emit(POP_TOP);
}

void forget_exception(body& into, const std::string& name) {
  into.push_none();
  into.store(name);
  into.remove(name);
}

}  // namespace heddle::checker::python
