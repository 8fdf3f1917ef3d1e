// Decoding of UTF-8 and escaping of control characters.
#include "glyphs.hpp"

#include <algorithm>
#include <cstddef>

#include "character_width.hpp"

namespace heddle::checker {
namespace {

constexpr char32_t replacement = 0xfffd;

struct decoded {
  char32_t character = replacement;
  std::size_t size = 1;  // bytes
};

// What may follow a lead byte: overlong forms, surrogates and what is beyond Unicode show in the second byte already.
struct sequence {
  std::size_t size;
  unsigned least;  // of the second byte
  unsigned most;
};

sequence sequence_of(unsigned lead) {
  if (lead >= 0xc2 && lead <= 0xdf) return {2, 0x80, 0xbf};
  if (lead == 0xe0) return {3, 0xa0, 0xbf};
  if (lead == 0xed) return {3, 0x80, 0x9f};
  if (lead >= 0xe1 && lead <= 0xef) return {3, 0x80, 0xbf};
  if (lead == 0xf0) return {4, 0x90, 0xbf};
  if (lead >= 0xf1 && lead <= 0xf3) return {4, 0x80, 0xbf};
  if (lead == 0xf4) return {4, 0x80, 0x8f};
  return {1, 0, 0};
}

// A sequence that breaks off is replaced as far as it was valid, so that what follows is read as what it is.
decoded decode(std::string_view utf8) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(utf8[i])); };
  const unsigned lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const sequence expected = sequence_of(lead);
  if (expected.size == 1) return {};
  char32_t character = lead & (0x7fU >> expected.size);
  for (std::size_t i = 1; i < expected.size; ++i) {
    const unsigned least = i == 1 ? expected.least : 0x80U;
    const unsigned most = i == 1 ? expected.most : 0xbfU;
    if (i >= utf8.size() || byte(i) < least || byte(i) > most) return {replacement, i};
    character = character << 6U | (byte(i) & 0x3fU);
  }
  return {character, expected.size};
}

// Control characters, line and paragraph separators, soft hyphens (which terminals disagree on), bidirectional
// controls.
bool is_escaped(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0xad || c == 0x61c || c == 0x200e || c == 0x200f ||
         (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

std::string escape_of(char32_t c) {
  static constexpr std::string_view digits = "0123456789abcdef";
  if (c == U'\n') return "\\n";
  if (c == U'\t') return "\\t";
  if (c == U'\r') return "\\r";
  const bool is_short = c < 0x100;
  std::string escape = is_short ? "\\x" : "\\u";
  for (unsigned shift = is_short ? 8 : 16; shift != 0;) {
    shift -= 4;
    escape += digits[(c >> shift) & 15U];
  }
  return escape;
}

}  // namespace

std::vector<glyph> to_glyphs(std::string_view utf8, ink drawn) {
  std::vector<glyph> glyphs;
  glyphs.reserve(utf8.size());
  while (!utf8.empty()) {
    const decoded next = decode(utf8);
    const std::string_view bytes = next.character == replacement ? "\xef\xbf\xbd" : utf8.substr(0, next.size);
    utf8.remove_prefix(next.size);
    if (is_escaped(next.character)) {
      for (const char c : escape_of(next.character)) glyphs.push_back({std::string(1, c), 1, drawn});
      continue;
    }
    const int width = character_width(next.character);
    if (width == 0 && !glyphs.empty()) {
      glyphs.back().text += bytes;
    } else {
      glyphs.push_back({std::string(bytes), width, drawn});
    }
  }
  return glyphs;
}

int display_width(std::string_view utf8) {
  int width = 0;
  for (const glyph& each : to_glyphs(utf8)) width += each.width;
  return width;
}

}  // namespace heddle::checker
