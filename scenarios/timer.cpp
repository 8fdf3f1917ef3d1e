// Timers that fire after hours of virtual time, unless somebody cancels them.
#include <chrono>
#include <functional>
#include <mutex>
#include <string_view>
#include <utility>

#include <heddle/heddle.hpp>

#include "common.hpp"
#include "programs.hpp"

namespace heddle::scenarios {
namespace {

using std::chrono::hours;

/** As Python's threading.Timer: a thread that waits, and then acts. */
class timer {
 public:
  timer(std::string_view name, hours delay, std::function<void()> action)
      : action_(std::move(action)), thread_(name, [this, delay] { wait_and_act(delay); }) {}

  void cancel() {
    const std::lock_guard guard(mutex_);
    cancelled_ = true;
    changed_.notify_one();
  }
  void join() { thread_.join(); }
  /** After join. */
  [[nodiscard]] bool acted() const { return acted_; }

 private:
  void wait_and_act(hours delay) {
    std::unique_lock lock(mutex_);
    if (changed_.wait_for(lock, delay, [this] { return cancelled_; })) return;
    acted_ = true;
    action_();
  }

  heddle::mutex mutex_{"mutex"};
  heddle::condition_variable changed_{"changed"};
  bool cancelled_ = false;
  bool acted_ = false;
  std::function<void()> action_;
  heddle::thread thread_;
};

void set_two_timers(const arguments& /*args*/) {
  timer first("first", hours(1), [] { heddle::print("one hour\n"); });
  timer second("second", hours(3), [] { heddle::print("three hours\n"); });

  this_thread::sleep_for(hours(2));
  second.cancel();
  first.join();
  second.join();

  heddle::check(first.acted(), "nobody cancelled the first timer");
  // Where sleepers may go on at any point, two hours may take longer than three.
  heddle::reachable(second.acted() ? "the cancellation came too late" : "the cancellation came in time");
}

}  // namespace

scenario timer() {
  return {
      .name = "timer",
      .summary = "Two timers of one and three hours; the second one is cancelled after two.",
      .tags = {"time", "condition-variable", "mutex", "tutorial", "correct"},
      .expected = passes,
      .body = set_two_timers,
      .expect_reached = {"the cancellation came in time"},
  };
}

}  // namespace heddle::scenarios
