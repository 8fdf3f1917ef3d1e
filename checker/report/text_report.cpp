// The report as text: a headline, what happened, how, and what to paste to see it again.
#include <algorithm>
#include <ostream>
#include <string>

#include <heddle/result.hpp>

#include "headline.hpp"
#include "history_table.hpp"
#include "how.hpp"
#include "outputs.hpp"
#include "paragraphs.hpp"
#include "replay_command.hpp"
#include "text_report.hpp"

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

// What the failure's message says of it need not be said twice.
block history_of(const shown_history& history, int width) {
  block lines{to_glyphs("History", ink::strong)};
  append(lines, how_it_is_unexplained(history, width));
  return lines;
}

std::string section(const block& lines, bool colour) {
  return lines.empty() ? std::string() : "\n" + render(lines, colour);
}

}  // namespace

namespace checker {

std::string report_below(const block& first, const result& what, const report_style& style) {
  const int width = columns_of(style);
  std::string text = render(first, style.colour);
  if (!what.failure) return text;
  text += section(what_happened(*what.failure, width), style.colour);
  if (what.failure->history) text += section(history_of(*what.failure->history, width), style.colour);
  text += section(how_it_happened(*what.failure, width), style.colour);
  return text + section(again(what), style.colour);
}

int columns_of(const report_style& style) {
  static constexpr int narrowest = 40;
  return std::max(style.width, narrowest);
}

}  // namespace checker

std::string to_text(const result& what, const report_style& style) {
  if (what.output_search && !what.failure) return output_report(what, style);
  const int width = columns_of(style);
  block first = headline(what, width);
  if (what.outputs) append(first, outputs_listed(what, width));
  return report_below(first, what, style);
}

std::ostream& operator<<(std::ostream& out, const result& what) { return out << to_text(what); }

}  // namespace heddle
