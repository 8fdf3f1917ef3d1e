// A queue: first in, first out.
#include <array>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>

#include <heddle/heddle.hpp>
#include <heddle/object_property.hpp>

#include "suites.hpp"

namespace heddle::scenarios {
namespace {

constexpr std::size_t capacity = 10;  // no case pushes more

// ---- the objects under test

class locked_queue {
 public:
  void push(int item) {
    const std::lock_guard guard(mutex_);
    items_.at(end_) = item;
    ++end_;
  }
  std::optional<int> pop() {
    const std::lock_guard guard(mutex_);
    if (begin_ == end_) return std::nullopt;
    return items_.at(begin_++);
  }

 protected:
  heddle::mutex mutex_{"mutex"};
  std::array<heddle::shared<int>, capacity> items_;
  heddle::shared<std::size_t> begin_{0, "begin"};
  heddle::shared<std::size_t> end_{0, "end"};
};

class lock_let_go_too_early_queue : public locked_queue {
 public:
  std::optional<int> pop() {
    std::unique_lock lock(mutex_);
    if (begin_ == end_) return std::nullopt;
    const std::size_t first = begin_;
    const int item = items_.at(first);
    lock.unlock();  // MISTAKE: nobody else may take the same item before it is marked as taken
    lock.lock();
    begin_ = first + 1;
    return item;
  }
};

/** A lock for each end, so that those who push and those who pop do not wait for each other (Michael, Scott 1996). */
class two_lock_queue {
 public:
  void push(int item) {
    const std::lock_guard guard(push_mutex_);
    const std::size_t end = end_.load();
    items_.at(end) = item;
    end_.store(end + 1);
  }
  std::optional<int> pop() {
    const std::lock_guard guard(pop_mutex_);
    if (begin_ == end_.load()) return std::nullopt;
    return items_.at(begin_++);
  }

 protected:
  heddle::mutex push_mutex_{"push mutex"};
  heddle::mutex pop_mutex_{"pop mutex"};
  std::array<heddle::shared<int>, capacity> items_;
  heddle::shared<std::size_t> begin_{0, "begin"};
  heddle::atomic<std::size_t> end_{0, "end"};
};

class announced_too_early_queue : public two_lock_queue {
 public:
  void push(int item) {
    const std::lock_guard guard(push_mutex_);
    const std::size_t end = end_.load();
    end_.store(end + 1);  // MISTAKE: the item is announced before it is there
    items_.at(end) = item;
  }
};

// ---- what they promise

template <class Queue>
auto queue_property(std::string name) {
  using model = std::deque<int>;
  object_property<Queue, model> property(std::move(name));
  property.operation(
      "push", [](Queue& queue, int item) { queue.push(item); },  //
      [](model& items, int item) { items.push_back(item); }, rc::gen::inRange(1, 4));
  property.operation(
      "pop", [](Queue& queue) { return queue.pop(); },
      [](model& items) -> std::optional<int> {
        if (items.empty()) return std::nullopt;
        const int first = items.front();
        items.pop_front();
        return first;
      });
  return property;
}

}  // namespace

std::vector<property_suite> queues() {
  return {
      queue_property<locked_queue>("queue").suite("A queue with a mutex.", {"property", "correct", "mutex"}, holds),
      queue_property<lock_let_go_too_early_queue>("queue-broken-lock-let-go-too-early")
          .suite("A queue whose pop lets its lock go before the item is marked as taken: two get the same.",
                 {"property", "bug", "mutex"}, breaks(failure_kind::not_linearizable)),
      queue_property<two_lock_queue>("queue-two-locks")
          .suite("A queue with a mutex for each end.", {"property", "correct", "mutex", "atomic"}, holds),
      queue_property<announced_too_early_queue>("queue-broken-announced-too-early")
          .suite("A queue with a mutex for each end, which announces an item before it is there.",
                 {"property", "bug", "mutex", "atomic"}, breaks(failure_kind::data_race)),
  };
}

}  // namespace heddle::scenarios
