// What a thread is about to do to which object: the vocabulary that the whole of Heddle shares.
#pragma once

#include <atomic>
#include <cstdint>
#include <initializer_list>
#include <string_view>

#include <heddle/sim/source_location.hpp>

namespace heddle::sim {

class object;

/** A thread's number within its execution: main is 0, the others follow in order of creation. */
using thread_id = std::uint32_t;
inline constexpr thread_id no_thread = UINT32_MAX;

/** An object's number within its execution, in order of construction. */
using object_id = std::uint32_t;
inline constexpr object_id no_object = UINT32_MAX;

/** Everything that a thread can do. The table of their properties is in operation.cpp. */
enum class operation_kind : std::uint8_t {
  start,  // threads and processes: argument is the other thread
  end,
  join,
  yield,
  sleep,
  now,   // the clock is read
  lock,  // mutexes
  try_lock,
  unlock,
  lock_shared,
  try_lock_shared,
  unlock_shared,
  wait,  // condition variables: `wait` lets the mutex go, `wake` is enabled when notified and takes it again
  wake,  // atomics: `wait` reads the value, `wake` reads it again when notified
  notify_one,
  notify_all,
  acquire,  // semaphores
  try_acquire,
  release,  // argument: by how much
  load,     // atomics
  store,
  exchange,
  fetch_add,
  fetch_sub,
  fetch_and,
  fetch_or,
  fetch_xor,
  compare_exchange_weak,
  compare_exchange_strong,
  fence,
  read,  // plain shared variables
  write,
  push,  // queues and pipes
  try_push,
  pop,
  try_pop,
  size,
  close,
  count_down,  // latches; argument: by how much
  arrive,      // barriers; argument: the number of the phase
  arrive_and_drop,
  complete,    // the phase is over, its completion has been called; argument: its number
  await,       // until a latch is at zero, a barrier's phase (the argument) is over, a future ready, a process over,
               // an atomic has such a value
  try_wait,    // whether it is
  enter_once,  // call_once: enabled while nobody else is in it
  leave_once,
  set,           // promises
  request_stop,  // stop states
  add_callback,
  remove_callback,  // enabled while the callback is not being run by another thread
  print,            // the program's output
  request,          // an interpreter's lock is asked for, before it is locked
  random,           // a value drawn; argument: below what
};
inline constexpr std::uint32_t operation_kind_count = static_cast<std::uint32_t>(operation_kind::random) + 1;

/** What an operation does to the state of its object. An update reads and writes in one step. */
enum class effect : std::uint8_t { none = 0, read = 1, write = 2, update = 3 };

[[nodiscard]] constexpr bool writes(effect what) noexcept {
  return (static_cast<unsigned>(what) & static_cast<unsigned>(effect::write)) != 0;
}

/** The memory orders of an atomic operation; `failure` is that of a compare-exchange that fails. */
struct memory_orders {
  std::memory_order order = std::memory_order_seq_cst;
  std::memory_order failure = std::memory_order_seq_cst;
};

/** What wakes a thread that waits on a condition variable or an atomic: the argument of its `wake`. */
enum class woken : std::uint8_t { not_yet, notified, spuriously };

/** In the amount of an arrive: the last arrival does not end the phase, a `complete` does. */
inline constexpr std::uint32_t completes_later = 1U << 31U;

/** The argument of a print that is not to the program's output, but to its errors. */
inline constexpr std::uint64_t to_error_output = 1;
/** In the argument of an operation on a lock or a push: it follows Python's rules. A lock waits for itself where its
 * holder locks it again, unless it is recursive; `amount` is by how many levels it is locked or unlocked. An unlock is
 * refused, and changes nothing, where nobody holds the lock, or another thread holds a recursive one; else anybody may
 * unlock it. A push counts a task, too, until it is counted down. */
inline constexpr std::uint64_t python_rules = std::uint64_t{1} << 32U;
/** In the state of a queue: by how much its low half is higher for a task. */
inline constexpr std::uint64_t one_task = std::uint64_t{1} << 32U;

/** The value of a variable, or what matters of an object's state, in 16 bytes; unused ones are 0. */
struct cell_value {
  std::uint64_t low = 0;
  std::uint64_t high = 0;

