// Views of a dict: what keys(), values() and items() give.
#pragma once

#include "python/types/hash_table.hpp"

namespace heddle::python {

class view_object final : public heap_object {
 public:
  view_object(dict_object& its_dict, entry_part its_part);
  dict_object* dict;
  const entry_part part;
  void visit(const visitor& see) override;
  heap_object* copy(interpreter& to) const override;
};

}  // namespace heddle::python
