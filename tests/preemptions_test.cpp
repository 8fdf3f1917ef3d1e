// The search bounded by preemptions, against an enumeration whose executions are counted and filtered here.
#include "../scenarios/table.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <heddle/heddle.hpp>

#include "interpreter.hpp"
#include "search.hpp"
#include "strategies/bounded_preemptions.hpp"
#include "strategies/depth_first.hpp"

namespace heddle {
namespace {

using checker::strategy;

/** What was run, as text that determines the execution, and with how many preemptions. */
using executions = std::map<std::string, std::uint32_t>;

/** Counts the preemptions of another strategy's executions in its own way, from what its picks leave behind. */
class counting final : public strategy {
 public:
  explicit counting(std::unique_ptr<strategy> within) : within_(std::move(within)) {}

  bool begin() override {
    picks_.clear();
    preemptions_ = 0;
    return within_->begin();
  }

  std::uint32_t pick(const sim::choice_point& at) override {
    const std::uint32_t picked = within_->pick(at);
    picks_ += std::to_string(picked) + "/" + std::to_string(at.count) + " ";
    for (const sim::thread_id left : at.candidates) {
      if (at.kind != sim::choice_kind::thread || left != at.running || at.candidates[picked] == left) continue;
      const sim::operation_kind next = at.execution.thread(left).pending.kind;
      if (next != sim::operation_kind::yield && next != sim::operation_kind::sleep) ++preemptions_;
    }
    return picked;
  }

  void end(const sim::simulator& ran) override {
    within_->end(ran);
    if (within_->repeats()) return;
    EXPECT_TRUE(found.emplace(picks_, preemptions_).second) << "no execution counts twice";
    latest = preemptions_;
  }

  [[nodiscard]] bool repeats() const override { return within_->repeats(); }
  [[nodiscard]] bool exhaustive() const override { return within_->exhaustive(); }
  [[nodiscard]] std::optional<std::uint32_t> exhaustive_preemptions() const override {
    return within_->exhaustive_preemptions();
  }

  executions found;
  std::uint32_t latest = 0;

