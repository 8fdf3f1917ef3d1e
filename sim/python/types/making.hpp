// Making objects, and asking for memory before it is taken.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "python/interpreter.hpp"
#include "python/natives.hpp"
#include "python/objects.hpp"
#include "python/shared_variable.hpp"

namespace heddle::python {

/** A str whose memory has been asked for, or is small. */
[[nodiscard]] value charged_string(thread_state& by, std::string text);
/** An immortal str of one code point, where it is ASCII; else a new one. */
[[nodiscard]] value character_string(thread_state& by, std::string_view character);
/** An immortal str. */
[[nodiscard]] value constant_string(std::string_view text);

/** Asks for memory for `count` things of `size` bytes; MemoryError, also where the product is too large. */
void charge_many(thread_state& by, std::uint64_t count, std::uint64_t size);

/** Makes room for more values, and asks for the memory. */
void make_room_slowly(thread_state& by, std::vector<value>& in, std::size_t more);
inline void make_room(thread_state& by, std::vector<value>& in, std::size_t more = 1) {
  if (in.capacity() - in.size() < more) [[unlikely]]
    make_room_slowly(by, in, more);
}
inline void add_item(thread_state& by, std::vector<value>& to, value item) {
  make_room(by, to);
  to.push_back(item);
}

/** Called before a container is read, or changed. */
inline void reading(thread_state& by, const heap_object& what) {
  if (what.is_shared()) reads_object(by, what);
}
inline void changing(thread_state& by, heap_object& what) {
  if (what.is_shared()) changes_object(by, what);
}
/** Called for what is put into a container. */
inline void stored_in(const heap_object& container, value what) {
  if (container.is_shared() && what.is_object()) share(what);
}

/** Checks how many arguments a method has been given besides self, and that none has a name; TypeError. */
void check_count(thread_state& by, const arguments& given, std::string_view type, std::string_view method,
                 std::size_t least, std::size_t most);
/** The same for a function. */
void check_function(thread_state& by, const arguments& given, std::string_view function, std::size_t least,
                    std::size_t most);
[[noreturn]] void wrong_self(thread_state& by, const arguments& given, std::string_view type, std::string_view method);

/** The self of a method of a builtin type, its arguments' number checked. */
template <class Type>
[[nodiscard]] Type& self_of(thread_state& by, const arguments& given, object_type type, std::string_view type_name,
                            std::string_view method, std::size_t least, std::size_t most) {
  Type* self = given.count == 0 ? nullptr : as<Type>(given.positional[0], type);
  if (self == nullptr) wrong_self(by, given, type_name, method);
  if (given.named_count != 0 || given.count - 1 < least || given.count - 1 > most) [[unlikely]]
    check_count(by, given, type_name, method, least, most);
  return *self;
}

/** An argument, or undefined. */
[[nodiscard]] inline value argument(const arguments& given, std::size_t index) noexcept {
  return index < given.count ? given.positional[index] : value{};
}

/** What a slice means for a sequence of this length, as Python's slice.indices. */
struct slice_range {
  std::int64_t start = 0;
  std::int64_t stop = 0;
  std::int64_t step = 1;
  std::int64_t count = 0;
};
[[nodiscard]] slice_range resolve(thread_state& by, const slice_object& what, std::int64_t length);
/** The same for items whose number an __index__ of the slice may change. */
[[nodiscard]] slice_range resolve(thread_state& by, const slice_object& what, const std::vector<value>& items);
/** An index, counted from the end if negative; TypeError and IndexError that name the `type`. */
[[nodiscard]] std::size_t resolve_index(thread_state& by, value key, std::size_t length, std::string_view type,
                                        std::string_view doing);
/** As optional bounds of index(), find() and the like are: clamped. */
[[nodiscard]] std::int64_t clamped_index(thread_state& by, value of, std::int64_t standard, std::int64_t length);
/** Of a number of times that something is repeated: at most INT64_MAX, at least 0; TypeError if no int. */
[[nodiscard]] std::uint64_t times_of(thread_state& by, value of);

[[nodiscard]] inline slice_object* as_slice(value of) noexcept { return as<slice_object>(of, object_type::slice); }
[[nodiscard]] inline range_object* as_range(value of) noexcept { return as<range_object>(of, object_type::range); }

}  // namespace heddle::python
