// Faults: what may go wrong with an operation though its object would let it succeed. Choices, counted and replayed.
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>

#include "outcomes.hpp"

namespace heddle {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

options with_faults(sim::fault_kinds faults, std::uint32_t at_most = 1) {
  options with;
  with.faults = faults;
  with.max_faults = at_most;
  return with;
}

std::string yes_or_no(bool success) { return success ? "yes " : "no "; }

// Whether each of two tries succeeds; what was got is given back in between.
template <class Try, class GiveBack>
std::string two_tries(Try attempt, GiveBack give_back) {
  std::string outcome;
  for (int i = 0; i < 2; ++i) {
    const bool success = attempt();
    outcome += yes_or_no(success);
    if (success) give_back();
  }
  return outcome;
}

template <class Mutex>
std::string two_try_locks() {
  Mutex m;
  return two_tries([&] { return m.try_lock(); }, [&] { m.unlock(); });
}

// ---- faults of tries

struct faulty_case {
  const char* why;
  std::string (*body)();
};

constexpr faulty_case tries[] = {
    {"mutex", [] { return two_try_locks<mutex>(); }},
    {"recursive_mutex", [] { return two_try_locks<recursive_mutex>(); }},
    {"timed_mutex", [] { return two_try_locks<timed_mutex>(); }},
    {"recursive_timed_mutex", [] { return two_try_locks<recursive_timed_mutex>(); }},
    {"shared_mutex", [] { return two_try_locks<shared_mutex>(); }},
    {"shared_timed_mutex", [] { return two_try_locks<shared_timed_mutex>(); }},
    {"try_lock_shared",
     [] {
       shared_mutex m;
       return two_tries([&] { return m.try_lock_shared(); }, [&] { m.unlock_shared(); });
     }},
    {"try_acquire",
     [] {
       binary_semaphore s(1);
       return two_tries([&] { return s.try_acquire(); }, [&] { s.release(); });
     }},
};

TEST(faults, of_tries) {
  const sim::fault_kinds try_lock = sim::only(fault_kind::try_lock);
  for (const faulty_case& each : tries) {
    SCOPED_TRACE(each.why);
    EXPECT_EQ(outcomes_of(each.body), (outcome_counts{{"yes yes ", 1}})) << "by default there are none";
    EXPECT_EQ(outcomes_of(each.body, with_faults(sim::only(fault_kind::spurious_wakeup))),
              (outcome_counts{{"yes yes ", 1}}))
        << "nor those of other kinds";
    EXPECT_EQ(outcomes_of(each.body, with_faults(try_lock, 0)), (outcome_counts{{"yes yes ", 1}})) << "none allowed";
    EXPECT_EQ(outcomes_of(each.body, with_faults(try_lock)),
              (outcome_counts{{"yes yes ", 1}, {"yes no ", 1}, {"no yes ", 1}}))
        << "one in an execution";
    EXPECT_EQ(outcomes_of(each.body, with_faults(try_lock, 2)),
              (outcome_counts{{"yes yes ", 1}, {"yes no ", 1}, {"no yes ", 1}, {"no no ", 1}}))
        << "two";
  }
}

// The faults that are asked for are those that make a difference.
const outcome_case in_vain[] = {
    {"a try of what another thread holds",
     {{"no no ", 1}},
     [] {
       mutex m;
       shared_mutex s;
       const std::lock_guard guard(m);
       const std::lock_guard writes(s);
       bool one = true;
       bool two = true;
       thread([&] { one = m.try_lock(), two = s.try_lock_shared(); }).join();
       return yes_or_no(one) + yes_or_no(two);
     }},
    {"a try of a semaphore that stands at zero",
     {{"no ", 1}},
     [] {
       binary_semaphore s(0);
       return yes_or_no(s.try_acquire());
     }},
    {"a lock that is no try",
     {{"over", 1}},
     [] {
       mutex m;
       const std::lock_guard guard(m);
       return std::string("over");
     }},
};

TEST(faults, are_asked_only_where_the_try_would_succeed) {
  expect_outcomes(in_vain, with_faults(sim::only(fault_kind::try_lock), 9));
}

// ---- faults of condition waits

std::string wait_for_an_hour() {
  mutex m;
  condition_variable c;
  std::unique_lock lock(m);
  return c.wait_for(lock, hours(1)) == std::cv_status::timeout ? "timeout" : "no timeout";
}

TEST(faults, of_condition_waits) {
  EXPECT_EQ(outcomes_of(&wait_for_an_hour), (outcome_counts{{"timeout", 1}}));
  EXPECT_EQ(outcomes_of(&wait_for_an_hour, with_faults(sim::only(fault_kind::spurious_wakeup))),
            (outcome_counts{{"timeout", 1}, {"no timeout", 1}}))
      << "a spurious wake-up is no timeout";
}

// ---- faults of time

const outcome_case free_timeouts[] = {
    {"a lock",
     {{"yes ", 1}, {"no ", 1}},
     [] {
       timed_mutex m;
       const bool success = m.try_lock_for(hours(1));
       if (success) m.unlock();
       return yes_or_no(success);
     }},
    {"a shared lock",
     {{"yes ", 1}, {"no ", 1}},
     [] {
       shared_timed_mutex m;
       const bool success = m.try_lock_shared_for(hours(1));
       if (success) m.unlock_shared();
       return yes_or_no(success);
     }},
    {"an exclusive one",
     {{"yes ", 1}, {"no ", 1}},
     [] {
       shared_timed_mutex m;
       const bool success = m.try_lock_for(hours(1));
       if (success) m.unlock();
       return yes_or_no(success);
     }},
    {"an acquisition",
     {{"yes ", 1}, {"no ", 1}},
     [] {
       binary_semaphore s(1);
       return yes_or_no(s.try_acquire_for(hours(1)));
     }},
    {"a push and a pop, one fault in all: the second may fail, or the first and with it the other",
     {{"yes yes ", 1}, {"yes no ", 1}, {"no no ", 1}},
     [] {
       queue<int> q(1);
       const bool pushed = q.push_for(1, hours(1));
       return yes_or_no(pushed) + yes_or_no(q.pop_for(hours(1)).has_value());
     }},
    {"a wait that waits for ever has none",
     {{"yes ", 1}},
     [] {
       mutex m;
       m.lock();
       m.unlock();
       return yes_or_no(true);
     }},
};

TEST(faults, of_time_where_it_is_free) { expect_outcomes(free_timeouts, with_faults(sim::only(fault_kind::timeout))); }

std::string minutes_gone(steady_clock::time_point since) {
  return std::to_string(std::chrono::floor<minutes>(steady_clock::now() - since).count());
}

// As usual, at once, or after twice the time.
const outcome_case simulated_timeouts[] = {
    {"a sleep may be late, but never early",
     {{"60", 1}, {"120", 1}},
     [] {
       const auto begin = steady_clock::now();
       this_thread::sleep_for(hours(1));
       return minutes_gone(begin);
     }},
    {"a wait may time out early or late",
     {{"timeout after 0", 1}, {"timeout after 60", 1}, {"timeout after 120", 1}},
     [] {
       const auto begin = steady_clock::now();
       const std::string outcome = wait_for_an_hour();
       return outcome + " after " + minutes_gone(begin);
     }},
    {"a lock that is free is late for nothing",
     {{"yes ", 2}, {"no ", 1}},
     [] {
       timed_mutex m;
       const bool success = m.try_lock_for(hours(1));
       if (success) m.unlock();
       return yes_or_no(success);
     }},
};

TEST(faults, of_simulated_time) {
  options with = with_faults(sim::only(fault_kind::timeout));
  with.time = time_mode::timed;
  expect_outcomes(simulated_timeouts, with);
}

// ---- faults in schedules and reports

TEST(faults, stand_in_schedules_and_are_replayed) {
  const auto program = [] {
    mutex m("m");
    check(m.try_lock(), "nobody else holds it");
    m.unlock();
    const bool again = m.try_lock();
    check(again, "nor does anybody now");
    m.unlock();
  };
  options with = with_faults(sim::only(fault_kind::try_lock));
  with.keep_going = true;
  const result found = explore(program, with);
  EXPECT_EQ(found.executions, 3U);
  EXPECT_EQ(found.failures, 2U);
  ASSERT_TRUE(found.failure.has_value());
  const std::string& schedule = found.failure->schedule;
  EXPECT_NE(schedule.find(":f0/2.f1/2.end"), std::string::npos) << schedule;
  EXPECT_NE(to_text(found).find("try_lock m, fails (fault)"), std::string::npos) << found;

  const result again = replay(program, schedule, options{});
  ASSERT_TRUE(again.failure.has_value());
  EXPECT_EQ(again.failure->message, found.failure->message);
  EXPECT_EQ(again.failure->schedule, schedule) << "the settings stand in the schedule";
}

TEST(faults, are_met_with_at_random_too) {
  options with = with_faults(sim::only(fault_kind::try_lock));
  with.keep_going = true;
  with.executions = 100;
  const result found = fuzz(
      [] {
        mutex m;
        const bool locked = m.try_lock();
        if (locked) m.unlock();
        check(locked, "nobody else holds it");
      },
      with);
  EXPECT_GT(found.failures, 0U);
  EXPECT_LT(found.failures, 100U);
}

}  // namespace
}  // namespace heddle
