#include "body.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include <heddle/explore.hpp>

#include "peephole.hpp"

namespace heddle::checker::python {
namespace {

// A finally is compiled once for each way out of its try, so that nested ones may get far bigger than their source.
constexpr std::size_t most_instructions = std::size_t{1} << 20U;

code_kind kind_of(const scope& one) {
  if (one.kind == scope_kind::module) return code_kind::module;
  return one.kind == scope_kind::class_body ? code_kind::class_body : code_kind::function;
}

}  // namespace

body::body(unit& of, const syntax_node& opened_by, const std::string& name, std::string qualified, std::uint32_t line)
    : whole(of),
      own(of.scopes.at(opened_by.scope)),
      code(name, line, kind_of(own)),
      qualified_name(std::move(qualified)),
      number_(static_cast<std::uint32_t>(of.codes.size())) {
  of.codes.emplace_back();
  heddle::python::code_object& made = code.object();
  made.qualified_name = qualified_name;
  made.locals = own.arguments;
  made.cells.assign(own.cells.begin(), own.cells.end());
  made.free.assign(own.free.begin(), own.free.end());
  code.at_line(line);
}

body& body::emit(opcode what, std::uint32_t argument) {
  if (code.size() >= most_instructions) {
    throw request_error(fmt::format("{}:{}: too much code for one function: split it", whole.file, code.line()));
  }
  code.emit(what, argument);
  return *this;
}

body& body::emit(opcode what, label to) {
  code.emit(what, to);
  return *this;
}

body& body::push(constant what) { return emit(opcode::LOAD_CONST, code.constant(std::move(what))); }

void body::by_name(const std::string& name, int what) {
  using enum opcode;
  static constexpr std::array<std::array<opcode, 3>, 4> table{{{LOAD_NAME, STORE_NAME, DELETE_NAME},
                                                               {LOAD_GLOBAL, STORE_GLOBAL, DELETE_GLOBAL},
                                                               {LOAD_FAST, STORE_FAST, DELETE_FAST},
                                                               {LOAD_DEREF, STORE_DEREF, DELETE_DEREF}}};
  const std::string known = own.private_name(name);
  const place_of_name place = own.place_of(known);
  const opcode chosen = table.at(static_cast<std::size_t>(place)).at(static_cast<std::size_t>(what));
  if (place == place_of_name::local) {
    emit(chosen, code.local(known));
  } else if (place == place_of_name::cell_or_free) {
    emit(chosen, code.cell(known));
  } else {
    emit(chosen, code.name(known));
  }
}

void body::load(const std::string& name) { by_name(name, 0); }
void body::store(const std::string& name) { by_name(name, 1); }
void body::remove(const std::string& name) { by_name(name, 2); }

std::uint32_t body::attribute(const std::string& name) { return code.name(own.private_name(name)); }

std::string body::qualified(const std::string& name) const {
  if (own.kind == scope_kind::module || own.declared_global.contains(own.private_name(name))) return name;
  return qualified_name + (own.is_function() ? ".<locals>." : ".") + name;
}

std::uint32_t body::finish() {
  heddle::python::code_object& made = whole.codes.at(number_);
  made = code.finish();
  improve(made);
  return number_;
}

}  // namespace heddle::checker::python
