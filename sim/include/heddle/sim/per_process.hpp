// State of which every process has its own copy.
#pragma once

#include <utility>

#include <heddle/sim/object.hpp>
#include <heddle/sim/simulator.hpp>

namespace heddle::sim {

/**
 * A state object, and the copies of it that processes got when they were started. `State` derives from object and
 * overrides object::copy. In the process that made the object this costs a comparison.
 */
template <class State>
class per_process {
 public:
  template <class... Args>
  explicit per_process(Args&&... args) : original_(std::forward<Args>(args)...) {}
  per_process(const per_process&) = delete;  // objects are copied for processes only, never by the program
  per_process& operator=(const per_process&) = delete;

  /** That of the running thread's process. */
  [[nodiscard]] State& here() const {
    if (original_.used_here()) [[likely]]
      return original_;
    return static_cast<State&>(original_.copy_here());
  }
  /** That of the process that made it, for destructors. */
  [[nodiscard]] const State& original() const noexcept { return original_; }

 private:
  mutable State original_;
};

}  // namespace heddle::sim
