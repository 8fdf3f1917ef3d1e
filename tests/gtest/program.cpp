// A user's tests, most of which do not pass: gtest_test.cpp runs them and looks at what is said.
#include <heddle/gtest.hpp>
#include <heddle/heddle.hpp>

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace {

void add_by_load_and_store(heddle::atomic<int>& x) {
  const int seen = x.load();
  x.store(seen + 1);
}

template <class First, class Second>
void both(First first, Second second) {
  heddle::thread a("a", first);
  heddle::thread b("b", second);
  a.join();
  b.join();
}

template <class Function>
void twice(Function function) {
  both(function, function);
}

}  // namespace

HEDDLE_EXPLORE(Passes, FetchAdd) {
  heddle::atomic<int> x{0};
  twice([&] { x.fetch_add(1); });
  ASSERT_EQ(x.load(), 2);
}

HEDDLE_FUZZ(Passes, AtRandom, .executions = 20) {
  heddle::atomic<int> x{0};
  twice([&] { x.fetch_add(1); });
  EXPECT_EQ(x.load(), 2);
}

HEDDLE_EXPLORE(Passes, WithOptions, .max_executions = 1'000, .faults = heddle::sim::only(heddle::fault_kind::try_lock),
               .max_faults = 2) {
  heddle::mutex m;
  twice([&] {
    if (m.try_lock()) m.unlock();
  });
}

/** Made anew for each execution, so that it may have objects of Heddle. */
struct Account {
  heddle::mutex mutex{"mutex"};
  heddle::shared<int> balance{10, "balance"};

  void withdraw(int amount) {
    const std::lock_guard lock(mutex);
    balance = balance - amount;
  }
};

HEDDLE_EXPLORE_F(Account, Withdraws) {
  twice([&] { withdraw(5); });
  EXPECT_EQ(balance.load(), 0);
}

HEDDLE_FUZZ_F(Account, WithdrawsAtRandom, .executions = 20) {
  twice([&] { withdraw(5); });
  EXPECT_EQ(balance.load(), 0);
}

class Numbers : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Few, Numbers, testing::Values(1, 2));
TEST_P(Numbers, AreStored) {
  heddle::explore_in_test([&] {
    heddle::atomic<int> x{0};
    twice([&] { x.store(GetParam()); });
    EXPECT_NE(x.load(), 2);
  });
}

HEDDLE_EXPLORE(Fails, ByExpect) {
  heddle::atomic<int> x{0, "x"};
  twice([&] { add_by_load_and_store(x); });
  EXPECT_EQ(x.load(), 2) << "no update is lost";
  if (x.load() != 2) ADD_FAILURE() << "not reached";
}

HEDDLE_EXPLORE(Fails, ByAssertInAThread) {
  heddle::atomic<int> x{0, "x"};
  both([&] { x = 1; }, [&] { ASSERT_EQ(x.load(), 0); });
}

HEDDLE_FUZZ(Fails, ManyTimes, .executions = 200, .keep_going = true) {
  heddle::atomic<int> x{0, "x"};
  twice([&] {
    x = 1;
    EXPECT_EQ(x.load(), 0);
  });
}

HEDDLE_EXPLORE(Fails, InWorkers, .keep_going = true, .jobs = 4) {
  heddle::atomic<int> x{0, "x"};
  both([&] { x = 1; }, [&] { x = 2; });
  EXPECT_EQ(x.load(), 1);
}

// The address that this prints is another one in the replay: that is no difference between the two.
HEDDLE_EXPLORE(Fails, WithAnAddress) {
  heddle::atomic<int> x{0, "x"};
  const auto first = std::make_unique<int>(1);
  twice([&] { x = 1; });
  EXPECT_EQ(first.get(), nullptr);
}

// What main has is gone at its end, and the others still refer to it: they are unwound first.
HEDDLE_EXPLORE(Fails, AtItsEnd) {
  struct uses {
    const std::string& text;
    ~uses() { EXPECT_EQ(text, std::string(100, 'x')); }
  };
  const std::string text(100, 'x');
  heddle::atomic<int> x{0, "x"};
  heddle::thread a("a", [&] {
    const uses it{text};
    x = 1;
    x = 2;
  });
  EXPECT_EQ(text, "");
}

HEDDLE_EXPLORE(Cut, ByItself, .max_executions = 1) {
  heddle::atomic<int> x{0};
  both([&] { x = 1; }, [&] { x = 2; });
}

HEDDLE_EXPLORE(Cut, ByTheEnvironment) {
  heddle::atomic<int> x{0};
  both([&] { x = 1; }, [&] { x = 2; });
}

HEDDLE_EXPLORE(Cut, WithNothingTested, .max_executions = 10) {
  heddle::atomic<int> x{0};
  twice([&] { x = 1; });
  heddle::assume(x.load() == 2);
}

HEDDLE_EXPLORE(Odd, NothingToChoose) { EXPECT_EQ(1, 1); }

HEDDLE_EXPLORE(Odd, ImpossibleOption, .stack_size = 1) {}

HEDDLE_EXPLORE(Odd, Skipped) { GTEST_SKIP() << "not today"; }

HEDDLE_PROPERTY(Property, Holds, (const std::vector<int>& values)) {
  heddle::atomic<std::size_t> sum{0};
  twice([&] { sum += values.size(); });
  EXPECT_EQ(sum.load(), 2 * values.size());
}

HEDDLE_PROPERTY(Property, NeedsADatumAndAPreemption, (std::uint8_t datum)) {
  heddle::atomic<int> x{0, "x"};
  twice([&] { datum < 5 ? static_cast<void>(x.fetch_add(1)) : add_by_load_and_store(x); });
  ASSERT_EQ(x.load(), 2);
}
