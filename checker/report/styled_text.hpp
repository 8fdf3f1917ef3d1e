// Text with colours: appending, padding, wrapping, and turning it into bytes at the very end.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "glyphs.hpp"

namespace heddle::checker {

/** A text, or one line of it. */
using styled_text = std::vector<glyph>;

/** Lines, one below the other. */
using block = std::vector<styled_text>;

/** The colour of a thread's column; after a few threads the colours come round again. */
[[nodiscard]] ink thread_ink(std::size_t thread) noexcept;

/** Adds `more`, made printable (to_glyphs), at the end of `text`. */
void append(styled_text& text, std::string_view more, ink drawn = ink::plain);
void append(styled_text& text, const styled_text& more);
/** Adds the lines of `more` below. */
void append(block& lines, const block& more);

/** How many columns it takes. */
[[nodiscard]] int width_of(const styled_text& text) noexcept;

/** Adds spaces until `text` is `width` columns wide, if it is not already. */
void pad(styled_text& text, int width);

/**
 * Breaks `text` into lines of at most `width` columns (at least 2): at spaces where there are any, else within words.
 * At least one line.
 */
[[nodiscard]] block wrap(const styled_text& text, int width);

/** A block to be joined with others, and the columns that it takes. */
struct joined_block {
  block lines;
  int width = 0;
};

/** Puts blocks side by side, each padded to its width, with `separator` between them. */
[[nodiscard]] block join(const std::vector<joined_block>& blocks, std::string_view separator);

/** The bytes of one line, without spaces at its end, with a newline. Colours never change its width. */
[[nodiscard]] std::string render(const styled_text& line, bool colour);
[[nodiscard]] std::string render(const block& lines, bool colour);

}  // namespace heddle::checker
