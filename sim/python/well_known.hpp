// Names that the interpreter itself looks for.
#pragma once

#include "python/value.hpp"

namespace heddle::python {

struct well_known_names {
  python::name init = intern("__init__");
  python::name name = intern("__name__");
  python::name qualname = intern("__qualname__");
  python::name module = intern("__module__");
  python::name class_ = intern("__class__");
  python::name doc = intern("__doc__");
  python::name mro = intern("__mro__");
  python::name bases = intern("__bases__");
  python::name call = intern("__call__");
  python::name getattr = intern("__getattr__");
  python::name setattr = intern("__setattr__");
  python::name enter = intern("__enter__");
  python::name exit = intern("__exit__");
  python::name args = intern("args");
  python::name cause = intern("__cause__");
  python::name context = intern("__context__");
  python::name traceback = intern("__traceback__");
  python::name suppress_context = intern("__suppress_context__");
};

[[nodiscard]] inline const well_known_names& well_known() {
  static const well_known_names names;
  return names;
}

}  // namespace heddle::python
