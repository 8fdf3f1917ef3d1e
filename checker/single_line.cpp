#include "single_line.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace heddle::checker {
namespace {

constexpr std::string_view blanks = " \t\r";
constexpr std::string_view digits = "0123456789abcdefABCDEF";

std::string without_addresses(std::string_view text) {
  constexpr std::string_view prefix = "0x";
  constexpr std::size_t least_digits = 6;
  std::vector<std::string_view> seen;
  std::string result;
  while (!text.empty()) {
    const std::size_t begin = text.find(prefix);
    result += text.substr(0, begin);
    if (begin == text.npos) break;
    const std::size_t end = std::min(text.find_first_not_of(digits, begin + prefix.size()), text.size());
    const std::string_view number = text.substr(begin, end - begin);
    text.remove_prefix(end);
    if (number.size() < prefix.size() + least_digits) {
      result += number;
      continue;
    }
    const auto found = std::ranges::find(seen, number);
    result += "address " + std::to_string(found - seen.begin() + 1);
    if (found == seen.end()) seen.push_back(number);
  }
  return result;
}

}  // namespace

std::string single_line(std::string_view text) {
  struct level {
    std::size_t indent;
    bool in_parentheses;
  };
  std::vector<level> open;  // of the lines that the present one may stand below or beside
  std::string result;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t indent = line.find_first_not_of(blanks);
    if (indent == line.npos) continue;
    line = line.substr(indent, line.find_last_not_of(blanks) + 1 - indent);
    if (open.empty()) {
      open.push_back({indent, false});
    } else if (indent > open.back().indent) {
      const bool in_parentheses = !result.ends_with(':');
      open.push_back({indent, in_parentheses});
      result += in_parentheses ? " (" : " ";
    } else {
      for (; open.size() > 1 && indent < open.back().indent; open.pop_back()) {
        if (open.back().in_parentheses) result += ')';
      }
      result += ", ";
    }
    result += line;
  }
  for (; !open.empty(); open.pop_back()) {
    if (open.back().in_parentheses) result += ')';
  }
  return without_addresses(result);
}

}  // namespace heddle::checker
