// Programs that end in another way than by returning: signals such as SIGSEGV, full stacks, exit, and endless loops.
//
// The handlers belong to the process and are installed with the first simulator; what was there before still gets
// whatever is none of our threads' business. A thread that has crashed is left for good, straight from the handler: its
// stack is used again by the next execution, but what its calls owned on the heap is lost.
#pragma once

#include <array>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <heddle/sim/ending.hpp>
#include <heddle/sim/source_location.hpp>

#include "watchdog.hpp"

namespace heddle::sim {

class simulator;
struct green_thread;

/** What a simulator does about crashes of its program. */
class crash_guard {
 public:
  explicit crash_guard(simulator& of);
  crash_guard(const crash_guard&) = delete;
  crash_guard& operator=(const crash_guard&) = delete;

  /** An execution begins: prepares the OS thread, unless it was already. */
  void enter() {
    if (os_thread_ != this_os_thread) [[unlikely]]
      prepare_os_thread();
  }

  /** The program's threads have stopped: if one was left by a handler, the ending gets what handlers cannot allocate.
   */
  void complete() {
    if (in_forked_child_) [[unlikely]]
      end_forked_child();
    if (left_by_handler_) [[unlikely]]
      complete_ending();
  }

  /** The monitor has seen the end: the thread that was left by a handler has ended. */
  void bury() {
    if (dead_ != nullptr) [[unlikely]]
      bury_dead();
  }

  /** The guard of the program one of whose threads is calling; null where it is no such thread. */
  [[nodiscard]] static crash_guard* of_calling_thread() noexcept;

  /**
   * Ends the execution, from ordinary code, unless it is given up already; the calling thread is left for good either
   * way, after those that are younger. The place is `where`, or if that is not known that of the call that returns to
   * `return_address`.
   */
  [[noreturn]] void end(ending_kind kind, std::string message, source_location where, const void* return_address);

  /** The same from a signal handler: `message` is static, and `context` is the handler's. */
  [[noreturn]] void end_from_handler(ending_kind kind, const char* message, void* context);

  /** What was interrupted, for the handlers: whether it is the program's own code, on its thread's stack ... */
  [[nodiscard]] bool interrupted_program(void* context) const noexcept;
  /** ... whether that has outgrown its stack by touching `address` ... */
  [[nodiscard]] bool overflowed(const void* address, void* context) const noexcept;
  /** ... and how far the program has come. */
  [[nodiscard]] progress_made progress() const noexcept;

  /** One line, and the schedule so far, to standard error: for a crash in Heddle's own code. */
  static void say_checker_was_hit(const char* signal) noexcept;

  [[nodiscard]] watchdog& dog() noexcept { return watchdog_; }

  /** What is said of a full stack. */
  [[nodiscard]] static std::string overflow_message(std::size_t stack_size);

 private:
  static void in_child_after_fork();
  [[noreturn]] void end_forked_child() const noexcept;

  static constinit bool in_forked_child_;  // a program has forked, really: this copy ends with its execution
  static constinit thread_local std::uint64_t this_os_thread;  // a number that no other OS thread has had; 0: none yet

  void prepare_os_thread();
  void complete_ending();
  void bury_dead();
  void capture_from(std::uintptr_t first) noexcept;

  simulator& of_;
  std::uint64_t os_thread_ = UINT64_MAX;  // the one that this was prepared for
  watchdog watchdog_;
  sigset_t blocked_{};  // outside of the program's own signal handlers, which may be left for good

  // What a handler leaves for complete_ending.
  bool left_by_handler_ = false;
  green_thread* dead_ = nullptr;
  bool capturing_ = false;  // a second fault while doing so is the capture's own
  const char* message_ = nullptr;
  std::array<void*, 24> callers_{};
  std::size_t depth_ = 0;
};

}  // namespace heddle::sim
