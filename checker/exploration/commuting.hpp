// Operations that change an object, and whose order nobody can see all the same.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include <heddle/sim/object.hpp>
#include <heddle/sim/operation.hpp>

namespace heddle::checker::exploration {

/**
 * Operations of this kind on one object commute: they are in no order, and what waits for them comes after all of them.
 * tests/traces_test.cpp shows of each rule that it puts only executions together that end alike.
 *
 * A rule does not hold for programs that do what `broken_by` says. They are explored without it.
 *
 * Why there are no more: releases of a semaphore, shared locks, and the two ends of a queue commute only as long as the
 * count does not decide what another operation does. That one would have to read several writes at once, and with such
 * reads the graph that a revisit comes from is not the only one any more: traces would be visited twice.
 */
struct commuting_rule {
  sim::object_kind on;
  sim::operation_kind kind;
  const char* broken_by;
};

inline constexpr std::array commuting_rules{
    commuting_rule{sim::object_kind::latch, sim::operation_kind::count_down, "it asks whether a latch is at zero"},
    commuting_rule{sim::object_kind::barrier, sim::operation_kind::arrive,
                   "arrivals at a barrier could be in another phase, or have its completion run by another thread"},
};

/** A set of rules, by their bits in the order of the table. */
using rule_set = std::uint8_t;

/**
 * One more rule: stores of an atomic variable do not look at what they overwrite. It does not hold for programs whose
 * threads wait for an atomic: who waits is part of its state then, and a store leaves that as it is. So it is an
 * update.
 */
inline constexpr rule_set stores_look_at_nothing = 1U << commuting_rules.size();
inline constexpr const char* stores_look_at_waiters = "its threads wait for an atomic";

inline constexpr rule_set all_rules = 2 * stores_look_at_nothing - 1;

/** The rule for operations of this kind; none if their order matters. */
[[nodiscard]] constexpr std::optional<std::uint32_t> rule_of(sim::object_kind on, sim::operation_kind kind) noexcept {
  for (std::uint32_t i = 0; i < commuting_rules.size(); ++i) {
    if (commuting_rules[i].kind == kind && commuting_rules[i].on == on) return i;
  }
  return std::nullopt;
}

/** The rule that an operation of this kind breaks; none if it goes with all of them. */
[[nodiscard]] constexpr std::optional<std::uint32_t> rule_broken_by(const sim::operation& op) noexcept {
  using enum sim::operation_kind;
  if (op.kind == try_wait && op.target->kind() == sim::object_kind::latch) {
    return rule_of(sim::object_kind::latch, count_down);
  }
  const bool ends_elsewhere = op.kind == arrive && (op.amount & sim::completes_later) != 0;
  if (op.kind == arrive_and_drop || ends_elsewhere) return rule_of(sim::object_kind::barrier, arrive);
  return std::nullopt;
}

}  // namespace heddle::checker::exploration
