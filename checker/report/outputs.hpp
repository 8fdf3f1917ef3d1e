// What a search has found out about the program's outputs, for the text report.
#pragma once

#include <heddle/result.hpp>

#include "styled_text.hpp"

namespace heddle::checker {

/** The report of a search for one output. */
[[nodiscard]] std::string output_report(const result& what, const report_style& style);

/** All the different outputs, each with how many executions have it, and what to paste to see it. */
[[nodiscard]] block outputs_listed(const result& what, int width);

}  // namespace heddle::checker
