// The one choice primitive, seen from both sides: what is chosen, and who picks.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include <heddle/sim/operation.hpp>

namespace heddle::sim {

class simulator;

/** What a choice is about. */
enum class choice_kind : std::uint8_t {
  thread,  ///< which of the enabled threads moves
  waiter,  ///< which of the waiting threads a notify_one wakes
  value,   ///< heddle::random
  fault,   ///< whether an operation meets with a fault that the settings allow: 0 no, 1 yes
};
inline constexpr std::uint32_t choice_kind_count = 4;

[[nodiscard]] std::string_view to_string(choice_kind kind) noexcept;

/** What may go wrong with an operation, though its object would let it succeed. Turned on by settings::faults. */
enum class fault_kind : std::uint8_t {
  none,
  spurious_wakeup,  ///< a condition wait wakes up without a notification
  weak_cas,         ///< compare_exchange_weak fails though the value is the expected one
  try_lock,         ///< a try_lock, try_lock_shared or try_acquire fails though it could succeed
  timeout,          ///< a timed wait times out before its time, or a sleep or a timeout comes late
};
inline constexpr std::uint32_t fault_kind_count = 5;

/** The fault's name on the command line, in schedules and in reports: "weak-cas". */
[[nodiscard]] std::string_view to_string(fault_kind kind) noexcept;

/** A set of faults. */
using fault_kinds = std::uint8_t;
[[nodiscard]] constexpr fault_kinds only(fault_kind kind) noexcept {
  return static_cast<fault_kinds>(1U << static_cast<unsigned>(kind));
}

/** A point where the execution could go several ways, and the way that it went: 0 <= picked < count. */
struct choice {
  choice_kind kind = choice_kind::thread;
  std::uint32_t count = 0;
  std::uint32_t picked = 0;

  friend bool operator==(const choice&, const choice&) = default;
};

/** What a picker sees of a choice. */
struct choice_point {
  choice_kind kind;
  std::uint32_t count;                    ///< at least 2: what is determined is no choice
  std::span<const thread_id> candidates;  ///< thread choices: the enabled threads, in thread order; else empty
  thread_id running;                      ///< the thread of the latest event; main where there is none
  const simulator& execution;             ///< for the candidates' pending operations
};

class director;

/** What picks. The strategies of the checker are pickers; the simulator knows no other. */
class picker {
 public:
  /** The answer of a picker that cannot go on, such as a replay that does not match: ends the execution. */
  static constexpr std::uint32_t gives_up = UINT32_MAX;

  /** An index below `at.count`, or `gives_up`. */
  virtual std::uint32_t pick(const choice_point& at) = 0;

  /** This picker, if it directs the execution. */
  [[nodiscard]] virtual director* directs() noexcept { return nullptr; }

  virtual ~picker() = default;

 protected:
  picker() = default;
  picker(const picker&) = default;
  picker& operator=(const picker&) = default;
};

struct event;

/**
 * A picker that is asked at every turn, also where only one thread could move, and that sees all events.
 *
 * An execution that is directed comes to its end wherever it fails: a thread that fails is left where it is, and the
 * others go on; a cycle of waiting threads does not end it before nobody can move. Faults are asked for without limit.
 */
class director : public picker {
 public:
  [[nodiscard]] director* directs() noexcept final { return this; }

  /** The thread that moves next: an enabled one; no_thread if there is none, or to end the execution. */
  virtual thread_id next(simulator& execution) = 0;
  /** An event has happened. */
  virtual void on_event(const event& happened) = 0;
};

}  // namespace heddle::sim
