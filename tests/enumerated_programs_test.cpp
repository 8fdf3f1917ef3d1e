// The depth-first search against the enumerator: as many executions, with the same outcomes, for small programs.
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "interpreter.hpp"

namespace heddle {
namespace {

using oracle::action;
using oracle::code;
using oracle::outcomes;
using oracle::search;
using oracle::searched;

constexpr std::uint64_t plenty = 1'000'000;

outcomes enumerated(const oracle::program& of) {
  outcomes found;
  std::uint64_t left = plenty;
  EXPECT_TRUE(enumerate(oracle::machine(of), found, left)) << "a program of this table is too large to enumerate";
  return found;
}

std::uint64_t total(const outcomes& of) {
  std::uint64_t sum = 0;
  for (const auto& [outcome, count] : of) sum += count;
  return sum;
}

constexpr oracle::instruction step{action::step};
constexpr oracle::instruction load{action::load};
constexpr oracle::instruction store{action::store, 0, 1};
constexpr oracle::instruction add{action::add, 0, 1};
constexpr oracle::instruction lock{action::lock};
constexpr oracle::instruction unlock{action::unlock};
constexpr oracle::instruction lock_other{action::lock, 1};
constexpr oracle::instruction unlock_other{action::unlock, 1};
constexpr oracle::instruction acquire{action::acquire};
constexpr oracle::instruction release{action::release};
constexpr oracle::instruction push{action::push, 0, 1};
constexpr oracle::instruction pop{action::pop};
constexpr oracle::instruction push_other{action::push, 1, 2};
constexpr oracle::instruction pop_other{action::pop, 1};
constexpr oracle::instruction wait{action::wait};
constexpr oracle::instruction notify_one{action::notify_one};
constexpr oracle::instruction notify_all{action::notify_all};

struct program_case {
  const char* why;
  oracle::program what;
  std::uint64_t interleavings;
  std::map<std::string, std::uint64_t> failures;
};

const std::vector<program_case>& program_cases() {
  static const std::vector<program_case> cases{
      {"two steps commute, and both orders are visited", {{{}, {step}, {step}}}, 2, {}},
      {"two lost updates at most: load and store twice", {{{}, {load, store}, {load, store}}}, 6, {}},
      {"three load and store", {{{}, {load, store}, {load, store}, {load, store}}}, 90, {}},
      {"atomic updates", {{{}, {add, add}, {add, add}, {add}}}, 30, {}},
      {"four threads", {{{}, {add}, {load}, {store}, {add, load}}}, 60, {}},
      {"main works along", {{{load, store}, {load, store}, {add}}}, 30, {}},
      {"a mutex keeps the sections apart: 2 orders",
       {{{}, {lock, load, store, unlock}, {lock, load, store, unlock}}},
       2,
       {}},
      {"three sections: 3! orders", {{{}, {lock, add, unlock}, {lock, add, unlock}, {lock, add, unlock}}}, 6, {}},
      {"a third thread goes on beside a section", {{{}, {lock, add, unlock}, {lock, add, unlock}, {add, add}}}, 56, {}},
      {"locks taken the other way round",
       {{{}, {lock, lock_other, unlock_other, unlock}, {lock_other, lock, unlock, unlock_other}}},
       6,
       {{"deadlock", 2}}},
      {"a cycle ends an execution, though a third thread could go on",
       {{{}, {lock, lock_other, unlock_other, unlock}, {lock_other, lock, unlock, unlock_other}, {step, step}}},
       192,
       {{"deadlock", 12}}},
      {"a cycle through main's join: it holds what the other wants", {{{lock}, {lock, unlock}}}, 2, {{"deadlock", 1}}},
      {"a thread ends and leaves a mutex locked", {{{}, {lock}, {lock, unlock}}}, 2, {{"deadlock", 1}}},
      {"a second lock by the holder is a misuse when its turn has come",
       {{{}, {lock, lock}, {step}}},
       3,
       {{"misuse", 3}}},
      {"an unlock by somebody else is a misuse at once", {{{}, {lock, step, unlock}, {unlock}}}, 4, {{"misuse", 4}}},
      {"a semaphore orders: the second half waits for the first", {{{}, {store, release}, {acquire, load}}}, 1, {}},
      {"two for one permit: sections as with a mutex",
       {{{}, {acquire, add, release}, {acquire, add, release}}, 1},
       2,
       {}},
      {"two permits for three",
       {{{}, {acquire, add, release}, {acquire, add, release}, {acquire, release}}, 2},
       200,
       {}},
      {"a permit too few: somebody stays behind",
       {{{release}, {acquire, step}, {acquire, step}}},
       2,
       {{"deadlock", 2}}},
      {"a queue of one place: pushes and pops take turns", {{{}, {push, push, push}, {pop, pop, pop}}}, 1, {}},
      {"a queue of two places", {{{}, {push, push, push}, {pop, pop, pop}}, 0, 2}, 4, {}},
      {"two that push, two that pop: who gets what", {{{}, {push, push}, {push}, {pop}, {pop, pop}}, 0, 2}, 36, {}},
      {"a value more than is taken blocks the one that pushes",
       {{{}, {push, push, push}, {pop}}},
       1,
       {{"deadlock", 1}}},
      {"each pops what the other pushes afterwards",
       {{{}, {pop, push_other}, {pop_other, push}}},
       1,
       {{"deadlock", 1}}},
      {"a wait is lost if the notification came before",
       {{{}, {lock, wait, unlock}, {lock, notify_one, unlock}}},
       2,
       {{"lost-wakeup", 1}}},
      {"one notification for two",
       {{{}, {lock, wait, unlock}, {lock, wait, unlock}, {notify_one}}},
       14,
       {{"lost-wakeup", 14}}},
      {"notify_all for two",
       {{{}, {lock, wait, unlock}, {lock, wait, unlock}, {notify_all}}},
       14,
       {{"lost-wakeup", 10}}},
      {"two notifications choose among two",
       {{{notify_one, notify_one}, {lock, wait, unlock}, {lock, wait, unlock}}},
       74,
       {{"lost-wakeup", 40}}},
      {"a wait with a mutex that is not held", {{{}, {wait}, {step}}}, 2, {{"misuse", 2}}},
      {"a notification closes a cycle: the waiter holds what the holder of its mutex wants",
       {{{}, {lock_other, lock, wait, unlock, unlock_other}, {lock, lock_other, unlock_other, unlock}, {notify_one}}},
       29,
       {{"deadlock", 8}, {"lost-wakeup", 17}}},
  };
  return cases;
}

TEST(enumerated_programs, same_counts_and_outcomes) {
  for (const program_case& each : program_cases()) {
    SCOPED_TRACE(each.why);
    const searched found = search(each.what);
    EXPECT_EQ(found.what.executions, each.interleavings);
    EXPECT_EQ(found.what.failures_by_kind, each.failures);
    EXPECT_EQ(found.ends, enumerated(each.what));
    EXPECT_EQ(total(found.ends), each.interleavings);
    EXPECT_TRUE(found.what.exhaustive);
  }
}

// ---- random programs against the enumerator

/** What random programs are made of: the more of a kind, the likelier. */
struct mixture {
  const char* name;
  std::vector<oracle::instruction> of;
  std::set<std::string> failures;  // that some of a few hundred programs run into
};

const std::vector<mixture>& mixtures() {
  static const std::vector<mixture> all{
      {"variables and two mutexes",
       {lock, unlock, lock, unlock, lock_other, unlock_other, load, store, add},
       {"deadlock", "misuse"}},
      {"condition variables",
       {lock, lock, lock, wait, wait, unlock, notify_one, notify_all, lock_other, step},
       {"deadlock", "lost-wakeup", "misuse"}},
      {"semaphores and queues",
       {acquire, release, release, push, pop, push_other, pop_other, add, step, load},
       {"deadlock"}},
  };
  return all;
}

std::string show(const oracle::program& of) {
  std::string text = std::to_string(of.semaphore) + " permits, " + std::to_string(of.capacity) + " places:";
  for (const code& thread : of.threads) {
    text += " {";
    for (const oracle::instruction& each : thread) {
      text += " " + std::to_string(static_cast<int>(each.what)) + "/" + std::to_string(each.object);
    }
    text += " }";
  }
  return text;
}

// Besides its threads, main works along in half of the programs.
oracle::program draw(const mixture& from, std::size_t threads) {
  const auto below = [](std::size_t n) { return *rc::gen::resize(100, rc::gen::inRange<std::size_t>(0, n)); };
  oracle::program drawn;
  drawn.semaphore = static_cast<unsigned>(below(3));
  drawn.capacity = 1 + below(2);
  drawn.threads.resize(threads + 1);
  for (std::size_t t = 0; t <= threads; ++t) {
    const std::size_t length = t == 0 ? below(2) : 1 + below(8 - threads);
    for (std::size_t i = 0; i < length; ++i) drawn.threads[t].push_back(from.of[below(from.of.size())]);
  }
  return drawn;
}

void compare_random_programs(const mixture& from, std::size_t threads, std::set<std::string>& failures) {
  constexpr std::uint64_t most = 2'000;
  int compared = 0;
  const bool holds = rc::check(std::to_string(threads) + " threads, " + from.name, [&] {
    const oracle::program drawn = draw(from, threads);
    outcomes expected;
    std::uint64_t left = most;
    if (!enumerate(oracle::machine(drawn), expected, left)) return;  // too large
    const searched found = search(drawn);
    ++compared;
    for (const auto& [kind, count] : found.what.failures_by_kind) failures.insert(kind);
    if (found.ends != expected || found.what.executions != most - left) {
      RC_FAIL(show(drawn) + "\nheddle: " + testing::PrintToString(found.ends) +
              "\nenumerator: " + testing::PrintToString(expected));
    }
  });
  EXPECT_TRUE(holds) << threads << " threads, " << from.name;
  EXPECT_GE(compared, 40) << threads << " threads, " << from.name << ": enough of the programs are small enough";
}

TEST(enumerated_programs, random_ones) {
  for (const mixture& each : mixtures()) {
    std::set<std::string> failures;
    for (std::size_t threads = 2; threads <= 4; ++threads) compare_random_programs(each, threads, failures);
    EXPECT_EQ(failures, each.failures) << each.name << ": the programs reach all the ways to fail that they have";
  }
}

}  // namespace
}  // namespace heddle
