// How checks of properties end where there is no plain pass or failure: cut short, without a case that counts, or by a
// failure that does not come again.
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <heddle/heddle.hpp>
#include <heddle/object_property.hpp>

namespace heddle {
namespace {

struct counter {
  atomic<int> n{0};
};
using counter_property = object_property<counter, int>;

/** A counter whose one operation is this. */
template <class Run>
counter_property adding(Run run) {
  counter_property property("counter");
  property.operation("add", std::move(run), [](int& model) { return ++model; });
  return property;
}

TEST(property_check, is_inconclusive_where_it_is_stopped_within_its_last_case) {
  std::atomic<bool> stop{false};
  const counter_property property = adding([&](counter& it) {
    stop = true;
    return ++it.n;
  });
  property_options with;
  with.cases = 1;
  with.stop = &stop;
  const property_result came = property.check(with);
  EXPECT_EQ(came.found.executions, 1U) << "otherwise this tests nothing";
  EXPECT_EQ(came.found.verdict, verdict::inconclusive) << "not all of the case was run";
  EXPECT_EQ(came.found.stopped_by, "request");
}

TEST(property_check, is_inconclusive_where_its_time_is_up_within_its_last_case) {
  const counter_property property = adding([](counter& it) { return ++it.n; });
  property_options with;
  with.cases = 1;
  with.time_limit = std::chrono::nanoseconds(1);
  const property_result came = property.check(with);
  EXPECT_EQ(came.found.verdict, verdict::inconclusive);
  EXPECT_EQ(came.found.stopped_by, "the time limit of 1e-09 s");
}

TEST(property_check, is_inconclusive_where_every_execution_was_discarded) {
  const counter_property property = adding([](counter& it) {
    assume(false);
    return ++it.n;
  });
  const property_result came = property.check(property_options{});
  EXPECT_EQ(came.found.verdict, verdict::inconclusive) << "nothing was tested";
  EXPECT_FALSE(came.found.exhaustive);
  EXPECT_EQ(came.found.exit_code(), 3);
}

TEST(property_check, refuses_limits_that_allow_nothing) {
  counter_property property = adding([](counter& it) { return ++it.n; });
  EXPECT_THROW((void)property.check({.time_limit = std::chrono::nanoseconds(0)}), request_error);
  case_limits none;
  none.explored = 0;
  property.with(none);
  EXPECT_THROW((void)property.check(property_options{}), request_error);
}

TEST(property_check, shows_a_failure_that_does_not_come_again) {
  for (const int every : {50, 501, 3001}) {
    int calls = 0;
    const counter_property property = adding([&](counter& it) {
      const int value = ++it.n;
      return ++calls % every == 0 ? -1 : value;
    });
    const property_result came = property.check(property_options{});
    ASSERT_TRUE(came.found.failure) << "a failure was found, and has to be shown: every " << every;
    EXPECT_EQ(came.found.failure->kind, failure_kind::nondeterminism);
    EXPECT_EQ(came.found.exit_code(), 4);
  }
}

/** Two threads that each add once, where an update can be lost; or one that sees the other's throws. */
class adding_case final : public object_case {
 public:
  using called = std::pair<std::uint32_t, std::uint32_t>;

  bool throws = false;

  [[nodiscard]] case_shape shape() const override { return {.before = 0, .threads = {1, 1}, .after = 0}; }
  [[nodiscard]] std::string call_text(std::uint32_t /*operation*/) const override { return "add()"; }
  [[nodiscard]] std::shared_ptr<void> make() override {
    auto made = std::make_shared<counter>();
    object_ = made.get();
    return made;
  }
  void perform(std::uint32_t operation) override {
    const int seen = object_->n.load();
    if (throws && seen == 1) throw std::runtime_error("seen");
    object_->n.store(seen + 1);
    results_.at(operation) = seen + 1;
  }
  [[nodiscard]] std::uint32_t result_number(std::uint32_t operation) override {
    return static_cast<std::uint32_t>(results_.at(operation));
  }
  [[nodiscard]] std::string result_text(std::uint32_t operation) const override {
    return std::to_string(results_.at(operation));
  }
  [[nodiscard]] std::string expected_text(std::uint32_t /*operation*/, state_id from) const override {
    return std::to_string(space_.state(from) + 1);
  }
  [[nodiscard]] std::unique_ptr<transition_system> model_of(const std::vector<called>& history) override {
    return std::make_unique<operations_in<int, called>>(space_, history);
  }

 private:
  counter* object_ = nullptr;
  std::array<int, 2> results_{};
  state_space<int, called> space_{0, [](int from, const called& what, std::vector<int>& to) {
                                    const auto result = static_cast<std::uint32_t>(from + 1);
                                    if (what.second == no_result || what.second == result) to.push_back(from + 1);
                                  }};
};

TEST(case_checker, shows_no_history_of_an_earlier_execution) {
  adding_case adds;
  adds.throws = true;
  const result thrown = case_checker(adds, {}, {}).check();
  ASSERT_TRUE(thrown.failure);
  EXPECT_EQ(thrown.failure->kind, failure_kind::uncaught_exception);

  case_checker checks(adds, {}, {});
  adds.throws = false;
  const result lost = checks.check();
  ASSERT_TRUE(lost.failure);
  EXPECT_EQ(lost.failure->kind, failure_kind::not_linearizable);
  adds.throws = true;
  const result again = checks.replay(thrown.failure->schedule);
  ASSERT_TRUE(again.failure);
  EXPECT_EQ(again.failure->kind, failure_kind::uncaught_exception);
  EXPECT_FALSE(again.failure->history) << "an execution that ends at once is not judged";
}

}  // namespace
}  // namespace heddle
