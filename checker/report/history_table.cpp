#include "history_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <string_view>
#include <tuple>

#include "numbers.hpp"
#include "paragraphs.hpp"
#include "table.hpp"

namespace heddle::checker {
namespace {

constexpr std::size_t most_shown = 24;  // operations
constexpr int narrowest_column = 10;
constexpr std::string_view separator = " | ";
constexpr std::string_view indent = "  ";
constexpr std::string_view under_way = ":";
constexpr std::string_view unplaced = "-";

int as_int(std::size_t size) { return static_cast<int>(size); }

std::string whole_text(const shown_operation& of) {
  if (of.returned == never_returned) return of.call + " (no return)";
  return of.result.empty() ? of.call : of.call + " -> " + of.result;
}

// ---- what is shown of a long history

struct selection {
  std::vector<std::size_t> operations;  // by their calls
  std::size_t earlier = 0;              // left out
  std::size_t later = 0;
};

selection select(const shown_history& history) {
  const shown_operation& unexplained = history.operations[*history.found.unexplained];
  std::vector<bool> in_order(history.operations.size());
  for (const std::size_t i : history.found.order) in_order[i] = true;
  selection chosen;
  for (std::size_t i = 0; i < history.operations.size(); ++i) {
    const bool matters = in_order[i] || history.operations[i].called < unexplained.returned;
    if (matters) chosen.operations.push_back(i);
  }
  chosen.later = history.operations.size() - chosen.operations.size();
  // The nearest come first: those that overlap the unexplained one, then those that returned last before it.
  const auto distance = [&](std::size_t i) {
    const shown_operation& one = history.operations[i];
    const std::uint64_t before = one.returned < unexplained.called ? unexplained.called - one.returned : 0;
    return std::tuple(i != *history.found.unexplained, before, never_returned - one.called, i);
  };
  std::ranges::sort(chosen.operations, {}, distance);
  if (chosen.operations.size() > most_shown) {
    chosen.earlier = chosen.operations.size() - most_shown;
    chosen.operations.resize(most_shown);
  }
  std::ranges::sort(chosen.operations, {}, [&](std::size_t i) { return std::pair(history.operations[i].called, i); });
  return chosen;
}

// ---- rows

enum class row_kind : std::uint8_t { call, end, both, never };

struct row {
  std::size_t operation;
  row_kind kind;
};

// Calls and returns by time; a call and its return are one row if nothing comes between them.
std::vector<row> rows_of(const shown_history& history, const std::vector<std::size_t>& operations) {
  std::vector<std::tuple<std::uint64_t, bool, std::size_t>> events;
  for (const std::size_t i : operations) {
    events.emplace_back(history.operations[i].called, false, i);
    events.emplace_back(history.operations[i].returned, true, i);
  }
  std::ranges::sort(events);
  std::vector<row> rows;
  for (const auto& [time, is_return, i] : events) {
    if (!is_return) {
      rows.push_back({i, row_kind::call});
    } else if (time == never_returned) {
      rows.push_back({i, row_kind::never});
    } else if (rows.back().operation == i) {
      rows.back().kind = row_kind::both;
    } else {
      rows.push_back({i, row_kind::end});
    }
  }
  return rows;
}

std::string text_of(const shown_operation& of, row_kind kind) {
  switch (kind) {
    case row_kind::call: return of.call;
    case row_kind::both: return whole_text(of);
    case row_kind::never: return "(no return)";
    case row_kind::end: break;
  }
  return "-> " + (of.result.empty() ? "done" : of.result);
}

/** Rows with what stands in front of them. */
class picture {
 public:
  picture(const shown_history& history, const std::vector<std::size_t>& operations)
      : history_(history), rows_(rows_of(history, operations)), places_(history.operations.size()) {
    for (std::size_t i = 0; i < history.found.order.size(); ++i) places_[history.found.order[i]] = i + 1;
    std::map<std::size_t, std::size_t> columns;  // of the processes that do anything
    for (const row& each : rows_) columns.try_emplace(operation(each).process, 0);
    for (auto& [process, column] : columns) {
      column = names_.size();
      append(names_.emplace_back(), history.processes[process], thread_ink(process));
    }
    for (const row& each : rows_) columns_.push_back(columns.at(operation(each).process));
  }

  /** Whether some of the operations are neither in the order nor the unexplained one. */
  [[nodiscard]] bool has_unplaced() const {
    return std::ranges::any_of(rows_, [&](const row& each) { return mark(each) == unplaced; });
  }

  [[nodiscard]] block draw(int width) const {
    std::vector<int> widths;
    for (const styled_text& name : names_) widths.push_back(width_of(name));
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      widths[columns_[i]] = std::max(widths[columns_[i]], width_of(cell(i)));
    }
    const std::vector<int> natural = widths;
    const int available = width - prefix_width() - as_int(separator.size() * widths.size());
    while (std::accumulate(widths.begin(), widths.end(), 0) > available) {
      const auto widest = std::ranges::max_element(widths);
      if (--*widest < std::min(narrowest_column, natural[static_cast<std::size_t>(widest - widths.begin())])) {
        return in_lines(width);
      }
    }
    return in_columns(widths);
  }

 private:
  [[nodiscard]] const shown_operation& operation(const row& of) const { return history_.operations[of.operation]; }
  [[nodiscard]] bool is_unexplained(const row& of) const { return of.operation == *history_.found.unexplained; }

  [[nodiscard]] styled_text cell(std::size_t number) const {
    const row& of = rows_[number];
    return to_glyphs(text_of(operation(of), of.kind), is_unexplained(of) ? ink::bad : ink::plain);
  }

