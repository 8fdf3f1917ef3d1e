// The modules that a program can import, each in a file of its own.
#pragma once

#include "python/objects.hpp"

namespace heddle::python {

[[nodiscard]] const module_object& threading_module();

}  // namespace heddle::python
