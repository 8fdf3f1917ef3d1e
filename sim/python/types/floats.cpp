// Arithmetic on floats, and numbers of both kinds together.
#include <bit>
#include <cmath>
#include <limits>

#include "python/errors.hpp"
#include "python/operators.hpp"
#include "python/types/making.hpp"
#include "python/types/numbers.hpp"

namespace heddle::python {
namespace {

[[noreturn]] void too_large(thread_state& by) {
  raise(by, exceptions::OverflowError(), "int too large to convert to float");
}

/** Of a nonnegative number, rounded to the nearest, ties to even; `sticky`: it is a little more. */
[[nodiscard]] double rounded(big_number number, bool sticky, int exponent) {
  const auto bits = static_cast<int>(msb(number)) + 1;
  if (bits > 62) {
    const auto shift = static_cast<unsigned>(bits - 62);
    sticky = sticky || (number & ((big_number(1) << shift) - 1)) != 0;
    number >>= shift;
    exponent += static_cast<int>(shift);
  }
  auto mantissa = static_cast<std::uint64_t>(number);
  if (sticky) mantissa |= 1U;
  return std::ldexp(static_cast<double>(mantissa), exponent);
}

[[nodiscard]] value floor_division(thread_state& by, opcode what, double left, double right) {
  if (right == 0.0) {
    raise(by, exceptions::ZeroDivisionError(),
          what == opcode::BINARY_MODULO ? "float modulo" : "float floor division by zero");
  }
  double remainder = std::fmod(left, right);
  double quotient = (left - remainder) / right;
  if (remainder != 0.0) {
    if ((right < 0) != (remainder < 0)) {
      remainder += right;
      quotient -= 1.0;
    }
  } else {
    remainder = std::copysign(0.0, right);
  }
  if (what == opcode::BINARY_MODULO) return value(remainder);
  if (quotient == 0.0) return value(std::copysign(0.0, left / right));
  const double floor = std::floor(quotient);
  return value(quotient - floor > 0.5 ? floor + 1.0 : floor);
}

[[nodiscard]] value power(thread_state& by, double base, double exponent) {
  if (base == 0.0 && exponent < 0) {
    raise(by, exceptions::ZeroDivisionError(), "0.0 cannot be raised to a negative power");
  }
  if (base < 0 && std::isfinite(base) && std::isfinite(exponent) && exponent != std::floor(exponent)) {
    raise(by, exceptions::ValueError(), "a negative number to a fractional power is complex, which is not supported");
  }
  const double result = std::pow(base, exponent);
  if (std::isinf(result) && std::isfinite(base) && std::isfinite(exponent)) {
    raise(by, exceptions::OverflowError(), "(34, 'Numerical result out of range')");
  }
  return value(result);
}

[[nodiscard]] int order(double left, double right) { return left < right ? -1 : left > right ? 1 : 0; }

/** Of an int and a float that is no nan, exactly. */
[[nodiscard]] int order(value left, double right) {
  if (left.is_integral() && std::abs(left.number) < (std::int64_t{1} << 53U)) {
    return order(static_cast<double>(left.number), right);
  }
  if (std::isinf(right)) return right > 0 ? -1 : 1;
  const double whole = std::trunc(right);
  const int by_whole = big_of(left).compare(big_number(whole));
  if (by_whole != 0) return by_whole < 0 ? -1 : 1;
  return order(whole, right);
}

constexpr std::uint64_t modulus = (std::uint64_t{1} << 61U) - 1;  // of CPython's hash of numbers

[[nodiscard]] std::uint64_t signed_hash(std::uint64_t of, bool negative) {
  const auto result = negative ? -static_cast<std::int64_t>(of) : static_cast<std::int64_t>(of);
  return static_cast<std::uint64_t>(result == -1 ? -2 : result);
}

[[nodiscard]] std::uint64_t hash_of_real(double of) {
  if (std::isnan(of)) return 0;
  if (std::isinf(of)) return static_cast<std::uint64_t>(std::int64_t{of > 0 ? 314159 : -314159});
  int exponent = 0;
  double mantissa = std::frexp(std::fabs(of), &exponent);
  std::uint64_t result = 0;
  while (mantissa != 0.0) {
    result = ((result << 28U) & modulus) | result >> 33U;
    mantissa *= 268435456.0;  // 2^28
    exponent -= 28;
    const auto part = static_cast<std::uint64_t>(mantissa);
    mantissa -= static_cast<double>(part);
    result += part;
    if (result >= modulus) result -= modulus;
  }
  const auto turn = static_cast<unsigned>(exponent >= 0 ? exponent % 61 : 60 - ((-1 - exponent) % 61));
  result = ((result << turn) & modulus) | result >> (61U - turn);
  return signed_hash(result, of < 0);
}

}  // namespace

double real_of(thread_state& by, value of) {
  if (of.is_real()) return of.real;
  if (of.is_integral()) return static_cast<double>(of.number);
  const big_number& number = static_cast<big_object*>(of.object)->number;
  if (msb(number < 0 ? big_number(-number) : number) > 1024) too_large(by);
  const double result = rounded(number < 0 ? big_number(-number) : number, false, 0);
  if (std::isinf(result)) too_large(by);
  return number < 0 ? -result : result;
}

value integer_from(thread_state& by, double of) {
  if (std::isnan(of)) raise(by, exceptions::ValueError(), "cannot convert float NaN to integer");
  if (std::isinf(of)) raise(by, exceptions::OverflowError(), "cannot convert float infinity to integer");
  if (std::fabs(of) < 9.0e18) return value(static_cast<std::int64_t>(of));
  return make_integer(by, big_number(std::trunc(of)));
}

value float_binary(thread_state& by, opcode what, double left, double right) {
  switch (what) {
    case opcode::BINARY_ADD: return value(left + right);
    case opcode::BINARY_SUBTRACT: return value(left - right);
    case opcode::BINARY_MULTIPLY: return value(left * right);
    case opcode::BINARY_TRUE_DIVIDE:
      if (right == 0.0) raise(by, exceptions::ZeroDivisionError(), "float division by zero");
      return value(left / right);
    case opcode::BINARY_FLOOR_DIVIDE:
    case opcode::BINARY_MODULO: return floor_division(by, what, left, right);
    case opcode::BINARY_POWER: return power(by, left, right);
    default: return {};
  }
}

value true_quotient(thread_state& by, value left, value right) {
  constexpr std::int64_t exact = std::int64_t{1} << 53U;
  if (left.is_integral() && right.is_integral() && left.number <= exact && left.number >= -exact &&
      right.number <= exact && right.number >= -exact) {
    return value(static_cast<double>(left.number) / static_cast<double>(right.number));
  }
  big_number above = big_of(left);
  big_number below = big_of(right);
  if (above == 0) return value(0.0);
  const bool negative = (above < 0) != (below < 0);
  if (above < 0) above = -above;
  if (below < 0) below = -below;
  const int difference = static_cast<int>(msb(above)) - static_cast<int>(msb(below));
  if (difference > 1100) raise(by, exceptions::OverflowError(), "integer division result too large for a float");
  if (difference < -1200) return value(negative ? -0.0 : 0.0);
  const int shift = 64 - difference;  // the quotient has 64 or 65 bits
  if (shift >= 0) {
    above <<= static_cast<unsigned>(shift);
  } else {
    below <<= static_cast<unsigned>(-shift);
  }
  big_number quotient;
  big_number remainder;
  divide_qr(above, below, quotient, remainder);
  const double result = rounded(quotient, remainder != 0, -shift);
  if (std::isinf(result)) raise(by, exceptions::OverflowError(), "integer division result too large for a float");
  return value(negative ? -result : result);
}

std::optional<int> order_of_numbers(value left, value right) {
  if (left.is_integral() && right.is_integral()) {
    return left.number < right.number ? -1 : left.number > right.number ? 1 : 0;
  }
  if ((left.is_real() && std::isnan(left.real)) || (right.is_real() && std::isnan(right.real))) return std::nullopt;
  if (left.is_real() && right.is_real()) return order(left.real, right.real);
  if (right.is_real()) return order(left, right.real);
  if (left.is_real()) return -order(right, left.real);
  const int result = big_of(left).compare(big_of(right));
  return result < 0 ? -1 : result > 0 ? 1 : 0;
}

std::uint64_t hash_of_number(value of) {
  if (of.is_real()) return hash_of_real(of.real);
  if (of.is_integral()) {
    const bool negative = of.number < 0;
    const auto magnitude = static_cast<std::uint64_t>(of.number);
    return signed_hash((negative ? 0 - magnitude : magnitude) % modulus, negative);
  }
  const big_number number = big_of(of);
  const big_number magnitude = number < 0 ? big_number(-number) : number;
  return signed_hash(static_cast<std::uint64_t>(big_number(magnitude % modulus)), number < 0);
}

}  // namespace heddle::python
