// What the compiler said about an operation first, then its callers from the innermost outwards.
#include "places/source_places.hpp"

#include <filesystem>
#include <mutex>
#include <system_error>

#include "places/debug_information.hpp"
#include "places/path_names.hpp"

namespace heddle::checker {
namespace {

/** What the debug information of this process says does not change, and takes long to read; so it is read once, for
 * all the reports of all searches. */
class known_places {
 public:
  std::optional<place> look_up(const void* caller) {
    const std::lock_guard guard(mutex_);
    const auto [known, is_new] = known_.try_emplace(caller);
    if (is_new) known->second = debug_.look_up(caller);
    return known->second;
  }

 private:
  std::mutex mutex_;
  debug_information debug_;
  std::map<const void*, std::optional<place>> known_;
};

known_places& known_of_this_process() {
  static known_places places;
  return places;
}

}  // namespace

source_places::source_places() {
  std::error_code ignored;  // without a current directory every path stays as it is
  directory_ = std::filesystem::current_path(ignored).string();
}

place source_places::find(const source_location& where, std::span<void* const> callers) {
  if (where.file != nullptr && where.line != 0 && !in_standard_library(where.file)) {
    return {tidy_path(where.file, directory_), where.line};
  }
  for (const void* const caller : callers) {
    if (const std::optional<place>& said = look_up(caller); said) return *said;
  }
  return {};
}

const std::optional<place>& source_places::look_up(const void* caller) {
  const auto [known, is_new] = known_.try_emplace(caller);
  std::optional<place>& said = known->second;
  if (is_new) {
    said = known_of_this_process().look_up(caller);
    if (said) said->file = tidy_path(said->file, directory_);
  }
  return said;
}

}  // namespace heddle::checker
