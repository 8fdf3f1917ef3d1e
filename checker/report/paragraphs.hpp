// Running text in a report: wrapped, indented, one line break for each in the text.
#pragma once

#include <string_view>

#include "styled_text.hpp"

namespace heddle::checker {

/** Wraps `text` to lines of at most `width` columns: the first one begins with `first`, the others with as many spaces.
 */
[[nodiscard]] block paragraph(std::string_view first, const styled_text& text, int width);

/** The same for text that may hold line breaks of its own, as the text of an exception may. */
[[nodiscard]] block paragraphs(std::string_view first, std::string_view text, ink drawn, int width);

}  // namespace heddle::checker