  /** Of a call: its place in the order, or that it has none. */
  [[nodiscard]] std::string mark(const row& of) const {
    if (of.kind != row_kind::call && of.kind != row_kind::both) return "";
    if (is_unexplained(of)) return "*";
    const std::size_t place = places_[of.operation];
    return place == 0 ? std::string(unplaced) : std::to_string(place);
  }

  [[nodiscard]] int prefix_width() const {
    std::size_t widest = 1;
    for (const row& each : rows_) widest = std::max(widest, mark(each).size());
    return as_int(indent.size() + 2 + widest);
  }

  [[nodiscard]] joined_block prefix(const std::string& text, ink drawn) const {
    styled_text line;
    pad(line, prefix_width() - as_int(text.size()));
    append(line, text, drawn);
    return {{line}, prefix_width()};
  }

  [[nodiscard]] block heading(const std::vector<int>& widths) const {
    std::vector<joined_block> cells{prefix("#", ink::dim)};
    for (std::size_t i = 0; i < names_.size(); ++i) cells.push_back({wrap(names_[i], widths[i]), widths[i]});
    block lines = join(cells, separator);
    styled_text& rule = lines.emplace_back();
    append(rule, indent);
    append(rule, std::string(static_cast<std::size_t>(prefix_width()) - indent.size(), '-'), ink::dim);
    for (const int width : widths) append(rule, "-+-" + std::string(static_cast<std::size_t>(width), '-'), ink::dim);
    return lines;
  }

  [[nodiscard]] block in_columns(const std::vector<int>& widths) const {
    block lines = heading(widths);
    std::vector<bool> open(names_.size());
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const std::size_t mine = columns_[i];
      std::vector<joined_block> cells{prefix(mark(rows_[i]), is_unexplained(rows_[i]) ? ink::bad : ink::dim)};
      const block text = wrap(cell(i), widths[mine]);
      styled_text bar;
      append(bar, under_way, ink::dim);
      for (std::size_t column = 0; column < names_.size(); ++column) {
        const bool waits = open[column] && column != mine;
        cells.push_back({column == mine ? text : block(waits ? text.size() : 0, bar), widths[column]});
      }
      append(lines, join(cells, separator));
      open[mine] = rows_[i].kind == row_kind::call;
    }
    return lines;
  }

  [[nodiscard]] block in_lines(int width) const {
    std::vector<table_row> rows;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      table_row& added = rows.emplace_back();
      added.number = mark(rows_[i]);
      added.column = columns_[i];
      added.text = cell(i);
    }
    return lay_out(names_, rows, width);
  }

  const shown_history& history_;
  std::vector<row> rows_;
  std::vector<std::size_t> columns_;  // of the rows
  std::vector<std::size_t> places_;   // of the operations in the order, from 1; 0: none
  std::vector<styled_text> names_;    // of the columns
};

std::string left_out(const selection& chosen) {
  if (chosen.earlier + chosen.later == 0) return "";
  std::string text;
  if (chosen.earlier > 0) text += counted(chosen.earlier, "earlier operation");
  if (chosen.later > 0) text += (text.empty() ? "" : " and ") + counted(chosen.later, "later operation");
  return text + (chosen.earlier + chosen.later == 1 ? " is" : " are") + " not shown";
}

std::string order_text(const shown_history& history) {
  const std::vector<std::size_t>& order = history.found.order;
  const std::size_t first = order.size() > most_shown ? order.size() - most_shown : 0;
  std::string text = first > 0 ? "..., " : "";
  for (std::size_t i = first; i < order.size(); ++i) {
    const shown_operation& each = history.operations[order[i]];
    text += fmt::format("{}{}. {}", i > first ? ", " : "", i + 1, whole_text(each));
  }
  return text;
}

}  // namespace

block what_is_unexplained(const shown_history& history, int width) {
  const shown_operation& of = history.operations[*history.found.unexplained];
  const std::string what =
      fmt::format("{} of {}", of.call + (of.result.empty() ? "" : " -> " + of.result), history.processes[of.process]);
  if (of.returned == never_returned) {
    return paragraphs(indent, what + " never returned, although it could happen after all that did.", ink::plain,
                      width);
  }
  const bool real_time = history.consistency == consistency::linearizable;
  const std::string_view kept = real_time ? "real time" : "the order of each process";
  const auto before = static_cast<std::uint64_t>(std::ranges::count_if(
      history.operations, [&](const shown_operation& each) { return each.returned < of.returned; }));
  const std::string those = before == 1 ? "the operation" : "the " + counted(before, "operation");
  const std::string others = before == 0 ? "" : fmt::format(" together with {} that returned before it", those);
  const std::string text = fmt::format("no order that keeps {} explains {}{}.", kept, what, others);
  return paragraphs(indent, text, ink::plain, width);
}

block how_it_is_unexplained(const shown_history& history, int width) {
  const selection chosen = select(history);
  block lines;
  const std::string missing = left_out(chosen);
  if (!missing.empty()) append(lines, paragraphs(indent, missing, ink::dim, width));
  if (!missing.empty()) lines.emplace_back();
  const picture drawn(history, chosen.operations);
  append(lines, drawn.draw(width));
  lines.emplace_back();
  std::string legend = "#: its place in the order that explains the most; *: none explains it";
  if (drawn.has_unplaced()) legend += "; -: not needed for that";
  append(lines, paragraphs(indent, legend, ink::dim, width));
  if (history.found.order.empty()) return lines;
  lines.emplace_back();
  append(lines,
         paragraphs(indent, "The longest prefix that an order explains: " + order_text(history), ink::plain, width));
  return lines;
}

}  // namespace heddle::checker
