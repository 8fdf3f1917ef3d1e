// The checks of several property suites, as one view.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <heddle/property.hpp>

#include "styled_text.hpp"

namespace heddle::checker {

/** A suite, and what came of its check. */
struct checked_suite {
  const property_suite* suite;
  property_result came;

  [[nodiscard]] bool as_expected() const { return heddle::as_expected(came, suite->expected); }
};

/** Checks of suites with the same seed. */
struct checked_suites {
  std::uint64_t seed = 0;
  std::vector<checked_suite> checked;
  std::vector<const property_suite*> left_out;  ///< those that the user did not wait for
  bool named = false;  ///< by the user, who asks whether they pass; else they are to come out as expected

  [[nodiscard]] bool in_order(const checked_suite& which) const {
    return named ? which.came.found.verdict == verdict::pass : which.as_expected();
  }
};

/** "pass", "fail (deadlock)". */
[[nodiscard]] std::string expected_text(const expectation& expected);

/** A check in one line; `names` is how many columns the names of all suites take. */
[[nodiscard]] styled_text line_of(const checked_suite& which, int names);

/** How many came out as they should, in one line. */
[[nodiscard]] styled_text totals_of(const checked_suites& all);

/** An object: the seed, and an array of suites with the keys of to_json(property_result) and what was expected. */
[[nodiscard]] std::string to_json(const checked_suites& all);

}  // namespace heddle::checker
