#include "exploration/transitions.hpp"

#include <bit>

#include <heddle/python/interpreter_lock.hpp>

namespace heddle::checker::exploration {
namespace {

using sim::object_kind;
using sim::operation_kind;

constexpr std::uint64_t bit(std::uint32_t thread) noexcept { return std::uint64_t{1} << (thread % most_waiting); }

constexpr std::uint64_t holder(std::uint32_t thread) noexcept { return std::uint64_t{thread} + 1; }

constexpr transition updated(cell_value next) noexcept { return {outcome::update, next}; }

// What cannot go on now: an operation with a deadline, or a try_..., fails; another one waits.
constexpr transition refused(const cell_value& state, bool may_fail) noexcept {
  return {may_fail ? outcome::read : outcome::blocked, state};
}

// The read-modify-writes of atomics. `makes` is null where it cannot be told what they make.
transition update(const cell_value& state, const sim::value_function* makes) {
  transition done{outcome::update, {}};
  if (makes != nullptr && !makes->apply(*makes, state, done.next)) return {outcome::read, state};
  return done;
}

// Interpreters' locks: `low` is the holder; the lower half of `high` says how many have requested it, the upper half
// who does not get it next.
constexpr std::uint64_t requests = 0xffff'ffffU;

transition lock_interpreter(const facts& op, const cell_value& state) noexcept {
  const bool barred = state.high >> 32U == holder(op.thread);
  if (state.low != 0 || barred) return refused(state, false);
  const std::uint64_t waiting = state.high & requests;
  return updated({holder(op.thread), waiting > 0 ? waiting - 1 : 0});
}

transition unlock_interpreter(const facts& op, const cell_value& state) noexcept {
  const std::uint64_t barred = (op.argument & python::to_another_thread) != 0 ? holder(op.thread) : 0;
  return updated({0, (state.high & requests) | barred << 32U});
}

bool is_recursive(const facts& op) noexcept {
  return op.object == object_kind::recursive_mutex || op.object == object_kind::recursive_timed_mutex;
}

// Python's locks: see python_rules.
transition lock_by_python(const facts& op, const cell_value& state, bool may_fail) noexcept {
  const bool mine = is_recursive(op) && state.low == holder(op.thread);
  if (state.low != 0 && !mine) return refused(state, may_fail);
  return updated({holder(op.thread), state.high + op.amount});
}

transition unlock_by_python(const facts& op, const cell_value& state) noexcept {
  if (state.low == 0 || (is_recursive(op) && state.low != holder(op.thread))) return {outcome::read, state};
  return state.high > op.amount ? updated({state.low, state.high - op.amount}) : updated({});
}

// Mutexes of all kinds: `low` is the holder, `high` the depth of a recursive one or the number of readers.
transition lock(const facts& op, const cell_value& state, bool may_fail) noexcept {
  if (op.object == object_kind::interpreter_lock) return lock_interpreter(op, state);
  if (op.argument == sim::python_rules) return lock_by_python(op, state, may_fail);
  const bool mine = state.low == holder(op.thread);
  const bool shared = op.object == object_kind::shared_mutex || op.object == object_kind::shared_timed_mutex;
  if (mine) return updated({state.low, state.high + 1});  // of a mutex that is not recursive: a misuse
  const bool free = state.low == 0 && (!shared || state.high == 0);
  return free ? updated({holder(op.thread), shared ? 0U : 1U}) : refused(state, may_fail);
}

transition unlock(const facts& op, const cell_value& state) noexcept {
  if (op.object == object_kind::interpreter_lock) return unlock_interpreter(op, state);
  if (op.argument == sim::python_rules) return unlock_by_python(op, state);
  if (is_recursive(op) && state.high > 1) return updated({state.low, state.high - 1});
  return updated({});
}

transition lock_shared(const facts& op, const cell_value& state, bool may_fail) noexcept {
  if (state.low != 0 && state.low != holder(op.thread)) return refused(state, may_fail);
  return updated({state.low, state.high + 1});
}

// Semaphores: `low` is the count, `high` what it has to stay below, or 0; what would exceed it is refused.
transition acquire(const cell_value& state, bool may_fail) noexcept {
  return state.low > 0 ? updated({state.low - 1, state.high}) : refused(state, may_fail);
}

transition release(const facts& op, const cell_value& state) noexcept {
  const std::uint64_t next = state.low + op.argument;
  if (state.high != 0 && next >= state.high) return {outcome::read, state};
  return updated({next, state.high});
}

// Queues and pipes: `low` is the size, from one_task on the tasks, and in the highest bit whether it is closed; `high`
// is the capacity.
constexpr std::uint64_t closed = std::uint64_t{1} << 63U;
constexpr std::uint64_t sizes = sim::one_task - 1;

transition push(const facts& op, const cell_value& state, bool may_fail) noexcept {
  const bool ends = (state.low & closed) != 0;  // a misuse
  if (!ends && (state.low & sizes) >= state.high) return refused(state, may_fail);
  return updated({state.low + 1 + (op.argument == sim::python_rules ? sim::one_task : 0), state.high});
}

transition pop(const cell_value& state, bool may_fail) noexcept {
  const std::uint64_t size = state.low & sizes;
  if (size > 0) return updated({state.low - 1, state.high});
  return refused(state, may_fail || (state.low & closed) != 0);
}

// Condition variables: `low` has a bit for each thread that waits and is not notified.
transition notify(const cell_value& state, bool all, std::uint32_t choice) noexcept {
  if (state.low == 0) return {outcome::read, state};
  if (all) return updated({});
  std::uint64_t left = state.low;
  for (; choice > 0; --choice) left &= left - 1;
  return updated({state.low & ~(left & (~left + 1)), 0});
}

// Barriers: see barrier_state::state.
transition arrive(const facts& op, const cell_value& state) noexcept {
  constexpr std::uint64_t half = 0xffff'ffffU;
  std::uint64_t expected = state.high >> 32U;
  if (op.kind == operation_kind::arrive_and_drop && expected > 0) --expected;
  const std::uint64_t amount = op.amount & ~sim::completes_later;
  const std::uint64_t before = state.high & half;
  const std::uint64_t missing = before > amount ? before - amount : 0;
  if (missing > 0 || (op.amount & sim::completes_later) != 0) return updated({state.low, missing | expected << 32U});
  return updated({state.low + 1, expected | expected << 32U});
}

transition complete(const cell_value& state) noexcept {
  const std::uint64_t expected = state.high >> 32U;
  return updated({state.low + 1, expected | expected << 32U});
}

// call_once: `low` is 0 before, 1 afterwards, and else who is in it.
transition enter_once(const facts& op, const cell_value& state) noexcept {
  if (state.low == 0) return updated({holder(op.thread) + 1, 0});
  return refused(state, state.low == 1);
}

transition count_down(const facts& op, const cell_value& state) noexcept {
  if (op.object != object_kind::queue) return updated({state.low > op.argument ? state.low - op.argument : 0, 0});
  if (state.low < sim::one_task) return {outcome::read, state};
  return updated({state.low - sim::one_task, state.high});
}

// What is set may be set again, and cleared; a promise is not.
transition set(const facts& op, const cell_value& state) noexcept {
  if (op.object == object_kind::event) {
    if (state.low == op.argument) return {outcome::read, state};
    return updated({op.argument, 0});
  }
  const bool at_end = op.argument == 2;  // of the thread that has satisfied it
  if (state.high != 0 && !at_end) return {outcome::read, state};
  return updated({op.argument == 1 ? 0U : 1U, 1});
}

// Whether what lets an await go on may be taken back.
bool is_taken_back(object_kind on) noexcept {
  return on == object_kind::atomic || on == object_kind::event || on == object_kind::queue;
}

transition await(const facts& op, const cell_value& state) noexcept {
  bool over = false;
  switch (op.object) {
    // An update that changes nothing, since the explorer takes no guards that only read: who could not go on with what
    // comes next would wait in several graphs that are the same.
    case object_kind::event:
      if (op.timed) return {outcome::read, state};
      return state.low != 0 ? updated(state) : refused(state, false);
    case object_kind::queue: return state.low < sim::one_task ? updated(state) : refused(state, false);
    case object_kind::latch: over = state.low == 0; break;
    case object_kind::barrier: over = op.argument < state.low; break;
    default: over = state.low != 0; break;  // futures
  }
  return {over ? outcome::read : outcome::blocked, state};
}

}  // namespace

shape shape_of(const facts& op) noexcept {
  switch (op.kind) {
    case operation_kind::load:
    case operation_kind::read:
    case operation_kind::size:
    case operation_kind::try_wait: return shape::read;
    case operation_kind::store: return op.amount == looks_at_waiters ? shape::update : shape::write;
    case operation_kind::write:
    case operation_kind::print:
    case operation_kind::leave_once: return shape::write;
    case operation_kind::lock:
    case operation_kind::lock_shared:
    case operation_kind::acquire:
    case operation_kind::push:
    case operation_kind::pop:
    case operation_kind::enter_once: return op.timed ? shape::update : shape::guard;
    case operation_kind::await:
      if (op.timed) return op.object == object_kind::atomic ? shape::guard : shape::read;
      return is_taken_back(op.object) ? shape::guard : shape::await;
    case operation_kind::wake:  // of a condition variable, that times out: not once it is notified
      return op.timed && op.object == object_kind::condition_variable ? shape::guard : shape::none;
    case operation_kind::start:
    case operation_kind::end:
    case operation_kind::join:
    case operation_kind::yield:
    case operation_kind::sleep:
    case operation_kind::now:
    case operation_kind::fence:
    case operation_kind::random: return shape::none;
    default: return shape::update;
  }
}

transition apply(const facts& op, const cell_value& state, std::uint32_t choice, const sim::value_function* makes) {
  switch (op.kind) {
    case operation_kind::load:
    case operation_kind::read:
    case operation_kind::size:
    case operation_kind::try_wait: return {outcome::read, state};
    case operation_kind::store: {
      transition done{op.amount == looks_at_waiters ? outcome::update : outcome::write, {}};
      if (makes != nullptr) makes->apply(*makes, state, done.next);
      return done;
    }
    case operation_kind::write:
    case operation_kind::print: return {outcome::write, {}};
    case operation_kind::lock: return lock(op, state, op.timed);
    case operation_kind::try_lock: return lock(op, state, true);
    case operation_kind::unlock: return unlock(op, state);
    case operation_kind::lock_shared: return lock_shared(op, state, op.timed);
    case operation_kind::try_lock_shared: return lock_shared(op, state, true);
    case operation_kind::unlock_shared: return updated({state.low, state.high > 0 ? state.high - 1 : 0});
    case operation_kind::acquire: return acquire(state, op.timed);
    case operation_kind::try_acquire: return acquire(state, true);
    case operation_kind::release: return release(op, state);
    case operation_kind::push: return push(op, state, op.timed);
    case operation_kind::try_push: return push(op, state, true);
    case operation_kind::pop: return pop(state, op.timed);
    case operation_kind::try_pop: return pop(state, true);
    case operation_kind::close: {
      if ((state.low & closed) != 0) return {outcome::read, state};
      return updated({state.low | closed, state.high});
    }
    case operation_kind::count_down: return count_down(op, state);
    case operation_kind::arrive:
    case operation_kind::arrive_and_drop: return arrive(op, state);
    case operation_kind::complete: return complete(state);
    case operation_kind::await: {
      if (op.object != object_kind::atomic) return await(op, state);
      cell_value same;
      const bool goes_on = makes == nullptr || makes->apply(*makes, state, same);
      return {goes_on ? outcome::read : outcome::blocked, state};
    }
    case operation_kind::enter_once: return enter_once(op, state);
    case operation_kind::leave_once: return {outcome::write, {op.argument, 0}};
    case operation_kind::set: return set(op, state);
    case operation_kind::wait:
      if (op.object == object_kind::atomic) return updated(state);
      return updated({state.low | bit(op.thread), 0});
    case operation_kind::wake:
      if (op.object == object_kind::atomic) return updated(state);
      if ((state.low & bit(op.thread)) == 0) return {outcome::blocked, state};
      return updated({state.low & ~bit(op.thread), 0});
    case operation_kind::notify_one:
    case operation_kind::notify_all:
      if (op.object == object_kind::atomic) return updated(state);
      return notify(state, op.kind == operation_kind::notify_all, choice);
    case operation_kind::request: return updated({state.low, state.high + 1});
    case operation_kind::request_stop: {
      if (state.low != 0) return {outcome::read, state};
      return updated({1, 0});
    }
    default: return contains(sim::atomic_updates, op.kind) ? update(state, makes) : updated(state);
  }
}

std::uint32_t choices_of(const facts& op, const cell_value& state) noexcept {
  if (op.kind != operation_kind::notify_one || op.object == object_kind::atomic || state.low == 0) return 1;
  return static_cast<std::uint32_t>(std::popcount(state.low));
}

const char* irreducible(const sim::operation& op) noexcept {
  switch (op.kind) {
    case operation_kind::now: return "it reads the clock";
    case operation_kind::start: return "it starts a process";
    case operation_kind::end: return "a process ends before its threads";
    case operation_kind::add_callback:
    case operation_kind::remove_callback: return "it registers stop callbacks";
    case operation_kind::wake:
      if (op.deadline != sim::no_deadline && op.mutex == nullptr) {
        return "it waits on a condition variable of any lock with a time limit";
      }
      return nullptr;
    default: return nullptr;
  }
}

}  // namespace heddle::checker::exploration
