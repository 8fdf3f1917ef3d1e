// Loops that wait, explored by traces: against the same programs with operations that block instead.
#include <cstdint>
#include <memory>
#include <set>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <heddle/heddle.hpp>

#include "random_programs.hpp"
#include "strategies/strategy_table.hpp"
#include "traced_search.hpp"

namespace heddle {
namespace {

using oracle::traced;

constexpr std::uint64_t most_executions = 5'000;

struct findings {
  std::set<std::string> outcomes;  // of the executions that came to their end
  bool others = false;             // some did not
  bool twice = false;              // a trace was visited again
  bool finished = false;
  std::uint64_t in_vain = 0;
};

findings find(const char* strategy, const programs::program& of) {
  sim::simulator simulator{{.event_limit = 300}};
  programs::runnable runs(of);
  const std::unique_ptr<checker::strategy> picks = checker::make_strategy(strategy, 0);
  const traced all =
      oracle::trace_all(simulator, *picks, {[&] { runs.run(); }, [&] { return runs.outcome(); }}, most_executions);
  findings found;
  found.finished = all.finished && !all.inapplicable;
  found.in_vain = all.in_vain;
  for (const auto& [trace, its] : all.traces) {
    if (trace.starts_with("completed")) {
      found.twice = found.twice || its.count > 1;
      found.outcomes.insert(its.outcomes.begin(), its.outcomes.end());
    } else {
      found.others = true;
    }
  }
  return found;
}

programs::program with(const programs::program& of, const programs::action& instead) {
  programs::program made = of;
  for (programs::code& thread : made.threads) {
    for (programs::instruction& each : thread) {
      if (each.what == &programs::await_value) each.what = &instead;
    }
  }
  return made;
}

const programs::mixture waits{"waits",
                              {&programs::load, &programs::await_value, &programs::store, &programs::add,
                               &programs::lock, &programs::unlock, &programs::await_value}};

void compare_with_blocking(const programs::action& loop, std::size_t threads) {
  int looked_at = 0;
  const std::string name = std::to_string(threads) + " threads, " + std::string(loop.name);
  const bool holds = rc::check(name, [&] {
    const programs::program blocking = programs::draw_program(waits, threads);
    const findings expected = find("dfs", blocking);
    if (!expected.finished) return;
    const findings found = find("dpor", with(blocking, loop));
    if (!found.finished) return;
    ++looked_at;
    const auto fail = [&](const std::string& how) { RC_FAIL(show(blocking) + how); };
    if (found.outcomes != expected.outcomes) {
      fail("found " + testing::PrintToString(found.outcomes) + ", not " + testing::PrintToString(expected.outcomes));
    }
    if (found.others != expected.others) fail(found.others ? "it should always end" : "it should not always end");
    if (found.twice) fail("visits a trace twice");
    if (found.in_vain > 0) fail("runs in vain");
  });
  EXPECT_TRUE(holds) << name;
  EXPECT_GE(looked_at, 50) << name << ": enough of the programs are small enough";
}

TEST(waiting_loops, with_yields_come_to_the_same_as_blocking) {
  for (std::size_t threads = 2; threads <= 3; ++threads) compare_with_blocking(programs::await_by_yields, threads);
}

TEST(waiting_loops, of_loads_alone_come_to_the_same_as_blocking) {
  for (std::size_t threads = 2; threads <= 3; ++threads) compare_with_blocking(programs::await_by_loads, threads);
}

TEST(waiting_loops, that_look_under_a_lock_come_to_the_same_as_blocking) {
  for (std::size_t threads = 2; threads <= 3; ++threads) compare_with_blocking(programs::await_under_lock, threads);
}

}  // namespace
}  // namespace heddle
