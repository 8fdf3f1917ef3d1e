// The steps of a failure laid out: a column a thread, or where that would be too narrow, a line a step.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "styled_text.hpp"

namespace heddle::checker {

/** A row of the table: something that one thread does, or else a remark between the rows. */
struct table_row {
  std::string number;  ///< empty for what has not happened
  bool marked = false;
  std::size_t column = 0;  ///< index into the names
  styled_text text;
  styled_text place;   ///< stands at the right edge of the column; may be empty
  std::string remark;  ///< where not empty: stands alone, and the rest is ignored
};

/** The table of `rows`, no wider than `width` columns (at least 40). `names`: the columns' headings. */
[[nodiscard]] block lay_out(const std::vector<styled_text>& names, const std::vector<table_row>& rows, int width);

}  // namespace heddle::checker
