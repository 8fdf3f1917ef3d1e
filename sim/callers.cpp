#include "callers.hpp"

#include <execinfo.h>

#include <array>
#include <string_view>

namespace heddle::sim {

namespace {

bool in_system_header(std::string_view file) {
  return file.find("/include/c++/") != std::string_view::npos || file.starts_with("/usr/include/");
}

}  // namespace

void capture_callers(const source_location& where, std::vector<void*>& into) {
  into.clear();
  if (where.file != nullptr && !in_system_header(where.file)) return;
  std::array<void*, 24> addresses{};
  const int depth = backtrace(addresses.data(), static_cast<int>(addresses.size()));
  into.assign(addresses.begin(), addresses.begin() + depth);
}

}  // namespace heddle::sim
