// Values as text, for traces and reports.
#pragma once

#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>

#include <heddle/sim/simulator.hpp>

namespace heddle::sim {

/** `text` in quotes, with control characters escaped. */
[[nodiscard]] std::string quoted(std::string_view text);

/** A time in seconds: "5400s", "1.5s", "0.000001s". */
[[nodiscard]] std::string show_time(std::uint64_t nanoseconds);

template <class T>
concept optional_like = requires(const T& value) {
  { value.has_value() } -> std::same_as<bool>;
  *value;
};

template <class T>
concept pair_like = requires(const T& value) {
  value.first;
  value.second;
};

template <class T>
concept has_heddle_show = requires(const T& value) {
  { heddle_show(value) } -> std::convertible_to<std::string>;
};

/**
 * `value` as reports print it, the same on every machine: numbers, booleans, enumerations by number, strings in
 * quotes, pointers as "null" or by a number in order of appearance, optionals as "none" or what they hold, pairs and
 * containers as "(1, 2)" and "[1, 2]". For a type of your own, write a function
 * `std::string heddle_show(const my_type&)` beside it; other types show their size only.
 */
template <class T>
[[nodiscard]] std::string show(const T& value) {
  if constexpr (has_heddle_show<T>) {
    return heddle_show(value);
  } else if constexpr (std::same_as<T, bool>) {
    return value ? "true" : "false";
  } else if constexpr (std::same_as<T, char>) {
    return sim::quoted(std::string_view(&value, 1));
  } else if constexpr (std::integral<T>) {
    return std::to_string(value);
  } else if constexpr (std::floating_point<T>) {
    char text[64];
    const auto end = std::to_chars(text, text + sizeof text, value);
    return {text, end.ptr};
  } else if constexpr (std::is_enum_v<T>) {
    return show(static_cast<std::underlying_type_t<T>>(value));
  } else if constexpr (std::is_pointer_v<T>) {
    if (value == nullptr) return "null";
    return simulator::current().name_of_address(reinterpret_cast<const void*>(value));
  } else if constexpr (std::convertible_to<const T&, std::string_view>) {
    return sim::quoted(value);
  } else if constexpr (optional_like<T>) {
    return value.has_value() ? show(*value) : "none";
  } else if constexpr (pair_like<T>) {
    return "(" + show(value.first) + ", " + show(value.second) + ")";
  } else if constexpr (std::ranges::input_range<const T>) {
    std::string text;
    for (const auto& each : value) text += (text.empty() ? "" : ", ") + show(each);
    return "[" + text + "]";
  } else {
    return "(" + std::to_string(sizeof(T)) + " bytes)";
  }
}

}  // namespace heddle::sim
