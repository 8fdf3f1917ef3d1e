// Values on their way from one process to another, as through Python's pickle.
#pragma once

#include "python/interpreter.hpp"

namespace heddle::python {

/** A copy on another interpreter's heap of a value and all that it refers to. Functions and classes go by their names,
 * which the other must have. Raises what pickle does of values that cannot be sent: locks, threads, lambdas. */
[[nodiscard]] value pickled(thread_state& by, value what, interpreter& to);

}  // namespace heddle::python
