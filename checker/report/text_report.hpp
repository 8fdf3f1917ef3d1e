// The text report of anything that is found by searching.
#pragma once

#include <string>

#include <heddle/result.hpp>

#include "styled_text.hpp"

namespace heddle::checker {

/** How many columns a report of this style may take. */
[[nodiscard]] int columns_of(const report_style& style);

/** The report that begins with `first`: below it, where there is a failure, what happened, how, and how to replay it.
 */
[[nodiscard]] std::string report_below(const block& first, const result& what, const report_style& style);

}  // namespace heddle::checker
