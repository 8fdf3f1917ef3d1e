// Widths of columns, cells wrapped within them, and the plainer layout where they do not fit.
#include "table.hpp"

#include <algorithm>
#include <numeric>
#include <string_view>

namespace heddle::checker {
namespace {

constexpr int narrowest_column = 18;
constexpr std::string_view bar = " | ";
constexpr std::string_view gap = "  ";
constexpr std::string_view indent = "  ";

int as_int(std::size_t size) { return static_cast<int>(size); }

int number_width(const std::vector<table_row>& rows) {
  std::size_t width = 1;
  for (const table_row& row : rows) width = std::max(width, row.number.size());
  return as_int(indent.size() + 2 + width);  // the mark stands between indent and number
}

joined_block number_cell(const table_row& row, int width) {
  styled_text text;
  append(text, indent);
  append(text, row.marked ? "* " : "  ", ink::warning);
  pad(text, width - as_int(row.number.size()));
  append(text, row.number);
  return {{text}, width};
}

// The columns that a row takes when nothing has to be wrapped.
int natural_width(const table_row& row) {
  const int place = row.place.empty() ? 0 : as_int(gap.size()) + width_of(row.place);
  return width_of(row.text) + place;
}

// The place goes to the right edge: behind the text if it fits, else on a line of its own.
joined_block text_cell(const table_row& row, int width) {
  block lines = wrap(row.text, width);
  if (row.place.empty()) return {lines, width};
  if (width_of(lines.back()) + 1 + width_of(row.place) > width) lines.emplace_back();
  block place = wrap(row.place, width);
  pad(lines.back(), width - width_of(place.front()));
  append(lines.back(), place.front());
  lines.insert(lines.end(), place.begin() + 1, place.end());
  return {lines, width};
}

void add_remark(block& lines, const std::string& remark, int prefix, int width) {
  styled_text text;
  append(text, remark, ink::dim);
  for (styled_text& line : wrap(text, width - prefix - 1)) {
    styled_text indented;
    pad(indented, prefix + 1);
    append(indented, line);
    lines.push_back(std::move(indented));
  }
}

// What the columns would like to have, headings included.
std::vector<int> natural_widths(const std::vector<styled_text>& names, const std::vector<table_row>& rows) {
  std::vector<int> widths;
  for (const styled_text& name : names) widths.push_back(width_of(name));
  for (const table_row& row : rows) {
    if (row.remark.empty()) widths[row.column] = std::max(widths[row.column], natural_width(row));
  }
  return widths;
}

// Lowers the widest columns to one common width, so that all of them fit into `available`.
std::vector<int> fit(std::vector<int> widths, int available) {
  while (std::accumulate(widths.begin(), widths.end(), 0) > available) {
    const auto widest = std::max_element(widths.rbegin(), widths.rend());
    if (*widest == 0) break;
    --*widest;
  }
  return widths;
}

bool too_narrow(const std::vector<int>& natural, const std::vector<int>& fitted) {
  for (std::size_t i = 0; i < natural.size(); ++i) {
    if (fitted[i] < std::min(natural[i], narrowest_column)) return true;
  }
  return false;
}

block heading(const std::vector<styled_text>& names, const std::vector<int>& widths, int prefix) {
  styled_text number;
  pad(number, prefix - 1);
  append(number, "#", ink::dim);
  std::vector<joined_block> cells{{{number}, prefix}};
  for (std::size_t i = 0; i < names.size(); ++i) cells.push_back({wrap(names[i], widths[i]), widths[i]});
  block lines = join(cells, bar);
  styled_text rule;
  append(rule, indent);
  append(rule, std::string(static_cast<std::size_t>(prefix) - indent.size(), '-'), ink::dim);
  for (const int width : widths) append(rule, "-+-" + std::string(static_cast<std::size_t>(width), '-'), ink::dim);
  lines.push_back(std::move(rule));
  return lines;
}

block in_columns(const std::vector<styled_text>& names, const std::vector<table_row>& rows,
                 const std::vector<int>& widths, int width) {
  const int prefix = number_width(rows);
  block lines = heading(names, widths, prefix);
  for (const table_row& row : rows) {
    if (!row.remark.empty()) {
      add_remark(lines, row.remark, prefix, width);
      continue;
    }
    std::vector<joined_block> cells{number_cell(row, prefix)};
    for (std::size_t i = 0; i < widths.size(); ++i) {
      cells.push_back(i == row.column ? text_cell(row, widths[i]) : joined_block{{}, widths[i]});
    }
    append(lines, join(cells, bar));
  }
  return lines;
}

block in_lines(const std::vector<styled_text>& names, const std::vector<table_row>& rows, int width) {
  const int prefix = number_width(rows);
  int name_width = 1;
  for (const styled_text& name : names) name_width = std::max(name_width, width_of(name));
  name_width = std::min(name_width, width / 4);
  int text_width = 2;
  for (const table_row& row : rows) text_width = std::max(text_width, natural_width(row));
  text_width = std::min(text_width, width - prefix - name_width - 2 * as_int(gap.size()));
  block lines;
  for (const table_row& row : rows) {
    if (!row.remark.empty()) {
      add_remark(lines, row.remark, prefix, width);
      continue;
    }
    append(
        lines,
        join({number_cell(row, prefix), {wrap(names[row.column], name_width), name_width}, text_cell(row, text_width)},
             gap));
  }
  return lines;
}

}  // namespace

block lay_out(const std::vector<styled_text>& names, const std::vector<table_row>& rows, int width) {
  const std::vector<int> natural = natural_widths(names, rows);
  const int available = width - number_width(rows) - as_int(bar.size() * names.size());
  const std::vector<int> fitted = fit(natural, available);
  return too_narrow(natural, fitted) ? in_lines(names, rows, width) : in_columns(names, rows, fitted, width);
}

}  // namespace heddle::checker
