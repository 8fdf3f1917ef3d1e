// heddle::python::rlock, with the semantics of threading.RLock.
#pragma once

#include <heddle/python/lock.hpp>

namespace heddle::python {

/** threading.RLock: its holder may acquire it again, and it is free after as many releases. A release by a thread that
 * does not hold it throws runtime_error. */
using rlock = basic_lock<sim::object_kind::recursive_mutex>;

}  // namespace heddle::python
