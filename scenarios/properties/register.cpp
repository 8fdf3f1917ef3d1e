// A register of two words, which are written and read as one.
#include <mutex>
#include <utility>

#include <heddle/heddle.hpp>
#include <heddle/object_property.hpp>

#include "suites.hpp"

namespace heddle::scenarios {
namespace {

// ---- the objects under test

using words = std::pair<int, int>;

class torn_register {
 public:
  void write(words value) {
    first_.store(value.first);
    second_.store(value.second);  // MISTAKE: others see the one word without the other
  }
  words read() {
    const int first = first_.load();
    return {first, second_.load()};
  }

 protected:
  heddle::atomic<int> first_{0, "first"};
  heddle::atomic<int> second_{0, "second"};
};

/** A sequence lock: the version is odd while somebody writes, and readers try again if it was, or has changed. */
class sequence_lock_register : protected torn_register {
 public:
  void write(words value) {
    const std::lock_guard guard(writers_);
    version_.fetch_add(1);
    torn_register::write(value);
    version_.fetch_add(1);
  }
  words read() {
    for (;;) {
      const unsigned before = version_.load();
      const words seen = torn_register::read();
      if (before % 2 == 0 && version_.load() == before) return seen;
    }
  }

 protected:
  heddle::mutex writers_{"writers"};
  heddle::atomic<unsigned> version_{0, "version"};
};

class no_second_look_register : public sequence_lock_register {
 public:
  words read() {
    while (version_.load() % 2 != 0) {
    }
    return torn_register::read();  // MISTAKE: a writer may have come since; the version has to be compared again
  }
};

// ---- what they promise

template <class Register>
auto register_property(std::string name) {
  object_property<Register, words> property(std::move(name));
  property.operation(
      "write", [](Register& it, words value) { it.write(value); },  //
      [](words& model, words value) { model = value; },             //
      rc::gen::pair(rc::gen::inRange(0, 3), rc::gen::inRange(0, 3)));
  property.operation(
      "read", [](Register& it) { return it.read(); },  //
      [](words& model) { return model; });
  property.with({.threads = 2, .per_thread = 2, .before = 1, .after = 1});
  return property;
}

}  // namespace

std::vector<property_suite> registers() {
  return {
      register_property<sequence_lock_register>("register")
          .suite("A register of two words with a sequence lock.", {"property", "correct", "mutex", "atomic"}, holds),
      register_property<torn_register>("register-broken-torn")
          .suite("A register of two words, each of them atomic, but not both: torn reads.",
                 {"property", "bug", "atomic"}, breaks(failure_kind::not_linearizable)),
      register_property<no_second_look_register>("register-broken-no-second-look")
          .suite("A sequence lock whose readers do not compare the version again after reading.",
                 {"property", "bug", "mutex", "atomic"}, breaks(failure_kind::not_linearizable)),
  };
}

}  // namespace heddle::scenarios
