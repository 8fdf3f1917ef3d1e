// Linearizability: whether the operations of a concurrent history can be put into an order that explains it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <stdexcept>
#include <vector>

namespace heddle {

/** When an operation returned that never did. */
inline constexpr std::uint64_t never_returned = std::numeric_limits<std::uint64_t>::max();

/** An operation of a history: who called it, and when. The times are of any clock that never shows the same twice. */
struct timed_operation {
  std::uint32_t process = 0;
  std::uint64_t called = 0;
  std::uint64_t returned = never_returned;

  friend bool operator==(const timed_operation&, const timed_operation&) = default;
};

/** A state of a sequential model; equal states have the same number. */
using state_id = std::uint32_t;

/** What the operations of a history may do, one at a time: their sequential model. */
class transition_system {
 public:
  virtual ~transition_system() = default;

  /** The state before all operations. */
  virtual state_id initial() = 0;

  /**
   * Adds to `to` each state that an operation, named by its index in the history, may lead to from the state `from`,
   * with the result that was recorded of it, or with any if it never returned. None: it cannot happen there. Several:
   * the model does not say which.
   */
  virtual void step(state_id from, std::size_t operation, std::vector<state_id>& to) = 0;

  /**
   * Whether the operation, with its result, leaves every state as it is in which it can happen: a read does, a write
   * does not, even where it writes what is there already. The search is faster where it knows; false is always right.
   */
  [[nodiscard]] virtual bool only_reads(std::size_t operation) {
    (void)operation;
    return false;
  }
};

/** Which orders may explain a history. */
enum class consistency : std::uint8_t {
  linearizable,  ///< an operation that returned before another one was called comes before it (Herlihy and Wing 1990)
  sequential     ///< only the operations of each process keep their order (Lamport 1979)
};

/** What to look for in a history. */
struct order_request {
  heddle::consistency consistency = heddle::consistency::linearizable;
  /**
   * Whether the execution was seen to its end, so that the operations that never returned wait for ever. Otherwise
   * each of them may have happened or not. If they wait, none of them has happened, and an order explains the history
   * only if none of them can happen in its final state either: whoever could go on must not wait.
   */
  bool stuck = false;
  /** The search throws search_too_large when it has seen more configurations, or they take more than 256 MiB. */
  std::uint64_t most_configurations = 1'000'000;
};

/** The search was given up: too many orders are possible. Nothing is known then. */
class search_too_large : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/** Whether an order explains a history, and if none does, how far one gets. */
struct explanation {
  bool holds = false;

  /**
   * Operations, by their indices, in an order that the consistency allows and that the model can go through. If the
   * history holds: all that returned, and maybe some that did not. Otherwise: all that returned before `unexplained`
   * did, and maybe some that were under way then (or, for sequential consistency, some that came later).
   */
  std::vector<std::size_t> order;

  /**
   * If the history does not hold, the operation that no order explains: no order has both it and all operations
   * that returned before it, but `order` has all of the latter. In other words, the history holds when it is cut just
   * before this operation's return, and does not when it is cut just after it. Operations under way at a cut may have
   * happened or not; if they have, then with the result that was recorded later.
   *
   * In a stuck history of which only the waiting is unexplained: the operation that never returned although it could
   * happen after `order`; the one that was called first, if there are several.
   */
  std::optional<std::size_t> unexplained;

  /** How many different pairs of operations done and state the search has seen: its cost, in time and memory. */
  std::uint64_t configurations = 0;
};

/**
 * Looks for an order of `history` that explains it: Wing and Gong's depth-first search (1993) with Lowe's cache of
 * the configurations seen (2017). The operations may be in any order. The same history gives the same explanation.
 *
 * Deciding this is NP-complete: time and memory grow with the number of operations and, at worst exponentially, with
 * how many overlap (operations that never return overlap all that come later).
 *
 * Throws std::invalid_argument for an operation that returned before it was called, and for a process that
 * calls an operation before its last one has returned.
 */
[[nodiscard]] explanation find_order(std::span<const timed_operation> history, transition_system& model,
                                     order_request what = {});

}  // namespace heddle
