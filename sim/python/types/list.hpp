// Lists.
#pragma once

#include "python/types/making.hpp"
#include "python/types/numbers.hpp"

namespace heddle::python {

/** The number of an index; TypeError. */
[[nodiscard]] value list_index(thread_state& by, value key);
/** Appends what an iteration gives. */
void extend_list(thread_state& by, list_object& of, value with);

}  // namespace heddle::python
