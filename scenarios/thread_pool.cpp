// Workers that take tasks from a queue until the pool is closed.
#include <deque>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include <heddle/heddle.hpp>

#include "common.hpp"
#include "programs.hpp"

namespace heddle::scenarios {
namespace {

class thread_pool_of_workers {
 public:
  thread_pool_of_workers(int workers, bool wakes_all) : wakes_all_(wakes_all) {
    for (int i = 0; i < workers; ++i) workers_.emplace_back("worker " + letter(i), [this] { work(); });
  }

  void submit(std::function<void()> task) {
    const std::lock_guard guard(mutex_);
    tasks_.push_back(std::move(task));
    changed_.notify_one();
  }

  /** Waits until all tasks are done. `wakes_all`: the workers have to be told all together, or some sleep for ever. */
  void close() {
    {
      const std::lock_guard guard(mutex_);
      closed_ = true;
      if (wakes_all_) {
        changed_.notify_all();
      } else {
        changed_.notify_one();
      }
    }
    for (heddle::thread& each : workers_) each.join();
  }

 private:
  void work() {
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [this] { return closed_ || !tasks_.empty(); });
      if (tasks_.empty()) return;
      const std::function<void()> task = std::move(tasks_.front());
      tasks_.pop_front();
      lock.unlock();
      task();
      lock.lock();
    }
  }

  bool wakes_all_;
  heddle::mutex mutex_{"mutex"};
  heddle::condition_variable changed_{"changed"};
  std::deque<std::function<void()>> tasks_;
  bool closed_ = false;
  std::vector<heddle::thread> workers_;
};

void use_a_pool(const arguments& args) {
  heddle::atomic<int> done(0, "done");
  const auto tasks = static_cast<int>(args["tasks"]);
  thread_pool_of_workers pool(2, args.flag("wakes-all"));
  for (int i = 0; i < tasks; ++i) pool.submit([&] { done.fetch_add(1); });
  pool.close();
  heddle::check(done.load() == tasks, "every task was done");
}

expectation expected_of(const arguments& args) {
  return args.flag("wakes-all") ? passes(args) : fails<failure_kind::lost_wakeup>(args);
}

}  // namespace

scenario thread_pool() {
  return {
      .name = "thread-pool",
      .summary = "Two workers take tasks from a queue; closing the pool wakes them all.",
      .tags = {"mutex", "condition-variable", "atomic", "correct"},
      .parameters = {{.name = "tasks", .summary = "that are submitted", .standard = 1, .least = 0, .most = 3},
                     {.name = "wakes-all",
                      .summary = "closing notifies all workers, not one",
                      .standard = 1,
                      .least = 0,
                      .most = 1,
                      .boolean = true}},
      .expected = expected_of,
      .body = use_a_pool,
  };
}

}  // namespace heddle::scenarios
