// Wrapping with an indent that hangs.
#include "paragraphs.hpp"

#include <string>

namespace heddle::checker {
namespace {

void add_wrapped(block& lines, std::string_view first, const styled_text& text, int width) {
  const int indent = display_width(first);
  for (const styled_text& each : wrap(text, width - indent)) {
    styled_text line;
    if (lines.empty()) append(line, first);
    pad(line, indent);
    append(line, each);
    lines.push_back(std::move(line));
  }
}

}  // namespace

block paragraph(std::string_view first, const styled_text& text, int width) {
  block lines;
  add_wrapped(lines, first, text, width);
  return lines;
}

block paragraphs(std::string_view first, std::string_view text, ink drawn, int width) {
  block lines;
  text = text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
  do {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    add_wrapped(lines, first, to_glyphs(line, drawn), width);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  } while (!text.empty());
  return lines;
}

}  // namespace heddle::checker
