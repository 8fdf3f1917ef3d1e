// A queue that gives the most urgent item first: 0 before 1 before 2.
#include <array>
#include <cstddef>
#include <mutex>
#include <optional>
#include <set>

#include <heddle/heddle.hpp>
#include <heddle/object_property.hpp>

#include "suites.hpp"

namespace heddle::scenarios {
namespace {

constexpr std::size_t levels = 3;

// ---- the objects under test

/** How many items there are of each level. */
class locked_levels {
 public:
  void push(std::size_t level) {
    const std::lock_guard guard(mutex_);
    ++counts_.at(level);
  }
  std::optional<std::size_t> pop() {
    const std::lock_guard guard(mutex_);
    for (std::size_t level = 0; level < levels; ++level) {
      if (counts_[level] == 0) continue;
      --counts_[level];
      return level;
    }
    return std::nullopt;
  }

 protected:
  heddle::mutex mutex_{"mutex"};
  std::array<heddle::shared<int>, levels> counts_;
};

class lock_let_go_too_early_levels : public locked_levels {
 public:
  std::optional<std::size_t> pop() {
    const std::optional<std::size_t> first = most_urgent();
    if (!first) return std::nullopt;
    const std::lock_guard guard(mutex_);  // MISTAKE: the lock was free in between; a more urgent item may have come
    --counts_[*first];
    return first;
  }

 private:
  std::optional<std::size_t> most_urgent() {
    const std::lock_guard guard(mutex_);
    for (std::size_t level = 0; level < levels; ++level) {
      if (counts_[level] > 0) return level;
    }
    return std::nullopt;
  }
};

class level_by_level {
 public:
  void push(std::size_t level) { counts_.at(level).fetch_add(1); }
  std::optional<std::size_t> pop() {
    for (std::size_t level = 0; level < levels; ++level) {
      // MISTAKE: a more urgent item may come to a level that was left behind
      int count = counts_[level].load();
      while (count > 0) {
        if (counts_[level].compare_exchange_strong(count, count - 1)) return level;
      }
    }
    return std::nullopt;
  }

 private:
  std::array<heddle::atomic<int>, levels> counts_;
};

// ---- what they promise

template <class Queue>
auto priority_queue_property(std::string name) {
  using model = std::multiset<std::size_t>;
  object_property<Queue, model> property(std::move(name));
  property.operation(
      "push", [](Queue& queue, std::size_t level) { queue.push(level); },
      [](model& items, std::size_t level) { items.insert(level); }, rc::gen::inRange<std::size_t>(0, levels));
  property.operation(
      "pop", [](Queue& queue) { return queue.pop(); },
      [](model& items) -> std::optional<std::size_t> {
        if (items.empty()) return std::nullopt;
        const std::size_t first = *items.begin();
        items.erase(items.begin());
        return first;
      });
  return property;
}

}  // namespace

std::vector<property_suite> priority_queues() {
  return {
      priority_queue_property<locked_levels>("priority-queue")
          .suite("A priority queue with a mutex.", {"property", "correct", "mutex"}, holds),
      priority_queue_property<lock_let_go_too_early_levels>("priority-queue-broken-lock-let-go-too-early")
          .suite("A priority queue that lets its lock go between finding the first item and taking it.",
                 {"property", "bug", "mutex"}, breaks(failure_kind::not_linearizable)),
      priority_queue_property<level_by_level>("priority-queue-broken-level-by-level")
          .suite("A priority queue whose pop goes from level to level: a more urgent item comes behind its back.",
                 {"property", "bug", "atomic", "lock-free"}, breaks(failure_kind::not_linearizable)),
  };
}

}  // namespace heddle::scenarios
