// Exploring random programs over all kinds of objects with several workers, by shards, and with a stop in between: the
// same as one worker in one go, and the same outcomes as by all interleavings.
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <heddle/heddle.hpp>

#include "merge.hpp"
#include "own_directory.hpp"
#include "random_programs.hpp"

namespace heddle {
namespace {

constexpr std::uint64_t most_interleavings = 1'000;

/** A program for several searches, in several OS threads each. What its executions come to are places reached. */
class searched {
 public:
  searched(const programs::mixture& from, programs::program of) : of_(std::move(of)) {
    with_.faults = from.faults;
    with_.keep_going = true;
  }

  [[nodiscard]] const programs::program& what() const { return of_; }
  /** All of the search by one worker; to be changed. */
  [[nodiscard]] options with() const { return with_; }

  [[nodiscard]] result explored(const options& with) {
    result found = explore(
        [this] {
          const std::shared_ptr<programs::runnable> runs = keep();
          runs->run();
          reachable(runs->outcome());
        },
        with);
    kept_.clear();
    return found;
  }

 private:
  // No object is destroyed in an execution: to be locked then is a misuse of its own.
  std::shared_ptr<programs::runnable> keep() {
    auto runs = std::make_shared<programs::runnable>(of_);
    const std::lock_guard lock(mutex_);
    return kept_.emplace_back(std::move(runs));
  }

  programs::program of_;
  options with_;
  std::mutex mutex_;
  std::vector<std::shared_ptr<programs::runnable>> kept_;
};

std::set<std::string> kinds_of_failures(const result& of) {
  std::set<std::string> kinds;
  for (const auto& [kind, count] : of.failures_by_kind) kinds.insert(kind);
  return kinds;
}

/** In what two results that should be the same are not, whichever failure they tell of; empty if in nothing. */
std::string difference(const result& whole, const result& found) {
  std::string text;
  const auto compare = [&](const char* what, const auto& x, const auto& y) {
    if (!(x == y)) text += std::string(what) + " differ. ";
  };
  compare("the verdicts", whole.verdict, found.verdict);
  compare("exhaustive: they", whole.exhaustive, found.exhaustive);
  compare("the executions", whole.executions, found.executions);
  compare("the traces", whole.traces, found.traces);
  compare("the blocked executions", whole.blocked, found.blocked);
  compare("the discarded executions", whole.discarded, found.discarded);
  compare("the events", whole.events, found.events);
  compare("the choices", whole.choices, found.choices);
  compare("the threads", whole.threads, found.threads);
  compare("the failures", whole.failures_by_kind, found.failures_by_kind);
  compare("the outcomes", whole.reached, found.reached);
  compare("assumptions", whole.assumes_fairness, found.assumes_fairness);
  if (!text.empty()) text += "\n" + to_text(whole) + "\nand\n" + to_text(found);
  return text;
}

/** The same with what is said of the first failure, and which one it is. */
std::string difference_to_the_last_byte(const result& whole, const result& found) {
  std::string text = difference(whole, found);
  if (text.empty() && to_text(whole) != to_text(found)) text = to_text(whole) + "\nand\n" + to_text(found);
  return text;
}

/** What a checkpoint holds of a failure: all but its trace. */
result without_trace(result of) {
  if (of.failure) of.failure->trace = {};
  return of;
}

/** Nothing if there are too many. */
std::optional<result> by_interleavings(searched& program) {
  options with = program.with();
  with.strategy = "dfs";
  with.max_executions = most_interleavings;
  result all = program.explored(with);
  return all.stopped_by.empty() ? std::optional(std::move(all)) : std::nullopt;
}

result by_shards(searched& program, std::uint32_t count) {
  std::vector<checker::named_result> parts;
  options with = program.with();
  for (std::uint32_t index = 1; index <= count; ++index) {
    with.shard = shard{index, count};
    parts.push_back({std::to_string(index), program.explored(with)});
  }
  return checker::merge_shards(std::move(parts));
}

/** Stopped after each so many executions, and gone on with from the file. */
result by_parts(searched& program, std::uint64_t each, unsigned jobs, const std::string& file) {
  options with = program.with();
  with.jobs = jobs;
  with.checkpoint = file;
  with.max_executions = each;
  result found = program.explored(with);
  with.resume = file;
  while (!found.stopped_by.empty()) found = program.explored(with);
  return found;
}

/** One search after another of a program whose whole search is known; each is to come to the same. */
class comparison {
 public:
  comparison(searched& program, const result& whole) : program_(program), whole_(whole) {}

