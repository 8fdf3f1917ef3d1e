// Explorations that are stopped, stored and gone on with; and files that are not what was stored.
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <heddle/heddle.hpp>

#include "exploration/checkpoint.hpp"
#include "exploration/graph_bytes.hpp"
#include "known_traces.hpp"
#include "own_directory.hpp"
#include "random_programs.hpp"
#include "refusal.hpp"
#include "strategies/dpor.hpp"
#include "traced_search.hpp"

namespace heddle {
namespace {

using checker::dpor;
using checker::exploration::checkpoint;
using checker::exploration::event_graph;
using oracle::traced;
using graphs = std::vector<std::unique_ptr<event_graph>>;

std::string content_of(const std::string& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

checkpoint of(const graphs& pending) {
  checkpoint made;
  made.program = "p";
  made.settings = {{"n", "3"}, {"time", "free"}};
  made.so_far.program = "p";
  made.so_far.executions = 7;
  for (const auto& each : pending) made.pending.push_back(*each);
  return made;
}

graphs to_graphs(std::vector<event_graph> pending) {
  graphs made;
  for (event_graph& each : pending) made.push_back(std::make_unique<event_graph>(std::move(each)));
  return made;
}

/**
 * An exploration that is stopped again and again, after so many executions: each time another one goes on with what
 * `stores` makes of the graphs that are pending.
 */
class interrupted final : public checker::strategy {
 public:
  interrupted(std::uint64_t each, std::function<graphs(graphs)> stores) : each_(each), stores_(std::move(stores)) {}

  bool begin() override {
    if (executions_ > 0 && executions_ % each_ == 0) {
      auto next = std::make_unique<dpor>(dpor::starts::with_nothing);
      for (auto& each : stores_(present_->give_away())) next->take(std::move(each));
      exhaustive_ = exhaustive_ && present_->exhaustive();
      present_ = std::move(next);
    }
    ++executions_;
    return present_->begin();
  }
  [[nodiscard]] sim::director* directs() noexcept override { return present_->directs(); }
  std::uint32_t pick(const sim::choice_point& at) override { return present_->pick(at); }
  void end(const sim::simulator& ran) override { present_->end(ran); }
  [[nodiscard]] bool exhaustive() const override { return exhaustive_ && present_->exhaustive(); }
  [[nodiscard]] const std::string* mismatch() const override { return present_->mismatch(); }
  [[nodiscard]] const char* inapplicable() const override { return present_->inapplicable(); }

 private:
  std::uint64_t each_;
  std::function<graphs(graphs)> stores_;
  std::unique_ptr<dpor> present_ = std::make_unique<dpor>();
  std::uint64_t executions_ = 0;
  bool exhaustive_ = true;
};

constexpr std::uint64_t most_executions = 300;

traced search(sim::simulator& on, checker::strategy& picks, const programs::program& of, bool records) {
  programs::runnable runs(of);
  return oracle::trace_all(on, picks, {[&] { runs.run(); }, [&] { return runs.outcome(); }}, most_executions, {},
                           records);
}

// ---- explorations that go on

class checkpoints : public testing::TestWithParam<programs::mixture> {};

TEST_P(checkpoints, lose_and_repeat_nothing) {
  const programs::mixture& from = GetParam();
  const own_directory own("checkpoint_test");
  const std::string file = own.file("checkpoint");
  sim::simulator simulator{{.faults = from.faults}};
  int stored = 0;
  const auto loses_nothing = [&] {
    const programs::program drawn = programs::draw_program(from, *rc::gen::inRange<std::size_t>(2, 5));
    dpor at_once;  // its explorer has been used before, and those of the others are new
    const traced whole = search(simulator, at_once, drawn, from.records);
    if (whole.inapplicable || !whole.finished) return;
    interrupted stopped(*rc::gen::inRange<std::uint64_t>(1, 5), [&](graphs pending) {
      const checkpoint saved = of(pending);
      if (!pending.empty()) ++stored;
      const bool on_disk = stored % 16 == 1;  // which takes longer than all the rest
      if (on_disk) save(saved, file);
      checkpoint loaded =
          on_disk ? checker::exploration::load(file) : checker::exploration::checkpoint_from(to_bytes(saved));
      RC_ASSERT(loaded.pending == saved.pending);
      return to_graphs(std::move(loaded.pending));
    });
    const traced parts = search(simulator, stopped, drawn, from.records);
    RC_ASSERT(parts.finished);
    RC_ASSERT(parts.executions == whole.executions);
    RC_ASSERT(parts.traces.size() == whole.traces.size());
    for (const auto& [trace, its] : whole.traces) {
      const auto found = parts.traces.find(trace);
      if (found == parts.traces.end()) RC_FAIL("missing: " + trace + show(drawn));
      RC_ASSERT(found->second.count == its.count);
      RC_ASSERT(found->second.outcomes == its.outcomes);
    }
  };
  // Few programs of some mixtures have more than one trace, so that there is something left where they are stopped.
  // With the same seed rc::check would draw the same again.
  rc::detail::TestParams drawing = rc::detail::configuration().testParams;
  for (int round = 0; round < 20 && stored < 5; ++round, ++drawing.seed) {
    const rc::detail::TestResult found = rc::detail::checkTestable(loses_nothing, rc::detail::TestMetadata(), drawing);
    std::ostringstream text;
    rc::detail::printResultMessage(found, text);
    ASSERT_TRUE(found.is<rc::detail::SuccessResult>()) << from.name << ", seed " << drawing.seed << "\n" << text.str();
  }
  EXPECT_GE(stored, 5) << "enough of them were stopped in their midst";
}

INSTANTIATE_TEST_SUITE_P(of, checkpoints, testing::ValuesIn(programs::mixtures()), [](const auto& each) {
  std::string name = each.param.name;
  for (char& letter : name) letter = letter == ' ' ? '_' : letter;
  return name;
});

// ---- files

/** What is pending after so many executions of a program with locks, values and a deadlock. */
graphs some_pending(std::uint64_t executions, sim::simulator& on, const std::function<void()>& body) {
  dpor picks;
  for (; executions > 0 && picks.begin(); --executions) {
    oracle::tracer watches(picks);
    on.run(body, watches, watches);
    picks.end(on);
  }
  return picks.give_away();
}

void crossed_locks() {
  mutex a;
  mutex b;
  atomic<int> x{0};
  thread other([&] {
    a.lock();
    x = x + 1;
    b.lock();
    b.unlock();
    a.unlock();
  });
  b.lock();
  if (x == 0) a.lock();
  if (x == 0) a.unlock();
  x = x + 2;
  b.unlock();
  other.join();
}

checkpoint example() {
  sim::simulator simulator{sim::settings{}};
  return of(some_pending(2, simulator, crossed_locks));
}

TEST(checkpoint_files, hold_all_there_is) {
  const own_directory own("checkpoint_test");
  const std::string file = own.file("checkpoint");
  checkpoint saved = example();
  saved.so_far.shard = {{2, 3}};
  saved.so_far.elapsed_s = 0.1;
  saved.so_far.failures_by_kind = {{"deadlock", 1}};
  ASSERT_FALSE(saved.pending.empty());
  save(saved, file);
  const checkpoint loaded = checker::exploration::load(file);
  EXPECT_EQ(loaded.program, saved.program);
  EXPECT_EQ(loaded.settings, saved.settings) << "in the same order";
  EXPECT_EQ(to_json(loaded.so_far), to_json(saved.so_far));
  EXPECT_EQ(loaded.pending, saved.pending);
  EXPECT_FALSE(std::filesystem::exists(file + ".new"));

  saved.pending.clear();
  save(saved, file);
  EXPECT_TRUE(checker::exploration::load(file).pending.empty()) << "the file is replaced";
}

TEST(checkpoint_files, that_are_damaged_are_refused) {
  const std::string whole = to_bytes(example());
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const std::string why = refusal([&] { (void)checker::exploration::checkpoint_from(whole.substr(0, length)); });
    EXPECT_EQ(why, "is cut short") << length;
  }
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      std::string damaged = whole;
      damaged[at] = static_cast<char>(damaged[at] ^ (1 << bit));
      EXPECT_NE(refusal([&] { (void)checker::exploration::checkpoint_from(damaged); }), "") << at << ", bit " << bit;
    }
  }
  EXPECT_EQ(refusal([&] { (void)checker::exploration::checkpoint_from(whole + "x"); }),
            "is damaged: it is longer than it was written");
}

