// Where two executions by the same schedule part: what a program that is not deterministic does differently.
#pragma once

#include <string>

#include <heddle/trace.hpp>

namespace heddle::checker {

/** A sentence on the first event in which two replays of one schedule differ, or on that they do not. */
[[nodiscard]] std::string describe_divergence(const trace& first, const trace& second);

}  // namespace heddle::checker
