// The builtin functions, in several tables.
#pragma once

#include <span>
#include <string_view>

#include "python/natives.hpp"

namespace heddle::python {

[[nodiscard]] std::span<const native_entry> number_functions();     ///< abs, round, chr, hex
[[nodiscard]] std::span<const native_entry> iteration_functions();  ///< len, min, sorted, next
[[nodiscard]] std::span<const native_entry> object_functions();     ///< isinstance, getattr, id, repr
[[nodiscard]] std::span<const native_entry> output_functions();     ///< print

[[nodiscard]] const class_object& property_class();
[[nodiscard]] const class_object& static_method_class();
[[nodiscard]] const class_object& class_method_class();
[[nodiscard]] const class_object& super_class();

/** The named argument `called` of a function that takes any number of positional ones; undefined if it is not there. */
[[nodiscard]] value named_argument(const arguments& given, std::string_view called) noexcept;
/** TypeError if there are other named arguments. */
void only_named(thread_state& by, const arguments& given, std::string_view function,
                std::initializer_list<std::string_view> allowed);

}  // namespace heddle::python
