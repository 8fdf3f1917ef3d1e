// A time-out and the event that it waits for, at the same time.
#include <chrono>
#include <condition_variable>
#include <mutex>

#include <heddle/heddle.hpp>

#include "common.hpp"
#include "programs.hpp"

namespace heddle::scenarios {
namespace {

/** An order that is shipped, or cancelled when that takes too long: never both. */
class order {
 public:
  void ship() {
    const std::lock_guard guard(mutex_);
    if (cancelled_) return;
    shipped_ = true;
    changed_.notify_one();
  }

  /** `looks_again`: a time-out alone cancels nothing. */
  void wait_or_cancel(bool looks_again) {
    std::unique_lock lock(mutex_);
    while (!shipped_) {
      const bool in_time = changed_.wait_for(lock, std::chrono::minutes(10)) == std::cv_status::no_timeout;
      if (in_time) continue;
      // The mutex was free in between: the order may have been shipped since the time was up.
      if (looks_again && shipped_) return;
      cancelled_ = true;
      return;
    }
  }

  void require_consistent() {
    const std::lock_guard guard(mutex_);
    heddle::check(shipped_ != cancelled_, "the order is either shipped or cancelled");
    heddle::reachable(shipped_ ? "shipped" : "cancelled");
  }

 private:
  heddle::mutex mutex_{"mutex"};
  heddle::condition_variable changed_{"changed"};
  bool shipped_ = false;
  bool cancelled_ = false;
};

void place_an_order(const arguments& args) {
  order placed;
  heddle::thread customer("customer", [&] { placed.wait_or_cancel(args.flag("looks-again")); });
  heddle::thread warehouse("warehouse", [&] { placed.ship(); });
  customer.join();
  warehouse.join();
  placed.require_consistent();
}

expectation expected_of(const arguments& args) {
  return args.flag("looks-again") ? passes(args) : fails<failure_kind::assertion>(args);
}

}  // namespace

scenario timeout_race() {
  return {
      .name = "timeout-race",
      .summary = "A timed wait gives up, though what it waits for happens before it has its mutex back.",
      .tags = {"time", "condition-variable", "mutex", "bug"},
      .parameters = {{.name = "looks-again",
                      .summary = "after a time-out the condition is looked at again",
                      .standard = 0,
                      .least = 0,
                      .most = 1,
                      .boolean = true}},
      .expected = expected_of,
      .body = place_an_order,
  };
}

}  // namespace heddle::scenarios
