// Traces as values: what is ordered in them, and that nothing else matters to the program.
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <heddle/heddle.hpp>

#include "random_programs.hpp"
#include "strategies/depth_first.hpp"
#include "traced_programs.hpp"

namespace heddle {
namespace {

using oracle::commuting_rule;
using oracle::commuting_rules;
using oracle::plenty;
using oracle::run_threads;
using oracle::trace_all;
using oracle::traced;
using sim::object_kind;
using sim::operation_kind;

// ---- what counts as ordered

struct small_case {
  const char* why;
  std::uint64_t traces;
  std::function<void()> body;
  std::vector<commuting_rule> commuting = {};
  std::uint64_t traces_if_they_commute = 0;
};

TEST(traces, what_is_ordered) {
  const small_case cases[] = {
      {"nothing is: each thread has a variable of its own", 1,
       [] {
         std::vector<atomic<int>> x(3);
         run_threads(3, [&](unsigned i) { x[i].store(1); });
       }},
      {"a try_lock that fails is a read: 3! orders of three sections, 2 * 2 of two with a failure within one of them, "
       "for each of two threads, and one with both failures within the first's",
       6 + 2 * 4 + 1,
       [] {
         mutex m;
         run_threads(3, [&](unsigned i) {
           if (i == 0) {
             m.lock();
             m.unlock();
           } else if (m.try_lock()) {
             m.unlock();
           }
         });
       }},
      {"a notification that wakes nobody is a read", 1,
       [] {
         condition_variable c;
         run_threads(3, [&](unsigned) { c.notify_one(); });
       }},
      {"the value that is drawn tells two traces apart", 6,
       [] { run_threads(2, [](unsigned i) { static_cast<void>(heddle::random(i + 2)); }); }},
      {"which of two is woken does, too: 2 orders of the waits, 2 choices, 2 orders in which they lock again", 8,
       [] {
         mutex m;
         condition_variable c;
         latch both(2);
         run_threads(3, [&](unsigned i) {
           if (i == 2) {
             both.wait();
             std::unique_lock held(m);
             c.notify_one();
             c.notify_all();
             return;
           }
           std::unique_lock held(m);
           both.count_down();
           c.wait(held);
           held.release()->unlock();
         });
       }},
      {"releases of a semaphore",
       2,
       [] {
         counting_semaphore<> s(0);
         run_threads(2, [&](unsigned) { s.release(); });
       },
       {{object_kind::semaphore, operation_kind::release, operation_kind::release}},
       1},
      {"a try_acquire beside two releases: each order; if they commute, 2 orders with the one, times 2 with the other",
       6,
       [] {
         counting_semaphore<> s(0);
         run_threads(3, [&](unsigned i) {
           if (i > 0) {
             s.release();
           } else {
             static_cast<void>(s.try_acquire());
           }
         });
       },
       {{object_kind::semaphore, operation_kind::release, operation_kind::release}},
       4},
      {"a latch that is counted down by three; who awaits it needs no order",
       6,
       [] {
         latch l(3);
         run_threads(3, [&](unsigned) { l.arrive_and_wait(); });
       },
       {{object_kind::latch, operation_kind::count_down, operation_kind::count_down}},
       1},
      {"two phases of a barrier: those of one commute, those of different ones do not",
       4,
       [] {
         barrier b(2);
         run_threads(2, [&](unsigned) {
           b.arrive_and_wait();
           b.arrive_and_wait();
         });
       },
       {{object_kind::barrier, operation_kind::arrive, operation_kind::arrive, true}},
       1},
      {"shared locks",
       6,
       [] {
         shared_mutex m;
         run_threads(2, [&](unsigned) {
           m.lock_shared();
           m.unlock_shared();
         });
       },
       {{object_kind::shared_mutex, operation_kind::lock_shared, operation_kind::lock_shared},
        {object_kind::shared_mutex, operation_kind::lock_shared, operation_kind::unlock_shared},
        {object_kind::shared_mutex, operation_kind::unlock_shared, operation_kind::unlock_shared}},
       1},
  };
  for (const small_case& each : cases) {
    SCOPED_TRACE(each.why);
    const traced found = trace_all(each.body);
    EXPECT_EQ(found.traces.size(), each.traces);
    if (each.commuting.empty()) continue;
    EXPECT_EQ(trace_all(each.body, each.commuting).traces.size(), each.traces_if_they_commute);
  }
}

TEST(traces, an_update_that_changes_nothing_is_a_read_where_values_are_looked_at) {
  const auto body = [] {
    atomic<int> x(5);
    run_threads(2, [&](unsigned) { x.exchange(5); });
  };
  EXPECT_EQ(trace_all(body).traces.size(), 2U);
  EXPECT_EQ(trace_all(body, {}, true).traces.size(), 1U);
}

TEST(traces, what_is_independent_of_a_failure_is_no_part_of_it) {
  const auto body = [] {
    atomic<int> x(0);
    atomic<int> y(0);
    run_threads(3, [&](unsigned i) {
      if (i == 0) {
        check(x.load() == 0, "not yet");
      } else if (i == 1) {
        x.store(1);
      } else {
        y.store(1);
      }
    });
  };
  const traced found = trace_all(body);
  EXPECT_EQ(found.ended(sim::ending_kind::completed), 1U);
  EXPECT_EQ(found.ended(sim::ending_kind::assertion), 1U) << "with and without the other variable's store alike";
}

// What the names of events and objects are, and what stands with them.
TEST(traces, as_text) {
  const auto body = [] {
    atomic<int> x(0);
    run_threads(1, [&](unsigned) { x.store(heddle::random(2) == 0 ? 1 : 1); });
    static_cast<void>(x.load());
  };
  const traced found = trace_all(body);
  ASSERT_EQ(found.traces.size(), 2U);
  EXPECT_EQ(found.traces.begin()->first,
            "completed\n"
            "  1#0 random [value 0]\n"
            "  1#1 store atomic variable 1 (write)\n"
            "  main#2 load atomic variable 1 (read) after 1#1\n");
}

// ---- the executions of one trace end alike

/** Rules that should hold where nobody can see the order, and so must not put executions together that end otherwise.
 */
constexpr commuting_rule all_rules[] = {
    {object_kind::semaphore, operation_kind::release, operation_kind::release},
    {object_kind::latch, operation_kind::count_down, operation_kind::count_down},
    {object_kind::barrier, operation_kind::arrive, operation_kind::arrive, true},
    {object_kind::shared_mutex, operation_kind::lock_shared, operation_kind::lock_shared},
    {object_kind::shared_mutex, operation_kind::lock_shared, operation_kind::unlock_shared},
    {object_kind::shared_mutex, operation_kind::unlock_shared, operation_kind::unlock_shared},
};

/** The first execution of each trace again. */
class one_of_each final : public checker::strategy {
 public:
  explicit one_of_each(const traced& all) {
    for (const auto& [trace, its] : all.traces) left_.push_back(its.schedule);
  }

