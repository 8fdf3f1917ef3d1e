// The classes of the module threading that need no more of each other than that they are there, and their kin of
// multiprocessing.
#pragma once

#include "python/objects.hpp"

namespace heddle::python {

[[nodiscard]] const class_object& semaphore_class();
[[nodiscard]] const class_object& bounded_semaphore_class();
[[nodiscard]] const class_object& event_class();
[[nodiscard]] const class_object& barrier_class();
[[nodiscard]] const class_object& broken_barrier_class();
[[nodiscard]] const class_object& timer_class();
[[nodiscard]] const class_object& local_class();

[[nodiscard]] const class_object& process_semaphore_class();
[[nodiscard]] const class_object& process_bounded_semaphore_class();
[[nodiscard]] const class_object& process_event_class();

}  // namespace heddle::python
