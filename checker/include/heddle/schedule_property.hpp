// What properties over data and schedule need that does not depend on the library that generates them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/deviation.hpp>
#include <heddle/explore.hpp>

namespace heddle {

/** options::from_environment, which says what is wrong on standard error and exits with 2 where it cannot be used. */
[[nodiscard]] options property_options_from_environment();

/** Several deviations in one line; "each thread runs for as long as it can" for none. */
[[nodiscard]] std::string to_text(const std::vector<deviation>& deviations);

/**
 * The report of a failure, and the line that repeats the whole check: with these RC_PARAMS, and the program called with
 * these arguments.
 */
[[nodiscard]] std::string property_report(result found, std::string_view rapidcheck_parameters,
                                          std::string_view arguments);

}  // namespace heddle
