// The first section of a report: the verdict in words, and what was controlled to come to it.
#pragma once

#include <heddle/result.hpp>

#include "styled_text.hpp"

namespace heddle::checker {

/** The headline, the counters below it, and a warning where nothing was tested. Lines of at most `width` columns. */
[[nodiscard]] block headline(const result& what, int width);

}  // namespace heddle::checker
