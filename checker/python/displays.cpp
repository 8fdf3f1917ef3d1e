// Tuples, lists, sets and dicts that are written out, and comprehensions.
#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

#include "parts.hpp"

namespace heddle::checker::python {
namespace {

using enum opcode;

/** What is built of elements, one by one. */
struct collection {
  opcode build;
  opcode add;
  opcode extend;
};
constexpr collection list{BUILD_LIST, LIST_APPEND, LIST_EXTEND};
constexpr collection set{BUILD_SET, SET_ADD, SET_UPDATE};

bool is_starred(const syntax_node& what) { return what.is("Starred"); }

/** Up to the first starred one they are built at once; what follows is added. */
void unpacked(body& into, const nodes& all, const collection& kind) {
  std::uint32_t count = 0;
  bool built = false;
  for (const syntax_node& each : all) {
    const bool starred = is_starred(each);
    if (starred && !std::exchange(built, true)) into.emit(kind.build, count);
    expression(into, starred ? each.at("value") : each);
    ++count;
    if (built) into.emit(starred ? kind.extend : kind.add, 1);
  }
}

void built(body& into, const nodes& all, const collection& kind) {
  if (std::any_of(all.begin(), all.end(), is_starred)) return unpacked(into, all, kind);
  constant::tuple known;
  for (const syntax_node& each : all) {
    std::optional<constant> value = constant_value(each);
    if (!value) break;
    known.push_back(std::move(*value));
  }
  // As CPython: three constants or more come as one.
  if (known.size() == all.size() && known.size() > 2) {
    into.emit(kind.build, 0).push({std::move(known)}).emit(kind.extend, 1);
    return;
  }
  for (const syntax_node& each : all) expression(into, each);
  into.emit(kind.build, static_cast<std::uint32_t>(all.size()));
}

/** One for and its ifs; in the innermost, the element is added. */
void comprehension_loop(body& into, const syntax_node& what, std::size_t which, opcode add) {
  const nodes& generators = what.all("generators");
  const syntax_node& own = generators[which];
  const label start = into.code.new_label();
  const label next = into.code.new_label();
  const label end = into.code.new_label();
  if (which == 0) {
    into.emit(LOAD_FAST, into.code.local(".0"));
  } else {
    expression(into, own.at("iter"));
    into.emit(GET_ITER);
  }
  into.code.place(start);
  into.emit(FOR_ITER, end);
  store(into, own.at("target"));
  for (const syntax_node& each : own.all("ifs")) jump_if(into, each, next, false);
  if (which + 1 < generators.size()) {
    comprehension_loop(into, what, which + 1, add);
  } else {
    expression(into, what.at(add == MAP_ADD ? "key" : "elt"));
    if (add == MAP_ADD) expression(into, what.at("value"));
    into.emit(add, static_cast<std::uint32_t>(which) + 2);
  }
  into.code.place(next);
  into.emit(JUMP_ABSOLUTE, start);
  into.code.place(end);
}

}  // namespace

void tuple_of(body& into, const nodes& all) {
  if (std::any_of(all.begin(), all.end(), is_starred)) {
    unpacked(into, all, list);
    into.emit(LIST_TO_TUPLE);
    return;
  }
  for (const syntax_node& each : all) expression(into, each);
  into.emit(BUILD_TUPLE, static_cast<std::uint32_t>(all.size()));
}

void tuple_display(body& into, const syntax_node& what) {
  if (std::optional<constant> known = constant_value(what)) {
    into.push(std::move(*known));
  } else {
    tuple_of(into, what.all("elts"));
  }
}

void list_display(body& into, const syntax_node& what) { built(into, what.all("elts"), list); }
void set_display(body& into, const syntax_node& what) { built(into, what.all("elts"), set); }

void dict_maker::add_mapping(const syntax_node& what) {
  finish();
  expression(into_, what);
  into_.emit(DICT_UPDATE, 1);
}

void dict_maker::finish() {
  if (pairs_ == 0 && made_) return;
  into_.emit(BUILD_MAP, std::exchange(pairs_, 0));
  if (std::exchange(made_, true)) into_.emit(DICT_UPDATE, 1);
}

// A key that is not there marks a ** before the value.
void dict_display(body& into, const syntax_node& what) {
  const nodes& keys = what.all("keys");
  const nodes& values = what.all("values");
  if (keys.size() != values.size()) throw malformed_tree("keys without values");
  dict_maker made(into);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i]) {
      expression(into, keys[i]);
      expression(into, values[i]);
      made.add_pair();
    } else {
      made.add_mapping(values[i]);
    }
  }
  made.finish();
}

// A generator expression stands only where all of it is taken at once (subset.cpp), so it may as well be a list.
void comprehension(body& into, const syntax_node& what) {
  struct row {
    std::string_view type;
    const char* name;
    opcode build;
    opcode add;
  };
  static constexpr row table[]{{"ListComp", "<listcomp>", BUILD_LIST, LIST_APPEND},
                               {"SetComp", "<setcomp>", BUILD_SET, SET_ADD},
                               {"DictComp", "<dictcomp>", BUILD_MAP, MAP_ADD},
                               {"GeneratorExp", "<genexpr>", BUILD_LIST, LIST_APPEND}};
  for (const row& each : table) {
    if (!what.is(each.type)) continue;
    const std::string qualified = into.qualified(each.name);
    body inner(into.whole, what, each.name, qualified, into.code.line());
    inner.code.object().positional = 1;
    inner.emit(each.build);
    comprehension_loop(inner, what, 0, each.add);
    inner.emit(RETURN_VALUE);
    make_function(into, inner, 0, qualified);
    expression(into, what.all("generators").front().at("iter"));
    into.emit(GET_ITER).emit(CALL_FUNCTION, 1);
  }
}

}  // namespace heddle::checker::python
