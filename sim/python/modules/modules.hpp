// The modules that a program can import, each in a file of its own.
#pragma once

#include "python/objects.hpp"

namespace heddle::python {

[[nodiscard]] const module_object& low_level_thread_module();
[[nodiscard]] const module_object& multiprocessing_module();
[[nodiscard]] const module_object& queue_module();
[[nodiscard]] const module_object& sys_module();
[[nodiscard]] const module_object& threading_module();
[[nodiscard]] const module_object& time_module();

}  // namespace heddle::python
