// What all benchmarks of searches have in common.
#pragma once

#include <benchmark/benchmark.h>

#include <cstdint>
#include <functional>

#include <heddle/result.hpp>

namespace heddle::bench {

/** What the searches of one benchmark came to. */
struct search_costs {
  double nanoseconds = 0;
  double executions = 0;
  double events = 0;
  double ns_per_jump = 0;  ///< a raw context jump, measured between them

  /** How many jumps take as long as each of so many. */
  [[nodiscard]] double jumps_per(double count) const noexcept { return nanoseconds / count / ns_per_jump; }
};

/** Runs the search as often as the benchmark says, and jumps by turns: the machine is noisy, so both see the same. */
[[nodiscard]] search_costs measure_searches(benchmark::State& state, const std::function<result()>& search);

}  // namespace heddle::bench
