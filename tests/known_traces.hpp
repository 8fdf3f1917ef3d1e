// Programs of which it is known how many traces they have: by formulas, and as other checkers have counted them.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <vector>

#include "traced_programs.hpp"

namespace heddle::oracle {

inline void readers(unsigned n) {
  atomic<int> x(0);
  run_threads(n + 1, [&](unsigned i) {
    if (i == 0) {
      x.store(42);
    } else {
      static_cast<void>(x.load());
    }
  });
}

inline void ainc(unsigned n) {
  atomic<int> x(0);
  run_threads(n, [&](unsigned) { x.fetch_add(1); });
}

inline void binc(unsigned n) {
  atomic<int> x(0);
  atomic<int> y(0);
  run_threads(n, [&](unsigned) {
    x.fetch_add(1);
    y.fetch_add(1);
  });
}

inline void inc(unsigned n) {
  atomic<int> x(0);
  run_threads(n, [&](unsigned) { x.store(x.load() + 1); });
}

inline void casrot(unsigned n) {
  atomic<unsigned> x(0);
  run_threads(n, [&](unsigned i) {
    unsigned expected = i;
    x.compare_exchange_strong(expected, i + 1);
  });
}

inline void casw(unsigned n) {
  atomic<unsigned> x(0);
  run_threads(n, [&](unsigned i) {
    unsigned expected = 0;
    x.compare_exchange_strong(expected, 1);
    x.store(i + 3);
  });
}

inline void lastwrite(unsigned n) {
  atomic<unsigned> x(0);
  run_threads(n, [&](unsigned i) { x.store(i + 1); });
  static_cast<void>(x.load());
}

inline void floating_read(unsigned n) {
  atomic<unsigned> x(0);
  std::vector<thread> threads;
  for (unsigned i = 1; i <= n; ++i) threads.emplace_back([&x, i] { x.store(i); });
  static_cast<void>(x.load());
  for (thread& t : threads) t.join();
}

inline void account(unsigned n) {
  atomic<int> m(1000);
  run_threads(n + 1, [&](unsigned i) { m.store(m.load() + (i == n ? -10 : 100)); });
  static_cast<void>(m.load());
}

// The reader goes down a row of variables to the first that is zero; writer j has read the one before the j-th.
inline void lastzero(unsigned n) {
  std::vector<atomic<int>> row(n + 1);
  run_threads(n + 1, [&](unsigned i) {
    if (i > 0) return row[i].store(row[i - 1].load() + 1);
    unsigned at = n;
    while (row[at].load() != 0) --at;
  });
}

inline void peterson(unsigned) {
  std::vector<atomic<unsigned>> wants(2);
  atomic<unsigned> turn(0);
  atomic<unsigned> inside(0);
  run_threads(2, [&](unsigned me) {
    const unsigned other = 1 - me;
    wants[me].store(1);
    turn.store(other);
    const unsigned its = wants[other].load();
    if (turn.load() == other && its == 1) return;
    inside.store(me + 1);
    check(inside.load() == me + 1, "alone");
    wants[me].store(0);
  });
}

template <unsigned Times>
void mutex_sections(unsigned n) {
  mutex m;
  run_threads(n, [&](unsigned) {
    for (unsigned i = 0; i < Times; ++i) {
      m.lock();
      m.unlock();
    }
  });
}

inline void philosophers(unsigned n) {
  // Not destroyed where they may be held: in a deadlock nobody gets to the end.
  std::vector<mutex> forks(n);
  run_threads(n, [&](unsigned i) {
    forks[i].lock();
    forks[(i + 1) % n].lock();
    forks[(i + 1) % n].unlock();
    forks[i].unlock();
  });
}

inline void store_buffering(unsigned) {
  std::vector<atomic<int>> x(2);
  run_threads(2, [&](unsigned i) {
    x[i].store(1);
    static_cast<void>(x[1 - i].load());
  });
}

inline void message_passing(unsigned) {
  std::vector<atomic<int>> x(2);
  run_threads(2, [&](unsigned i) {
    if (i == 0) {
      x[0].store(1);
      x[1].store(1);
    } else {
      static_cast<void>(x[1].load());
      static_cast<void>(x[0].load());
    }
  });
}

inline void load_buffering(unsigned) {
  std::vector<atomic<int>> x(2);
  run_threads(2, [&](unsigned i) {
    static_cast<void>(x[i].load());
    x[1 - i].store(1);
  });
}

inline void independent_reads(unsigned) {
  std::vector<atomic<int>> x(2);
  run_threads(4, [&](unsigned i) {
    if (i < 2) {
      x[i].store(1);
    } else {
      static_cast<void>(x[i - 2].load());
      static_cast<void>(x[3 - i].load());
    }
  });
}

inline void coherent_reads(unsigned) {
  atomic<int> x(0);
  run_threads(2, [&](unsigned i) {
    for (int k = 1; k <= 2; ++k) {
      if (i == 0) {
        x.store(k);
      } else {
        static_cast<void>(x.load());
      }
    }
  });
}

/** A program with a parameter, which most have as their number of threads. */
struct known_family {
  const char* name;
  void (*run)(unsigned n);
  std::map<unsigned, std::uint64_t> traces;                   // by n: those in which all threads come to their end
  std::uint64_t deadlocks = 0;                                // traces more
  std::map<unsigned, std::uint64_t> beyond_enumeration = {};  // the same for n with too many interleavings
};

inline const std::vector<known_family>& known_families() {
  static const std::vector<known_family> all{
      {"readers", readers, {{1, 2}, {2, 4}, {3, 8}, {4, 16}, {5, 32}}, 0, {{6, 64}, {10, 1024}}},
      {"ainc", ainc, {{1, 1}, {2, 2}, {3, 6}, {4, 24}, {5, 120}}, 0, {{6, 720}, {7, 5040}}},
      {"binc", binc, {{2, 4}, {3, 36}, {4, 576}}, 0, {{5, 14400}}},
      {"inc", inc, {{2, 4}, {3, 36}, {4, 576}}, 0, {{5, 14400}}},
      {"casrot", casrot, {{3, 5}, {4, 14}, {5, 43}, {6, 144}}, 0, {{7, 523}, {8, 2048}}},
      {"casw", casw, {{2, 6}, {3, 66}, {4, 1200}}},
      {"lastwrite", lastwrite, {{3, 6}, {4, 24}, {5, 120}}, 0, {{6, 720}}},
      {"floating_read", floating_read, {{2, 6}, {3, 24}, {4, 120}}, 0, {{5, 720}}},
      {"account", account, {{2, 36}, {3, 576}}, 0, {{4, 14400}}},
      {"lastzero", lastzero, {}, 0, {{4, 28}, {5, 64}}},
      {"peterson", peterson, {{1, 14}}},
      {"mutex, once each", mutex_sections<1>, {{2, 2}, {3, 6}, {4, 24}, {5, 120}}},
      {"mutex, twice each", mutex_sections<2>, {{2, 6}, {3, 90}}},
      {"mutex, three times each", mutex_sections<3>, {{2, 20}}},
      {"philosophers", philosophers, {{2, 2}, {3, 6}}, 1, {{4, 14}, {5, 30}, {6, 62}}},
      {"SB", store_buffering, {{2, 3}}},
      {"MP", message_passing, {{2, 3}}},
      {"LB", load_buffering, {{2, 3}}},
      {"IRIW", independent_reads, {{4, 15}}},
      {"CORR", coherent_reads, {{2, 6}}},
  };
  return all;
}

}  // namespace heddle::oracle
