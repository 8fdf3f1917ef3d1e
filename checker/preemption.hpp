// What a preemption is: leaving a thread that could have gone on.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include <heddle/sim/choice.hpp>
#include <heddle/sim/simulator.hpp>

namespace heddle::checker {

/**
 * The candidate whom it would be a preemption to leave, as an index: the thread of the latest event. None where it
 * could not go on, nor where it gives way by itself (yield, sleep); and where the choice is not among threads.
 */
[[nodiscard]] inline std::optional<std::uint32_t> would_go_on(const sim::choice_point& at) {
  if (at.kind != sim::choice_kind::thread) return std::nullopt;
  const auto found = std::find(at.candidates.begin(), at.candidates.end(), at.running);
  if (found == at.candidates.end()) return std::nullopt;
  const sim::operation_kind next = at.execution.thread(at.running).pending.kind;
  if (next == sim::operation_kind::yield || next == sim::operation_kind::sleep) return std::nullopt;
  return static_cast<std::uint32_t>(found - at.candidates.begin());
}

/** Whether it is a preemption to pick this one. */
[[nodiscard]] inline bool is_preemption(const sim::choice_point& at, std::uint32_t picked) {
  if (picked >= at.count) return false;
  const std::optional<std::uint32_t> self = would_go_on(at);
  return self && *self != picked;
}

}  // namespace heddle::checker
