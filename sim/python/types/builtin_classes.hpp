// What the builtin classes are made of.
#pragma once

#include <initializer_list>
#include <span>
#include <string_view>

#include "python/natives.hpp"

namespace heddle::python {

/** A class with the methods of several tables. */
[[nodiscard]] class_object& make_builtin_class(std::string_view name,
                                               std::initializer_list<std::span<const native_entry>> tables,
                                               native construct);
[[nodiscard]] const class_object& keys_view_class();
[[nodiscard]] const class_object& values_view_class();
[[nodiscard]] const class_object& items_view_class();
[[nodiscard]] const class_object& enumerate_class();
[[nodiscard]] const class_object& zip_class();
[[nodiscard]] const class_object& map_class();
[[nodiscard]] const class_object& filter_class();
[[nodiscard]] const class_object& reversed_class();

/** iter(function, end). */
[[nodiscard]] value make_call_iterator(thread_state& by, value function, value end);

}  // namespace heddle::python
