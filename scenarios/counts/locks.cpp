// Programs of the family counts/ with mutexes, and with what is made of atomic variables in place of one.
#include <array>
#include <cstddef>
#include <deque>

#include "family.hpp"

namespace heddle::scenarios::counts {
namespace {

void expbug(const arguments& args) {
  heddle::mutex m("m");
  heddle::atomic<int> x(0, "x");
  heddle::atomic<int> y(0, "y");
  const std::int64_t n = args["n"];
  const auto first = [&] {
    for (int round = 0; round < 2; ++round) {
      m.lock();
      x.store(1);
      for (std::int64_t i = 0; i < n; ++i) y.store(1);
      m.unlock();
    }
  };
  const auto second = [&] {
    for (int round = 0; round < 2; ++round) {
      m.lock();
      x.store(0);
      m.unlock();
      if (x.load() > 0) {
        y.store(y.load() + 1);
        x.store(2);
      }
    }
  };
  const auto third = [&] {
    for (int round = 0; round < 2; ++round) {
      if (x.load() > 1) {
        if (y.load() == 3) return;
        y.store(2);
      }
    }
  };
  run_each(first, second, third);
}

void peterson(const arguments& args) {
  std::array<heddle::atomic<int>, 2> wants{{{0, "first wants"}, {0, "second wants"}}};
  heddle::atomic<int> turn(0, "turn");
  heddle::atomic<int> x(0, "x");
  const std::int64_t n = args["n"];
  run(2, [&](int thread) {
    const auto me = static_cast<std::size_t>(thread);
    const int other = 1 - thread;
    const auto may_enter = [&] {
      for (std::int64_t tries = 0; tries < n; ++tries) {
        const bool other_wants = wants[1 - me].load() == 1;
        const bool others_turn = turn.load() == other;  // looked at in any case
        if (!other_wants || !others_turn) return true;
      }
      return false;
    };
    for (std::int64_t round = 0; round < n; ++round) {
      wants[me].store(1);
      turn.store(other);
      if (!may_enter()) return;
      x.store(thread + 1);
      heddle::check(x.load() == thread + 1, "nobody else is in the critical section");
      wants[me].store(0);
    }
  });
}

void ticketlock(const arguments& args) {
  heddle::atomic<int> next(0, "next");
  heddle::atomic<int> owner(0, "owner");
  heddle::atomic<int> x(0, "x");
  run(args["n"], [&](int me) {
    const int ticket = next.fetch_add(1, relaxed);
    owner.await([&](auto served) { return served == ticket; }, acquire);
    x.store(me, relaxed);
    heddle::check(x.load(relaxed) == me, "nobody else is in the critical section");
    owner.store(owner.load(relaxed) + 1, release);
  });
}

void mutex(const arguments& args) {
  heddle::mutex m("m");
  const std::int64_t rounds = args["n"];
  run(args["t"], [&](int) {
    for (std::int64_t round = 0; round < rounds; ++round) {
      m.lock();
      m.unlock();
    }
  });
}

void philo(const arguments& args) {
  const auto n = static_cast<std::size_t>(args["n"]);
  std::deque<heddle::mutex> forks;
  for (std::size_t i = 0; i < n; ++i) forks.emplace_back(numbered("fork", i), source_location::current());
  run(args["n"], [&](int thread) {
    const auto i = static_cast<std::size_t>(thread);
    forks[i].lock();
    forks[(i + 1) % n].lock();
    forks[(i + 1) % n].unlock();
    forks[i].unlock();
  });
}

/** The one program that fails. */
scenario philo_of(std::vector<parameter> parameters) {
  scenario result = program("philo", "Philosophers take the fork at their left and then the one at their right.",
                            std::move(parameters), philo);
  result.tags = {"counts", "bug"};
  result.expected = fails<failure_kind::deadlock>;
  return result;
}

}  // namespace

std::vector<scenario> locks() {
  return {
      program("expbug", "Three threads at two variables, where what one sees decides what it does next.",
              {number("n", "how often the first stores the second variable", 1, 1)}, expbug),
      program("peterson", "Peterson's algorithm, in which each thread tries n times to enter, and enters n times.",
              {number("n", "how many tries, and how many rounds", 1, 1, 10)}, peterson),
      program("ticketlock", "Threads draw tickets, and enter in their order.", {number("n", "how many threads", 3, 2)},
              ticketlock),
      program("mutex", "Threads lock and unlock one mutex.",
              {number("n", "how often each of them does", 2, 1), number("t", "how many threads", 2, 2)}, mutex),
      philo_of({number("n", "how many philosophers", 3, 2, 8)}),
  };
}

}  // namespace heddle::scenarios::counts
