// The report on a history: whether an order explains it, and if none does, where.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include <heddle/history.hpp>

#include "history_table.hpp"
#include "linearizability/model_calls.hpp"
#include "numbers.hpp"
#include "paragraphs.hpp"
#include "read_text.hpp"

namespace heddle {
namespace {

using namespace checker;

std::string arguments_text(const history_value& of) {
  if (of.is_nothing()) return "";
  const std::string text = to_text(of);
  return of.as_list() != nullptr ? text.substr(1, text.size() - 2) : text;  // a list is one of arguments
}

/** The order of the columns: names before numbers, and those by their size. */
using process_rank = std::pair<std::optional<std::int64_t>, std::string>;

process_rank rank_of(const std::string& process) { return {read_whole<std::int64_t>(process), process}; }

/** The failing part alone, with the explanation's indices made to fit. */
shown_history shown_part(const history_result& what) {
  shown_history shown;
  shown.consistency = what.asked.consistency;
  const model& of = find_model(what.asked.model);
  std::map<process_rank, std::size_t> columns;
  for (const std::size_t i : what.part) columns.try_emplace(rank_of(what.history.operations[i].process));
  for (auto& [rank, column] : columns) {
    column = shown.processes.size();
    shown.processes.push_back(rank.first ? "process " + rank.second : rank.second);
  }
  std::map<std::size_t, std::size_t> index;
  for (const std::size_t i : what.part) {
    const recorded_operation& each = what.history.operations[i];
    const model_use use = use_of(of, what.history, i, what.asked.keyed);
    index[i] = shown.operations.size();
    // A part is of one key, which need not be said again where it is that of the object.
    const bool without_key = what.asked.keyed && what.key;
    const history_value& argument = without_key ? use.call.argument : each.argument;
    shown.operations.push_back({columns.at(rank_of(each.process)), each.called, each.returned,
                                fmt::format("{}({})", each.name, arguments_text(argument)),
                                use.call.result ? to_text(*use.call.result) : ""});
  }
  shown.found = what.found;
  for (std::size_t& each : shown.found.order) each = index.at(each);
  shown.found.unexplained = index.at(*shown.found.unexplained);
  return shown;
}

block history_headline(const history_result& what, int width) {
  const bool linear = what.asked.consistency == consistency::linearizable;
  styled_text line;
  append(line, what.history.file.empty() ? "history: " : what.history.file + ": ", ink::strong);
  append(line, what.found.holds ? "PASS" : "FAIL", what.found.holds ? ink::good : ink::bad);
  append(line,
         fmt::format(" ({}{})", what.found.holds ? "" : "not ", linear ? "linearizable" : "sequentially consistent"));
  block lines = wrap(line, width);
  std::string counters =
      fmt::format("{}, {} of {}", what.asked.model, counted(what.history.operations.size(), "operation"),
                  what.processes == 1 ? "1 process" : grouped(what.processes) + " processes");
  if (what.unfinished > 0) counters += fmt::format(", {} of them without a return", grouped(what.unfinished));
  if (what.parts > 1) counters += fmt::format(", {}", counted(what.parts, "key"));
  if (what.failing_parts > 0 && what.parts > 1)
    counters +=
        fmt::format(", of which {} {}", grouped(what.failing_parts), what.failing_parts == 1 ? "fails" : "fail");
  append(lines, paragraphs("  ", counters, ink::plain, width));
  return lines;
}

}  // namespace

std::string to_text(const history_result& what, const report_style& style) {
  static constexpr int narrowest = 40;
  const int width = std::max(style.width, narrowest);
  block lines = history_headline(what, width);
  if (what.found.holds) return render(lines, style.colour);
  const shown_history part = shown_part(what);
  lines.emplace_back();
  append(lines, paragraphs("", what.parts > 1 ? "What: key " + to_text(*what.key) : "What", ink::strong, width));
  append(lines, what_is_unexplained(part, width));
  lines.emplace_back();
  append(lines, paragraphs("", "How", ink::strong, width));
  append(lines, how_it_is_unexplained(part, width));
  return render(lines, style.colour);
}

}  // namespace heddle