TEST(checkpoint_files, say_what_is_wrong) {
  const own_directory own("checkpoint_test");
  const std::string file = own.file("checkpoint");
  const auto refusal_of = [&](const std::string& content) {
    std::ofstream(file, std::ios::binary) << content;
    return refusal([&] { (void)checker::exploration::load(file); });
  };
  EXPECT_EQ(refusal([&] { (void)checker::exploration::load(own.file("none")); }),
            "cannot read a checkpoint from " + own.file("none") + ": No such file or directory");
  EXPECT_EQ(refusal_of(""), file + " is cut short");
  EXPECT_EQ(refusal_of("{\"scenario\": 1}\n"), file + " is not a checkpoint");
  EXPECT_EQ(refusal_of("heddle checkpoint 2\n"),
            file + " is a checkpoint of version 2, and this Heddle reads version 1: go on with the one that wrote it");
  EXPECT_EQ(refusal_of("heddle checkpoint 1\n3 0000000000000000\nabc"),
            file + " is damaged: its checksum does not fit");
  EXPECT_EQ(refusal([&] { (void)checker::exploration::load(own.file("")); }), own.file("") + " is cut short")
      << "a directory";
  EXPECT_EQ(refusal([&] { save(checkpoint(), own.file("none/there")); }),
            "cannot write to " + own.file("none/there") + ".new: No such file or directory");
  EXPECT_EQ(refusal([&] { save(checkpoint(), own.file("")); }),
            "cannot write to " + own.file("") + ": it is not a file; name one");
}

