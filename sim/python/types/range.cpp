// range and slice.
#include <algorithm>

#include "python/natives.hpp"
#include "python/types/making.hpp"
#include "python/types/numbers.hpp"
#include "python/types/range.hpp"
#include "python/types/repr_writer.hpp"
#include "python/types/type_functions.hpp"

namespace heddle::python {
namespace {

[[nodiscard]] range_object& range_of(heap_object& of) { return static_cast<range_object&>(of); }

class range_iterator final : public iterator_object {
 public:
  range_iterator(std::int64_t start, std::int64_t step, std::int64_t count) : at_(start), step_(step), left_(count) {}
  value next(thread_state& /*by*/) override {
    if (left_ == 0) return {};
    const value result(at_);
    if (--left_ > 0) at_ += step_;
    return result;
  }

 private:
  std::int64_t at_;
  std::int64_t step_;
  std::int64_t left_;
};

[[nodiscard]] std::int64_t item_of(const range_object& of, std::int64_t index) {
  const auto offset = static_cast<std::uint64_t>(index) * static_cast<std::uint64_t>(of.step);
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(of.start) + offset);
}

std::int64_t length(thread_state& /*by*/, heap_object& of) { return range_of(of).length(); }

value subscript(thread_state& by, heap_object& of, value key) {
  const range_object& range = range_of(of);
  const slice_object* slice = as_slice(key);
  if (slice == nullptr) {
    const auto size = static_cast<std::size_t>(range.length());
    return value(item_of(range, static_cast<std::int64_t>(resolve_index(by, key, size, "range", "object "))));
  }
  const slice_range part = resolve(by, *slice, range.length());
  std::int64_t step = 0;
  if (__builtin_mul_overflow(range.step, part.step, &step)) step = part.step < 0 ? INT64_MIN / 2 : INT64_MAX / 2;
  return value(by.process.make<range_object>(by, item_of(range, part.start), item_of(range, part.stop), step));
}

[[nodiscard]] std::int64_t place_in(const range_object& range, std::int64_t number) {
  const bool inside =
      range.step > 0 ? number >= range.start && number < range.stop : number <= range.start && number > range.stop;
  if (!inside) return -1;
  const std::uint64_t distance = range.step > 0
                                     ? static_cast<std::uint64_t>(number) - static_cast<std::uint64_t>(range.start)
                                     : static_cast<std::uint64_t>(range.start) - static_cast<std::uint64_t>(number);
  const std::uint64_t step =
      range.step > 0 ? static_cast<std::uint64_t>(range.step) : 0 - static_cast<std::uint64_t>(range.step);
  return distance % step == 0 ? static_cast<std::int64_t>(distance / step) : -1;
}

/** Where an item is; -1 if nowhere. */
[[nodiscard]] std::int64_t found(const range_object& range, value item) {
  if (item.is_integral()) return place_in(range, item.number);
  if (item.is_real()) {
    if (!(item.real >= -9.0e18 && item.real <= 9.0e18)) return -1;
    const auto whole = static_cast<std::int64_t>(item.real);
    return static_cast<double>(whole) == item.real ? place_in(range, whole) : -1;
  }
  return -1;
}

bool contains(thread_state& /*by*/, heap_object& in, value item) { return found(range_of(in), item) >= 0; }

value iterate(thread_state& by, heap_object& over) {
  const range_object& range = range_of(over);
  return value(by.process.make<range_iterator>(by, range.start, range.step, range.length()));
}

/** What two ranges with the same items have in common. */
[[nodiscard]] std::uint64_t hash_range(thread_state& /*by*/, heap_object& of) {
  const range_object& range = range_of(of);
  const std::int64_t count = range.length();
  std::uint64_t result = static_cast<std::uint64_t>(count) * 0x9E3779B97F4A7C15U;
  if (count > 0) result = (result ^ static_cast<std::uint64_t>(range.start)) * 0xC2B2AE3D27D4EB4FU;
  if (count > 1) result = (result ^ static_cast<std::uint64_t>(range.step)) * 0xC2B2AE3D27D4EB4FU;
  return result;
}

bool equal_ranges(thread_state& /*by*/, heap_object& left, heap_object& right) {
  const range_object& a = range_of(left);
  const range_object& b = range_of(right);
  const std::int64_t count = a.length();
  return count == b.length() && (count == 0 || (a.start == b.start && (count == 1 || a.step == b.step)));
}

void write(repr_writer& to, heap_object& of) {
  const range_object& range = range_of(of);
  std::string text = "range(" + std::to_string(range.start) + ", " + std::to_string(range.stop);
  if (range.step != 1) text += ", " + std::to_string(range.step);
  to.write(text + ")");
}

value index(thread_state& by, const arguments& given) {
  auto& self = self_of<range_object>(by, given, object_type::range, "range", "index", 1, 1);
  const std::int64_t at = found(self, given.positional[1]);
  if (at < 0) {
    raise(by, exceptions::ValueError(),
          given.positional[1].is_integral() ? repr(by, given.positional[1]) + " is not in range"
                                            : "sequence.index(x): x not in sequence");
  }
  return value(at);
}

value count(thread_state& by, const arguments& given) {
  auto& self = self_of<range_object>(by, given, object_type::range, "range", "count", 1, 1);
  return value(std::int64_t{found(self, given.positional[1]) >= 0 ? 1 : 0});
}

constexpr native_entry methods[] = {{"index", index}, {"count", count}};

[[nodiscard]] std::int64_t bound(thread_state& by, value of) {
  const value number = as_index(by, of);
  if (!number.defined()) raise_type_error(by, "'" + type_name(of) + "' object cannot be interpreted as an integer");
  if (!number.is_integral()) raise(by, exceptions::OverflowError(), "range() of ints beyond 64 bits is not supported");
  return number.number;
}

value construct(thread_state& by, const arguments& given) {
  check_function(by, given, "range", 1, 3);
  const std::int64_t first = bound(by, given.positional[0]);
  if (given.count == 1) return value(by.process.make<range_object>(by, 0, first, 1));
  const std::int64_t stop = bound(by, given.positional[1]);
  const std::int64_t step = given.count > 2 ? bound(by, given.positional[2]) : 1;
  if (step == 0) raise(by, exceptions::ValueError(), "range() arg 3 must not be zero");
  auto* made = by.process.make<range_object>(by, first, stop, step);
  if (made->length() < 0) raise(by, exceptions::OverflowError(), "Python int too large to convert to C ssize_t");
  return value(made);
}

value construct_slice(thread_state& by, const arguments& given) {
  check_function(by, given, "slice", 1, 3);
  const bool one = given.count == 1;
  return value(by.process.make<slice_object>(by, one ? value::none() : given.positional[0],
                                             given.positional[one ? 0 : 1],
                                             given.count > 2 ? given.positional[2] : value::none()));
}

value slice_indices(thread_state& by, const arguments& given) {
  auto& self = self_of<slice_object>(by, given, object_type::slice, "slice", "indices", 1, 1);
  const slice_range range = resolve(by, self, integer_of(by, given.positional[1]));
  return make_tuple(by, {value(range.start), value(range.stop), value(range.step)});
}

constexpr native_entry slice_methods[] = {{"indices", slice_indices}};

void write_slice(repr_writer& to, heap_object& of) {
  const auto& slice = static_cast<slice_object&>(of);
  to.write("slice(");
  to.write(slice.start);
  to.write(", ");
  to.write(slice.stop);
  to.write(", ");
  to.write(slice.step);
  to.write(")");
}

bool equal_slices(thread_state& by, heap_object& left, heap_object& right) {
  const auto& a = static_cast<slice_object&>(left);
  const auto& b = static_cast<slice_object&>(right);
  return equal(by, a.start, b.start) && equal(by, a.stop, b.stop) && equal(by, a.step, b.step);
}

}  // namespace

value reversed_range(thread_state& by, const range_object& of) {
  const std::int64_t count = of.length();
  return value(by.process.make<range_iterator>(by, count > 0 ? item_of(of, count - 1) : 0,
                                               static_cast<std::int64_t>(0 - static_cast<std::uint64_t>(of.step)),
                                               count));
}

const type_functions range_functions{
    .length = length,
    .subscript = subscript,
    .contains = contains,
    .iterate = iterate,
    .hash = hash_range,
    .repr = write,
    .equal = equal_ranges,
};
const type_functions slice_functions{.hashable = false, .repr = write_slice, .equal = equal_slices};

const class_object& range_class() {
  static const class_object& made = make_builtin_class("range", methods, construct);
  return made;
}
const class_object& slice_class() {
  static const class_object& made = make_builtin_class("slice", slice_methods, construct_slice);
  return made;
}

}  // namespace heddle::python
