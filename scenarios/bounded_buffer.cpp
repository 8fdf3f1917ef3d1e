// Producers and consumers around a ring buffer: with waits that look again, and with waits that do not.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <vector>

#include <heddle/heddle.hpp>

#include "common.hpp"
#include "programs.hpp"

namespace heddle::scenarios {
namespace {

enum class waits { in_a_loop, once };

/** A first-in first-out buffer: put waits while it is full, take while it is empty. */
class ring {
 public:
  ring(std::int64_t capacity, waits how) : how_(how) {
    for (std::int64_t i = 0; i < capacity; ++i) {
      slots_.emplace_back(0, numbered("slot", i), source_location::current());  // or its place would be in <deque>
    }
  }

  void put(int item) {
    std::unique_lock guard(mutex_);
    wait(not_full_, guard, [this] { return size_ < slots_.size(); });
    const std::size_t size = size_;
    heddle::check(size < slots_.size(), "a producer that goes on finds room");
    slots_[(first_ + size) % slots_.size()] = item;
    size_ = size + 1;
    not_empty_.notify_one();
  }

  int take() {
    std::unique_lock guard(mutex_);
    wait(not_empty_, guard, [this] { return size_ > 0; });
    const std::size_t size = size_;
    heddle::check(size > 0, "a consumer that goes on finds an item");
    const std::size_t first = first_;
    const int item = slots_[first];
    first_ = (first + 1) % slots_.size();
    size_ = size - 1;
    not_full_.notify_one();
    return item;
  }

 private:
  template <class Predicate>
  void wait(heddle::condition_variable& condition, std::unique_lock<heddle::mutex>& guard, Predicate ready) {
    if (how_ == waits::in_a_loop) {
      while (!ready()) condition.wait(guard);
    } else {
      if (!ready()) condition.wait(guard);  // by the time it has the lock again, it may be unready again
    }
  }

  waits how_;
  heddle::mutex mutex_{"mutex"};
  heddle::condition_variable not_full_{"not full"};
  heddle::condition_variable not_empty_{"not empty"};
  std::deque<heddle::shared<int>> slots_;
  heddle::shared<std::size_t> first_{0, "first"};
  heddle::shared<std::size_t> size_{0, "size"};
};

/** How many of `total` items consumer `index` takes. */
std::int64_t share(std::int64_t total, std::int64_t consumers, std::int64_t index) {
  return total / consumers + (index < total % consumers ? 1 : 0);
}

/** Every item arrives once, and nobody sees the items of one producer (`items` successive numbers) out of order. */
void check_what_was_taken(const std::vector<std::vector<int>>& taken, std::int64_t items) {
  std::vector<int> all;
  for (const std::vector<int>& of_one : taken) {
    std::vector<int> latest;  // by producer
    for (const int item : of_one) {
      const auto producer = static_cast<std::size_t>(item / items);
      latest.resize(std::max(latest.size(), producer + 1), -1);
      heddle::check(latest[producer] < item, "the items of a producer stay in order");
      latest[producer] = item;
    }
    all.insert(all.end(), of_one.begin(), of_one.end());
  }
  std::sort(all.begin(), all.end());
  for (std::size_t i = 0; i < all.size(); ++i) {
    heddle::check(all[i] == static_cast<int>(i), "every item arrives exactly once");
  }
}

void produce_and_consume(const arguments& args, waits how) {
  const std::int64_t items = args["items"];
  const std::int64_t producers = args["producers"];
  const std::int64_t consumers = args["consumers"];
  ring buffer(args["capacity"], how);
  std::vector<std::vector<int>> taken(static_cast<std::size_t>(consumers));  // each consumer has its own

  std::vector<heddle::thread> threads;
  for (std::int64_t producer = 0; producer < producers; ++producer) {
    threads.push_back(heddle::thread(numbered("producer", producer), [&, producer] {
      for (std::int64_t i = 0; i < items; ++i) buffer.put(static_cast<int>(producer * items + i));
    }));
  }
  for (std::int64_t consumer = 0; consumer < consumers; ++consumer) {
    threads.push_back(heddle::thread(numbered("consumer", consumer), [&, consumer] {
      std::vector<int>& mine = taken[static_cast<std::size_t>(consumer)];
      for (std::int64_t left = share(producers * items, consumers, consumer); left > 0; --left) {
        mine.push_back(buffer.take());
      }
    }));
  }
  for (heddle::thread& thread : threads) thread.join();
  check_what_was_taken(taken, items);
}

parameter count_of(const char* name, const char* summary, std::int64_t standard, std::int64_t least,
                   std::int64_t most) {
  return {.name = name, .summary = summary, .standard = standard, .least = least, .most = most};
}

}  // namespace

scenario bounded_buffer() {
  return {
      .name = "bounded-buffer",
      .summary = "Producers and consumers share a ring buffer with a mutex and two condition variables.",
      .tags = {"mutex", "condition-variable", "classic", "correct"},
      .parameters = {count_of("producers", "how many threads put items in", 1, 1, 4),
                     count_of("consumers", "how many threads take items out", 1, 1, 4),
                     count_of("capacity", "how many items the buffer holds", 1, 1, 8),
                     count_of("items", "how many items each producer puts in", 2, 1, 100)},
      .expected = passes,
      .body = [](const arguments& args) { produce_and_consume(args, waits::in_a_loop); },
  };
}

scenario bounded_buffer_if() {
  return {
      .name = "bounded-buffer-if",
      .summary = "The bounded buffer with `if` in place of `while` around its waits; a woken consumer finds it empty.",
      .tags = {"mutex", "condition-variable", "classic", "bug"},
      .parameters = {count_of("producers", "how many threads put items in", 1, 1, 4),
                     count_of("consumers", "how many threads take items out", 2, 2, 4),
                     count_of("capacity", "how many items the buffer holds", 2, 1, 8),
                     count_of("items", "how many items each producer puts in", 2, 2, 100)},
      .expected = fails<failure_kind::assertion>,
      .body = [](const arguments& args) { produce_and_consume(args, waits::once); },
  };
}

}  // namespace heddle::scenarios
