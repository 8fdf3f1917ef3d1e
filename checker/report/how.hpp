// The section of a report that shows a failing execution step by step.
#pragma once

#include <heddle/failure.hpp>

#include "styled_text.hpp"

namespace heddle::checker {

/** Heading, the switches in one line, the table of steps, and what its marks mean. Empty where nothing was recorded. */
[[nodiscard]] block how_it_happened(const failure& of, int width);

}  // namespace heddle::checker
