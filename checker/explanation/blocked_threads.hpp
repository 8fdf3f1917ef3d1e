// Deadlocks and lost wake-ups in words: who holds what, and waits for what.
#pragma once

#include <string>
#include <vector>

#include <heddle/trace.hpp>

#include "detectors/finding.hpp"

namespace heddle::checker {

/** One sentence on a deadlock or a lost wake-up. */
[[nodiscard]] std::string describe_blocked(const finding& found, const trace& happened);

/** A sentence for each thread: what it holds, taken where; what it waits for, where, and for whom. */
[[nodiscard]] std::vector<std::string> explain_blocked(const finding& found, const trace& happened);

}  // namespace heddle::checker
