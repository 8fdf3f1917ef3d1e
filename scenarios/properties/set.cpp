// A set of small numbers.
#include <array>
#include <cstddef>
#include <mutex>
#include <set>

#include <heddle/heddle.hpp>
#include <heddle/object_property.hpp>

#include "suites.hpp"

namespace heddle::scenarios {
namespace {

constexpr std::size_t numbers = 3;  // 0, 1, 2

// ---- the objects under test

class locked_set {
 public:
  bool add(std::size_t number) {
    const std::lock_guard guard(mutex_);
    return change(number, true);
  }
  bool remove(std::size_t number) {
    const std::lock_guard guard(mutex_);
    return change(number, false);
  }
  bool contains(std::size_t number) {
    const std::lock_guard guard(mutex_);
    return inside_.at(number);
  }

 protected:
  bool change(std::size_t number, bool to) {
    if (inside_.at(number) == to) return false;
    inside_.at(number) = to;
    return true;
  }

  heddle::mutex mutex_{"mutex"};
  std::array<heddle::shared<bool>, numbers> inside_;
};

class check_then_act_set : public locked_set {
 public:
  bool add(std::size_t number) {
    if (contains(number)) return false;
    const std::lock_guard guard(mutex_);  // MISTAKE: the lock was free in between; two add the same number
    change(number, true);
    return true;
  }
};

/** A bit for each number. */
class bits_set {
 public:
  bool add(std::size_t number) { return (bits_.fetch_or(bit(number)) & bit(number)) == 0; }
  bool remove(std::size_t number) { return (bits_.fetch_and(~bit(number)) & bit(number)) != 0; }
  bool contains(std::size_t number) { return (bits_.load() & bit(number)) != 0; }

 protected:
  static unsigned bit(std::size_t number) { return 1U << number; }

  heddle::atomic<unsigned> bits_{0, "bits"};
};

class overwritten_bits_set : public bits_set {
 public:
  bool add(std::size_t number) {
    const unsigned before = bits_.load();
    bits_.store(before | bit(number));  // MISTAKE: overwrites what others have done to other numbers since the load
    return (before & bit(number)) == 0;
  }
};

// ---- what they promise

template <class Set>
auto set_property(std::string name) {
  using model = std::set<std::size_t>;
  const auto number = rc::gen::inRange<std::size_t>(0, numbers);
  object_property<Set, model> property(std::move(name));
  property.operation(
      "add", [](Set& set, std::size_t which) { return set.add(which); },
      [](model& inside, std::size_t which) { return inside.insert(which).second; }, number);
  property.operation(
      "remove", [](Set& set, std::size_t which) { return set.remove(which); },
      [](model& inside, std::size_t which) { return inside.erase(which) != 0; }, number);
  property.operation(
      "contains", [](Set& set, std::size_t which) { return set.contains(which); },
      [](model& inside, std::size_t which) { return inside.contains(which); }, number);
  return property;
}

}  // namespace

std::vector<property_suite> sets() {
  return {
      set_property<locked_set>("set").suite("A set with a mutex.", {"property", "correct", "mutex"}, holds),
      set_property<check_then_act_set>("set-broken-check-then-act")
          .suite("A set that looks and then adds, with its lock let go in between: two add the same number.",
                 {"property", "bug", "mutex"}, breaks(failure_kind::not_linearizable)),
      set_property<bits_set>("set-bits")
          .suite("A set as the bits of an atomic.", {"property", "correct", "atomic"}, holds),
      set_property<overwritten_bits_set>("set-broken-bits-overwritten")
          .suite("A set as the bits of an atomic, loaded and then stored: what others do gets lost.",
                 {"property", "bug", "atomic"}, breaks(failure_kind::not_linearizable)),
  };
}

}  // namespace heddle::scenarios