  friend bool operator==(const cell_value&, const cell_value&) = default;
};

/** What an atomic operation makes of the value that it finds: so that it can be known without performing it. Of an
 * await: whether the value lets it go on. */
struct value_function {
  /** Gives the value afterwards in `next`; false if the operation only reads `seen`. */
  bool (*apply)(const value_function& self, const cell_value& seen, cell_value& next);
};

/** The deadline of what waits for ever. Deadlines and the clock itself stay below. */
inline constexpr std::uint64_t no_deadline = UINT64_MAX;

/** An operation: published by its thread before it is performed. */
struct operation {
  operation_kind kind = operation_kind::yield;
  std::uint32_t amount = 1;  ///< of arrive: how many arrivals it is, and completes_later; 0: it times out by a fault
  memory_orders orders = {};
  object* target = nullptr;              ///< null for operations on threads and time
  object* mutex = nullptr;               ///< of a condition variable's wait and wake
  std::uint64_t argument = 0;            ///< see operation_kind; of wake: how it was woken (see woken)
  std::uint64_t deadline = no_deadline;  ///< in nanoseconds of virtual time: of sleep, and of what may time out
  source_location where = {};
  /** Of what stores to an atomic variable of up to 16 bytes, until it has been performed; else null or old. */
  const value_function* makes = nullptr;
};

/** The operation's name as reports print it: "lock", "fetch_add". */
[[nodiscard]] std::string_view to_string(operation_kind kind) noexcept;

/** The most that an operation of this kind can do to its object: a compare-exchange counts as an update. */
[[nodiscard]] effect effect_of(operation_kind kind) noexcept;

/** A set of kinds of operations. */
using operation_kinds = std::uint64_t;
static_assert(operation_kind_count <= 64);

[[nodiscard]] constexpr operation_kinds kinds(std::initializer_list<operation_kind> of) noexcept {
  operation_kinds result = 0;
  for (const operation_kind kind : of) result |= operation_kinds{1} << static_cast<unsigned>(kind);
  return result;
}

[[nodiscard]] constexpr bool contains(operation_kinds set, operation_kind kind) noexcept {
  return ((set >> static_cast<unsigned>(kind)) & 1U) != 0;
}

/** The read-modify-writes of atomics: each reads and writes in one step, a compare-exchange only if it succeeds. */
inline constexpr operation_kinds atomic_updates =
    kinds({operation_kind::exchange, operation_kind::fetch_add, operation_kind::fetch_sub, operation_kind::fetch_and,
           operation_kind::fetch_or, operation_kind::fetch_xor, operation_kind::compare_exchange_weak,
           operation_kind::compare_exchange_strong});

/** What accesses the value of an atomic at once; its `wait`, `wake` and `await` come on top of these. */
inline constexpr operation_kinds atomic_accesses =
    atomic_updates | kinds({operation_kind::load, operation_kind::store});

/** How threads wait for each other at condition variables and atomics, by being notified. */
inline constexpr operation_kinds waits_and_notifications =
    kinds({operation_kind::wait, operation_kind::wake, operation_kind::notify_one, operation_kind::notify_all});

/** Whether an operation of this kind can have to wait. */
[[nodiscard]] constexpr bool may_block(operation_kind kind) noexcept {
  using enum operation_kind;
  return contains(
      kinds({join, yield, sleep, lock, lock_shared, wake, acquire, push, pop, await, enter_once, remove_callback}),
      kind);
}

/** Whether a `wake` has been woken, so that it only wants its mutex. */
[[nodiscard]] constexpr bool is_woken(const operation& wake) noexcept {
  return wake.argument != static_cast<std::uint64_t>(woken::not_yet);
}

/** Whether `op`, while it is blocked, may give up by its deadline. */
[[nodiscard]] constexpr bool may_time_out(const operation& op) noexcept {
  return op.deadline != no_deadline && op.kind != operation_kind::sleep &&
         !(op.kind == operation_kind::wake && is_woken(op));
}

/**
 * Whether the order of two operations of different threads can matter: they touch the same object, and at
 * least one of them writes to it. Everything that asks this question asks it here.
 */
[[nodiscard]] bool conflicts(const operation& a, const operation& b) noexcept;

}  // namespace heddle::sim
