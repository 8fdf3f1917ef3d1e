// Programs of the family counts/ in which threads load, store and update one atomic variable, or a few.
#include <cstddef>
#include <vector>

#include "family.hpp"

namespace heddle::scenarios::counts {
namespace {

parameter threads_of(std::int64_t standard) { return number("n", "how many threads", standard, 2); }

void readers(const arguments& args) {
  heddle::atomic<int> x(0, "x");
  run(args["n"] + 1, [&](int i) {
    if (i == 0) {
      x.store(42, release);
    } else {
      (void)x.load(acquire);
    }
  });
}

void ainc(const arguments& args) {
  heddle::atomic<int> x(0, "x");
  run(args["n"], [&](int) { x.fetch_add(1, relaxed); });
}

void binc(const arguments& args) {
  heddle::atomic<int> x(0, "x");
  heddle::atomic<int> y(0, "y");
  run(args["n"], [&](int) {
    x.fetch_add(1, relaxed);
    y.fetch_add(1, relaxed);
  });
}

void casrot(const arguments& args) {
  heddle::atomic<int> x(0, "x");
  run(args["n"], [&](int i) {
    int expected = i;
    x.compare_exchange_strong(expected, i + 1, relaxed);
  });
}

void casw(const arguments& args) {
  heddle::atomic<int> x(0, "x");
  run(args["n"], [&](int i) {
    int expected = 0;
    x.compare_exchange_strong(expected, 1, relaxed);
    x.store(i + 3, release);
  });
}

void lastwrite(const arguments& args) {
  heddle::atomic<int> x(0, "x");
  run(args["n"], [&](int i) { x.store(i + 1, release); });
  (void)x.load(acquire);
}

void floating_read(const arguments& args) {
  heddle::atomic<int> x(0, "x");
  const auto store = [&](int i) { x.store(i + 1, release); };
  crew writers = start(args["n"], store);
  (void)x.load(acquire);
  join(writers);
}

void lastzero(const arguments& args) {
  const auto n = static_cast<std::size_t>(args["n"]);
  std::vector<heddle::atomic<int>> array(n + 1);
  run(args["n"] + 1, [&](int i) {
    const auto j = static_cast<std::size_t>(i);
    if (j > 0) {
      array[j].store(array[j - 1].load(acquire) + 1, release);
      return;
    }
    std::size_t last = n;
    while (array[last].load(acquire) != 0) --last;  // the first one stays zero
  });
}

void account(const arguments& args) {
  heddle::atomic<int> money(1000, "money");
  run(args["n"] + 1, [&](int i) {
    const int seen = money.load();
    money.store(i == 0 ? seen - 10 : seen + 100);
  });
  (void)money.load();
}

void inc(const arguments& args) {
  heddle::atomic<int> x(0, "x");
  run(args["n"], [&](int) { x.store(x.load(acquire) + 1, release); });
}

}  // namespace

std::vector<scenario> cells() {
  const parameter two = threads_of(2);
  const parameter three = threads_of(3);
  const parameter readers_besides = number("n", "how many threads load", 4, 1);
  const parameter cells_to_fill = number("n", "how many threads write, each to a variable of its own", 4, 1);
  const parameter depositors = number("n", "how many threads deposit", 2, 1);
  return {
      program("readers", "One thread stores a variable, n others load it.", {readers_besides}, readers),
      program("ainc", "Threads add one to a variable.", {three}, ainc),
      program("binc", "Threads add one to a variable, and then to another one.", {two}, binc),
      program("casrot", "Each thread compares a variable with its own number, and exchanges it for the next.", {three},
              casrot),
      program("casw", "Each thread compares a variable with 0 and exchanges it for 1; then it stores it.", {two}, casw),
      program("lastwrite", "Each thread stores a variable, which main loads after them all.", {three}, lastwrite),
      program("floating_read", "Each thread stores a variable, which main loads at some time or other.", {two},
              floating_read),
      program("lastzero", "Each variable is set from the one before; a thread looks for the last that is zero.",
              {cells_to_fill}, lastzero),
      program("account", "Threads deposit and one withdraws, by a load and a store each; main loads what is left.",
              {depositors}, account),
      program("inc", "Threads add one to a variable by a load and a store.", {two}, inc),
  };
}

}  // namespace heddle::scenarios::counts
