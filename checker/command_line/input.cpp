#include "command_line/input.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <memory>
#include <sstream>

#include <heddle/explore.hpp>

namespace heddle::checker {

std::string read_file(const std::string& name, std::string_view what) {
  std::ifstream file(name, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();  // which throws nothing, not even for a directory
  if (text.view().empty()) {
    throw request_error(fmt::format("cannot read {} from {}: it does not exist, or is empty", what, name));
  }
  return text.str();
}

std::string read_output(const std::string& name) {
  const bool standard = name == "-";
  const auto close = [&](std::FILE* file) { return standard ? 0 : std::fclose(file); };
  errno = 0;
  const std::unique_ptr<std::FILE, decltype(close)> file(standard ? stdin : std::fopen(name.c_str(), "rbe"), close);
  std::string text;
  if (file != nullptr) {
    std::array<char, 4096> part;
    while (const std::size_t length = std::fread(part.data(), 1, part.size(), file.get())) {
      text.append(part.data(), length);
    }
  }
  if (file != nullptr && std::ferror(file.get()) == 0) return text;
  throw request_error(fmt::format("cannot read the output to look for from {}: {}", standard ? "standard input" : name,
                                  std::strerror(errno)));
}

}  // namespace heddle::checker
