// A user's property suite, just as docs/properties.md shows it: it looks and then acts. Built by
// installed_library_test.sh.
// clang-format off
#line 1 // as the reader has it
#include <heddle/heddle.hpp>
#include <heddle/object_property.hpp>

#include <iostream>
#include <mutex>

// The object under test, of Heddle's types.
class my_counter {
 public:
  void add(int amount) {
    const int before = get();
    const std::lock_guard guard(mutex_);
    value_ = before + amount;
  }
  int get() {
    const std::lock_guard guard(mutex_);
    return value_;
  }

 private:
  heddle::mutex mutex_{"mutex"};
  heddle::shared<int> value_{0, "value"};
};

int main() {
  // What it promises: the same as an int that one thread uses.
  heddle::object_property<my_counter, int> property("my-counter");
  property.operation(
      "add", [](my_counter& counter, int amount) { counter.add(amount); },
      [](int& model, int amount) { model += amount; }, rc::gen::inRange(1, 10));
  property.operation(
      "get", [](my_counter& counter) { return counter.get(); },
      [](int& model) { return model; });

  const heddle::property_result came = property.check();
  std::cout << to_text(came);
  return came.found.exit_code();
}
