// The tutorial's programs as they lie in this folder, packed into the program by pack.py.
#pragma once

#include <string_view>
#include <vector>

namespace heddle::scenarios::tutorial {

/** A file NAME.py, and what its file NAME.py.tree holds. */
struct packed_program {
  std::string_view file;
  std::string_view summary;
  std::string_view source;
  std::string_view tree;
};

[[nodiscard]] const std::vector<packed_program>& packed();

}  // namespace heddle::scenarios::tutorial
