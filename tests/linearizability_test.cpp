// The search for an order that explains a history, against going through all orders.
#include <gtest/gtest.h>

#include <algorithm>
#include <compare>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include <heddle/linearizability.hpp>
#include <heddle/state_space.hpp>

#include "histories.hpp"

namespace heddle::test {
namespace {

// ---- a bag of small numbers: `pop` waits for one, and may return any that is there; `flip` adds one or takes it away

enum class verb { push, pop, flip, count };

struct bag_operation {
  verb what = verb::push;
  int number = 0;  // pushed or flipped; of `pop` and `count`: the result, if it is known
  bool known = true;

  friend auto operator<=>(const bag_operation&, const bag_operation&) = default;
};

using bag = std::vector<int>;  // sorted

void step(const bag& from, const bag_operation& operation, std::vector<bag>& to) {
  bag more = from;
  more.insert(std::ranges::upper_bound(more, operation.number), operation.number);
  const auto without = [&](int number) {
    bag less = from;
    less.erase(std::ranges::find(less, number));
    return less;
  };
  switch (operation.what) {
    case verb::push: to.push_back(more); break;
    case verb::flip:
      to.push_back(more);
      if (std::ranges::binary_search(from, operation.number)) to.push_back(without(operation.number));
      break;
    case verb::pop:
      for (int number = 0; number < 3; ++number) {
        const bool there = std::ranges::binary_search(from, number);
        if (there && (!operation.known || number == operation.number)) to.push_back(without(number));
      }
      break;
    case verb::count:
      if (!operation.known || static_cast<int>(from.size()) == operation.number) to.push_back(from);
      break;
  }
}

bool only_reads(const bag_operation& operation) { return operation.what == verb::count; }

struct bag_history {
  std::vector<timed_operation> times;
  std::vector<bag_operation> operations;
};

// Results as they come from operations that happen at once, and then maybe one that does not fit.
bag_history draw_history(dice& with) {
  const random_times drawn = draw_times(with, 1 + with.below(6), 3);
  bag_history result{drawn.history, {}};
  for (const timed_operation& each : drawn.history) {
    const bool known = each.returned != never_returned;
    const auto what = static_cast<verb>(with.below(4));
    result.operations.push_back(
        {what, static_cast<int>(with.below(3)), known || what == verb::push || what == verb::flip});
  }
  bag state;
  for (const std::size_t i : drawn.effects) {
    bag_operation& operation = result.operations[i];
    if (operation.what == verb::count && operation.known) operation.number = static_cast<int>(state.size());
    if (operation.what == verb::pop && operation.known && !state.empty()) {
      operation.number = state[with.below(state.size())];
    }
    std::vector<bag> reached;
    step(state, operation, reached);
    if (!reached.empty()) state = reached[with.below(reached.size())];
  }
  if (with.percent(50))
    result.operations[with.below(result.operations.size())].number = static_cast<int>(with.below(3));
  return result;
}

/** What a search says, checked against the definition. */
void expect_right(const bag_history& history, order_request what, const explanation& found) {
  const auto steps = [&](const bag& from, std::size_t i) {
    std::vector<bag> to;
    step(from, history.operations[i], to);
    return to;
  };
  const brute_force<bag> orders(history.times, {}, steps, what);
  ASSERT_EQ(found.holds, orders.holds());
  const std::vector<bag> reached = orders.states_after(found.order);
  ASSERT_FALSE(reached.empty()) << "an order that the model can go through";
  ASSERT_EQ(found.unexplained.has_value(), !found.holds);
  std::uint64_t explained = never_returned;  // all that returned before is in the order
  if (!found.holds) {
    const std::size_t unexplained = *found.unexplained;
    explained = history.times[unexplained].returned;
    EXPECT_EQ(orders.unexplained(), explained == never_returned ? std::nullopt : found.unexplained);
    EXPECT_FALSE(std::ranges::count(found.order, unexplained));
    if (explained == never_returned) {
      EXPECT_TRUE(orders.waits(unexplained));
      EXPECT_TRUE(std::ranges::any_of(reached, [&](const bag& state) { return orders.able(state, unexplained); }));
    }
  }
  for (std::size_t i = 0; i < history.times.size(); ++i) {
    if (history.times[i].returned >= explained) continue;
    EXPECT_TRUE(std::ranges::count(found.order, i)) << "operation " << i << " returned before the unexplained one";
  }
}

struct tally {
  std::size_t holds = 0;
  std::size_t fails = 0;
  std::size_t waits = 0;  // of those that fail: only the waiting is unexplained
};

tally compare_with_brute_force(order_request what, std::size_t histories) {
  dice with(7);
  state_space<bag, bag_operation> space({}, step);  // one for all of them
  tally counts;
  for (std::size_t i = 0; i < histories; ++i) {
    const bag_history history = draw_history(with);
    operations_in plain(space, history.operations);
    operations_in knowing(space, history.operations, only_reads);
    const explanation found = find_order(history.times, plain, what);
    SCOPED_TRACE("history " + std::to_string(i));
    expect_right(history, what, found);
    const explanation quicker = find_order(history.times, knowing, what);
    expect_right(history, what, quicker);
    if (testing::Test::HasFailure()) return counts;
    ++(found.holds ? counts.holds : counts.fails);
    if (!found.holds && history.times[*found.unexplained].returned == never_returned) ++counts.waits;
  }
  return counts;
}

TEST(linearizability, finds_what_all_orders_find) {
  const tally counts = compare_with_brute_force({}, 6000);
  EXPECT_GT(counts.holds, 1500U);
  EXPECT_GT(counts.fails, 1500U);
  EXPECT_EQ(counts.waits, 0U);
}

TEST(linearizability, sequential_consistency_finds_what_all_orders_find) {
  const tally counts = compare_with_brute_force({consistency::sequential, false}, 6000);
  EXPECT_GT(counts.holds, 1500U);
  EXPECT_GT(counts.fails, 1500U);
}

TEST(linearizability, stuck_executions_are_found_as_by_all_orders) {
  const tally counts = compare_with_brute_force({consistency::linearizable, true}, 6000);
  EXPECT_GT(counts.holds, 1000U);
  EXPECT_GT(counts.fails, 1500U);
  EXPECT_GT(counts.waits, 100U) << "histories of which only the waiting is unexplained";
}

TEST(linearizability, stuck_executions_by_the_order_of_each_process) {
  const tally counts = compare_with_brute_force({consistency::sequential, true}, 3000);
  EXPECT_GT(counts.holds, 500U);
  EXPECT_GT(counts.waits, 50U);
}

// ---- by hand

explanation check(const bag_history& history, order_request what = {}) {
  state_space<bag, bag_operation> space({}, step);
  operations_in operations(space, history.operations);
  return find_order(history.times, operations, what);
}

TEST(linearizability, a_lost_wakeup_is_a_wait_that_nothing_explains) {
  const bag_history history{{{0, 1, never_returned}, {1, 2, 3}}, {{verb::pop, 0, false}, {verb::push, 1}}};
  const explanation found = check(history, {consistency::linearizable, true});
  EXPECT_FALSE(found.holds) << "what was pushed is still there, and who wants it waits for ever";
  EXPECT_EQ(found.unexplained, 0U);
  EXPECT_EQ(found.order, std::vector<std::size_t>{1});
  EXPECT_TRUE(check(history).holds) << "unless it may just not have returned yet";
}

TEST(linearizability, waiting_for_what_never_comes_is_explained) {
  const bag_history history{{{0, 1, never_returned}, {1, 2, 3}}, {{verb::pop, 0, false}, {verb::count, 0}}};
  EXPECT_TRUE(check(history, {consistency::linearizable, true}).holds);
}

TEST(linearizability, an_operation_that_never_returned_may_have_happened) {
  const bag_history history{{{0, 1, never_returned}, {1, 2, 3}}, {{verb::push, 1}, {verb::pop, 1}}};
  EXPECT_EQ(check(history).order, (std::vector<std::size_t>{0, 1}));
}

TEST(linearizability, an_empty_history_holds) {
  const explanation found = check({});
  EXPECT_TRUE(found.holds);
  EXPECT_TRUE(found.order.empty());
}

TEST(linearizability, histories_that_make_no_sense_are_refused) {
  EXPECT_THROW((void)check({{{0, 2, 1}}, {{}}}), std::invalid_argument) << "returned before it was called";
  EXPECT_THROW((void)check({{{0, 1, 3}, {0, 2, 4}}, {{}, {}}}, {consistency::sequential, false}), std::invalid_argument)
      << "a process calls while it calls";
}

TEST(linearizability, a_search_that_takes_too_much_is_given_up) {
  bag_history history;
  for (std::uint32_t i = 0; i < 20; ++i) {
    history.times.push_back({i, i + 1, 100 + i});
    history.operations.push_back({verb::push, static_cast<int>(i % 3)});
  }
  history.times.push_back({30, 200, 201});
  history.operations.push_back({verb::count, 0});
  EXPECT_THROW((void)check(history, {consistency::linearizable, false, 1000}), search_too_large);
}

// Each configuration says of each of them whether it has happened: a million would take more than a gigabyte.
TEST(linearizability, a_search_that_takes_too_much_memory_is_given_up) {
  bag_history history;
  for (std::uint32_t i = 0; i < 300; ++i) {
    history.times.push_back({i, i + 1, never_returned});
    history.operations.push_back({verb::push, 1});
  }
  history.times.push_back({300, 400, 401});
  history.operations.push_back({verb::count, -1});
  try {
    (void)check(history);
    FAIL() << "it was not given up";
  } catch (const search_too_large& error) {
    EXPECT_EQ(std::string(error.what()).find("after 1000000 "), std::string::npos) << error.what();
  }
}

TEST(linearizability, long_histories_need_no_deep_stack) {
  bag_history history;
  for (std::uint64_t i = 0; i < 200'000; ++i) {
    history.times.push_back({static_cast<std::uint32_t>(i % 3), 3 * i + 1, 3 * i + 6});
    history.operations.push_back({i % 2 == 0 ? verb::push : verb::pop, 1, true});
  }
  EXPECT_TRUE(check(history).holds);
}

TEST(state_spaces, compute_each_step_once) {
  int computed = 0;
  state_space<int, std::string> counter(0, [&](int from, const std::string&, std::vector<int>& to) {
    ++computed;
    to.push_back((from + 1) % 4);
  });
  const std::vector<timed_operation> history{{0, 1, 2}, {0, 3, 4}, {0, 5, 6}};
  for (int i = 0; i < 10; ++i) {
    operations_in operations(counter, {"add", "add", "add"});
    EXPECT_TRUE(find_order(history, operations).holds);
  }
  EXPECT_EQ(computed, 3);
  EXPECT_EQ(counter.size(), 4U);
  EXPECT_EQ(counter.state(3), 3);
}

}  // namespace
}  // namespace heddle::test
