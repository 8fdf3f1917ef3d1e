// A thread that is asked to stop finishes what it has begun.
#include <chrono>
#include <deque>
#include <mutex>

#include <heddle/heddle.hpp>

#include "common.hpp"
#include "programs.hpp"

namespace heddle::scenarios {
namespace {

/** An elevator that goes where it is called to, in its own thread. */
class elevator {
 public:
  /** `checks_token`: its wait ends when it is asked to stop, too. */
  explicit elevator(bool checks_token)
      : checks_token_(checks_token), drive_("elevator", [this](heddle::stop_token asked) { serve(asked); }) {}

  void call(int floor) {
    const std::lock_guard guard(mutex_);
    calls_.push_back(floor);
    changed_.notify_one();
  }

  /** Asks it to stop and waits until it stands with its doors open. */
  void stop() {
    drive_.request_stop();
    drive_.join();
    heddle::check(doors_open_, "nobody is locked in");
    heddle::reachable(floor_ == 0 ? "stopped before it moved" : "stopped where it was called to");
  }

 private:
  void serve(const heddle::stop_token& asked) {
    std::unique_lock lock(mutex_);
    const auto called = [this] { return !calls_.empty(); };
    while (!asked.stop_requested()) {
      if (checks_token_) {
        if (!changed_.wait(lock, asked, called)) return;
      } else {
        changed_.wait(lock, called);  // the stop wakes nobody here
      }
      const int floor = calls_.front();
      calls_.pop_front();
      doors_open_ = false;
      lock.unlock();
      this_thread::sleep_for(std::chrono::seconds(10));
      lock.lock();
      floor_ = floor;
      doors_open_ = true;
    }
  }

  bool checks_token_;
  heddle::mutex mutex_{"mutex"};
  heddle::condition_variable_any changed_{"changed"};
  std::deque<int> calls_;
  int floor_ = 0;
  bool doors_open_ = true;
  heddle::jthread drive_;
};

void ride(const arguments& args) {
  elevator only(args.flag("checks-token"));
  only.call(3);
  only.stop();
}

expectation expected_of(const arguments& args) {
  return args.flag("checks-token") ? passes(args) : fails<failure_kind::lost_wakeup>(args);
}

}  // namespace

scenario elevator_stop() {
  return {
      .name = "elevator-stop",
      .summary = "An elevator that waits for calls is asked to stop, and does so with its doors open.",
      .tags = {"stop-token", "condition-variable", "mutex", "time", "correct"},
      .parameters = {{.name = "checks-token",
                      .summary = "its wait ends when a stop is requested, too",
                      .standard = 1,
                      .least = 0,
                      .most = 1,
                      .boolean = true}},
      .expected = expected_of,
      .body = ride,
  };
}

}  // namespace heddle::scenarios
