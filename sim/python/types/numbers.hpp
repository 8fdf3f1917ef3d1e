// Numbers: integers of any size, and floats.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "python/interpreter.hpp"
#include "python/objects.hpp"

namespace heddle::python {

using big_number =
    boost::multiprecision::number<boost::multiprecision::cpp_int_backend<>, boost::multiprecision::et_off>;

/** An int that does not fit into 64 bits. */
class big_object final : public heap_object {
 public:
  explicit big_object(big_number of);
  const big_number number;
};

[[nodiscard]] inline big_object* as_big(value of) noexcept { return as<big_object>(of, object_type::big_integer); }
[[nodiscard]] inline bool is_int(value of) noexcept { return of.is_integral() || as_big(of) != nullptr; }
[[nodiscard]] inline bool is_number(value of) noexcept { return is_int(of) || of.is_real(); }

/** Of an int or a bool. */
[[nodiscard]] big_number big_of(value of);
/** An int, in place where it fits. */
[[nodiscard]] value make_integer(thread_state& by, big_number of);
/** Of a number; OverflowError. */
[[nodiscard]] double real_of(thread_state& by, value of);
/** The int that a finite float is cut off to; OverflowError, ValueError. */
[[nodiscard]] value integer_from(thread_state& by, double of);

/** Of two numbers; undefined where the operator does not apply to them. */
[[nodiscard]] value number_binary(thread_state& by, opcode what, value left, value right);
[[nodiscard]] value integer_power(thread_state& by, value base, value exponent);
[[nodiscard]] value float_binary(thread_state& by, opcode what, double left, double right);
[[nodiscard]] value true_quotient(thread_state& by, value left, value right);

/** Less, equal or greater as -1, 0, 1, exactly; nothing where one is not a number (nan). */
[[nodiscard]] std::optional<int> order_of_numbers(value left, value right);

[[nodiscard]] std::uint64_t hash_of_number(value of);

/** Digits of an int in base 2, 8, 10 or 16, with a minus; ValueError for too many decimal ones. */
[[nodiscard]] std::string digits_of(thread_state& by, value of, unsigned base = 10);
/** As int(text, base) reads it; undefined if it cannot. */
[[nodiscard]] value read_integer(thread_state& by, std::string_view text, unsigned base);
[[nodiscard]] std::optional<double> read_float(std::string_view text);

/** An int, or what __index__ gives; undefined for anything else. */
[[nodiscard]] value as_index(thread_state& by, value of);

}  // namespace heddle::python
