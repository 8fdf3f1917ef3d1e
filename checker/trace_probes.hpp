// How large a search by traces is going to be, before it has come to its end.
#pragma once

#include <heddle/explore.hpp>

#include <cstdint>
#include <optional>
#include <vector>

#include "detectors/detectors.hpp"
#include "exploration/event_graph.hpp"
#include "random.hpp"
#include "running_search.hpp"
#include "strategies/dpor.hpp"

namespace heddle::checker {

/** The mean of what has been seen, by Welford's method (Technometrics 4, 1962). */
class running_mean {
 public:
  void add(double seen) noexcept;
  [[nodiscard]] double mean() const noexcept { return mean_; }
  /** The standard deviation of the mean itself; 0 for less than two. */
  [[nodiscard]] double deviation() const noexcept;

 private:
  std::uint64_t count_ = 0;
  double mean_ = 0;
  double squares_ = 0;  // of the differences from the mean
};

/**
 * Goes down the tree of executions at random, again and again: at each step of an execution it goes on or over to one
 * of those that go another way there, all alike. The product of the numbers of the ways that there were has the number
 * of the executions as its expectation (Knuth: Estimating the efficiency of backtrack programs, Mathematics of
 * Computation 29, 1975). A depth-first search itself says little about that: what it has seen is all on one side.
 *
 * The executions run here are counted nowhere. How many there are depends on how many the search has made, not on time,
 * and what they draw is always the same: so the estimate is, too.
 */
class trace_probes {
 public:
  /** Of what follows from these graphs. */
  trace_probes(const program& body, const options& with, std::vector<exploration::event_graph> roots,
               std::uint64_t traces_before);
  trace_probes(const trace_probes&) = delete;
  trace_probes& operator=(const trace_probes&) = delete;

  /** Runs what a search that has made so many executions can afford: a tenth of the first thousand, and 2 % of those
   * that follow. Ends early if options::stop says so. */
  void keep_up(std::uint64_t executions);

  /** How many executions follow. None: nobody knows yet. */
  [[nodiscard]] std::optional<trace_estimate> executions() const { return of(executions_); }
  /** How many complete ones there are going to be, with those that were counted before. */
  [[nodiscard]] std::optional<trace_estimate> traces() const { return of(traces_); }

 private:
  [[nodiscard]] std::optional<trace_estimate> of(const running_mean& what) const;
  void begin();
  void step();

  options options_;
  std::vector<exploration::event_graph> roots_;
  double share_ = 0;  // of all of them
  dpor picks_{dpor::starts::with_nothing};
  running_search search_;
  detectors watching_;
  random_generator draws_{1};

  std::uint64_t spent_ = 0;  // executions
  std::uint64_t ended_ = 0;  // probes
  running_mean executions_;
  running_mean traces_;
  double traces_before_;
};

}  // namespace heddle::checker
