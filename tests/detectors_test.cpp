// What the detectors find: programs with their verdicts, kinds, sentences, names and places.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/heddle.hpp>

namespace heddle {
namespace {

/** Lines of the program that ran last, for its sentences: `mark<0>()` stands on the line that "@0" means. */
std::array<unsigned, 10> lines{};

template <std::size_t Number>
void mark(unsigned line = __builtin_LINE()) {
  lines[Number] = line;
}

/** "@0" becomes "detectors_test.cpp:12". */
std::string with_places(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '@') {
      result += "detectors_test.cpp:" + std::to_string(lines.at(static_cast<std::size_t>(text[++i] - '0')));
    } else {
      result += text[i];
    }
  }
  return result;
}

/** Paths without their directories, which depend on where the build is. */
std::string without_directories(std::string text) {
  for (auto end = text.find("detectors_test.cpp"); end != text.npos; end = text.find("detectors_test.cpp", end + 1)) {
    const auto begin = text.find_last_of(" (", end) + 1;
    text.erase(begin, end - begin);
    end = begin;
  }
  return text;
}
