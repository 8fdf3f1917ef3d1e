// Text as a terminal shows it: UTF-8 taken apart into glyphs of known width, with nothing in it that moves the cursor.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace heddle::checker {

/** How a glyph is drawn, where colours are wanted. */
enum class ink : unsigned char {
  plain,
  strong,
  dim,
  good,
  bad,
  warning,
  thread_1,
  thread_2,
  thread_3,
  thread_4,
  thread_5
};

/** A character together with those that combine with it, as UTF-8. */
struct glyph {
  std::string text;
  int width = 1;  ///< columns: 0, 1 or 2
  ink drawn = ink::plain;
};

/**
 * The glyphs of `utf8`. Characters that would move the cursor or change the direction of writing are escaped
 * (`\n`, `\x1b`, `\u202e`), invalid UTF-8 becomes U+FFFD.
 */
[[nodiscard]] std::vector<glyph> to_glyphs(std::string_view utf8, ink drawn = ink::plain);

/** How many columns to_glyphs(utf8) takes. */
[[nodiscard]] int display_width(std::string_view utf8);

}  // namespace heddle::checker
