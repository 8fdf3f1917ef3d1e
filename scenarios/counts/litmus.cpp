// Litmus tests of the family counts/: each shape with several memory orders, as counts/litmus-SHAPE/ORDERS.
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "family.hpp"

namespace heddle::scenarios::counts {
namespace {

enum class variable : std::size_t { x, y };
using enum variable;

/** One access of a thread: stores a value, or loads where there is none to store. */
struct access {
  variable where;
  int stored = 0;
};

struct shape {
  std::string_view name;
  std::string_view summary;
  std::vector<std::vector<access>> threads;
};

struct orders {
  std::string_view name;
  std::string_view summary;
  std::memory_order store;
  std::memory_order load;
  bool fence = false;  ///< one that is sequentially consistent, between the accesses of each thread
};

const std::vector<shape>& shapes() {
  static const std::vector<shape> all{
      {"SB", "Store buffering", {{{x, 1}, {y}}, {{y, 1}, {x}}}},
      {"MP", "Message passing", {{{x, 1}, {y, 1}}, {{y}, {x}}}},
      {"LB", "Load buffering", {{{x}, {y, 1}}, {{y}, {x, 1}}}},
      {"IRIW", "Independent reads of independent writes", {{{x, 1}}, {{y, 1}}, {{x}, {y}}, {{y}, {x}}}},
      {"CORR", "Coherence of reads", {{{x, 1}, {x, 2}}, {{x}, {x}}}},
  };
  return all;
}

constexpr std::array variants{
    orders{"ra", "stores that release and loads that acquire", release, acquire},
    orders{"rlx", "relaxed accesses", relaxed, relaxed},
    orders{"rlx+scfence", "relaxed accesses with a fence in between", relaxed, relaxed, true},
    orders{"sc", "sequentially consistent accesses", seq_cst, seq_cst},
};

/** Whether there is such a test: a fence between two accesses of one variable has nothing to add to coherence. */
bool exists(const shape& of, const orders& with) { return !with.fence || of.name != "CORR"; }

void perform(const shape& of, const orders& with) {
  std::array<heddle::atomic<int>, 2> variables{{{0, "x"}, {0, "y"}}};
  run(static_cast<std::int64_t>(of.threads.size()), [&](int thread) {
    bool first = true;
    for (const access& each : of.threads[static_cast<std::size_t>(thread)]) {
      if (!first && with.fence) heddle::atomic_thread_fence(seq_cst);
      first = false;
      const heddle::atomic<int>& at = variables[static_cast<std::size_t>(each.where)];
      if (each.stored != 0) {
        at.store(each.stored, with.store);
      } else {
        (void)at.load(with.load);
      }
    }
  });
}

}  // namespace

std::vector<scenario> litmus_tests() {
  std::vector<scenario> result;
  for (const shape& of : shapes()) {
    for (const orders& with : variants) {
      if (!exists(of, with)) continue;
      result.push_back(program("litmus-" + std::string(of.name) + "/" + std::string(with.name),
                               std::string(of.summary) + ": " + std::string(with.summary) + ".", {},
                               [&of, &with](const arguments& /*args*/) { perform(of, with); }));
    }
  }
  return result;
}

}  // namespace heddle::scenarios::counts
