// Happens-before by vector clocks: who synchronizes with whom.
#pragma once

#include <cstdint>
#include <vector>

#include <heddle/sim/monitor.hpp>

namespace heddle::checker {

/** A table of vector clocks, one row each, in one piece of memory that is kept from execution to execution. */
class clock_table {
 public:
  using clock = std::uint32_t;

  /** Forgets all rows. */
  void clear() noexcept { rows_ = 0; }
  /** Makes rows up to `row` exist, zero, with room for `width` threads in each. */
  void ensure(std::uint32_t row, std::uint32_t width);

  [[nodiscard]] std::uint32_t rows() const noexcept { return rows_; }
  [[nodiscard]] clock* operator[](std::uint32_t row) noexcept { return cells_.data() + std::size_t{row} * width_; }
  [[nodiscard]] const clock* operator[](std::uint32_t row) const noexcept {
    return cells_.data() + std::size_t{row} * width_;
  }

 private:
  void widen(std::uint32_t width);

  std::vector<clock> cells_;
  std::uint32_t rows_ = 0;
  std::uint32_t width_ = 8;
};

/**
 * The happens-before relation of the present execution ([intro.races]), as Djit+ and FastTrack keep it (Flanagan and
 * Freund, PLDI 2009): a clock for each thread and for each object that releases. A thread's own entry goes up at
 * its releases only.
 *
 * Memory orders count as written, though executions are sequentially consistent: a relaxed flag orders nothing. A
 * release sequence is continued by read-modify-writes (C++20), and fences count ([atomics.fences]). A queue
 * synchronizes like a mutex around it, and so do a once flag, a future and a stop state; readers of a shared mutex do
 * not synchronize with each other; a barrier's phases are told apart.
 */
class happens_before {
 public:
  /** The kinds of operations that order others; it need not be told of the rest. */
  static constexpr sim::operation_kinds synchronizing = [] {
    using enum sim::operation_kind;
    return ~sim::kinds({end, yield, sleep, now, notify_one, notify_all, read, write, print, random});
  }();

  void begin();
  void on_event(const sim::event& happened);

  /** The thread's own entry: the epoch that its next access will have. */
  [[nodiscard]] clock_table::clock now(sim::thread_id thread) const noexcept { return threads_[thread][thread]; }
  /** Whether what `earlier` did when its own entry was `at` happens before what `thread` does now. */
  [[nodiscard]] bool ordered(sim::thread_id earlier, clock_table::clock at, sim::thread_id thread) const noexcept {
    return at <= threads_[thread][earlier];
  }

 private:
  void start(sim::thread_id parent, sim::thread_id child);
  void acquire(sim::thread_id thread, clock_table& from, sim::object_id object);
  void release(sim::thread_id thread, clock_table& to, sim::object_id object, bool keep_older);
  void acquire(sim::thread_id thread, sim::object_id from) { acquire(thread, objects_, from); }
  void release(sim::thread_id thread, sim::object_id to) { release(thread, objects_, to, true); }
  void both(const sim::event& happened);
  void lock_or_unlock(const sim::event& happened);
  void barrier(const sim::event& happened);
  void stop(const sim::event& happened);
  void fence(const sim::event& happened);
  void break_release_sequence(sim::object_id of);
  void atomic_access(const sim::event& happened);
  void join_into(clock_table::clock* into, const clock_table::clock* other) const noexcept;

  clock_table threads_;
  clock_table objects_;
  // A second clock where an object needs one: what readers of a shared mutex release, a barrier's odd phases, and what
  // registers stop callbacks.
  clock_table second_;
  std::vector<std::uint64_t> phases_;  // of barriers, by object: the latest in which somebody has arrived, from 1
  clock_table released_;               // by thread: its clock at its latest release fence; zero where there is none
  clock_table observed_;               // by thread: what its relaxed loads have seen, for its next acquire fence
  std::uint32_t thread_count_ = 0;
};

}  // namespace heddle::checker
