#include "stop_condition.hpp"

#include <fmt/format.h>

namespace heddle::checker {

stop_condition::stop_condition(std::optional<std::chrono::nanoseconds> time_limit,
                               const std::atomic<bool>* asked_to_stop)
    : time_limit_(time_limit), asked_to_stop_(asked_to_stop) {
  constexpr std::chrono::hours as_good_as_none(24 * 365);  // and far from where the clock's arithmetic overflows
  if (!time_limit_ || *time_limit_ > as_good_as_none) return;
  timer_ = std::jthread([this](const std::stop_token& search_is_over) {
    std::unique_lock lock(mutex_);
    if (!over_.wait_for(lock, search_is_over, *time_limit_, [&] { return search_is_over.stop_requested(); })) {
      time_is_up_.store(true, std::memory_order_relaxed);
    }
  });
}

stop_condition::~stop_condition() = default;  // stops and joins the timer

std::string stop_condition::reason() const {
  if (!time_is_up_.load(std::memory_order_relaxed)) return "request";
  return fmt::format("the time limit of {:g} s", std::chrono::duration<double>(*time_limit_).count());
}

}  // namespace heddle::checker
