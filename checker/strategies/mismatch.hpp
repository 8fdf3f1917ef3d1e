// In what way an execution does not follow its schedule, in words.
#pragma once

#include <cstddef>
#include <string>

#include <heddle/sim/choice.hpp>
#include <heddle/sim/simulator.hpp>

namespace heddle::checker {

/** The program comes to `at`, where the schedule has `expected` (null: it has none left). */
[[nodiscard]] std::string describe_mismatch(const sim::choice* expected, const sim::choice_point& at);

/** The program has ended after `used` of the schedule's `all` choices. */
[[nodiscard]] std::string describe_early_end(std::size_t used, std::size_t all, const sim::simulator& ran);

}  // namespace heddle::checker
