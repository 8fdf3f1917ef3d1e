// Data races on shared variables.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "detectors/finding.hpp"
#include "detectors/happens_before.hpp"

namespace heddle::checker {

/**
 * Finds two accesses to a heddle::shared by different threads, at least one a write, that happens-before does not
 * order. Exact for the execution at hand: it finds a race if and only if the execution has one ([intro.races]/21). Each
 * access costs a step for each thread in the worst case.
 */
class race_detector {
 public:
  void begin();
  void on_event(const sim::event& happened);

  /** The first race of the execution. */
  [[nodiscard]] const std::optional<finding>& found() const noexcept { return found_; }

 private:
  struct access {
    clock_table::clock at = 0;  // the thread's own entry then; 0: never
    std::uint32_t index = 0;
  };
  struct variable {
    sim::thread_id writer = sim::no_thread;
    access write;
    std::vector<access> reads;  // by thread; those since the last write
  };

  variable& state_of(sim::object_id object);
  void on_access(const sim::event& happened);
  void report(const sim::event& happened, sim::thread_id other, std::uint32_t other_index);

  happens_before order_;
  std::vector<std::uint32_t> slots_;  // by object: 1 + index into variables_, or 0
  std::vector<variable> variables_;
  std::uint32_t used_ = 0;
  std::optional<finding> found_;
};

}  // namespace heddle::checker