  bool begin() override {
    if (left_.empty()) return false;
    now_ = std::move(left_.back());
    left_.pop_back();
    at_ = 0;
    return true;
  }
  std::uint32_t pick(const sim::choice_point&) override { return at_ < now_.size() ? now_[at_++].picked : gives_up; }
  void end(const sim::simulator&) override {}
  [[nodiscard]] bool exhaustive() const override { return true; }

 private:
  std::vector<std::vector<sim::choice>> left_;
  std::vector<sim::choice> now_;
  std::size_t at_ = 0;
};

/** Random programs: the traces tell outcomes apart, and are the same when they are visited in another order. */
void expect_meaningful_traces(const programs::mixture& from, std::size_t threads, commuting_rules commuting) {
  constexpr std::uint64_t most = 400;  // executions; a few of the programs are larger
  int looked_at = 0;
  sim::simulator simulator{{.faults = from.faults}};
  const bool holds = rc::check(std::to_string(threads) + " threads, " + from.name, [&] {
    const programs::program drawn = programs::draw_program(from, threads);
    programs::runnable runs(drawn);
    checker::depth_first all;
    const oracle::observed_program observed{[&] { runs.run(); }, [&] { return runs.outcome(); }};
    const traced found = oracle::trace_all(simulator, all, observed, most, commuting, from.records);
    if (!found.finished) return;  // too large
    ++looked_at;
    for (const auto& [trace, its] : found.traces) {
      if (its.outcomes.size() > 1) RC_FAIL(show(drawn) + trace + testing::PrintToString(its.outcomes));
    }
    one_of_each again(found);
    const std::string differs =
        difference(found, oracle::trace_all(simulator, again, observed, most, commuting, from.records));
    if (!differs.empty()) RC_FAIL(show(drawn) + differs);
  });
  EXPECT_TRUE(holds) << threads << " threads, " << from.name;
  EXPECT_GE(looked_at, 40) << threads << " threads, " << from.name << ": enough of the programs are small enough";
}

TEST(traces, executions_of_one_end_alike) {
  for (const programs::mixture& each : programs::mixtures()) expect_meaningful_traces(each, 3, {});
}

TEST(traces, executions_of_one_end_alike_whatever_commutes) {
  for (const programs::mixture& each : programs::mixtures()) expect_meaningful_traces(each, 3, all_rules);
}

// ---- comparing two searches

/** What a search would have found that visited these traces so often, with these outcomes. */
traced found_traces(const std::map<std::string, std::pair<std::uint64_t, std::string>>& traces, bool finished = true) {
  traced found;
  found.finished = finished;
  for (const auto& [trace, its] : traces) found.traces[trace] = {its.first, false, {its.second}, {}};
  return found;
}

TEST(traces, differences_are_found) {
  const traced all = found_traces({{"a\n", {5, "1"}}, {"b\n", {1, "2"}}});
  const std::pair<traced, const char*> cases[] = {
      {found_traces({{"a\n", {1, "1"}}, {"b\n", {1, "2"}}}), ""},
      {found_traces({{"a\n", {1, "1"}}}), "missing:\nb\n1 missing\n"},
      {found_traces({{"a\n", {2, "1"}}, {"b\n", {1, "2"}}}), "visited 2 times:\na\n1 visited 2 times\n"},
      {found_traces({{"a\n", {1, "3"}}, {"b\n", {1, "2"}}}), "with another outcome:\na\n1 with another outcome\n"},
      {found_traces({{"a\n", {1, "1"}}, {"b\n", {1, "2"}}, {"c\n", {1, "2"}}}), "not there:\nc\n1 not there\n"},
      {found_traces({{"a\n", {1, "1"}}, {"b\n", {1, "2"}}}, false), "not finished\n"},
  };
  for (const auto& [once, differs] : cases) EXPECT_EQ(difference(all, once), differs);
}

// A rule that does not hold puts executions together that end otherwise: that is how it is found.
TEST(traces, a_wrong_rule_is_found) {
  const commuting_rule wrong[] = {{object_kind::atomic, operation_kind::store, operation_kind::load}};
  sim::simulator simulator{sim::settings{}};
  checker::depth_first all;
  const programs::program of{{{}, {{&programs::store, 0, 1}}, {{&programs::load}}}};
  programs::runnable runs(of);
  const traced found =
      oracle::trace_all(simulator, all, {[&] { runs.run(); }, [&] { return runs.outcome(); }}, plenty, wrong);
  ASSERT_EQ(found.traces.size(), 1U);
  EXPECT_EQ(found.traces.begin()->second.outcomes.size(), 2U);
}

}  // namespace
}  // namespace heddle
