// Statements that have no others in them, and if.
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "parts.hpp"

namespace heddle::checker::python {
namespace {

using enum opcode;

// The value of a constant (a text that explains something) is of no use.
void expression_statement(body& into, const syntax_node& what) {
  if (what.at("value").is("Constant")) return;
  expression(into, what.at("value"));
  into.emit(POP_TOP);
}

/** `a, b = b, a` needs no tuple, as in CPython: for two or three variables. */
bool exchanged(body& into, const syntax_node& target, const syntax_node& value) {
  if (!target.is("Tuple") && !target.is("List")) return false;
  if (!value.is("Tuple") || constant_value(value)) return false;
  const std::size_t count = value.all("elts").size();
  if (count != target.all("elts").size() || count < 2 || count > 3) return false;
  for (const syntax_node* side : {&target, &value}) {
    for (const syntax_node& each : side->all("elts")) {
      if (each.is("Starred")) return false;
    }
  }
  for (const syntax_node& each : value.all("elts")) expression(into, each);
  if (count == 3) into.emit(ROT_THREE);
  into.emit(ROT_TWO);
  for (const syntax_node& each : target.all("elts")) store(into, each);
  return true;
}

void assignment(body& into, const syntax_node& what) {
  const nodes& targets = what.all("targets");
  if (targets.empty()) throw malformed_tree("no target");
  if (targets.size() == 1 && exchanged(into, targets.front(), what.at("value"))) return;
  expression(into, what.at("value"));
  for (const syntax_node& each : targets) {
    if (&each != &targets.back()) into.emit(DUP_TOP);
    store(into, each);
  }
}

// What the annotation says is of no use.
void annotated_assignment(body& into, const syntax_node& what) {
  if (!what.maybe("value")) return;
  expression(into, what.at("value"));
  store(into, what.at("target"));
}

void removal(body& into, const syntax_node& what) {
  for (const syntax_node& each : what.all("targets")) remove(into, each);
}

void if_statement(body& into, const syntax_node& what) {
  const syntax_node& test = what.at("test");
  if (const std::optional<bool> known = constant_truth(test)) {
    statements(into, what.all(*known ? "body" : "orelse"));
    return;
  }
  const nodes& otherwise = what.all("orelse");
  const label other = into.code.new_label();
  const label end = into.code.new_label();
  jump_if(into, test, other, false);
  statements(into, what.all("body"));
  if (!otherwise.empty()) into.emit(JUMP_FORWARD, end);
  into.code.place(other);
  statements(into, otherwise);
  into.code.place(end);
}

void assertion(body& into, const syntax_node& what) {
  const label end = into.code.new_label();
  jump_if(into, what.at("test"), end, true);
  into.emit(LOAD_ASSERTION_ERROR);
  if (const syntax_node& message = what.maybe("msg")) {
    expression(into, message);
    into.emit(CALL_FUNCTION, 1);
  }
  into.emit(RAISE_VARARGS, 1);
  into.code.place(end);
}

void raise_statement(body& into, const syntax_node& what) {
  std::uint32_t count = 0;
  for (const std::string_view part : {"exc", "cause"}) {
    const syntax_node& one = what.maybe(part);
    if (!one) break;
    expression(into, one);
    ++count;
  }
  into.emit(RAISE_VARARGS, count);
}

void import(body& into, const syntax_node& what) {
  for (const syntax_node& each : what.all("names")) {
    const std::string& renamed = each.text("asname");
    into.emit(IMPORT_NAME, into.code.name(each.text("name")));
    into.store(renamed.empty() ? each.text("name") : renamed);
  }
}

void import_from(body& into, const syntax_node& what) {
  if (what.text("module") == "__future__") return;  // what it changes (annotations) is of no use here
  into.emit(IMPORT_NAME, into.code.name(what.text("module")));
  for (const syntax_node& each : what.all("names")) {
    const std::string& renamed = each.text("asname");
    into.emit(IMPORT_FROM, into.code.name(each.text("name")));
    into.store(renamed.empty() ? each.text("name") : renamed);
  }
  into.emit(POP_TOP);
}

void nothing(body&, const syntax_node&) {}

struct row {
  std::string_view type;
  void (*compile)(body&, const syntax_node&);
};
constexpr std::array table{row{"Expr", expression_statement},
                           row{"Assign", assignment},
                           row{"AugAssign", augmented_assignment},
                           row{"AnnAssign", annotated_assignment},
                           row{"Delete", removal},
                           row{"If", if_statement},
                           row{"For", for_loop},
                           row{"While", while_loop},
                           row{"Break", break_loop},
                           row{"Continue", continue_loop},
                           row{"Return", return_value},
                           row{"Try", try_statement},
                           row{"With", with_statement},
                           row{"Raise", raise_statement},
                           row{"Assert", assertion},
                           row{"FunctionDef", function_definition},
                           row{"ClassDef", class_definition},
                           row{"Import", import},
                           row{"ImportFrom", import_from},
                           row{"Global", nothing},
                           row{"Nonlocal", nothing},
                           row{"Pass", nothing}};

}  // namespace

void statement(body& into, const syntax_node& what) {
  if (what.line != 0) into.code.at_line(what.line);
  for (const row& each : table) {
    if (what.is(each.type)) return each.compile(into, what);
  }
  throw malformed_tree("no statement: " + what.type);
}

void statements(body& into, const nodes& all) {
  for (const syntax_node& each : all) statement(into, each);
}

}  // namespace heddle::checker::python