 private:
  std::unique_ptr<strategy> within_;
  std::string picks_;
  std::uint32_t preemptions_ = 0;
};

std::unique_ptr<strategy> enumeration() { return std::make_unique<checker::depth_first>(); }

std::unique_ptr<strategy> bounded(std::uint32_t most, bool deepens) {
  return std::make_unique<checker::bounded_preemptions>(&enumeration, preemption_bound{most, deepens});
}

// ---- exactly the executions within the bound

struct explored {
  result what;
  executions found;
};

explored explore_all(const oracle::program& of, std::unique_ptr<strategy> picks, std::uint64_t most) {
  counting counts(std::move(picks));
  std::optional<oracle::objects_of> kept;  // beyond the execution, as in the interpreter's own search
  options with;
  with.keep_going = true;
  result what = checker::search(
      [&] {
        oracle::objects_of& on = kept.emplace(of);
        std::vector<thread> threads;
        for (std::size_t t = 1; t < of.threads.size(); ++t) {
          threads.push_back(thread([&, t] { oracle::interpret(of.threads[t], on, t); }));
        }
        oracle::interpret(of.threads[0], on, 0);
        for (thread& each : threads) each.join();
      },
      counts, {most, false}, with);
  return {std::move(what), std::move(counts.found)};
}

executions with_at_most(const executions& all, std::uint32_t preemptions) {
  executions some;
  for (const auto& each : all) {
    if (each.second <= preemptions) some.insert(each);
  }
  return some;
}

constexpr std::uint64_t most_executions = 1'500;

/** False if the program is too large. */
bool expect_bounds(const oracle::program& of) {
  const explored all = explore_all(of, enumeration(), most_executions);
  if (!all.what.exhaustive) return false;
  std::uint32_t greatest = 0;
  for (const auto& [execution, preemptions] : all.found) greatest = std::max(greatest, preemptions);
  for (std::uint32_t most = 0; most <= greatest + 1; ++most) {
    const explored some = explore_all(of, bounded(most, false), most_executions);
    EXPECT_EQ(some.found, with_at_most(all.found, most)) << most;
    EXPECT_EQ(some.what.executions, some.found.size());
    EXPECT_EQ(some.what.exhaustive_preemptions, most);
    EXPECT_EQ(some.what.exhaustive, most >= greatest) << "exhaustive if and only if nothing was cut off";
  }
  for (std::uint32_t first = 0; first <= 2; ++first) {
    const explored deepened = explore_all(of, bounded(first, true), most_executions);
    EXPECT_EQ(deepened.found, all.found) << "in the end, each once";
    EXPECT_EQ(deepened.what.executions, all.what.executions) << "what is repeated counts for nothing";
    EXPECT_EQ(deepened.what.events, all.what.events);
    EXPECT_EQ(deepened.what.failures_by_kind, all.what.failures_by_kind);
    EXPECT_TRUE(deepened.what.exhaustive);
    EXPECT_EQ(deepened.what.exhaustive_preemptions, std::max(first, greatest)) << "no round is run in vain";
  }
  return true;
}

oracle::program draw(std::size_t threads) {
  using oracle::action;
  static const std::vector<oracle::instruction> instructions{
      {action::load},       {action::store, 0, 1}, {action::add, 0, 1}, {action::lock},    {action::unlock},
      {action::lock, 1},    {action::unlock, 1},   {action::acquire},   {action::release}, {action::wait},
      {action::notify_one}, {action::push},        {action::pop}};
  const auto below = [](std::size_t n) { return *rc::gen::resize(100, rc::gen::inRange<std::size_t>(0, n)); };
  oracle::program drawn;
  drawn.semaphore = static_cast<unsigned>(below(3));
  drawn.threads.resize(threads + 1);
  for (std::size_t t = 0; t <= threads; ++t) {
    const std::size_t length = t == 0 ? below(2) : 1 + below(7 - threads);
    for (std::size_t i = 0; i < length; ++i) drawn.threads[t].push_back(instructions[below(instructions.size())]);
  }
  return drawn;
}

TEST(preemptions, bound_the_executions_of_random_programs) {
  int compared = 0;
  EXPECT_TRUE(rc::check("within the bound", [&] {
    if (expect_bounds(draw(*rc::gen::inRange<std::size_t>(2, 5)))) ++compared;
    RC_ASSERT(!testing::Test::HasFailure());
  }));
  EXPECT_GE(compared, 50) << "enough of the programs are small enough";
}

// ---- the first failure has the fewest

struct prepared {
  const scenario& what;
  arguments values;
  options with;
  [[nodiscard]] program body() const {
    return [this] { what.body(values); };
  }
};

prepared prepare(const scenario& of) {
  prepared result{of, arguments(of.parameters), {}};
  if (of.name == "philosophers") result.values.set("ordered", "false");
  result.with.lost_updates = of.lost_updates;
  result.with.hang_limit = std::chrono::milliseconds(100);  // twice for each hang that is found
  return result;
}

struct fewest {
  std::optional<std::uint32_t> preemptions;  // of any failing execution
  bool of_all = false;                       // none was left out
};

fewest enumerate(prepared which) {
  constexpr std::uint64_t most = 50'000;
  struct fewest found;
  progress so_far;
  std::uint64_t failures = 0;
  counting counts(enumeration());
  const auto look = [&] {  // at the execution that has ended, before the next one begins
    if (std::exchange(failures, so_far.failures.load()) == so_far.failures.load()) return;
    found.preemptions = std::min(found.preemptions.value_or(counts.latest), counts.latest);
  };
  which.with.keep_going = true;
  which.with.progress = &so_far;
  const program body = which.body();
  found.of_all = checker::search([&] { look(), body(); }, counts, {most, false}, which.with).exhaustive;
  look();
  return found;
}

TEST(preemptions, of_the_first_failure_are_the_fewest) {
  int failing = 0;
  for (const scenario& each : scenarios::all()) {
    prepared which = prepare(each);
    if (each.expected(which.values).verdict != verdict::fail) continue;
    SCOPED_TRACE(each.name);
    ++failing;
    const fewest expected = enumerate(which);
    ASSERT_TRUE(expected.preemptions) << "the enumeration gets to a failure";
    which.with.preemptions = {{0, true}};
    const result found = explore(which.body(), which.with);
    ASSERT_TRUE(found.failure);
    EXPECT_EQ(to_string(found.failure->kind), to_string(each.expected(which.values).kind));
    EXPECT_LE(found.failure->preemptions, *expected.preemptions);
    if (expected.of_all) {
      EXPECT_EQ(found.failure->preemptions, *expected.preemptions);
    }
    const std::uint32_t covered = found.failure->preemptions;
    EXPECT_EQ(found.exhaustive_preemptions, covered > 0 ? std::optional(covered - 1) : std::nullopt)
        << "those with fewer have all been run";
    EXPECT_FALSE(found.exhaustive);
  }
  EXPECT_EQ(failing, 24) << "four of them in Python";
}

// ---- what is said of it

TEST(preemptions, are_in_the_text_and_in_the_json) {
  const auto lose = [] {
    atomic<int> x{0};
    const auto increment = [&] {
      const int seen = x.load();
      x.store(seen + 1);
    };
    thread a(increment);
    thread b(increment);
    a.join();
    b.join();
  };
  options with;
  with.preemptions = {{1, false}};
  result found = explore(lose, with);
  EXPECT_EQ(to_text(found),
            "program: PASS, exhaustive for executions with at most 1 preemption: 4 executions of a dfs search\n"
            "  4 executions, 44 events, 10 choices, at most 3 threads\n");
  EXPECT_EQ(found.exit_code(), 0) << "what was asked for was done";
  const auto json = nlohmann::json::parse(to_json(found));
  EXPECT_EQ(json["exhaustive"], false);
  EXPECT_EQ(json["exhaustive_preemptions"], 1);
  with.preemptions.reset();
  EXPECT_FALSE(nlohmann::json::parse(to_json(explore(lose, with))).contains("exhaustive_preemptions"));
  with.preemptions = {{0, true}};
  with.max_executions = 3;
  EXPECT_EQ(to_text(explore(lose, with)),
            "program: INCONCLUSIVE: stopped by the limit of 3 executions after 3 executions of a dfs search,\nnothing "
            "found\n  3 executions, 33 events, 7 choices, at most 3 threads\n"
            "  all executions with at most 0 preemptions were run\n");
}

}  // namespace
}  // namespace heddle
