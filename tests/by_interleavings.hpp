// For tests that count executions one by one.
#pragma once

#include <heddle/options.hpp>

namespace heddle {

/** A search of every interleaving, where the default is one execution for each trace. */
[[nodiscard]] inline options by_interleavings(options with = {}) {
  with.strategy = "dfs";
  return with;
}

}  // namespace heddle
