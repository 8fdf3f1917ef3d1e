// Values of the interpreter: small ones in place, others on the heap.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace heddle::python {

class heap_object;

/** A name of a variable or an attribute: two are the same exactly if their pointers are. They live for ever. */
using name = const std::string*;

/** The one name with this text; may be called by any OS thread. Names are compared, never ordered by address. */
[[nodiscard]] name intern(std::string_view text);

enum class value_kind : std::uint8_t { undefined, none, boolean, integer, real, object };

/** A Python object: a number in place, or a reference. `undefined` is no object: a variable without a value. */
struct value {
  value_kind kind = value_kind::undefined;
  union {
    std::int64_t number = 0;  // of boolean, too: 0 or 1
    double real;
    heap_object* object;
  };

  constexpr value() noexcept = default;
  constexpr explicit value(bool of) noexcept : kind(value_kind::boolean), number(of ? 1 : 0) {}
  constexpr explicit value(std::int64_t of) noexcept : kind(value_kind::integer), number(of) {}
  constexpr explicit value(double of) noexcept : kind(value_kind::real), real(of) {}
  constexpr explicit value(heap_object* of) noexcept : kind(value_kind::object), object(of) {}
  static constexpr value none() noexcept {
    value result;
    result.kind = value_kind::none;
    return result;
  }

  [[nodiscard]] constexpr bool defined() const noexcept { return kind != value_kind::undefined; }
  [[nodiscard]] constexpr bool is_none() const noexcept { return kind == value_kind::none; }
  [[nodiscard]] constexpr bool is_integer() const noexcept { return kind == value_kind::integer; }
  /** An int or a bool, which is an int. */
  [[nodiscard]] constexpr bool is_integral() const noexcept {
    return kind == value_kind::integer || kind == value_kind::boolean;
  }
  [[nodiscard]] constexpr bool is_real() const noexcept { return kind == value_kind::real; }
  [[nodiscard]] constexpr bool is_object() const noexcept { return kind == value_kind::object; }
};

/** The operator `is`. */
[[nodiscard]] constexpr bool same(value a, value b) noexcept {
  if (a.kind != b.kind) return false;
  if (a.kind == value_kind::object) return a.object == b.object;
  if (a.kind == value_kind::real) return a.real == b.real;
  return a.number == b.number;
}

}  // namespace heddle::python
