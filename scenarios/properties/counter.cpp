// A counter, of which every addition counts.
#include <array>
#include <cstddef>
#include <mutex>

#include <heddle/heddle.hpp>
#include <heddle/object_property.hpp>

#include "suites.hpp"

namespace heddle::scenarios {
namespace {

// ---- the objects under test

class atomic_counter {
 public:
  void add(int amount) { value_.fetch_add(amount); }
  [[nodiscard]] int get() { return value_.load(); }

 private:
  heddle::atomic<int> value_{0, "value"};
};

class load_then_store_counter {
 public:
  void add(int amount) {
    const int before = value_.load();
    value_.store(before + amount);  // MISTAKE: what others added since the load is overwritten
  }
  [[nodiscard]] int get() { return value_.load(); }

 private:
  heddle::atomic<int> value_{0, "value"};
};

class locked_counter {
 public:
  void add(int amount) {
    const std::lock_guard guard(mutex_);
    value_ += amount;
  }
  [[nodiscard]] int get() {
    const std::lock_guard guard(mutex_);
    return value_;
  }

 protected:
  heddle::mutex mutex_{"mutex"};
  heddle::shared<int> value_{0, "value"};
};

class read_outside_the_lock_counter : public locked_counter {
 public:
  [[nodiscard]] int get() { return value_; }  // MISTAKE: reading needs the lock, too
};

/** Two cells, so that those who add get into each other's way less often. */
class striped_counter {
 public:
  void add(int amount) { cells_[static_cast<std::size_t>(amount) % cells_.size()].fetch_add(amount); }
  [[nodiscard]] int get() {
    int sum = 0;
    for (auto& each : cells_) sum += each.load();  // MISTAKE: others add to both cells while this is between them
    return sum;
  }

 private:
  std::array<heddle::atomic<int>, 2> cells_;
};

// ---- what they promise

template <class Counter>
auto counter_property(std::string name) {
  object_property<Counter, int> property(std::move(name));
  property.operation(
      "add", [](Counter& counter, int amount) { counter.add(amount); },  //
      [](int& model, int amount) { model += amount; }, rc::gen::inRange(1, 4));
  property.operation(
      "get", [](Counter& counter) { return counter.get(); },  //
      [](int& model) { return model; });
  return property;
}

}  // namespace

std::vector<property_suite> counters() {
  return {
      counter_property<atomic_counter>("counter").suite(  //
          "A counter that adds atomically.", {"property", "correct", "atomic"}, holds),
      counter_property<load_then_store_counter>("counter-broken-load-then-store")
          .suite("A counter that loads and then stores, both atomically: additions get lost.",
                 {"property", "bug", "atomic"}, breaks(failure_kind::not_linearizable)),
      counter_property<locked_counter>("counter-locked")
          .suite("A counter with a mutex.", {"property", "correct", "mutex"}, holds),
      counter_property<read_outside_the_lock_counter>("counter-broken-read-outside-the-lock")
          .suite("A counter that takes its mutex to add, but not to read.", {"property", "bug", "mutex"},
                 breaks(failure_kind::data_race)),
      counter_property<striped_counter>("counter-broken-striped")
          .suite("A counter of two cells, added up one after the other: a sum that it never had.",
                 {"property", "bug", "atomic"}, breaks(failure_kind::not_linearizable)),
  };
}

}  // namespace heddle::scenarios
