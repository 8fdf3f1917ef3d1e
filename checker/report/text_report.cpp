// The report as text: a headline, what happened, how, and what to paste to see it again.
#include <algorithm>
#include <ostream>
#include <string>

#include <heddle/result.hpp>

#include "headline.hpp"
#include "how.hpp"
#include "paragraphs.hpp"
#include "replay_command.hpp"

namespace heddle {
namespace {

using namespace checker;

block what_happened(const failure& of, int width) {
  block lines = paragraphs("", "What", ink::strong, width);
  append(lines, paragraphs("  ", of.message, ink::plain, width));
  for (const std::string& each : of.explanation) append(lines, paragraphs("  - ", each, ink::plain, width));
  return lines;
}

// Commands are not wrapped, however long they are, so that they can be pasted.
block again(const result& what) {
  const std::vector<std::string> commands = replay_commands(what);
  if (commands.empty()) return {};
  block lines{to_glyphs("Again", ink::strong)};
  for (const std::string& each : commands) lines.push_back(to_glyphs("  " + each));
  return lines;
}

std::string section(const block& lines, bool colour) {
  return lines.empty() ? std::string() : "\n" + render(lines, colour);
}

}  // namespace

std::string to_text(const result& what, const report_style& style) {
  static constexpr int narrowest = 40;
  const int width = std::max(style.width, narrowest);
  std::string text = render(headline(what, width), style.colour);
  if (!what.failure) return text;
  text += section(what_happened(*what.failure, width), style.colour);
  text += section(how_it_happened(*what.failure, width), style.colour);
  return text + section(again(what), style.colour);
}

std::ostream& operator<<(std::ostream& out, const result& what) { return out << to_text(what); }

}  // namespace heddle
