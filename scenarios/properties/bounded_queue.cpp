// A queue with room for one item: push waits while it is full, pop while it is empty.
#include <compare>
#include <mutex>
#include <optional>
#include <set>

#include <heddle/heddle.hpp>
#include <heddle/object_property.hpp>

#include "suites.hpp"

namespace heddle::scenarios {
namespace {

// ---- the objects under test

class waiting_queue {
 public:
  void push(int item) {
    std::unique_lock lock(mutex_);
    while (full_) not_full_.wait(lock);
    put(item);
    not_empty_.notify_one();
  }
  int pop() {
    std::unique_lock lock(mutex_);
    while (!full_) not_empty_.wait(lock);
    const int item = take();
    not_full_.notify_one();
    return item;
  }

 protected:
  void put(int item) {
    item_ = item;
    full_ = true;
  }
  int take() {
    full_ = false;
    return item_;
  }

  heddle::mutex mutex_{"mutex"};
  heddle::condition_variable not_full_{"not full"};
  heddle::condition_variable not_empty_{"not empty"};
  heddle::shared<int> item_{0, "item"};
  heddle::shared<bool> full_{false, "full"};
};

class if_for_while_queue : public waiting_queue {
 public:
  int pop() {
    std::unique_lock lock(mutex_);
    if (!full_) not_empty_.wait(lock);  // MISTAKE: another one may have taken the item before this one woke up
    const int item = take();
    not_full_.notify_one();
    return item;
  }
};

class no_notify_queue : public waiting_queue {
 public:
  int pop() {
    std::unique_lock lock(mutex_);
    while (!full_) not_empty_.wait(lock);
    return take();  // MISTAKE: whoever waits to push is not told
  }
};

class one_condition_queue : public waiting_queue {
 public:
  void push(int item) {
    std::unique_lock lock(mutex_);
    while (full_) changed_.wait(lock);
    put(item);
    changed_.notify_one();  // MISTAKE: may wake one who waits to push; with one condition for both, notify_all
  }
  int pop() {
    std::unique_lock lock(mutex_);
    while (!full_) changed_.wait(lock);
    const int item = take();
    changed_.notify_one();  // MISTAKE: the same; may wake one who waits to pop
    return item;
  }

 private:
  heddle::condition_variable changed_{"changed"};
};

// ---- what they promise

/** What is inside, and what has ever been: each item is pushed once, so that nobody mistakes one for another. */
struct model {
  std::optional<int> inside;
  std::set<int> pushed;

  friend auto operator<=>(const model&, const model&) = default;
};

template <class Queue>
auto bounded_queue_property(std::string name) {
  object_property<Queue, model> property(std::move(name));
  property
      .operation(
          "push", [](Queue& queue, int item) { queue.push(item); },
          [](model& state, int item) {
            state.inside = item;
            state.pushed.insert(item);
          },
          rc::gen::inRange(1, 3))
      .when([](const model& state, int item) { return !state.pushed.contains(item); })
      .waits_while([](const model& state, int /*item*/) { return state.inside.has_value(); });
  property
      .operation(
          "pop", [](Queue& queue) { return queue.pop(); },
          [](model& state) {
            const int item = *state.inside;
            state.inside.reset();
            return item;
          })
      .waits_while([](const model& state) { return !state.inside.has_value(); });
  property.with({.threads = 3, .per_thread = 2, .before = 0, .after = 0});
  return property;
}

}  // namespace

std::vector<property_suite> bounded_queues() {
  return {
      bounded_queue_property<waiting_queue>("bounded-queue")
          .suite("A queue for one item, with a mutex and two condition variables.",
                 {"property", "correct", "mutex", "condition-variable"}, holds),
      bounded_queue_property<if_for_while_queue>("bounded-queue-broken-if-for-while")
          .suite("A queue for one item that waits once, and does not look again when it wakes up.",
                 {"property", "bug", "mutex", "condition-variable"}, breaks(failure_kind::not_linearizable)),
      bounded_queue_property<no_notify_queue>("bounded-queue-broken-no-notify")
          .suite("A queue for one item whose pop forgets to notify.",
                 {"property", "bug", "mutex", "condition-variable"}, breaks(failure_kind::lost_wakeup)),
      bounded_queue_property<one_condition_queue>("bounded-queue-broken-notify-one")
          .suite("A queue for one item with one condition variable for both ends, and notify_one for notify_all.",
                 {"property", "bug", "mutex", "condition-variable"}, breaks(failure_kind::lost_wakeup)),
  };
}

}  // namespace heddle::scenarios
