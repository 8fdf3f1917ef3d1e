#include "python/types/making.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include "python/errors.hpp"
#include "python/types/depth.hpp"
#include "python/types/numbers.hpp"
#include "python/types/type_functions.hpp"

namespace heddle::python {

void one_deeper::too_deep(thread_state& by, const char* doing) {
  raise(by, exceptions::RecursionError(), std::string("maximum recursion depth exceeded") + doing);
}

namespace {

// Whoever makes much in one bytecode computes, and does not hang.
void sign_of_life(std::size_t bytes) {
  constexpr std::size_t much = std::size_t{1} << 20U;
  if (bytes >= much) sim::simulator::current().computes();
}

}  // namespace

value charged_string(thread_state& by, std::string text) {
  sign_of_life(text.size());
  return value(by.process.make<string_object>(by, std::move(text)));
}

value constant_string(std::string_view text) {
  auto* made = new string_object(std::string(text));
  make_immortal(*made);
  return value(made);
}

value character_string(thread_state& by, std::string_view character) {
  static const std::array<value, 128> ascii = [] {
    std::array<value, 128> made;
    for (std::size_t at = 0; at < made.size(); ++at) made[at] = constant_string(std::string(1, static_cast<char>(at)));
    return made;
  }();
  static const value nothing = constant_string("");
  if (character.empty()) return nothing;
  if (character.size() == 1 && static_cast<unsigned char>(character[0]) < 128) {
    return ascii[static_cast<unsigned char>(character[0])];
  }
  return make_string(by, std::string(character));
}

void charge_many(thread_state& by, std::uint64_t count, std::uint64_t size) {
  std::uint64_t bytes = 0;
  if (__builtin_mul_overflow(count, size, &bytes) || bytes > (std::uint64_t{1} << 62U)) bytes = std::uint64_t{1} << 62U;
  by.process.charge(by, bytes);
  sign_of_life(bytes);
}

void make_room_slowly(thread_state& by, std::vector<value>& in, std::size_t more) {
  const std::size_t capacity = std::max({in.size() + more, in.capacity() * 2, std::size_t{4}});
  charge_many(by, capacity - in.capacity(), sizeof(value));
  in.reserve(capacity);
}

namespace {

[[nodiscard]] std::string counted(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " argument" : " arguments");
}

struct bounds {
  std::size_t least, most;
};

// Of `count` arguments, self not counted. Some of CPython's texts have the whole name, some the plain one.
void check_given(thread_state& by, const arguments& given, const std::string& called, std::string_view method,
                 std::size_t count, bounds allowed) {
  const auto [least, most] = allowed;
  if (given.named_count != 0) raise_type_error(by, called + " takes no keyword arguments");
  const std::string received = " (" + std::to_string(count) + " given)";
  if (most == 0 && count > 0) raise_type_error(by, called + " takes no arguments" + received);
  if (least == 1 && most == 1 && count != 1) raise_type_error(by, called + " takes exactly one argument" + received);
  const std::string plain(method);
  if (count < least) {
    raise_type_error(by, plain + " expected " + (least == most ? "" : "at least ") + counted(least) + ", got " +
                             std::to_string(count));
  }
  if (count > most) {
    raise_type_error(by, plain + " expected " + (least == most ? "" : "at most ") + counted(most) + ", got " +
                             std::to_string(count));
  }
}

}  // namespace

void check_count(thread_state& by, const arguments& given, std::string_view type, std::string_view method,
                 std::size_t least, std::size_t most) {
  check_given(by, given, std::string(type) + "." + std::string(method) + "()", method, given.count - 1, {least, most});
}

void check_function(thread_state& by, const arguments& given, std::string_view function, std::size_t least,
                    std::size_t most) {
  check_given(by, given, std::string(function) + "()", function, given.count, {least, most});
}

