#include <mutex>
#include <set>
#include <shared_mutex>

#include "python/value.hpp"

namespace heddle::python {

name intern(std::string_view text) {
  static std::shared_mutex guard;
  static std::set<std::string, std::less<>> all;  // nodes stay where they are
  {
    const std::shared_lock reading(guard);
    if (const auto found = all.find(text); found != all.end()) return &*found;
  }
  const std::unique_lock writing(guard);
  return &*all.emplace(text).first;
}

}  // namespace heddle::python
