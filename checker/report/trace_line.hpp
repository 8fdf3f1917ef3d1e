// One event on one line, for `heddle run --trace`.
#pragma once

#include <string>

#include <heddle/trace.hpp>

namespace heddle::checker {

/** "1.5s  producer  push goods 3  (scenarios/x.cpp:12)": virtual time, thread, what happened, and where. */
[[nodiscard]] std::string trace_line(const trace& so_far, const step& event);

}  // namespace heddle::checker
