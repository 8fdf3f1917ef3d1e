// The methods of str, in several tables.
#pragma once

#include <span>

#include "python/natives.hpp"
#include "python/types/making.hpp"

namespace heddle::python {

[[nodiscard]] inline const string_object& string_self(thread_state& by, const arguments& given, std::string_view method,
                                                      std::size_t least, std::size_t most) {
  return self_of<string_object>(by, given, object_type::string, "str", method, least, most);
}
/** The self of a method whose arguments are looked at later. */
[[nodiscard]] inline const string_object& any_string_self(thread_state& by, const arguments& given,
                                                          std::string_view method) {
  if (given.count == 0 || as_string(given.positional[0]) == nullptr) wrong_self(by, given, "str", method);
  return *as_string(given.positional[0]);
}
/** An argument that has to be a str. */
[[nodiscard]] const string_object& string_argument(thread_state& by, value of, std::string_view method);

[[nodiscard]] std::span<const native_entry> string_split_methods();   ///< join, split, partition, splitlines
[[nodiscard]] std::span<const native_entry> string_search_methods();  ///< find, count, replace, startswith
[[nodiscard]] std::span<const native_entry> string_case_methods();    ///< upper, isdigit
[[nodiscard]] std::span<const native_entry> string_layout_methods();  ///< strip, center, format

}  // namespace heddle::python
