// What ends a search from outside: a time limit, or somebody who says stop.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace heddle::checker {

/**
 * Asked before every execution, so it must cost next to nothing: an OS thread that sleeps until the limit sets a
 * flag, which saves the search from reading the clock millions of times.
 */
class stop_condition {
 public:
  stop_condition(std::optional<std::chrono::nanoseconds> time_limit, const std::atomic<bool>* asked_to_stop);
  ~stop_condition();
  stop_condition(const stop_condition&) = delete;
  stop_condition& operator=(const stop_condition&) = delete;

  [[nodiscard]] bool holds() const noexcept {
    return time_is_up_.load(std::memory_order_relaxed) ||
           (asked_to_stop_ != nullptr && asked_to_stop_->load(std::memory_order_relaxed));
  }

  /** What stopped it: "the time limit of 10 s", "request". */
  [[nodiscard]] std::string reason() const;

 private:
  std::optional<std::chrono::nanoseconds> time_limit_;
  const std::atomic<bool>* asked_to_stop_;
  std::atomic<bool> time_is_up_{false};
  std::mutex mutex_;
  std::condition_variable_any over_;
  std::jthread timer_;
};

}  // namespace heddle::checker
