// Virtual time: what the clocks tell, when sleepers go on, and that nothing takes real time.
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "by_interleavings.hpp"
#include "passing.hpp"

namespace heddle {
namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

options timed() {
  options with;
  with.time = time_mode::timed;
  return with;
}

void expect_passes(const result& found) {
  EXPECT_EQ(found.verdict, verdict::pass) << found;
  EXPECT_TRUE(found.exhaustive || found.search != search_kind::explore);
}

TEST(clocks, stand_still_but_for_sleeping) {
  expect_passes(explore(
      [] {
        const auto begin = steady_clock::now();
        check(begin.time_since_epoch() == 0ns, "executions begin at zero");
        atomic<int> x{0};
        for (int i = 0; i < 100; ++i) x.store(i);
        check(steady_clock::now() == begin, "operations take no time");
        this_thread::sleep_for(24h);
        check(steady_clock::now() - begin == 24h, "sleeping takes as long as it says");
        this_thread::sleep_until(begin + 25h);
        check(steady_clock::now() - begin == 25h, "or to the time that it says");
        this_thread::sleep_until(begin + 1h);
        check(steady_clock::now() - begin < 25h + 1s, "which may be past");
      },
      timed()));
}

TEST(clocks, tell_a_date) {
  expect_passes(explore([] {
    const auto begin = system_clock::now();
    check(system_clock::to_time_t(begin) == 946'684'800, "1 January 2000");
    this_thread::sleep_until(begin + 1min);
    check(system_clock::now() - begin >= 1min, "it goes with the other clock");
    check(system_clock::from_time_t(946'684'800) == begin, "and back");
  }));
}

TEST(clocks, take_the_farthest_deadlines) {
  expect_passes(explore(
      [] {
        using std::chrono::hours;
        mutex m;
        condition_variable never;
        std::unique_lock lock(m);
        const auto timeout = std::cv_status::timeout;
        check(never.wait_for(lock, hours::min()) == timeout, "long ago");
        check(never.wait_until(lock, system_clock::time_point::min()) == timeout, "long ago");
        check(never.wait_until(lock, std::chrono::time_point<system_clock, hours>::min()) == timeout, "long ago");
        check(steady_clock::now().time_since_epoch() < 1h, "takes no time");
        this_thread::sleep_until(std::chrono::time_point<system_clock, hours>::max());
        check(steady_clock::now().time_since_epoch() > 24h * 365 * 100, "for ever");
      },
      timed()));
}

TEST(clocks, are_read_in_loops_that_end) {
  const result found = explore([] {
    const auto end = steady_clock::now() + 1h;
    int readings = 0;
    while (steady_clock::now() < end) ++readings;
    check(readings == 31, "1 us from the second reading on, and twice as much each time: 2^32 us are past an hour");
  });
  expect_passes(found);
  EXPECT_EQ(found.executions, 1U);
}

TEST(clocks, that_are_read_in_loops_do_not_pass_a_deadline) {
  expect_passes(run_once(
      [] {
        std::vector<nanoseconds> woken;
        thread sleeper([&] {
          this_thread::sleep_for(10s);
          woken.push_back(steady_clock::now().time_since_epoch());
        });
        const auto end = steady_clock::now() + 1h;
        while (steady_clock::now() < end) this_thread::yield();
        sleeper.join();
        check(woken.front() >= 10s, "not before its time");
      },
      timed()));
}

// ---- sleepers

// In which orders a and b wake up, in the interleavings of which there are exactly so many.
std::set<std::string> orders(std::chrono::hours a_sleeps, std::chrono::hours b_sleeps, std::uint64_t executions,
                             const options& with) {
  std::set<std::string> seen;
  const result found = explore(
      [&] {
        std::string order;
        thread a([&] {
          this_thread::sleep_for(a_sleeps);
          order += 'a';
        });
        thread b([&] {
          this_thread::sleep_for(b_sleeps);
          order += 'b';
        });
        a.join();
        b.join();
        seen.insert(order);
      },
      by_interleavings(with));
  expect_passes(found);
  EXPECT_EQ(found.executions, executions);
  EXPECT_FALSE(found.assumes_fairness) << "nobody is held back: sleepers only wait for their time";
  return seen;
}

TEST(sleepers, go_on_at_any_point_where_time_is_free) {
  EXPECT_EQ(orders(2h, 1h, 2, {}), (std::set<std::string>{"ab", "ba"}));
}

TEST(sleepers, go_on_in_the_order_of_their_deadlines_where_it_is_not) {
  EXPECT_EQ(orders(2h, 1h, 1, timed()), (std::set<std::string>{"ba"}));
}

TEST(sleepers, with_one_deadline_go_on_in_any_order) {
  EXPECT_EQ(orders(1h, 1h, 2, timed()), (std::set<std::string>{"ab", "ba"}));
}

TEST(sleepers, are_late_where_that_fault_is_turned_on) {
  options with = timed();
  with.faults = sim::only(fault_kind::timeout);
  // Nobody is late, a is, or b is: that one sleeps for four hours in place of two.
  EXPECT_EQ(orders(3h, 2h, 3, with), (std::set<std::string>{"ab", "ba"}));
}

TEST(sleepers, show_their_time_in_the_trace) {
  std::vector<std::string> lines;
  options with;
  with.trace = [&](std::string_view line) { lines.emplace_back(line); };
  expect_passes(run_once(
      [] {
        this_thread::sleep_for(90min);
        this_thread::sleep_for(1500ms);
      },
      with));
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0].substr(0, 18), "5400s  main  sleep") << lines[0];
  EXPECT_EQ(lines[1].substr(0, 20), "5401.5s  main  sleep") << lines[1];
}

}  // namespace
}  // namespace heddle
