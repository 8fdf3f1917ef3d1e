// Operations that may give up: locks, waits, acquisitions, pushes and pops with a time limit, in all interleavings.
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <vector>

#include "giving_up_programs.hpp"
#include "outcomes.hpp"

namespace heddle {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr source_location here{"here.cpp", 7};

std::string locked(bool success) { return success ? "locked" : "timed out"; }

// Main holds m; the other thread tries to lock it, and lets it go where it has.
template <class Mutex, class TryLock>
std::string try_against_main(Mutex& m, TryLock try_lock) {
  std::string outcome;
  m.lock();
  thread other([&] {
    const bool success = try_lock();
    outcome = locked(success);
    if (success) m.unlock();
  });
  m.unlock();
  other.join();
  return outcome;
}

// ---- where time is free, whatever is blocked may time out at once

const outcome_case mutexes[] = {
    {"a mutex that nobody holds is locked in no time at all",
     {{"locked", 1}},
     [] {
       timed_mutex m;
       const bool success = m.try_lock_for(seconds(0));
       if (success) m.unlock();
       return locked(success);
     }},
    {"before main's unlock it times out, afterwards it does not",
     {{"locked", 1}, {"timed out", 1}},
     [] {
       timed_mutex m;
       return try_against_main(m, [&] { return m.try_lock_for(hours(1)); });
     }},
    {"so it does with a time limit that is no time",
     {{"locked", 1}, {"timed out", 1}},
     [] {
       timed_mutex m;
       return try_against_main(m, [&] { return m.try_lock_for(-seconds(1)); });
     }},
    // The clock is read before or after the unlock, too.
    {"and with a point of time: now, try and unlock in 3 orders",
     {{"locked", 2}, {"timed out", 1}},
     [] {
       timed_mutex m;
       return try_against_main(m, [&] { return m.try_lock_until(steady_clock::now() + hours(1)); });
     }},
    {"so does a recursive one, of which main has two locks to undo: try, and 2 unlocks",
     {{"locked", 1}, {"timed out", 2}},
     [] {
       recursive_timed_mutex m;
       check(m.try_lock_for(seconds(1)), "nobody holds it");
       check(m.try_lock(), "its holder may lock it again");
       std::string outcome;
       thread other([&] {
         const bool success = m.try_lock_for(seconds(1));
         outcome = locked(success);
         if (success) m.unlock();
       });
       m.unlock();
       m.unlock();
       other.join();
       return outcome;
     }},
    {"unique_lock takes times",
     {{"both", 1}},
     [] {
       timed_mutex m;
       const std::unique_lock first(m, seconds(1));
       const bool one = first.owns_lock();
       recursive_timed_mutex n;
       const std::unique_lock second(n, system_clock::now() + seconds(1));
       return std::string(one && second.owns_lock() ? "both" : "not both");
     }},
    // a: L T (V) U, b: l t (v) u, where V undoes T. Where L is first: L T V and then U l t v u or l U t v u: both; or
    // l t U u or l t u U: a alone. Or L l: T t or t T, with U u or u U behind: none, 4; T U t v u: b; t u T V U: a.
    // As many where l is first.
    {"two that lock and then try the other's mutex do not deadlock",
     {{"a and b", 4}, {"a", 4}, {"b", 4}, {"none", 8}},
     [] {
       timed_mutex m;
       timed_mutex n;
       bool got_a = false;
       bool got_b = false;
       const auto both = [](timed_mutex& first, timed_mutex& second, bool& got) {
         const std::lock_guard guard(first);
         got = second.try_lock_for(seconds(1));
         if (got) second.unlock();
       };
       thread a([&] { both(m, n, got_a); });
       thread b([&] { both(n, m, got_b); });
       a.join();
       b.join();
       return std::string(got_a && got_b ? "a and b" : got_a ? "a" : got_b ? "b" : "none");
     }},
};

TEST(timed, mutexes) { expect_outcomes(mutexes); }

const outcome_case channels[] = {
    {"a release comes in time or not",
     {{"acquired", 1}, {"timed out", 1}},
     [] {
       binary_semaphore s(0);
       bool acquired = false;
       thread other([&] { acquired = s.try_acquire_for(seconds(1)); });
       s.release();
       other.join();
       check(s.try_acquire() != acquired, "taken once");
       return std::string(acquired ? "acquired" : "timed out");
     }},
    {"a semaphore that is free is acquired, whatever the time",
     {{"acquired", 1}},
     [] {
       binary_semaphore s(1);
       return std::string(s.try_acquire_until(steady_clock::time_point{}) ? "acquired" : "timed out");
     }},
    {"a pop gets what is pushed in time",
     {{"7", 1}, {"nothing", 1}},
     [] {
       queue<int> q;
       std::optional<int> popped;
       thread other([&] { popped = q.pop_for(seconds(1)); });
       q.push(7);
       other.join();
       check(q.empty() == popped.has_value(), "taken or not");
       return popped ? std::to_string(*popped) : "nothing";
     }},
    {"a push finds the room that a pop makes in time",
     {{"pushed", 1}, {"timed out", 1}},
     [] {
       queue<int> q(1);
       q.push(1);
       bool pushed = false;
       thread other([&] { pushed = q.push_for(2, seconds(1)); });
       check(q.pop() == 1, "the first");
       other.join();
       check(q.try_pop().has_value() == pushed, "in the queue, or not");
       return std::string(pushed ? "pushed" : "timed out");
     }},
    {"no time is enough for what need not wait",
     {{"1 pushed", 1}},
     [] {
       queue<int> q(1);
       const auto past = steady_clock::time_point{};
       check(q.push_until(1, past) && !q.push_until(2, past), "there is room for one");
       const std::optional<int> popped = q.pop_until(past);
       check(popped == 1 && !q.pop_until(past), "it held one");
       return std::string("1 pushed");
     }},
};

TEST(timed, semaphores_and_queues) { expect_outcomes(channels); }

// ---- where time is simulated, deadlines come in their order

// Main holds the mutex for an hour; the other thread waits for it, or only for so long.
std::string try_for(std::chrono::minutes length) {
  timed_mutex m;
  std::string outcome;
  m.lock();
  thread other([&] {
    const bool success = m.try_lock_for(length);
    outcome = locked(success);
    if (success) m.unlock();
  });
  this_thread::sleep_for(hours(1));
  m.unlock();
  other.join();
  return outcome;
}

std::string minutes_gone(steady_clock::time_point since) {
  return std::to_string(std::chrono::floor<minutes>(steady_clock::now() - since).count());
}

const outcome_case simulated[] = {
    {"a deadline before the unlock", {{"timed out", 1}}, [] { return try_for(minutes(59)); }},
    {"a deadline after the unlock", {{"locked", 1}}, [] { return try_for(minutes(61)); }},
    // Main wakes up first and unlocks first; or it times out before the one or before the other.
    {"a deadline at the time of the unlock", {{"locked", 1}, {"timed out", 2}}, [] { return try_for(minutes(60)); }},
    {"semaphores and queues keep to deadlines, too",
     {{"0 0 30 after 30", 1}},
     [] {
       const auto begin = steady_clock::now();
       binary_semaphore s(0);
       queue<int> q(1);
       thread other([&] {
         this_thread::sleep_for(minutes(30));
         q.push(30);
       });
       const bool acquired = s.try_acquire_for(minutes(10));
       const std::optional<int> early = q.pop_for(minutes(10));
       const std::optional<int> late = q.pop_for(minutes(11));
       other.join();
       return std::to_string(acquired) + " " + std::to_string(early.value_or(0)) + " " +
              std::to_string(late.value_or(0)) + " after " + minutes_gone(begin);
     }},
};

TEST(timed, in_simulated_time) { expect_outcomes(simulated, in_simulated_time()); }

// ---- executions that are given up

// Main's check fails at any point, wherever the others are, and whatever they hold.
void given_up_anywhere() {
  const programs::tracker in_main;
  shared_timed_mutex s;
  timed_mutex m;
  mutex guarded;
  condition_variable changed;
  pipe<int> p(1);
  binary_semaphore never(0);
  std::vector<thread> threads;
  threads.push_back(thread([&] {
    const programs::tracker local;
    const std::shared_lock reads(s);
    const std::lock_guard guard(m);
    never.acquire();
  }));
  threads.push_back(thread([&] {
    const programs::tracker local;
    const std::unique_lock writes(s, seconds(1));
    if (m.try_lock_for(seconds(1))) m.unlock();
  }));
  threads.push_back(thread([&] {
    const programs::tracker local;
    std::unique_lock lock(guarded);
    while (!changed.wait_for(lock, seconds(1), [] { return false; })) this_thread::yield();
  }));
  threads.push_back(thread([&] {
    const programs::at_exit close([&] { p.close(); });
    const programs::tracker local;
    while (p.receive()) continue;
  }));
  p.send(1);
  for (int i = 0; i < 5; ++i) this_thread::yield();
  check(false, "here it ends");
}

TEST(timed, given_up_anywhere) {
  options with;
  with.keep_going = true;
  with.executions = 1'000;
  const result found = fuzz(&given_up_anywhere, with);
  EXPECT_EQ(found.failures_by_kind, (std::map<std::string, std::uint64_t>{{"assertion", 1'000}}));
  EXPECT_GT(programs::tracker::made, 3'000);
  EXPECT_EQ(programs::tracker::alive, 0);
}

const misuse_case misuses[] = {
    {"main: second lock of timed mutex m by main, which holds it (here.cpp:7).",
     [] {
       timed_mutex m("m");
       m.lock();
       static_cast<void>(m.try_lock_for(seconds(1), here));
     }},
    {"main: second try_lock of timed mutex m by main, which holds it (here.cpp:7).",
     [] {
       timed_mutex m("m");
       m.lock();
       static_cast<void>(m.try_lock(here));
     }},
    {"main: unlock of recursive timed mutex m, which nobody holds (here.cpp:7).",
     [] {
       recursive_timed_mutex m("m");
       m.unlock(here);
     }},
};
TEST(timed, misuses) { expect_misuses(misuses); }

}  // namespace
}  // namespace heddle
