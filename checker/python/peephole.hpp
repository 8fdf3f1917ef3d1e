// Small improvements of finished code.
#pragma once

#include <heddle/python/code.hpp>

namespace heddle::checker::python {

/**
 * Does to the instructions what CPython 3.9 does to them at last, so that a thread executes as many as it would there:
 * a jump to a jump leads to where that leads, a jump to a return returns, and what follows a return is left out.
 */
void improve(heddle::python::code_object& code);

}  // namespace heddle::checker::python
