// Text that can be pasted into a shell.
#include "shell.hpp"

#include <algorithm>

namespace heddle::checker {
namespace {

bool is_plain(char c) {
  const bool letter_or_digit = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return letter_or_digit || std::string_view("_@%+=:,./-").find(c) != std::string_view::npos;
}

}  // namespace

std::string quote_for_shell(std::string_view word) {
  if (!word.empty() && std::ranges::all_of(word, is_plain)) return std::string(word);
  std::string result = "'";
  for (const char c : word) {
    if (c == '\'') {
      result += "'\\''";
    } else {
      result += c;
    }
  }
  return result + "'";
}

}  // namespace heddle::checker
