#include "python/types/code_points.hpp"

#include <algorithm>
#include <array>

namespace heddle::python {
namespace {

// Beyond ASCII: next line, no-break space, ogham, the spaces of U+2000 to U+200A, separators, ideographic space.
constexpr std::array<std::string_view, 19> wide_spaces{
    "\u0085", "\u00a0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006",
    "\u2007", "\u2008", "\u2009", "\u200a", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000"};

[[nodiscard]] bool is_narrow_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1C && c <= 0x1F); }

}  // namespace

std::size_t count_code_points(std::string_view text) noexcept {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return !continues(c); }));
}

std::size_t byte_of(std::string_view text, std::size_t code_point) noexcept {
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    if (continues(text[at])) continue;
    if (code_point == 0) break;
    --code_point;
  }
  return at;
}

std::size_t first_length(std::string_view text) noexcept {
  std::size_t length = 1;
  while (length < text.size() && continues(text[length])) ++length;
  return length;
}

std::size_t space_length(std::string_view text) noexcept {
  if (text.empty()) return 0;
  if (is_narrow_space(text.front())) return 1;
  if (static_cast<unsigned char>(text.front()) < 128) return 0;
  for (const std::string_view each : wide_spaces) {
    if (text.starts_with(each)) return each.size();
  }
  return 0;
}

std::size_t space_length_at_end(std::string_view text) noexcept {
  if (text.empty()) return 0;
  if (is_narrow_space(text.back())) return 1;
  if (static_cast<unsigned char>(text.back()) < 128) return 0;
  for (const std::string_view each : wide_spaces) {
    if (text.ends_with(each)) return each.size();
  }
  return 0;
}

}  // namespace heddle::python