void wrong_self(thread_state& by, const arguments& given, std::string_view type, std::string_view method) {
  const std::string named = std::string(method);
  if (given.count == 0) {
    raise_type_error(by, "unbound method " + std::string(type) + "." + named + "() needs an argument");
  }
  raise_type_error(by, "descriptor '" + named + "' for '" + std::string(type) + "' objects doesn't apply to a '" +
                           type_name(given.positional[0]) + "' object");
}

// ---- indices

namespace {

[[nodiscard]] std::int64_t slice_bound(thread_state& by, value of, std::int64_t standard) {
  if (of.is_none()) return standard;
  const value number = as_index(by, of);
  if (!number.defined()) {
    raise_type_error(by, "slice indices must be integers or None or have an __index__ method");
  }
  if (number.is_integral()) return number.number;
  return as_big(number)->number < 0 ? INT64_MIN / 2 : INT64_MAX / 2;
}

}  // namespace

slice_range resolve(thread_state& by, const slice_object& what, std::int64_t length) {
  slice_range result;
  result.step = std::clamp(slice_bound(by, what.step, 1), INT64_MIN / 2, INT64_MAX / 2);
  if (result.step == 0) raise(by, exceptions::ValueError(), "slice step cannot be zero");
  const bool down = result.step < 0;
  const auto bound = [&](value of, std::int64_t standard) {
    if (of.is_none()) return standard;
    std::int64_t at = slice_bound(by, of, 0);
    if (at < 0) at += length;
    if (at < 0) return std::int64_t{down ? -1 : 0};
    return at >= length ? (down ? length - 1 : length) : at;
  };
  result.start = bound(what.start, down ? length - 1 : 0);
  result.stop = bound(what.stop, down ? -1 : length);
  if (down ? result.stop < result.start : result.start < result.stop) {
    result.count =
        down ? (result.start - result.stop - 1) / -result.step + 1 : (result.stop - result.start - 1) / result.step + 1;
  }
  return result;
}

slice_range resolve(thread_state& by, const slice_object& what, const std::vector<value>& items) {
  const auto number = [&](value of) { return of.is_none() ? of : value(slice_bound(by, of, 0)); };
  const value step = number(what.step);
  const value start = number(what.start);
  const value stop = number(what.stop);
  return resolve(by, slice_object(start, stop, step), static_cast<std::int64_t>(items.size()));
}

std::size_t resolve_index(thread_state& by, value key, std::size_t length, std::string_view type,
                          std::string_view doing) {
  const value number = key.is_integer() ? key : as_index(by, key);
  if (!number.defined()) {
    raise_type_error(by, std::string(type) + " indices must be integers" + (type == "string" ? "" : " or slices") +
                             ", not " + (type == "string" ? "'" + type_name(key) + "'" : type_name(key)));
  }
  if (!number.is_integral()) raise(by, exceptions::IndexError(), "cannot fit 'int' into an index-sized integer");
  const auto size = static_cast<std::int64_t>(length);
  const std::int64_t at = number.number < 0 ? number.number + size : number.number;
  if (at < 0 || at >= size) {
    raise(by, exceptions::IndexError(), std::string(type) + " " + std::string(doing) + "index out of range");
  }
  return static_cast<std::size_t>(at);
}

std::int64_t clamped_index(thread_state& by, value of, std::int64_t standard, std::int64_t length) {
  if (!of.defined() || of.is_none()) return standard;
  std::int64_t at = slice_bound(by, of, standard);
  if (at < 0) at += length;
  return std::max<std::int64_t>(at, 0);
}

std::uint64_t times_of(thread_state& by, value of) {
  const value number = as_index(by, of);
  if (!number.defined()) raise_type_error(by, "can't multiply sequence by non-int of type '" + type_name(of) + "'");
  if (!number.is_integral()) {
    raise(by, exceptions::OverflowError(), "cannot fit 'int' into an index-sized integer");
  }
  return number.number < 0 ? 0 : static_cast<std::uint64_t>(number.number);
}

}  // namespace heddle::python
