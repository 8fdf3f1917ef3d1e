#include "command_line/input.hpp"

#include <fmt/format.h>

#include <fstream>
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

}  // namespace heddle::checker
