// What operations do to their objects, as functions of states: the one place that says how operations map to events.
#pragma once

#include <cstdint>

#include <heddle/sim/object.hpp>
#include <heddle/sim/operation.hpp>

namespace heddle::checker::exploration {

using sim::cell_value;

/** What an operation does in a given state of its object. */
enum class outcome : std::uint8_t {
  blocked,  ///< it has to wait
  read,     ///< it leaves the state as it is
  write,    ///< it sets the state, whatever it was
  update,   ///< it reads the state and changes it
};

/** How an operation takes part in the order of its object's operations. */
enum class shape : std::uint8_t {
  none,    ///< it commutes with whatever other threads do
  read,    ///< it never changes the state
  write,   ///< it sets the state without looking at it
  update,  ///< it may look at the state and change it, and does not block
  guard,   ///< the same, and it blocks where the state does not let it go on
  await,   ///< it blocks until the state lets it go on, which it does for ever from then on; it changes nothing
};

/** What is known of an operation apart from its objects: a plain value, which can be stored and sent. */
struct facts {
  sim::operation_kind kind = sim::operation_kind::yield;
  sim::object_kind object = sim::object_kind::console;
  bool timed = false;        ///< it may time out instead of waiting
  std::uint32_t thread = 0;  ///< the exploration's number of its thread
  std::uint32_t amount = 1;  ///< see sim::operation
  std::uint64_t argument = 0;

  friend bool operator==(const facts&, const facts&) = default;
};

/** The amount of a store that is an update: see stores_look_at_nothing. */
inline constexpr std::uint32_t looks_at_waiters = 2;

/** An operation's effect in one state. */
struct transition {
  outcome what = outcome::read;
  cell_value next = {};  ///< the state afterwards
};

/** How an operation of this kind takes part. */
[[nodiscard]] shape shape_of(const facts& op) noexcept;

/**
 * What `op` does in `state`. `choice` is what was chosen while it was performed (which waiter), `makes` what an atomic
 * operation makes of a value, where it is known: where it is not, the operation counts as an update, and an await of a
 * value goes on.
 */
[[nodiscard]] transition apply(const facts& op, const cell_value& state, std::uint32_t choice,
                               const sim::value_function* makes);

/** Among how many possibilities `op` chooses in `state`; 1 where it does not choose. */
[[nodiscard]] std::uint32_t choices_of(const facts& op, const cell_value& state) noexcept;

/** Whether `op` touches nothing with this choice: a condition wait that ends spuriously, which nobody can notify. */
[[nodiscard]] constexpr bool touches_nothing(const facts& op, std::uint32_t choice) noexcept {
  return choice != 0 && op.kind == sim::operation_kind::wait && op.object == sim::object_kind::condition_variable;
}

/** Why no reduction is known for programs with such an operation; null where there is one. */
[[nodiscard]] const char* irreducible(const sim::operation& op) noexcept;

/** In the state of a condition variable: who waits, by the numbers of threads below this. */
inline constexpr std::uint32_t most_waiting = 64;

}  // namespace heddle::checker::exploration
