// Mutual exclusion of two threads by loads and stores alone: the algorithms of Dekker and of Peterson.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <heddle/heddle.hpp>

#include "common.hpp"
#include "programs.hpp"

namespace heddle::scenarios {
namespace {

/** Dekker's algorithm, for the threads 0 and 1. All its operations have to be sequentially consistent. */
class dekker_lock {
 public:
  void lock(std::size_t me) {
    const std::size_t other = 1 - me;
    wants_[me].store(true);
    while (wants_[other].load()) {
      if (turn_.load() == me) {
        heddle::this_thread::yield();
      } else {
        wants_[me].store(false);
        while (turn_.load() != me) heddle::this_thread::yield();
        wants_[me].store(true);
      }
    }
  }

  void unlock(std::size_t me) {
    turn_.store(1 - me);
    wants_[me].store(false);
  }

 private:
  std::array<heddle::atomic<bool>, 2> wants_{{{false, "a wants"}, {false, "b wants"}}};
  heddle::atomic<std::size_t> turn_{0, "turn"};
};

/** Peterson's algorithm: the same in fewer steps, since each thread lets the other one go first. */
class peterson_lock {
 public:
  void lock(std::size_t me) {
    const std::size_t other = 1 - me;
    wants_[me].store(true);
    turn_.store(other);  // after you
    while (wants_[other].load() && turn_.load() == other) heddle::this_thread::yield();
  }

  void unlock(std::size_t me) { wants_[me].store(false); }

 private:
  std::array<heddle::atomic<bool>, 2> wants_{{{false, "a wants"}, {false, "b wants"}}};
  heddle::atomic<std::size_t> turn_{0, "turn"};
};

template <class Lock>
void exclude_each_other(const arguments& args) {
  const std::int64_t rounds = args["rounds"];
  Lock lock;
  heddle::shared<int> visits(0, "visits");

  const auto visit = [&](std::size_t me, const std::string& name) {
    for (std::int64_t round = 0; round < rounds; ++round) {
      lock.lock(me);
      heddle::reachable("critical section of " + name);
      visits += 1;
      lock.unlock(me);
    }
  };
  heddle::thread a("a", [&] { visit(0, "a"); });
  heddle::thread b("b", [&] { visit(1, "b"); });

  a.join();
  b.join();
  heddle::check(visits.load() == 2 * rounds, "the critical sections exclude each other");
}

std::vector<parameter> entering_parameters() {
  return {{.name = "rounds",
           .summary = "how often each thread enters its critical section",
           .standard = 1,
           .least = 1,
           .most = 10}};
}

}  // namespace

scenario dekker() {
  return {
      .name = "dekker",
      .summary = "Dekker's algorithm: mutual exclusion of two threads by atomic loads and stores alone.",
      .tags = {"atomic", "classic", "correct"},
      .parameters = entering_parameters(),
      .expected = passes,
      .body = exclude_each_other<dekker_lock>,
      .expect_reached = {"critical section of a", "critical section of b"},
  };
}

scenario peterson() {
  return {
      .name = "peterson",
      .summary = "Peterson's algorithm: the same in fewer steps; each thread lets the other one go first.",
      .tags = {"atomic", "classic", "correct"},
      .parameters = entering_parameters(),
      .expected = passes,
      .body = exclude_each_other<peterson_lock>,
      .expect_reached = {"critical section of a", "critical section of b"},
  };
}

}  // namespace heddle::scenarios
