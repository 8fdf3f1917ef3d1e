// The exploration engine against the depth-first search: random programs over all kinds of objects, the same traces,
// each of them once, and no execution in vain.
#include <cstdint>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "known_traces.hpp"
#include "random_programs.hpp"
#include "strategies/depth_first.hpp"
#include "strategies/dpor.hpp"
#include "traced_search.hpp"
#include "unattended_losses.hpp"

namespace heddle {
namespace {

using oracle::traced;

constexpr std::uint64_t most_interleavings = 3'000;
#ifdef HEDDLE_TEST_LEAKS  // sanitizers make it many times slower
constexpr std::size_t most_threads = 3;
#else
constexpr std::size_t most_threads = 4;
#endif

/** What of the order of events nobody can see: exploration::commuting_rules in the oracle's terms. */
constexpr oracle::commuting_rule commuting[] = {
    {sim::object_kind::latch, sim::operation_kind::count_down, sim::operation_kind::count_down},
    {sim::object_kind::barrier, sim::operation_kind::arrive, sim::operation_kind::arrive, true},
};
static_assert(std::size(commuting) == checker::exploration::commuting_rules.size());

enum class rules { off, on };

traced traces_of(sim::simulator& on, checker::strategy& picks, const programs::program& of, bool records, rules how) {
  programs::runnable runs(of);
  return oracle::trace_all(on, picks, {[&] { runs.run(); }, [&] { return runs.outcome(); }}, most_interleavings,
                           how == rules::on ? oracle::commuting_rules(commuting) : oracle::commuting_rules(), records);
}

std::set<std::string> endings_of(const traced& found) {
  std::set<std::string> all;
  for (const auto& [trace, its] : found.traces) all.insert(trace.substr(0, trace.find('\n')));
  return all;
}

/** What was compared, so that nobody is content with nothing. */
struct compared {
  int programs = 0;
  int with_choices = 0;  // more traces than one, and fewer than interleavings
};

void compare_random_programs(const programs::mixture& from, std::size_t threads, rules how) {
  compared so_far;
  sim::simulator simulator{{.faults = from.faults}};
  const std::string name = std::to_string(threads) + " threads, " + from.name;
  const bool holds = rc::check(name, [&] {
    const programs::program drawn = programs::draw_program(from, threads);
    checker::depth_first oracle;
    const traced all = traces_of(simulator, oracle, drawn, from.records, how);
    if (!all.finished) return;  // too large
    // The only rule that careful threads cannot keep alone: to have waited at a barrier before the next phase but one.
    if (from.careful && all.ended(sim::ending_kind::misuse) > 0) return;
    checker::dpor picks(checker::dpor::starts::from_the_beginning,
                        how == rules::on ? 0 : checker::exploration::all_rules);
    const traced once = traces_of(simulator, picks, drawn, from.records, how);
    if (once.inapplicable) return;
    ++so_far.programs;
    if (all.traces.size() > 1 && all.traces.size() < all.executions) ++so_far.with_choices;
    // Of threads that break rules, some fail before others get to: that they fail, and how, is found, but not after
    // which of the others' operations each of them can.
    if (!from.careful) return RC_ASSERT(endings_of(once) == endings_of(all));
    const std::string differs = difference(all, once);
    if (!differs.empty()) RC_FAIL(show(drawn) + differs);
  });
  EXPECT_TRUE(holds) << name;
  EXPECT_GE(so_far.programs, 30) << name << ": enough of the programs are small enough";
  EXPECT_GE(so_far.with_choices, 5) << name << ": enough of them are worth a reduction";
}

TEST(known_traces, as_many_executions_as_traces) {
  for (const oracle::known_family& each : oracle::known_families()) {
    std::map<unsigned, std::uint64_t> numbers = each.traces;
    numbers.insert(each.beyond_enumeration.begin(), each.beyond_enumeration.end());
    for (const auto& [n, traces] : numbers) {
      SCOPED_TRACE(each.name + (" " + std::to_string(n)));
      sim::simulator simulator{sim::settings{}};
      checker::dpor picks;
      const traced found = oracle::trace_all(simulator, picks, {[&, n = n] { each.run(n); }}, oracle::plenty);
      EXPECT_TRUE(found.finished);
      EXPECT_EQ(found.executions, traces + each.deadlocks);
      EXPECT_EQ(found.in_vain, 0U);
      EXPECT_EQ(found.ended(sim::ending_kind::completed), traces);
    }
  }
}

class exploration : public testing::TestWithParam<programs::mixture> {};

TEST_P(exploration, visits_each_trace_once) {
  for (std::size_t threads = 2; threads <= most_threads; ++threads)
    compare_random_programs(GetParam(), threads, rules::off);
}

// Programs that break a rule are left out: they are explored without it, which is the other test. So nobody asks
// whether a latch is at zero here.
TEST(exploration_by_rules, visits_each_trace_once) {
  using namespace programs;
  const mixture keeping_rules[] = {
      {"latches by rules", {&load, &count_down, &count_down, &await_latch, &store}},
      {"barriers by rules", {&load, &arrive, &arrive_and_wait, &arrive_and_wait, &store}},
  };
  for (const mixture& each : keeping_rules) {
    for (std::size_t threads = 3; threads <= most_threads; ++threads) compare_random_programs(each, threads, rules::on);
  }
}

INSTANTIATE_TEST_SUITE_P(of, exploration, testing::ValuesIn(programs::mixtures()), [](const auto& each) {
  std::string name = each.param.name;
  for (char& letter : name) letter = letter == ' ' ? '_' : letter;
  return name;
});

}  // namespace
}  // namespace heddle
