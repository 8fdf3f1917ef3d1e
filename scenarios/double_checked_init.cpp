// Double-checked locking: the first look is not under the lock, so it must be ordered otherwise.
#include <mutex>

#include <heddle/heddle.hpp>

#include "common.hpp"
#include "programs.hpp"

namespace heddle::scenarios {
namespace {

/** A value that the first user makes. `Flag` is atomic<bool>, or shared<bool>, which is the mistake. */
template <class Flag>
class lazily_made {
 public:
  int get() {
    if (!made_.load()) {
      const std::lock_guard guard(mutex_);
      if (!made_.load()) {
        value_.store(42);
        made_.store(true);
      }
    }
    return value_.load();
  }

 private:
  heddle::mutex mutex_{"mutex"};
  Flag made_{false, "made"};
  heddle::shared<int> value_{0, "value"};
};

template <class Flag>
void use_twice() {
  lazily_made<Flag> value;
  const auto use = [&] { heddle::check(value.get() == 42, "the value was made"); };
  heddle::thread a("a", use);
  heddle::thread b("b", use);
  a.join();
  b.join();
}

void initialize(const arguments& args) {
  if (args.flag("atomic")) {
    use_twice<heddle::atomic<bool>>();
  } else {
    use_twice<heddle::shared<bool>>();
  }
}

expectation expected_of(const arguments& args) {
  return args.flag("atomic") ? passes(args) : fails<failure_kind::data_race>(args);
}

}  // namespace

scenario double_checked_init() {
  return {
      .name = "double-checked-init",
      .summary = "Two threads make a value at first use; the flag that they look at without a lock is not atomic.",
      .tags = {"mutex", "shared", "classic", "bug"},
      .parameters =
          {{.name = "atomic", .summary = "the flag is atomic", .standard = 0, .least = 0, .most = 1, .boolean = true}},
      .expected = expected_of,
      .body = initialize,
  };
}

}  // namespace heddle::scenarios
