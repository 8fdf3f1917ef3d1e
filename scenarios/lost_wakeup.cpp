// A notification that comes before the wait that it is meant for.
#include <mutex>

#include <heddle/heddle.hpp>

#include "common.hpp"
#include "programs.hpp"

namespace heddle::scenarios {
namespace {

void look_before_locking(const arguments& /*args*/) {
  heddle::mutex mutex("mutex");
  heddle::condition_variable changed("changed");
  heddle::atomic<bool> ready(false, "ready");

  heddle::thread waiter("waiter", [&] {
    while (!ready.load()) {
      std::unique_lock guard(mutex);  // too late: the notification may have come since `ready` was read
      changed.wait(guard);
    }
  });
  heddle::thread notifier("notifier", [&] {
    ready.store(true);
    changed.notify_one();
  });

  waiter.join();
  notifier.join();
}

}  // namespace

scenario lost_wakeup() {
  return {
      .name = "lost-wakeup",
      .summary = "A thread looks at a flag before it takes the lock, and misses the notification in between.",
      .tags = {"mutex", "condition-variable", "atomic", "classic", "bug"},
      .expected = fails<failure_kind::lost_wakeup>,
      .body = look_before_locking,
  };
}

}  // namespace heddle::scenarios
