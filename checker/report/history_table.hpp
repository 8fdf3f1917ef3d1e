// A history that no order explains, laid out: one column a process, calls and returns in real-time order.
#pragma once

#include <heddle/shown_history.hpp>

#include "styled_text.hpp"

namespace heddle::checker {

/** What no order explains: sentences, of at most `width` columns. The history must not hold. */
[[nodiscard]] block what_is_unexplained(const shown_history& history, int width);

/**
 * The table and, below it, the order that explains the most. Of a long history only the operations around the
 * unexplained one, with a remark how many are left out. Lines of at most `width` columns (at least 40).
 */
[[nodiscard]] block how_it_is_unexplained(const shown_history& history, int width);

}  // namespace heddle::checker
