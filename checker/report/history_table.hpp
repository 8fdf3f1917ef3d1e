// A history that no order explains, laid out: one column a process, calls and returns in real-time order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <heddle/linearizability.hpp>

#include "styled_text.hpp"

namespace heddle::checker {

/** An operation as the table shows it. */
struct shown_operation {
  std::size_t process = 0;  ///< index into shown_history::processes
  std::uint64_t called = 0;
  std::uint64_t returned = never_returned;
  std::string call;    ///< "push(1)"
  std::string result;  ///< "true"; empty where there is none
};

/** A history and what was found in it; the indices of `found` are those of `operations`. */
struct shown_history {
  std::vector<std::string> processes;  ///< names, as the columns are headed
  std::vector<shown_operation> operations;
  explanation found;
  heddle::consistency consistency = heddle::consistency::linearizable;
};

/** What no order explains: sentences, of at most `width` columns. The history must not hold. */
[[nodiscard]] block what_is_unexplained(const shown_history& history, int width);

/**
 * The table and, below it, the order that explains the most. Of a long history only the operations around the
 * unexplained one, with a remark how many are left out. Lines of at most `width` columns (at least 40).
 */
[[nodiscard]] block how_it_is_unexplained(const shown_history& history, int width);

}  // namespace heddle::checker
