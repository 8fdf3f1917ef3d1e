// What single instructions do, beyond a few lines in the loop.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "python/interpreter.hpp"
#include "python/objects.hpp"
#include "python/operators.hpp"
#include "python/watching.hpp"
#include "python/well_known.hpp"

namespace heddle::python {

[[noreturn]] void raise_unbound_local(thread_state& by, const loaded_code& code, std::uint32_t local);

// ---- global variables, by slot

[[nodiscard]] value load_watched_global(thread_state& by, std::uint32_t slot);
/** The builtin of the name; NameError. */
[[nodiscard]] value builtin_or_raise(thread_state& by, std::uint32_t slot);
void store_global(thread_state& by, std::uint32_t slot, value to);
void delete_global(thread_state& by, std::uint32_t slot);

// ---- cells

[[nodiscard]] inline cell_object& cell_at(value* locals, const loaded_code& code, std::uint32_t which) noexcept {
  return *static_cast<cell_object*>(locals[code.source->locals.size() + which].object);
}
[[nodiscard]] value load_cell(thread_state& by, cell_object& cell, const loaded_code& code, std::uint32_t which);
void store_cell(thread_state& by, cell_object& cell, const loaded_code& code, std::uint32_t which, value to);

// ---- items: as subscript and set_subscript, and an event where others can get at the container

[[nodiscard]] value load_item(thread_state& by, value container, value key);
void store_item(thread_state& by, value container, value key, value to);

// ---- the rest

[[nodiscard]] constexpr bool compared(comparison what, std::int64_t left, std::int64_t right) noexcept {
  switch (what) {
    case comparison::less: return left < right;
    case comparison::less_equal: return left <= right;
    case comparison::equal: return left == right;
    case comparison::not_equal: return left != right;
    case comparison::greater: return left > right;
    case comparison::greater_equal: return left >= right;
  }
  return false;
}

[[nodiscard]] inline bool truth_of(thread_state& by, value of) {
  return of.kind == value_kind::boolean ? of.number != 0 : truth(by, of);
}

/** BUILD_... of these values. */
[[nodiscard]] value build(thread_state& by, opcode what, std::span<const value> of);
/** LIST_APPEND, SET_ADD. */
void add_item(thread_state& by, value container, value item);
/** LIST_EXTEND, SET_UPDATE, DICT_UPDATE. */
void extend(thread_state& by, opcode what, value container, value with);
[[nodiscard]] value format_value(thread_state& by, value of, std::uint32_t conversion, value specification);
/** UNPACK_SEQUENCE, UNPACK_EX: the values, the first first. */
[[nodiscard]] std::vector<value> unpack(thread_state& by, instruction how, value iterable);

/** A method to be called: with `self` as its first argument, if that is a value. */
struct method_lookup {
  value function;
  value self;
};
[[nodiscard]] method_lookup find_method(thread_state& by, value of, name called);

[[nodiscard]] value import_module(thread_state& by, name called);
[[nodiscard]] value import_from(thread_state& by, value module, name called);
/** except: whether an exception is an instance of a class, or of one in a tuple. */
[[nodiscard]] bool matches(thread_state& by, value exception, value classes);
/** raise, raise a, raise a from b: those that are not there are undefined. */
[[noreturn]] void raise_statement(thread_state& by, value what, value cause);

}  // namespace heddle::python
