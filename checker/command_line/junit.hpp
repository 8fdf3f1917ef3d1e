// The checks of property suites as build servers read them.
#pragma once

#include <string>

#include "report/property_report.hpp"

namespace heddle::checker {

/**
 * JUnit's XML: a test case for each suite, which fails where the suite did not come out as expected. Whatever is in the
 * texts, it is well-formed XML 1.0.
 */
[[nodiscard]] std::string junit_text(const checked_suites& all);

}  // namespace heddle::checker
