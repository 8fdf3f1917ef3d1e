// Making classes.
#pragma once

#include <string_view>
#include <vector>

#include "python/objects.hpp"

namespace heddle::python {

/** A new class of the program; TypeError where its bases contradict each other. */
[[nodiscard]] class_object& make_class(thread_state& by, std::string_view called,
                                       std::vector<const class_object*> bases);

/** __build_class__(function, name, *bases): runs the class's body. */
[[nodiscard]] value build_class(thread_state& by, const arguments& given);
/** The same as a value. */
[[nodiscard]] value build_class_function();

}  // namespace heddle::python
