// Histories of an object under test: exploring traces shows exactly those that enumerating all interleavings shows.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <heddle/heddle.hpp>
#include <heddle/sim/thread_history.hpp>

namespace heddle {
namespace {

/** An object with some operations of a few steps each, numbered. */
class object_under_test {
 public:
  static constexpr int operations = 5;

  int perform(int operation) {
    switch (operation) {
      case 0: return x_.load();
      case 1: x_.store(1); return 0;
      case 2: {
        const int before = x_.load();
        x_.store(before + 1);
        return before;
      }
      case 3: {
        const int x = x_.load();
        return 10 * x + y_.load();
      }
      default: return y_.fetch_add(1);
    }
  }

 private:
  heddle::atomic<int> x_{0, "x"};
  heddle::atomic<int> y_{0, "y"};
};

using case_of_two = std::vector<std::vector<int>>;  // the operations of each thread
using history = std::vector<std::string>;

/** Runs a case as case_checker does, and notes its histories. */
class histories {
 public:
  explicit histories(case_of_two what) : case_(std::move(what)) {}

  std::set<history> seen_by(std::string_view strategy) {
    seen_.clear();
    options with{.strategy = std::string(strategy)};
    with.judge = [this](bool /*blocked*/) -> std::optional<objection> {
      seen_.insert(canonical());
      return std::nullopt;
    };
    const result found = explore([this] { run(); }, with);
    if (!found.exhaustive) throw std::logic_error("the search did not come to its end");
    executions_ = found.executions;
    return seen_;
  }
  [[nodiscard]] std::uint64_t executions() const { return executions_; }

 private:
  struct point {
    bool is_return;
    std::string text;
  };

  void run() {
    points_.clear();
    object_under_test object;
    std::deque<sim::thread_history> returned;
    for (std::size_t i = 0; i < case_.size(); ++i) returned.emplace_back(source_location{});
    std::deque<heddle::thread> threads;
    for (std::size_t i = 0; i < case_.size(); ++i) {
      threads.emplace_back([this, i, &object, &returned] {
        for (std::size_t k = 0; k < case_[i].size(); ++k) call(i, k, object, returned);
      });
    }
    for (heddle::thread& each : threads) each.join();
  }

  void call(std::size_t thread, std::size_t index, object_under_test& object,
            std::deque<sim::thread_history>& returned) {
    const source_location where{nullptr, static_cast<unsigned>(10 * thread + index + 1), 0};
    const std::string name = std::to_string(thread) + "." + std::to_string(index);
    for (std::size_t other = 0; other < returned.size(); ++other) {
      if (other != thread) returned[other].look(nullptr, where);
    }
    points_.push_back({false, name});
    const int seen = object.perform(case_[thread][index]);
    returned[thread].returned(nullptr, where);
    points_.push_back({true, name + " = " + std::to_string(seen)});
  }

  // Calls in a row could come in any order, and so could returns.
  [[nodiscard]] history canonical() const {
    history all;
    for (auto begin = points_.begin(); begin != points_.end();) {
      const auto end =
          std::find_if(begin, points_.end(), [&](const point& each) { return each.is_return != begin->is_return; });
      history row;
      for (; begin != end; ++begin) row.push_back(begin->text);
      std::sort(row.begin(), row.end());
      all.insert(all.end(), row.begin(), row.end());
    }
    return all;
  }

  case_of_two case_;
  std::vector<point> points_;
  std::set<history> seen_;
  std::uint64_t executions_ = 0;
};

// Calls in a row, then both returns in a row; or one operation before the other, either way.
TEST(histories, of_two_operations_that_do_not_touch_each_other) {
  histories both({{0}, {4}});
  EXPECT_EQ(both.seen_by("dpor").size(), 3U);
  EXPECT_EQ(both.seen_by("dfs").size(), 3U);
}

TEST(histories, of_all_pairs_of_operations_are_those_of_all_interleavings) {
  for (int a = 0; a < object_under_test::operations; ++a) {
    for (int b = 0; b < object_under_test::operations; ++b) {
      histories both({{a}, {b}});
      EXPECT_EQ(both.seen_by("dpor"), both.seen_by("dfs")) << a << " and " << b;
    }
  }
}

RC_GTEST_PROP(histories, of_small_cases_are_those_of_all_interleavings, ()) {
  const auto operation = rc::gen::inRange(0, object_under_test::operations);
  const auto first = *rc::gen::container<std::vector<int>>(2, operation);
  const auto second = *rc::gen::container<std::vector<int>>(*rc::gen::inRange<std::size_t>(1, 3), operation);
  histories both({first, second});
  const std::set<history> by_traces = both.seen_by("dpor");
  const std::uint64_t traces = both.executions();
  const std::set<history> by_interleavings = both.seen_by("dfs");
  RC_ASSERT(by_traces == by_interleavings);
  RC_ASSERT(traces <= both.executions());
}

}  // namespace
}  // namespace heddle
