// A cache behind a shared mutex: many look at once, one at a time adds what is missing.
#include <mutex>
#include <shared_mutex>

#include <heddle/heddle.hpp>

#include "common.hpp"
#include "programs.hpp"

namespace heddle::scenarios {
namespace {

/** A cache of one entry, which is expensive to compute. */
class cache {
 public:
  explicit cache(bool looks_again) : looks_again_(looks_again) {}

  int get() {
    {
      const std::shared_lock reading(mutex_);
      if (const int found = entry_.load(); found != 0) return found;
    }
    // A shared lock cannot be turned into an exclusive one: in between another thread may have added the entry.
    const std::unique_lock writing(mutex_);
    if (looks_again_) {
      if (const int found = entry_.load(); found != 0) return found;
    }
    ++computations_;
    entry_.store(42);
    return 42;
  }

  /** For when nobody else uses it. */
  [[nodiscard]] int computations() const { return computations_; }

 private:
  bool looks_again_;
  int computations_ = 0;
  heddle::shared_mutex mutex_{"mutex"};
  heddle::shared<int> entry_{0, "entry"};
};

void look_up(const arguments& args) {
  cache shared_by_all(args.flag("looks-again"));
  const auto use = [&] { heddle::check(shared_by_all.get() == 42, "the entry is right"); };
  heddle::thread a("a", use);
  heddle::thread b("b", use);
  a.join();
  b.join();
  heddle::check(shared_by_all.computations() == 1, "the entry is computed once");
}

expectation expected_of(const arguments& args) {
  return args.flag("looks-again") ? passes(args) : fails<failure_kind::assertion>(args);
}

}  // namespace

scenario read_mostly_cache() {
  return {
      .name = "read-mostly-cache",
      .summary = "A cache behind a shared mutex, which is looked at again before what is missing is added.",
      .tags = {"shared-mutex", "shared", "correct"},
      .parameters = {{.name = "looks-again",
                      .summary = "look again with the exclusive lock held",
                      .standard = 1,
                      .least = 0,
                      .most = 1,
                      .boolean = true}},
      .expected = expected_of,
      .body = look_up,
  };
}

}  // namespace heddle::scenarios
