// The lock that a thread of an interpreter must hold to execute bytecodes (the GIL), and the policies by which it is
// handed over.
#pragma once

#include <cstdint>
#include <string_view>

#include <heddle/sim/object.hpp>
#include <heddle/sim/simulator.hpp>

namespace heddle::python {

/**
 * How threads take turns at executing bytecodes.
 *
 * A thread that blocks (sleep, a lock that is taken, an empty queue, join, output) lets the lock go under each of them.
 */
class lock_policy {
 public:
  virtual ~lock_policy() = default;
  /** "check-interval". */
  [[nodiscard]] virtual std::string_view name() const noexcept = 0;
  /** Whether there is a lock at all. */
  [[nodiscard]] virtual bool has_lock() const noexcept { return true; }
  /** After how many bytecodes a thread that has got the lock is to be asked to hand it over; UINT64_MAX: never. */
  [[nodiscard]] virtual std::uint64_t bytecodes_of_a_turn(std::uint64_t bytecode_cost) const noexcept = 0;
  /** Whether it is asked at backward jumps and calls only, instead of before any bytecode. */
  [[nodiscard]] virtual bool only_at_jumps_and_calls() const noexcept { return false; }
  /** Whether it keeps the lock where nobody waits for it, and else does not get it back before another thread had it.
   */
  [[nodiscard]] virtual bool goes_to_another() const noexcept { return false; }

 protected:
  lock_policy() = default;
  lock_policy(const lock_policy&) = default;
  lock_policy& operator=(const lock_policy&) = default;
};

/**
 * CPython up to 3.1: after a number of bytecodes (sys.setcheckinterval; 100 unless told otherwise) the lock is
 * released, and whoever gets it next is a choice.
 */
class check_interval final : public lock_policy {
 public:
  explicit check_interval(std::uint64_t bytecodes = 100) noexcept : bytecodes_(bytecodes) {}
  [[nodiscard]] std::string_view name() const noexcept override { return "check-interval"; }
  [[nodiscard]] std::uint64_t bytecodes_of_a_turn(std::uint64_t /*bytecode_cost*/) const noexcept override {
    return bytecodes_;
  }

 private:
  std::uint64_t bytecodes_;
};

/**
 * CPython since 3.2: a thread that waits asks for the lock after an interval of time (sys.setswitchinterval; 5 ms), and
 * its holder gives it up at its next check, and does not get it back first. Checks are at backward jumps and calls, as
 * since 3.10. Time is virtual: a bytecode costs what the settings say. A thread that waits counts from when the holder
 * got the lock, also if it came later.
 */
class switch_interval final : public lock_policy {
 public:
  explicit switch_interval(std::uint64_t nanoseconds = 5'000'000) noexcept : nanoseconds_(nanoseconds) {}
  [[nodiscard]] std::string_view name() const noexcept override { return "switch-interval"; }
  [[nodiscard]] std::uint64_t bytecodes_of_a_turn(std::uint64_t bytecode_cost) const noexcept override {
    if (bytecode_cost == 0) return UINT64_MAX;
    return nanoseconds_ / bytecode_cost + (nanoseconds_ % bytecode_cost != 0 ? 1 : 0);
  }
  [[nodiscard]] bool only_at_jumps_and_calls() const noexcept override { return true; }
  [[nodiscard]] bool goes_to_another() const noexcept override { return true; }

 private:
  std::uint64_t nanoseconds_;
};

/** CPython 3.13 and later, built without the lock: every bytecode that touches a shared object is an event. */
class free_threaded final : public lock_policy {
 public:
  [[nodiscard]] std::string_view name() const noexcept override { return "free-threaded"; }
  [[nodiscard]] bool has_lock() const noexcept override { return false; }
  [[nodiscard]] std::uint64_t bytecodes_of_a_turn(std::uint64_t /*bytecode_cost*/) const noexcept override {
    return UINT64_MAX;
  }
};

/**
 * The lock itself. Its events are `lock` and `unlock`; the latter tells how many bytecodes were executed since the
 * former. Under a policy that goes to another thread, who wants it says so by a `request` before.
 */
class interpreter_lock final : public sim::object {
 public:
  explicit interpreter_lock(std::string_view called, source_location where = source_location::current());

  /** Waits for it. */
  void acquire(source_location where);
  /** Lets it go after so many bytecodes, before the instruction `next` as text, which is called only if it is shown.
   * `to_another`: the running thread gets it again only after another one. */
  template <class Describe>
  void release(std::uint64_t bytecodes, bool to_another, source_location where, Describe&& next) {
    sim::simulator& execution = begin_release(bytecodes, to_another, where);
    execution.performed(sim::effect::update, true, [&] { return released_after(bytecodes, next()); });
  }
  /** Says that the running thread wants it. */
  void request(source_location where);
  /** How many threads have requested it and not got it. An event, since others may request it at any time. */
  [[nodiscard]] std::uint32_t waiting(source_location where);

  [[nodiscard]] sim::thread_id holder() const noexcept { return holder_; }
  [[nodiscard]] bool enabled(const sim::operation& op, sim::thread_id thread) const noexcept override;
  [[nodiscard]] sim::thread_id waits_for(const sim::operation& op) const noexcept override;

 private:
  sim::simulator& begin_release(std::uint64_t bytecodes, bool to_another, source_location where);
  static sim::event_values released_after(std::uint64_t bytecodes, std::string next);

  sim::thread_id holder_ = sim::no_thread;
  sim::thread_id barred_ = sim::no_thread;
  std::uint32_t waiting_ = 0;
};

/** The bit of an `unlock`'s argument that says that it goes to another thread; below it, how many bytecodes. */
inline constexpr std::uint64_t to_another_thread = std::uint64_t{1} << 63U;

}  // namespace heddle::python