  void with_workers(unsigned jobs) {
    options with = program_.with();
    with.jobs = jobs;
    require_none("several workers", difference_to_the_last_byte(whole_, program_.explored(with)));
    if (!whole_.failure) return;
    with.keep_going = false;
    const result found = program_.explored(with);
    with.jobs = 1;
    const result first = program_.explored(with);
    require_none("several workers up to the first failure", difference_to_the_last_byte(first, found));
    RC_ASSERT(first.failure.has_value());
    RC_ASSERT(first.failure->schedule == whole_.failure->schedule);
    RC_ASSERT(first.failing_execution == whole_.failing_execution);
    RC_ASSERT(first.executions == whole_.failing_execution);
  }

  void by_shards(std::uint32_t count) {
    try {
      require_none("shards", difference(whole_, heddle::by_shards(program_, count)));
    } catch (const request_error& refused) {  // see exploration::commuting_rules
      RC_ASSERT(std::string(refused.what()).ends_with("; explore it without --shard"));
    }
  }

  void by_parts(std::uint64_t each, unsigned jobs, const std::string& file) {
    const result parts = heddle::by_parts(program_, each, 1, file);
    require_none("stops", difference_to_the_last_byte(without_trace(whole_), without_trace(parts)));
    require_none("stops of several workers", difference(whole_, heddle::by_parts(program_, each, jobs, file)));
  }

  void with_interleavings(const result& all) {
    const std::set<std::string> expected = kinds_of_failures(all);
    const std::set<std::string> found = kinds_of_failures(whole_);
    // Of threads that break rules, some fail before others get to; and a trace that fails in two ways counts as one.
    const bool breaks_rules = expected.contains("misuse");
    const bool same = breaks_rules ? !found.empty() && std::ranges::includes(expected, found) : found == expected;
    require_none("interleavings", same ? "" : to_text(all) + "\nand\n" + to_text(whole_));
    if (!breaks_rules) RC_ASSERT(all.reached == whole_.reached);
  }

 private:
  void require_none(const char* how, const std::string& differs) const {
    if (!differs.empty()) RC_FAIL(how + (":\n" + show(program_.what())) + differs);
  }

  searched& program_;
  const result& whole_;
};

/** What was compared, so that nobody is content with nothing. */
struct compared {
  int programs = 0;
  int with_parts = 0;  // of several executions
};

class random_programs : public testing::TestWithParam<programs::mixture> {};

TEST_P(random_programs, come_to_the_same_however_they_are_searched) {
  const programs::mixture& from = GetParam();
  const own_directory own("random_search_test");
  compared so_far;
  const bool holds = rc::check(from.name, [&] {
    searched program(from, programs::draw_program(from, *rc::gen::inRange<std::size_t>(2, 5)));
    const auto jobs = *rc::gen::element(2U, 4U);
    const auto shards = *rc::gen::inRange<std::uint32_t>(2, 6);
    const auto each = *rc::gen::inRange<std::uint64_t>(1, 10);
    const bool stops = *rc::gen::inRange(0, 8) == 0;  // files take longer than all the rest
    const std::optional<result> all = by_interleavings(program);
    if (!all) return;  // too large
    // The only rule that careful threads cannot keep alone: to have waited at a barrier before the next phase but one.
    if (from.careful && all->failures_by_kind.contains("misuse")) return;
    const result whole = program.explored(program.with());
    if (!whole.unreduced.empty()) return;
    ++so_far.programs;
    if (whole.executions > 1) ++so_far.with_parts;
    RC_ASSERT(whole.exhaustive);
    comparison compares(program, whole);
    compares.with_interleavings(*all);
    compares.with_workers(jobs);
    compares.by_shards(shards);
    if (stops) compares.by_parts(each, jobs, own.file("checkpoint"));
  });
  EXPECT_TRUE(holds);
  EXPECT_GE(so_far.programs, 30) << "enough of the programs are small enough";
  EXPECT_GE(so_far.with_parts, 10) << "enough of them have something to share out";
}

INSTANTIATE_TEST_SUITE_P(of, random_programs, testing::ValuesIn(programs::mixtures()), [](const auto& each) {
  std::string name = each.param.name;
  for (char& letter : name) letter = letter == ' ' ? '_' : letter;
  return name;
});

}  // namespace
}  // namespace heddle
