// Calls, as the bytecode loop makes them.
#pragma once

#include "python/interpreter.hpp"
#include "python/objects.hpp"
#include "python/operators.hpp"

namespace heddle::python {

/** Where the stack of the running frame ends: a call from C++ puts its frame there. */
[[nodiscard]] value* top_of_stack(const thread_state& by) noexcept;

/** An instance without attributes; TypeError where the class has none. */
[[nodiscard]] value make_instance_of(thread_state& by, const class_object& of);
/** A call of a class. */
[[nodiscard]] value construct(thread_state& by, const class_object& of, const arguments& with);

}  // namespace heddle::python
