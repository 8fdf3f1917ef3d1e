// A stack: last in, first out.
#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <heddle/heddle.hpp>
#include <heddle/object_property.hpp>

#include "suites.hpp"

namespace heddle::scenarios {
namespace {

constexpr std::size_t capacity = 8;  // no case pushes more

// ---- the objects under test

constexpr std::int32_t no_node = -1;

/** The top of a stack, and how often it has changed. */
struct stack_top {
  std::int32_t node = no_node;
  std::uint32_t version = 0;
};

std::string heddle_show(const stack_top& top) {
  return (top.node == no_node ? "none" : "node " + std::to_string(top.node)) + " v" + std::to_string(top.version);
}

/** Treiber's stack (1986): a list whose top is exchanged. Nodes that were popped are used again. */
template <bool counts_versions>
class lock_free_stack {
 public:
  lock_free_stack() {
    for (std::size_t i = 0; i < capacity; ++i) nodes_.emplace_back(std::to_string(i));
  }

  void push(int value) {
    const std::int32_t made = unused_node();
    at(made).value.store(value);
    stack_top top = top_.load();
    do {
      at(made).next.store(top.node);
    } while (!top_.compare_exchange_strong(top, {made, next_version(top)}));
  }

  std::optional<int> pop() {
    stack_top top = top_.load();
    while (top.node != no_node) {
      const int value = at(top.node).value.load();
      const std::int32_t next = at(top.node).next.load();
      // The node may have been popped and pushed again since it was looked at. Only its version tells.
      const std::int32_t taken = top.node;
      if (top_.compare_exchange_strong(top, {next, next_version(top)})) {
        at(taken).used.store(false);
        return value;
      }
    }
    return std::nullopt;
  }

 private:
  struct node {
    explicit node(const std::string& number)
        : value(0, "value " + number), next(no_node, "next " + number), used(false, "used " + number) {}
    heddle::atomic<int> value;
    heddle::atomic<std::int32_t> next;
    heddle::atomic<bool> used;
  };

  node& at(std::int32_t which) { return nodes_[static_cast<std::size_t>(which)]; }
  std::int32_t unused_node() {
    std::int32_t found = 0;
    while (nodes_.at(static_cast<std::size_t>(found)).used.exchange(true)) ++found;
    return found;
  }
  static std::uint32_t next_version(const stack_top& top) {
    if constexpr (counts_versions) return top.version + 1;
    return 0;  // MISTAKE: a node that was popped and pushed again looks as if nothing had happened (ABA)
  }

  std::deque<node> nodes_;
  heddle::atomic<stack_top> top_{stack_top{}, "top"};
};

class locked_stack {
 public:
  void push(int value) {
    const std::lock_guard guard(mutex_);
    items_.at(size_) = value;
    ++size_;
  }
  std::optional<int> pop() {
    const std::lock_guard guard(mutex_);
    if (size_ == 0) return std::nullopt;
    --size_;
    return items_.at(size_);
  }

 protected:
  heddle::mutex mutex_{"mutex"};
  heddle::shared<std::size_t> size_{0, "size"};
  std::array<heddle::shared<int>, capacity> items_;
};

/** As std::stack wants it: look at the top, then drop it. */
class top_then_drop_stack : public locked_stack {
 public:
  std::optional<int> pop() {
    const std::optional<int> found = top();
    if (found) drop();  // MISTAKE: the lock was free in between; what is dropped may not be what was looked at
    return found;
  }

 private:
  std::optional<int> top() {
    const std::lock_guard guard(mutex_);
    if (size_ == 0) return std::nullopt;
    return items_.at(size_ - 1);
  }
  void drop() {
    const std::lock_guard guard(mutex_);
    if (size_ > 0) --size_;
  }
};

class look_before_locking_stack : public locked_stack {
 public:
  std::optional<int> pop() {
    if (size_ == 0) return std::nullopt;  // MISTAKE: read outside the lock, to spare taking it
    return locked_stack::pop();
  }
};

// ---- what they promise

template <class Stack>
auto stack_property(std::string name) {
  using model = std::vector<int>;
  object_property<Stack, model> property(std::move(name));
  property.operation(
      "push", [](Stack& stack, int value) { stack.push(value); },  //
      [](model& items, int value) { items.push_back(value); }, rc::gen::inRange(1, 4));
  property.operation(
      "pop", [](Stack& stack) { return stack.pop(); },
      [](model& items) -> std::optional<int> {
        if (items.empty()) return std::nullopt;
        const int last = items.back();
        items.pop_back();
        return last;
      });
  property.with({.threads = 2, .per_thread = 3, .before = 2, .after = 0});
  return property;
}

}  // namespace

std::vector<property_suite> stacks() {
  return {
      stack_property<lock_free_stack<true>>("stack").suite("Treiber's lock-free stack, whose top counts its versions.",
                                                           {"property", "correct", "atomic", "lock-free"}, holds),
      stack_property<lock_free_stack<false>>("stack-broken-aba")
          .suite("Treiber's stack without versions: a node is popped and pushed again unseen (ABA).",
                 {"property", "bug", "atomic", "lock-free"}, breaks(failure_kind::not_linearizable)),
      stack_property<locked_stack>("stack-locked")
          .suite("A stack with a mutex.", {"property", "correct", "mutex"}, holds),
      stack_property<top_then_drop_stack>("stack-broken-top-then-drop")
          .suite("A stack that lets its lock go between looking at the top and dropping it.",
                 {"property", "bug", "mutex"}, breaks(failure_kind::not_linearizable)),
      stack_property<look_before_locking_stack>("stack-broken-look-before-locking")
          .suite("A stack whose pop reads the size outside the lock.", {"property", "bug", "mutex"},
                 breaks(failure_kind::data_race)),
  };
}

}  // namespace heddle::scenarios