// A kill is somewhere before the renaming.
TEST(checkpoint_files, stay_whole_while_others_are_written) {
  const own_directory own("checkpoint_test");
  const std::string file = own.file("checkpoint");
  save(example(), file);
  const std::string before = content_of(file);
  std::ofstream(file + ".new", std::ios::binary) << before.substr(0, before.size() / 2);
  EXPECT_EQ(checker::exploration::load(file).pending, example().pending);
  checkpoint next = example();
  next.pending.pop_back();
  save(next, file);
  EXPECT_EQ(checker::exploration::load(file).pending, next.pending) << "what was left over is in nobody's way";
}

TEST(checkpoint_files, go_with_one_exploration) {
  checkpoint made = example();
  options with;
  with.name = "p";
  with.parameters = {{"n", "3"}};
  with.time = time_mode::timed;
  made.settings = {{"n", "3"}, {"time", "timed"}};
  const auto refused = [&] { return refusal([&] { require_same(made, with); }); };
  EXPECT_EQ(refused(), "");
  with.keep_going = true;
  with.jobs = 3;
  EXPECT_EQ(refused(), "") << "what does not change the executions may be different";
  with.parameters = {{"n", "4"}};
  EXPECT_EQ(refused(),
            "the checkpoint does not belong to this exploration: its list of parameters and settings is "
            "n=3,time=timed, not n=4,time=timed");
  with.resume = "file";
  with.name = "q";
  EXPECT_EQ(refused(), "file does not belong to this exploration: its program is p, not q");
  with.name = "p";
  with.parameters = {{"n", "3"}};
  with.shard = {{1, 2}};
  EXPECT_EQ(refused(), "file does not belong to this exploration: its part is the whole search, not part 1/2");
}

// ---- graphs

// The checksum keeps what is damaged away; what is wrong all the same leads nowhere that is not there. Sanitizers see
// more of that.
TEST(graph_bytes, that_are_wrong_make_no_graph_that_leads_astray) {
  sim::simulator simulator{sim::settings{}};
  const graphs pending = some_pending(4, simulator, crossed_locks);
  ASSERT_FALSE(pending.empty());
  const std::vector<std::uint8_t> whole = to_bytes(*pending.back());
  int refused = 0;
  int explored = 0;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const unsigned other :
         {0U, 1U, 2U, 3U, 5U, 23U, unsigned{whole[at]} + 1, unsigned{whole[at]} - 1, 0x80U, 0xffU}) {
      std::vector<std::uint8_t> changed = whole;
      changed[at] = static_cast<std::uint8_t>(other);
      dpor picks(dpor::starts::with_nothing);
      try {
        picks.take(std::make_unique<event_graph>(checker::exploration::graph_from(changed)));
      } catch (const request_error&) {
        ++refused;
        continue;
      }
      ++explored;
      for (int execution = 0; execution < 10 && picks.begin(); ++execution) {
        oracle::tracer watches(picks);
        simulator.run(crossed_locks, watches, watches);
        picks.end(simulator);
      }
    }
  }
  EXPECT_GT(refused, 100);
  EXPECT_GT(explored, 100);
}

}  // namespace
}  // namespace heddle
