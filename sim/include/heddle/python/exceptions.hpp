// What Python's objects throw, and its time limits.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>

#include <heddle/clock.hpp>

namespace heddle::python {

/** RuntimeError. */
struct runtime_error : std::runtime_error {
  using std::runtime_error::runtime_error;
};
/** ValueError. */
struct value_error : std::runtime_error {
  using std::runtime_error::runtime_error;
};
/** threading.BrokenBarrierError. */
struct broken_barrier_error : runtime_error {
  broken_barrier_error() : runtime_error("BrokenBarrierError") {}
};
/** queue.Empty. */
struct empty : std::runtime_error {
  empty() : std::runtime_error("queue.Empty") {}
};
/** queue.Full. */
struct full : std::runtime_error {
  full() : std::runtime_error("queue.Full") {}
};

/** A time limit in seconds of virtual time; none: for ever. */
using time_limit = std::optional<double>;

/** When a wait that begins now gives up. A negative limit counts as 0. */
[[nodiscard]] inline std::uint64_t deadline_of(time_limit limit) {
  return limit ? sim::deadline_in(std::chrono::duration<double>(*limit)) : sim::no_deadline;
}

}  // namespace heddle::python
