// A readers-writer lock made of a mutex and a condition variable.
#include <cstdint>
#include <mutex>
#include <shared_mutex>
#include <vector>

#include <heddle/heddle.hpp>

#include "common.hpp"
#include "programs.hpp"

namespace heddle::scenarios {
namespace {

/** Many readers or one writer, as with std::shared_mutex. Writers may starve. */
class readers_writer_lock {
 public:
  void lock_shared() {
    const std::lock_guard guard(mutex_);
    readers_ += 1;
  }
  void unlock_shared() {
    const std::lock_guard guard(mutex_);
    readers_ -= 1;
    if (readers_ == 0) no_readers_.notify_all();
  }

  void lock() {
    std::unique_lock guard(mutex_);
    while (readers_ > 0) no_readers_.wait(guard);
    guard.release();  // a writer keeps the mutex while it writes, so that nobody else gets in
  }
  void unlock() { mutex_.unlock(); }

 private:
  heddle::mutex mutex_{"mutex"};
  heddle::condition_variable no_readers_{"no readers"};
  heddle::shared<int> readers_{0, "readers"};
};

void read_and_write(const arguments& args) {
  readers_writer_lock lock;
  heddle::shared<int> left(0, "left");
  heddle::shared<int> right(0, "right");

  std::vector<heddle::thread> threads;
  for (std::int64_t i = 0; i < args["writers"]; ++i) {
    threads.push_back(heddle::thread(numbered("writer", i), [&] {
      const std::lock_guard guard(lock);
      left += 1;
      right += 1;
    }));
  }
  for (std::int64_t i = 0; i < args["readers"]; ++i) {
    threads.push_back(heddle::thread(numbered("reader", i), [&] {
      const std::shared_lock guard(lock);
      heddle::check(left.load() == right.load(), "a reader never sees half of a write");
    }));
  }
  for (heddle::thread& thread : threads) thread.join();
  heddle::check(left.load() == args["writers"], "no write is lost");
}

}  // namespace

scenario reader_writer() {
  return {
      .name = "reader-writer",
      .summary = "A hand-made readers-writer lock guards two variables that readers always find equal.",
      .tags = {"mutex", "condition-variable", "classic", "correct"},
      .parameters = {{.name = "readers", .summary = "how many threads read", .standard = 2, .least = 1, .most = 4},
                     {.name = "writers", .summary = "how many threads write", .standard = 1, .least = 1, .most = 4}},
      .expected = passes,
      .body = read_and_write,
  };
}

}  // namespace heddle::scenarios
