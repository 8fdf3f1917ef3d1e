// Ranges.
#pragma once

#include "python/interpreter.hpp"
#include "python/objects.hpp"

namespace heddle::python {

/** An iterator from the last item to the first. */
[[nodiscard]] value reversed_range(thread_state& by, const range_object& of);

}  // namespace heddle::python
