#include "outputs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "headline.hpp"
#include "numbers.hpp"
#include "paragraphs.hpp"
#include "replay_command.hpp"
#include "text_report.hpp"

namespace heddle::checker {
namespace {

/** An output with as many lines is shown whole. */
constexpr std::size_t short_enough = 20;

/** A text in lines; what stands behind the last newline is one more, unless it is empty. */
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return lines;
}

bool ends_within_a_line(std::string_view text) { return !text.empty() && text.back() != '\n'; }

// Never wrapped within: what is at the end of a line can be the difference.
void add_line(block& to, std::string_view before, std::string_view line) {
  styled_text shown;
  append(shown, before, ink::dim);
  append(shown, line);
  to.push_back(std::move(shown));
}

void add_lines(block& to, std::string_view text, std::size_t most) {
  const std::vector<std::string_view> lines = lines_of(text);
  if (text.empty()) to.push_back(to_glyphs("    (nothing)", ink::dim));
  for (std::size_t i = 0; i < std::min(most, lines.size()); ++i) add_line(to, "    | ", lines[i]);
  if (lines.size() > most) {
    to.push_back(to_glyphs("    (and " + counted(lines.size() - most, "more line") + ")", ink::dim));
  } else if (ends_within_a_line(text)) {
    to.push_back(to_glyphs("    (without a newline at its end)", ink::dim));
  }
}

/** How many lines two texts begin with that are the same, newlines included. */
std::size_t common_lines(std::string_view a, std::string_view b) {
  const auto differs = std::ranges::mismatch(a, b);
  const std::string_view same = a.substr(0, static_cast<std::size_t>(differs.in1 - a.begin()));
  return static_cast<std::size_t>(std::ranges::count(same, '\n'));
}

/** Line `index`, counted from 0, with a remark where it is not a whole one. */
std::string shown_line(std::string_view text, std::size_t index) {
  const std::vector<std::string_view> lines = lines_of(text);
  if (index >= lines.size()) return "(it ends there)";
  const bool without_newline = index + 1 == lines.size() && ends_within_a_line(text);
  return fmt::format("{}{}", lines[index], without_newline ? " (without a newline)" : "");
}

std::string how_often(const program_output& output) {
  std::string text = counted(output.executions, "execution");
  if (output.failures == 0) return text;
  if (output.failures < output.executions) return text + ", " + grouped(output.failures) + " of them failed";
  return text + (output.executions == 1 ? ", which failed" : ", all of which failed");
}

void add_difference(block& to, std::string_view text, std::string_view first, int width) {
  const std::size_t same = common_lines(text, first);
  append(to, paragraphs("    ",
                        fmt::format("{}; {} as in output 1, line {} not:", counted(lines_of(text).size(), "line"),
                                    same == 1 ? "the first is" : fmt::format("the first {} are", grouped(same)),
                                    grouped(same + 1)),
                        ink::plain, width));
  add_line(to, "    | ", shown_line(text, same));
}

std::string what_was_found(const result& what) {
  if (what.verdict == verdict::pass) return ": found in execution " + grouped(what.executions) + " " + manner_of(what);
  if (what.verdict == verdict::fail) {
    const std::string_view up_to = what.assumes_fairness ? " up to fairness" : "";
    return fmt::format(", exhaustive{}: none of {} has the output", up_to, scope_of(what));
  }
  return ": stopped by " + what.stopped_by + " after " + scope_of(what) + ", the output not found";
}

block closest_output(const output_search& of, int width) {
  block lines{to_glyphs("Closest", ink::strong)};
  const std::size_t same = common_lines(of.wanted, *of.closest);
  append(lines, paragraphs("  ",
                           same == 0 ? "no output begins with the first line; one that comes close:"
                                     : fmt::format("{} as wanted; line {} is not:",
                                                   same == 1 ? "the first line is"
                                                             : fmt::format("the first {} lines are", grouped(same)),
                                                   grouped(same + 1)),
                           ink::plain, width));
  add_line(lines, "    wanted | ", shown_line(of.wanted, same));
  add_line(lines, "    got    | ", shown_line(*of.closest, same));
  return lines;
}

}  // namespace

std::string output_report(const result& what, const report_style& style) {
  const int width = columns_of(style);
  const output_search& search = *what.output_search;
  block lines = first_line(what, what_was_found(what), width);
  append(lines, counters(what, width));
  const auto remark = [&](std::string_view text) { append(lines, paragraphs("  ", text, ink::plain, width)); };
  if (what.failures > 0) {
    remark(counted(what.failures, "execution") + " failed; only the output was looked at");
  }
  if (what.strategy != "dpor") remark("each was ended where its output was another one");
  std::string text = render(lines, style.colour);
  if (search.found) {
    block again{{}, to_glyphs("Again", ink::strong)};
    add_line(again, "  ", replay_command(what, search.schedule));
    return text + render(again, style.colour);
  }
  if (!search.closest) return text;
  return text + "\n" + render(closest_output(search, width), style.colour);
}

block outputs_listed(const result& what, int width) {
  const program_outputs& outputs = *what.outputs;
  block lines{{}, to_glyphs("Outputs", ink::strong)};
  const auto remark = [&](const std::string& text) { append(lines, paragraphs("  ", text, ink::plain, width)); };
  remark(counted(outputs.kept.size(), "different one") + (what.exhaustive ? "" : " so far"));
  if (outputs.left_out > 0) {
    remark(fmt::format("and others, too many to list them, of {}; these come first in the order of their text",
                       counted(outputs.left_out, "execution")));
  }
  if (outputs.cut_by_failures > 0) {
    remark(fmt::format(
        "{} failed, which ends an execution wherever its other threads are: each is listed with one output, "
        "and --strategy dfs lists all",
        counted(outputs.cut_by_failures, "trace")));
  }
  for (std::size_t i = 0; i < outputs.kept.size(); ++i) {
    const program_output& each = outputs.kept[i];
    lines.emplace_back();
    append(lines, paragraphs(fmt::format("  {}: ", grouped(i + 1)), how_often(each), ink::plain, width));
    if (i == 0 || lines_of(each.text).size() <= short_enough) {
      add_lines(lines, each.text, short_enough);
    } else {
      add_difference(lines, each.text, outputs.kept.front().text, width);
    }
    if (each.schedule.empty()) {
      append(lines, paragraphs("    ", "no schedule: a thread goes on that a replay takes to wait in a loop", ink::dim,
                               width));
    } else {
      add_line(lines, "    ", replay_command(what, each.schedule));
    }
  }
  return lines;
}

}  // namespace heddle::checker
