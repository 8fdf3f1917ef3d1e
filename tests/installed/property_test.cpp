// A user's property, just as the documentation shows it: one update gets lost. Built by installed_library_test.sh.
// clang-format off
#include <heddle/heddle.hpp>
#include <heddle/object_property.hpp>
struct counter {
  int add(int n) { const int sum = value.load() + n; value.store(sum); return sum; }
  heddle::atomic<int> value{0, "value"};
};
int main() {
  heddle::object_property<counter, int> property("counter");
  property.operation("add", [](counter& it, int n) { return it.add(n); },  // the object
                     [](int& model, int n) { return model += n; },         // its model, for one thread
                     rc::gen::inRange(1, 10));                             // the argument
  const auto result = property.check();
  std::cout << to_text(result);            // the report
  return result.found.exit_code();
}
