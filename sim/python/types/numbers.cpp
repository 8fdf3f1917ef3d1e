// Arithmetic on integers of any size.
#include "python/types/numbers.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "python/errors.hpp"
#include "python/natives.hpp"
#include "python/operators.hpp"
#include "python/types/making.hpp"
#include "python/types/special.hpp"
#include "python/types/type_functions.hpp"

namespace heddle::python {
namespace {

// Larger ones would take too long to calculate with.
constexpr std::uint64_t most_bits = std::uint64_t{1} << 23U;

void check_bits(thread_state& by, std::uint64_t bits) {
  if (bits > most_bits) raise(by, exceptions::MemoryError(), "integers of more than a million bytes are not supported");
  by.process.charge(by, bits / 8);
}

[[nodiscard]] std::uint64_t bits_of(const big_number& of) {
  return of == 0 ? 0 : msb(of < 0 ? big_number(-of) : of) + 1;
}

[[noreturn]] void division_by_zero(thread_state& by, opcode what) {
  raise(by, exceptions::ZeroDivisionError(),
        what == opcode::BINARY_TRUE_DIVIDE ? "division by zero"
        : what == opcode::BINARY_MODULO    ? "integer modulo by zero"
                                           : "integer division or modulo by zero");
}

struct division {
  big_number quotient, remainder;
};

/** Rounded down, so that the remainder has the divisor's sign. */
[[nodiscard]] division divided(const big_number& left, const big_number& right) {
  division result;
  divide_qr(left, right, result.quotient, result.remainder);
  if (result.remainder != 0 && (result.remainder < 0) != (right < 0)) {
    result.quotient -= 1;
    result.remainder += right;
  }
  return result;
}

[[nodiscard]] std::uint64_t shift_of(thread_state& by, value distance) {
  const big_number wide = big_of(distance);
  if (wide < 0) raise(by, exceptions::ValueError(), "negative shift count");
  return wide > INT64_MAX ? INT64_MAX : static_cast<std::uint64_t>(wide);
}

[[nodiscard]] value shifted_left(thread_state& by, value left, value right) {
  const std::uint64_t distance = shift_of(by, right);
  big_number number = big_of(left);
  if (number == 0) return value(std::int64_t{0});
  check_bits(by, distance > most_bits ? distance : bits_of(number) + distance);
  number <<= static_cast<unsigned>(distance);
  return make_integer(by, std::move(number));
}

[[nodiscard]] value shifted_right(thread_state& by, value left, value right) {
  const std::uint64_t distance = shift_of(by, right);
  big_number number = big_of(left);
  if (distance > bits_of(number)) return value(std::int64_t{number < 0 ? -1 : 0});
  number >>= static_cast<unsigned>(distance);
  return make_integer(by, std::move(number));
}

[[nodiscard]] value big_binary(thread_state& by, opcode what, value left_value, value right_value) {
  const big_number left = big_of(left_value);
  const big_number right = big_of(right_value);
  switch (what) {
    case opcode::BINARY_ADD: return make_integer(by, left + right);
    case opcode::BINARY_SUBTRACT: return make_integer(by, left - right);
    case opcode::BINARY_MULTIPLY: check_bits(by, bits_of(left) + bits_of(right)); return make_integer(by, left * right);
    case opcode::BINARY_AND: return make_integer(by, left & right);
    case opcode::BINARY_OR: return make_integer(by, left | right);
    case opcode::BINARY_XOR: return make_integer(by, left ^ right);
    case opcode::BINARY_LSHIFT: return shifted_left(by, left_value, right_value);
    case opcode::BINARY_RSHIFT: return shifted_right(by, left_value, right_value);
    case opcode::BINARY_FLOOR_DIVIDE: return make_integer(by, divided(left, right).quotient);
    case opcode::BINARY_MODULO: return make_integer(by, divided(left, right).remainder);
    default: return {};
  }
}

/** Of two that fit into 64 bits; undefined where the result may not. */
[[nodiscard]] value small_binary(opcode what, std::int64_t left, std::int64_t right) {
  std::int64_t result = 0;
  switch (what) {
    case opcode::BINARY_ADD: return __builtin_add_overflow(left, right, &result) ? value{} : value(result);
    case opcode::BINARY_SUBTRACT: return __builtin_sub_overflow(left, right, &result) ? value{} : value(result);
    case opcode::BINARY_MULTIPLY: return __builtin_mul_overflow(left, right, &result) ? value{} : value(result);
    case opcode::BINARY_AND: return value(left & right);
    case opcode::BINARY_OR: return value(left | right);
    case opcode::BINARY_XOR: return value(left ^ right);
    case opcode::BINARY_RSHIFT:
      if (right < 0) return {};
      return value(left >> std::min<std::int64_t>(right, 63));
    case opcode::BINARY_FLOOR_DIVIDE:
    case opcode::BINARY_MODULO: {
      if (right == -1) {  // INT64_MIN / -1 does not fit
        if (what == opcode::BINARY_MODULO) return value(std::int64_t{0});
        return __builtin_sub_overflow(std::int64_t{0}, left, &result) ? value{} : value(result);
      }
      const std::int64_t remainder = left % right;
      const bool adjust = remainder != 0 && (remainder < 0) != (right < 0);
      if (what == opcode::BINARY_MODULO) return value(adjust ? remainder + right : remainder);
      return value(left / right - (adjust ? 1 : 0));
    }
    default: return {};
  }
}

[[nodiscard]] value integer_binary(thread_state& by, opcode what, value left, value right) {
  if (what == opcode::BINARY_POWER) return integer_power(by, left, right);
  const bool divides =
      what == opcode::BINARY_FLOOR_DIVIDE || what == opcode::BINARY_MODULO || what == opcode::BINARY_TRUE_DIVIDE;
  if (divides && right.is_integral() && right.number == 0) division_by_zero(by, what);
  if (what == opcode::BINARY_TRUE_DIVIDE) return true_quotient(by, left, right);
  if (left.is_integral() && right.is_integral()) {
    const bool logical = what == opcode::BINARY_AND || what == opcode::BINARY_OR || what == opcode::BINARY_XOR;
    const value result = small_binary(what, left.number, right.number);
    if (result.defined()) {
      return logical && !left.is_integer() && !right.is_integer() ? value(result.number != 0) : result;
    }
  }
  return big_binary(by, what, left, right);
}

}  // namespace

big_object::big_object(big_number of) : heap_object(object_type::big_integer, int_class()), number(std::move(of)) {}

big_number big_of(value of) {
  if (const big_object* big = as_big(of)) return big->number;
  return big_number(of.number);
}

value make_integer(thread_state& by, big_number of) {
  if (of >= INT64_MIN && of <= INT64_MAX) return value(static_cast<std::int64_t>(of));
  by.process.charge(by, of.backend().size() * sizeof(boost::multiprecision::limb_type));
  return value(by.process.make<big_object>(by, std::move(of)));
}

std::unique_ptr<heap_object> big_integer_of(std::string_view digits) {
  return std::make_unique<big_object>(big_number(std::string(digits)));
}

value integer_power(thread_state& by, value base, value exponent) {
  big_number number = big_of(base);
  const big_number times = big_of(exponent);
  if (times < 0) {
    if (number == 0) raise(by, exceptions::ZeroDivisionError(), "0.0 cannot be raised to a negative power");
    return float_binary(by, opcode::BINARY_POWER, real_of(by, base), real_of(by, exponent));
  }
  if (number == 0 || number == 1 || number == -1) {
    if (times == 0) return value(std::int64_t{1});
    return value(std::int64_t{number == 0 ? 0 : number == 1 || (times & 1) == 0 ? 1 : -1});
  }
  const std::uint64_t bits = bits_of(number);
  check_bits(by, times > big_number(most_bits) ? most_bits + 1 : bits * static_cast<std::uint64_t>(times));
  return make_integer(by, pow(number, static_cast<unsigned>(times)));
}

value number_binary(thread_state& by, opcode what, value left, value right) {
  if (left.is_real() || right.is_real()) return float_binary(by, what, real_of(by, left), real_of(by, right));
  return integer_binary(by, what, left, right);
}

value as_index(thread_state& by, value of) {
  if (of.is_integral()) return value(of.number);
  if (as_big(of) != nullptr) return of;
  const value method = special(of, specials().index_);
  if (!method.defined()) return {};
  const value result = call(by, method, {of});
  if (!is_int(result)) raise_type_error(by, "__index__ returned non-int (type " + type_name(result) + ")");
  return result.is_integral() ? value(result.number) : result;
}

namespace {

bool equal_bigs(thread_state& /*by*/, heap_object& left, heap_object& right) {
  return static_cast<big_object&>(left).number == static_cast<big_object&>(right).number;
}
std::uint64_t hash_big(thread_state& /*by*/, heap_object& of) { return hash_of_number(value(&of)); }

}  // namespace

const type_functions big_integer_functions{.hash = hash_big, .equal = equal_bigs};

}  // namespace heddle::python
