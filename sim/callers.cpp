#include "callers.hpp"

#include <execinfo.h>

#include <array>
#include <string_view>

namespace heddle::sim {

void capture_callers(const source_location& where, std::vector<void*>& into) {
  into.clear();
  const bool in_program =
      where.file != nullptr && std::string_view(where.file).find("/include/c++/") == std::string_view::npos;
  if (in_program) return;
  std::array<void*, 24> addresses{};
  const int depth = backtrace(addresses.data(), static_cast<int>(addresses.size()));
  into.assign(addresses.begin(), addresses.begin() + depth);
}

}  // namespace heddle::sim
