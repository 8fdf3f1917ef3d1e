// The files of a report's places, compared to find the shortest text that tells them apart.
#include "places.hpp"

#include <algorithm>
#include <string_view>

namespace heddle::checker {
namespace {

std::string_view base_name(std::string_view file) {
  const std::size_t slash = file.find_last_of('/');
  return slash == std::string_view::npos ? file : file.substr(slash + 1);
}

}  // namespace

short_places::short_places(const std::vector<place>& shown) {
  for (const place& each : shown) {
    if (each.known()) files_.push_back(each.file);
  }
  std::sort(files_.begin(), files_.end());
  files_.erase(std::unique(files_.begin(), files_.end()), files_.end());
}

std::string short_places::text(const place& of) const {
  if (!of.known()) return {};
  const std::string line = ":" + std::to_string(of.line);
  if (files_.size() == 1) return line;
  const std::string_view base = base_name(of.file);
  const auto namesakes =
      std::count_if(files_.begin(), files_.end(), [&](const std::string& file) { return base_name(file) == base; });
  return (namesakes == 1 ? std::string(base) : of.file) + line;
}

}  // namespace heddle::checker
