// Lost updates: stores that overwrite what their thread never saw.
#pragma once

#include <cstdint>
#include <vector>

#include <heddle/sim/monitor.hpp>
#include "detectors/finding.hpp"

namespace heddle::checker {

/**
 * Finds stores to atomic and shared variables that overwrite another thread's store which their thread has not seen,
 * though it had read the variable before and, it seems, based its store on that.
 *
 * The pattern can be harmless (a flag that is raised whatever it was), so it is a failure only where somebody asks.
 */
class lost_update_detector {
 public:
  void begin();
  void on_event(const sim::event& happened);

  /** In order of the overwriting stores; at most `most_kept`. */
  [[nodiscard]] const std::vector<finding>& found() const noexcept { return found_; }
  static constexpr std::size_t most_kept = 3;

 private:
  struct view {
    std::uint64_t version = 0;  // how many stores there had been when the thread last looked
    std::uint32_t read_index = 0;
    bool based_on_read = false;  // its latest access was a plain read or load
  };
  struct variable {
    std::uint64_t version = 0;
    event_name last_write;
    std::vector<view> views;  // by thread
  };

  std::vector<variable> variables_;  // by object
  std::vector<finding> found_;
};

}  // namespace heddle::checker
