// Builtin functions on numbers and characters.
#include "python/types/numbers.hpp"

#include <charconv>
#include <cmath>

#include "python/builtins/tables.hpp"
#include "python/types/format.hpp"
#include "python/types/making.hpp"
#include "python/types/special.hpp"
#include "python/types/type_functions.hpp"
#include "python/utf8.hpp"

namespace heddle::python {
namespace {

value abs_(thread_state& by, const arguments& given) {
  check_function(by, given, "abs", 1, 1);
  const value of = given.positional[0];
  if (of.is_real()) return value(std::fabs(of.real));
  if (is_int(of)) {
    const bool negative = of.is_integral() ? of.number < 0 : as_big(of)->number < 0;
    return unary(by, negative ? opcode::UNARY_NEGATIVE : opcode::UNARY_POSITIVE, of);
  }
  if (const value method = special(of, specials().abs_); method.defined()) return call(by, method, {of});
  raise_type_error(by, "bad operand type for abs(): '" + type_name(of) + "'");
}

/** To so many digits behind the point; half to even, as what the float exactly is. */
[[nodiscard]] double rounded(thread_state& by, double of, std::int64_t digits) {
  if (!std::isfinite(of) || of == 0.0 || digits > 323) return of;
  if (digits < -308) return std::copysign(0.0, of);
  if (digits >= 0) {
    const std::string text = real_digits(by, std::fabs(of), 'f', static_cast<std::uint32_t>(digits), false);
    return std::copysign(read_float(text).value_or(of), of);
  }
  // The digits before the point: as an integer, which a float is from 2^53 on anyway.
  const double scale = std::pow(10.0, static_cast<double>(-digits));
  const double scaled = std::fabs(of) / scale;
  const double result = std::nearbyint(scaled) * scale;
  if (std::isinf(result)) raise(by, exceptions::OverflowError(), "rounded value too large to represent");
  return std::copysign(result, of);
}

/** An int to a power of ten, half to even. */
[[nodiscard]] value rounded_int(thread_state& by, value of, std::int64_t digits) {
  if (digits >= 0) return unary(by, opcode::UNARY_POSITIVE, of);
  if (digits < -4300) return value(std::int64_t{0});
  const big_number scale = pow(big_number(10), static_cast<unsigned>(-digits));
  const big_number number = big_of(of);
  const big_number magnitude = number < 0 ? big_number(-number) : number;
  big_number quotient = magnitude / scale;
  const big_number twice = (magnitude % scale) * 2;
  if (twice > scale || (twice == scale && (quotient & 1) != 0)) quotient += 1;
  const big_number result = quotient * scale;
  return make_integer(by, number < 0 ? big_number(-result) : result);
}

value round_(thread_state& by, const arguments& given) {
  const parameters with(by, "round(number, ndigits=)", given);
  const value of = with[0];
  const bool whole = !with.given(1) || with[1].is_none();
  if (of.is_real()) {
    if (!whole) return value(rounded(by, of.real, integer_of(by, with[1])));
    return integer_from(by, std::nearbyint(of.real));
  }
  if (is_int(of)) return rounded_int(by, of, whole ? 0 : integer_of(by, with[1]));
  const value method = special(of, specials().round_);
  if (!method.defined()) raise_type_error(by, "type " + type_name(of) + " doesn't define __round__ method");
  return whole ? call(by, method, {of}) : call(by, method, {of, with[1]});
}

value divmod_(thread_state& by, const arguments& given) {
  check_function(by, given, "divmod", 2, 2);
  const value left = given.positional[0];
  const value right = given.positional[1];
  if (const value method = special(left, specials().divmod_); method.defined()) return call(by, method, {left, right});
  if (!is_number(left) || !is_number(right)) {
    raise_type_error(
        by, "unsupported operand type(s) for divmod(): '" + type_name(left) + "' and '" + type_name(right) + "'");
  }
  if ((left.is_real() || right.is_real()) && real_of(by, right) == 0.0) {
    raise(by, exceptions::ZeroDivisionError(), "float divmod()");
  }
  return make_tuple(
      by, {binary(by, opcode::BINARY_FLOOR_DIVIDE, left, right), binary(by, opcode::BINARY_MODULO, left, right)});
}

/** The inverse of `of` modulo `modulus`; 0 if there is none. */
[[nodiscard]] big_number inverse(const big_number& of, const big_number& modulus) {
  big_number a = of;
  big_number b = modulus;
  big_number x = 1;
  big_number y = 0;
  while (b != 0) {
    const big_number quotient = a / b;
    const big_number rest = a - quotient * b;
    a = b;
    b = rest;
    const big_number next = x - quotient * y;
    x = y;
    y = next;
  }
  return a == 1 ? x : big_number(0);
}

value pow_(thread_state& by, const arguments& given) {
  const parameters with(by, "pow(base, exp, mod=)", given);
  if (!with.given(2) || with[2].is_none()) return binary(by, opcode::BINARY_POWER, with[0], with[1]);
  if (!is_int(with[0]) || !is_int(with[1]) || !is_int(with[2])) {
    raise_type_error(by, "pow() 3rd argument not allowed unless all arguments are integers");
  }
  const big_number given_modulus = big_of(with[2]);
  if (given_modulus == 0) raise(by, exceptions::ValueError(), "pow() 3rd argument cannot be 0");
  const big_number modulus = given_modulus < 0 ? big_number(-given_modulus) : given_modulus;
  big_number base = big_of(with[0]) % modulus;
  if (base < 0) base += modulus;
  big_number exponent = big_of(with[1]);
  if (exponent < 0) {
    base = inverse(base, modulus) % modulus;
    if (base < 0) base += modulus;
    if (base == 0 && modulus != 1) {
      raise(by, exceptions::ValueError(), "base is not invertible for the given modulus");
    }
    exponent = -exponent;
  }
  big_number result = powm(base, exponent, modulus);
  if (given_modulus < 0 && result != 0) result += given_modulus;
  return make_integer(by, result);
}

value ord_(thread_state& by, const arguments& given) {
  check_function(by, given, "ord", 1, 1);
  const string_object* text = as_string(given.positional[0]);
  if (text == nullptr) {
    raise_type_error(by, "ord() expected string of length 1, but " + type_name(given.positional[0]) + " found");
  }
  if (text->length() != 1) {
    raise_type_error(by,
                     "ord() expected a character, but string of length " + std::to_string(text->length()) + " found");
  }
  const auto character = decode(text->text);
  return value(static_cast<std::int64_t>(character ? character->code_point : 0));
}

value chr_(thread_state& by, const arguments& given) {
  check_function(by, given, "chr", 1, 1);
  const value number = as_index(by, given.positional[0]);
  if (!number.defined()) static_cast<void>(integer_of(by, given.positional[0]));  // raises
  if (!number.is_integral() || number.number < 0 || number.number > 0x10FFFF) {
    raise(by, exceptions::ValueError(), "chr() arg not in range(0x110000)");
  }
  // A str is UTF-8 here, which has none.
  if (number.number >= 0xD800 && number.number < 0xE000) {
    raise(by, exceptions::ValueError(), "chr() of a surrogate is not supported");
  }
  std::string text;
  encode(static_cast<char32_t>(number.number), text);
  return character_string(by, text);
}

[[nodiscard]] value in_base(thread_state& by, const arguments& given, std::string_view called, unsigned base,
                            std::string_view mark) {
  check_function(by, given, called, 1, 1);
  const value number = as_index(by, given.positional[0]);
  if (!number.defined()) static_cast<void>(integer_of(by, given.positional[0]));  // raises
  std::string digits = digits_of(by, number, base);
  digits.insert(digits.front() == '-' ? 1 : 0, mark);
  return make_string(by, std::move(digits));
}

value hex_(thread_state& by, const arguments& given) { return in_base(by, given, "hex", 16, "0x"); }
value oct_(thread_state& by, const arguments& given) { return in_base(by, given, "oct", 8, "0o"); }
value bin_(thread_state& by, const arguments& given) { return in_base(by, given, "bin", 2, "0b"); }

constexpr native_entry functions[] = {
    {"abs", abs_}, {"round", round_}, {"divmod", divmod_}, {"pow", pow_}, {"ord", ord_},
    {"chr", chr_}, {"hex", hex_},     {"oct", oct_},       {"bin", bin_},
};

}  // namespace

std::span<const native_entry> number_functions() { return functions; }

}  // namespace heddle::python
