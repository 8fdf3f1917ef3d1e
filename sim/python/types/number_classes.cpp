// int, bool and float: their classes and methods.
#include <bit>
#include <cmath>

#include "python/natives.hpp"
#include "python/types/builtin_classes.hpp"
#include "python/types/making.hpp"
#include "python/types/numbers.hpp"
#include "python/types/special.hpp"
#include "python/types/type_functions.hpp"

namespace heddle::python {
namespace {

[[nodiscard]] value self(thread_state& by, const arguments& given, std::string_view type, std::string_view method) {
  const value of = argument(given, 0);
  if (!of.defined() || !(type == "int" ? is_int(of) : of.is_real())) wrong_self(by, given, type, method);
  check_count(by, given, type, method, 0, 0);
  return of;
}

value bit_length(thread_state& by, const arguments& given) {
  const big_number number = big_of(self(by, given, "int", "bit_length"));
  return value(number == 0 ? std::int64_t{0}
                           : static_cast<std::int64_t>(msb(number < 0 ? big_number(-number) : number)) + 1);
}
value bit_count(thread_state& by, const arguments& given) {
  big_number number = big_of(self(by, given, "int", "bit_count"));
  if (number < 0) number = -number;
  std::int64_t result = 0;
  for (unsigned bit = 0; number != 0 && bit <= msb(number); ++bit) result += bit_test(number, bit) ? 1 : 0;
  return value(result);
}
value conjugate(thread_state& by, const arguments& given) { return self(by, given, "int", "conjugate"); }

value is_integer(thread_state& by, const arguments& given) {
  const double of = self(by, given, "float", "is_integer").real;
  return value(std::isfinite(of) && of == std::floor(of));
}

constexpr native_entry int_methods[] = {{"bit_length", bit_length}, {"bit_count", bit_count}, {"conjugate", conjugate}};
constexpr native_entry float_methods[] = {{"is_integer", is_integer}};

[[nodiscard]] value integer_from_text(thread_state& by, value text, unsigned base) {
  const value result = read_integer(by, as_string(text)->text, base);
  if (!result.defined()) {
    raise(by, exceptions::ValueError(),
          "invalid literal for int() with base " + std::to_string(base) + ": " + repr(by, text));
  }
  return result;
}

value construct_int(thread_state& by, const arguments& given) {
  const parameters with(by, "int(x=, base=)", given);
  const value of = with.or_else(0, value(std::int64_t{0}));
  if (with.given(1)) {
    if (as_string(of) == nullptr) raise_type_error(by, "int() can't convert non-string with explicit base");
    const std::int64_t base = integer_of(by, with[1]);
    if (base != 0 && (base < 2 || base > 36)) {
      raise(by, exceptions::ValueError(), "int() base must be >= 2 and <= 36, or 0");
    }
    return integer_from_text(by, of, static_cast<unsigned>(base));
  }
  if (of.is_integral()) return value(of.number);
  if (as_big(of) != nullptr) return of;
  if (of.is_real()) return integer_from(by, of.real);
  if (as_string(of) != nullptr) return integer_from_text(by, of, 10);
  if (const value method = special(of, specials().int_); method.defined()) {
    const value result = call(by, method, {of});
    if (!is_int(result)) raise_type_error(by, "__int__ returned non-int (type " + type_name(result) + ")");
    return result;
  }
  const value index = as_index(by, of);
  if (index.defined()) return index;
  raise_type_error(
      by, "int() argument must be a string, a bytes-like object or a real number, not '" + type_name(of) + "'");
}

value construct_bool(thread_state& by, const arguments& given) {
  check_function(by, given, "bool", 0, 1);
  return value(given.count > 0 && truth(by, given.positional[0]));
}

value construct_float(thread_state& by, const arguments& given) {
  check_function(by, given, "float", 0, 1);
  if (given.count == 0) return value(0.0);
  const value of = given.positional[0];
  if (is_number(of)) return value(real_of(by, of));
  if (const string_object* text = as_string(of)) {
    const std::optional<double> result = read_float(text->text);
    if (!result) raise(by, exceptions::ValueError(), "could not convert string to float: " + repr(by, of));
    return value(*result);
  }
  if (const value method = special(of, specials().float_); method.defined()) {
    const value result = call(by, method, {of});
    if (!result.is_real()) {
      raise_type_error(by, type_name(of) + ".__float__ returned non-float (type " + type_name(result) + ")");
    }
    return result;
  }
  if (const value index = as_index(by, of); index.defined()) return value(real_of(by, index));
  raise_type_error(by, "float() argument must be a string or a real number, not '" + type_name(of) + "'");
}

}  // namespace

const class_object& int_class() {
  static const class_object& made = make_builtin_class("int", int_methods, construct_int);
  return made;
}
const class_object& bool_class() {
  static const class_object& made = []() -> const class_object& {
    class_object& result = make_builtin_class("bool", {std::span<const native_entry>{}}, construct_bool);
    result.bases = {&int_class()};
    result.resolution_order = {&result, &int_class(), &object_class()};
    return result;
  }();
  return made;
}
const class_object& float_class() {
  static const class_object& made = make_builtin_class("float", float_methods, construct_float);
  return made;
}

}  // namespace heddle::python
