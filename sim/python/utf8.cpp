#include "python/utf8.hpp"

#include <array>

namespace heddle::python {

std::optional<decoded> decode(std::string_view text) noexcept {
  if (text.empty()) return std::nullopt;
  const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return decoded{first, 1};
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return std::nullopt;
  char32_t result = first & (0xFFU >> (length + 1));
  for (std::size_t at = 1; at < length; ++at) {
    if ((byte(at) & 0xC0U) != 0x80) return std::nullopt;
    result = result << 6U | (byte(at) & 0x3FU);
  }
  constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};  // what is less has a shorter form
  if (result < least[length] || result > 0x10FFFF) return std::nullopt;
  return decoded{result, length};
}

void encode(char32_t code_point, std::string& to) {
  const auto add = [&](char32_t byte) { to += static_cast<char>(static_cast<unsigned char>(byte)); };
  const auto add_tail = [&](unsigned shift) { add(0x80U | ((code_point >> shift) & 0x3FU)); };
  if (code_point < 0x80) return add(code_point);
  if (code_point < 0x800) {
    add(0xC0U | code_point >> 6U);
  } else if (code_point < 0x10000) {
    add(0xE0U | code_point >> 12U);
    add_tail(6);
  } else {
    add(0xF0U | code_point >> 18U);
    add_tail(12);
    add_tail(6);
  }
  add_tail(0);
}

}  // namespace heddle::python
