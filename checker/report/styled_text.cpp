// Line breaking, joining side by side, and the ANSI codes.
#include "styled_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

namespace heddle::checker {
namespace {

// In the order of ink. No red, green or yellow for threads: those say how the search went.
constexpr std::array<std::string_view, 11> codes{"", "1", "2", "1;32", "1;31", "1;33", "36", "35", "34", "96", "95"};

bool is_space(const glyph& it) { return it.text == " "; }

struct line_end {
  std::size_t end;   // the line's glyphs end before this one
  std::size_t next;  // the next line begins here
};

std::size_t skip_spaces(const styled_text& text, std::size_t from) {
  while (from < text.size() && is_space(text[from])) ++from;
  return from;
}

// The line that begins at `begin` ends at the last space that fits, or else where the columns end.
line_end find_line_end(const styled_text& text, std::size_t begin, int width) {
  std::optional<std::size_t> space;
  const std::size_t first_word = skip_spaces(text, begin);
  int used = 0;
  std::size_t end = begin;
  for (; end < text.size(); ++end) {
    if (is_space(text[end]) && end > first_word) space = end;
    used += text[end].width;
    if (used > width) break;
  }
  if (end == text.size()) return {end, end};
  if (space) return {*space, skip_spaces(text, *space)};
  end = std::max(end, begin + 1);
  return {end, end};
}

}  // namespace

ink thread_ink(std::size_t thread) noexcept {
  return static_cast<ink>(static_cast<std::size_t>(ink::thread_1) + thread % 5);
}

void append(styled_text& text, std::string_view more, ink drawn) { append(text, to_glyphs(more, drawn)); }

void append(styled_text& text, const styled_text& more) { text.insert(text.end(), more.begin(), more.end()); }

void append(block& lines, const block& more) { lines.insert(lines.end(), more.begin(), more.end()); }

int width_of(const styled_text& text) noexcept {
  int width = 0;
  for (const glyph& each : text) width += each.width;
  return width;
}

void pad(styled_text& text, int width) {
  const int missing = width - width_of(text);
  if (missing > 0) text.insert(text.end(), static_cast<std::size_t>(missing), glyph{" ", 1, ink::plain});
}

block wrap(const styled_text& text, int width) {
  block lines;
  for (std::size_t begin = 0; begin < text.size() || lines.empty();) {
    const line_end found = find_line_end(text, begin, std::max(width, 2));
    lines.emplace_back(text.begin() + static_cast<std::ptrdiff_t>(begin),
                       text.begin() + static_cast<std::ptrdiff_t>(found.end));
    begin = found.next;
  }
  return lines;
}

block join(const std::vector<joined_block>& blocks, std::string_view separator) {
  std::size_t height = 0;
  for (const joined_block& each : blocks) height = std::max(height, each.lines.size());
  block lines(height);
  for (std::size_t row = 0; row < height; ++row) {
    int end = 0;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      if (i > 0) {
        append(lines[row], separator, ink::dim);
        end += display_width(separator);
      }
      if (row < blocks[i].lines.size()) append(lines[row], blocks[i].lines[row]);
      end += blocks[i].width;
      pad(lines[row], end);
    }
  }
  return lines;
}

std::string render(const styled_text& line, bool colour) {
  std::size_t end = line.size();
  while (end > 0 && is_space(line[end - 1])) --end;
  std::string bytes;
  ink now = ink::plain;
  const auto change_to = [&](ink next) {
    if (!colour || next == now) return;
    if (now != ink::plain) bytes += "\x1b[0m";
    if (next != ink::plain) (bytes += "\x1b[").append(codes[static_cast<std::size_t>(next)]) += 'm';
    now = next;
  };
  for (std::size_t i = 0; i < end; ++i) {
    if (!is_space(line[i])) change_to(line[i].drawn);
    bytes += line[i].text;
  }
  change_to(ink::plain);
  return bytes + '\n';
}

std::string render(const block& lines, bool colour) {
  std::string bytes;
  for (const styled_text& each : lines) bytes += render(each, colour);
  return bytes;
}

}  // namespace heddle::checker
