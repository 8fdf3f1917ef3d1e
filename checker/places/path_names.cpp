// Paths taken apart as text.
#include "places/path_names.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace heddle::checker {
namespace {

bool contains(std::string_view path, std::string_view part) { return path.find(part) != path.npos; }

}  // namespace

std::string tidy_path(std::string_view path, std::string_view directory) {
  const bool absolute = path.starts_with('/');
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const std::size_t length = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, length);
    path.remove_prefix(std::min(length + 1, path.size()));
    if (part == "..") {
      if (!parts.empty()) parts.pop_back();
    } else if (!part.empty() && part != ".") {
      parts.push_back(part);
    }
  }
  std::string result;
  for (const std::string_view part : parts) {
    if (absolute || !result.empty()) result += '/';
    result += part;
  }
  return std::string(relative_path(result, directory));
}

std::string_view relative_path(std::string_view path, std::string_view directory) {
  const bool below = !directory.empty() && path.size() > directory.size() && path.starts_with(directory) &&
                     path[directory.size()] == '/';
  return below ? path.substr(directory.size() + 1) : path;
}

bool in_standard_library(std::string_view path) { return contains(path, "/include/c++/"); }

bool in_foreign_header(std::string_view path) {
  return in_standard_library(path) || path.starts_with("/usr/include/") || path.starts_with("/usr/lib") ||
         path.starts_with("include/heddle/") || contains(path, "/include/heddle/");
}

bool in_system_library(std::string_view path) {
  return path.starts_with("/usr/lib") || path.starts_with("/lib") || path == "[vdso]";
}

bool in_directory_like_heddles(std::string_view path) {
  const std::string_view directory = path.substr(0, std::min(path.rfind('/'), path.size()));
  const std::string_view name = directory.substr(directory.rfind('/') + 1);
  return name == "sim" || name == "checker" || directory.ends_with("checker/properties");
}

}  // namespace heddle::checker
