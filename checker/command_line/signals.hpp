// Signals, for as long as a command needs them.
#pragma once

#include <csignal>

#include <array>
#include <atomic>

namespace heddle::checker {

/**
 * While it lives, the first SIGINT or SIGTERM sets a flag, and the next one ends the process as usual. One at a time.
 */
class stop_on_signals {
 public:
  stop_on_signals();
  ~stop_on_signals();
  stop_on_signals(const stop_on_signals&) = delete;
  stop_on_signals& operator=(const stop_on_signals&) = delete;

  /** Set once a signal has come; for options::stop. */
  [[nodiscard]] const std::atomic<bool>& flag() const noexcept;

 private:
  std::array<struct sigaction, 2> before_{};
};

/** While it lives, writing to a pipe that nobody reads is an error of that write, not the end of the process. */
class ignore_broken_pipes {
 public:
  ignore_broken_pipes();
  ~ignore_broken_pipes();
  ignore_broken_pipes(const ignore_broken_pipes&) = delete;
  ignore_broken_pipes& operator=(const ignore_broken_pipes&) = delete;

 private:
  struct sigaction before_ {};
};

}  // namespace heddle::checker
