// What a finding means, in words: the failure's sentence, and those that explain it.
#pragma once

#include <string>
#include <vector>

#include <heddle/failure.hpp>
#include <heddle/trace.hpp>

#include "detectors/finding.hpp"

namespace heddle::checker {

/** What an explanation draws from. */
struct evidence {
  const finding& found;
  const finding* consequence;                ///< after a race: how the execution failed in the end; may be null
  const std::vector<finding>& lost_updates;  ///< of the same execution
  const trace& happened;
  const place& ended_at;  ///< of the check or the misuse
};

/** One sentence: what happened, with the names of threads and objects and file:line. */
[[nodiscard]] std::string say_what(const evidence& of);

/** Further sentences: the edges of a cycle, what is not ordered and why, the update that was lost. */
[[nodiscard]] std::vector<std::string> explain(const evidence& of);

}  // namespace heddle::checker
