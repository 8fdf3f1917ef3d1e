// A timer that notices a thread which runs on without coming to an operation.
#pragma once

#include <chrono>
#include <csignal>
#include <cstdint>
#include <ctime>
#include <string>

#include <heddle/sim/operation.hpp>

namespace heddle::sim {

class crash_guard;

/** How far a program has come; the same twice in a row if it has not moved. */
struct progress_made {
  std::uint64_t events = 0;  ///< and signs of life between them
  std::uint64_t choices = 0;
  std::uint64_t execution = 0;
  thread_id running = no_thread;

  friend bool operator==(const progress_made&, const progress_made&) = default;
};

/**
 * Ticks ten times in the hang limit, by a real-time signal to the OS thread that runs the program, and ends the
 * execution when ten ticks in a row have found it where it was. Ticks are counted, not time, so that a process
 * that is stopped or starved is not to blame. Under a debugger there are none; one that is attached later may see the
 * first.
 *
 * The signal is the highest but two that nobody handles (from SIGRTMAX - 2 downwards). System calls that it interrupts
 * are restarted, but for those that never are, such as nanosleep and poll: see signal(7).
 */
class watchdog {
 public:
  explicit watchdog(crash_guard& guards) : guards_(guards) {}
  ~watchdog() { disarm(); }
  watchdog(const watchdog&) = delete;
  watchdog& operator=(const watchdog&) = delete;

  /** Ticks for the calling OS thread from now on; with a limit of 0 never, and where the system has no more timers. */
  void arm(std::chrono::nanoseconds limit);
  void disarm() noexcept;

  /** What is said of a thread that hangs. */
  [[nodiscard]] static std::string message(std::chrono::nanoseconds limit);

 private:
  static void on_signal(int number, siginfo_t* info, void* context);
  static int install_handler();
  void tick(void* context);
  void tick_every(std::chrono::nanoseconds period) const noexcept;

  crash_guard& guards_;
  timer_t timer_{};
  bool armed_ = false;
  std::chrono::nanoseconds period_{};
  std::uint32_t unchanged_ = 0;  // ticks in a row
  progress_made last_;
};

}  // namespace heddle::sim
