// What the terminal is like, if there is one.
#pragma once

#include <heddle/result.hpp>

#include "command_line/request.hpp"

namespace heddle::checker {

/** Whether a line may be redrawn there: a terminal that understands the ANSI sequences. */
[[nodiscard]] bool can_redraw(int descriptor);

/** The columns of the terminal there; 100 if there is none; at least 40. */
[[nodiscard]] int width_of(int descriptor);

/** The layout of a report that is written there: what was asked for, or what fits. */
[[nodiscard]] report_style style_for(int descriptor, const request& asked);

}  // namespace heddle::checker
