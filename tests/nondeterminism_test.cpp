// Programs that do not do the same when their schedule is the same: by what they are found out, and what is said of
// them.
#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

#include <heddle/heddle.hpp>

#include "by_interleavings.hpp"
#include "detected.hpp"

namespace heddle {
namespace {

constexpr std::string_view left_over =
    "Two replays went the same way, event by event, but the first execution did not: something is left over from one "
    "execution to the next, such as a static variable or what the program captured from outside.";

/** How a program with a memory of its own is found out, with whole sentences. */
struct nondeterministic_case {
  const char* why;
  void (*body)(int call);  // calls count from 1
  std::uint64_t executions;
  std::string_view message;
  std::string_view explanation = left_over;
};

void threads_by_call(int call) {
  atomic<int> n(0, "n");
  if (call < 2) return two([&] { n.store(1); }, [&] { n.store(2); });
  thread c("c", [&] { (void)n.load(); });
  two([&] { n.store(1); }, [&] { n.store(2); });
  c.join();
}

void shorter_after_a_call(int call) {
  atomic<int> n(0, "n");
  two([&] { n.store(1), n.store(1), call < 2 ? n.store(1) : void(); }, [&] { n.store(2); });
}

// What a real clock or a random number would do.
void another_value_each_time(int call) {
  atomic<int> n(0, "n");
  two([&] { mark<1>(), n.store(call); }, [&] { n.store(0); });
  check(call > 1, "it is not the first call");
}

void another_number_of_loads(int call) {
  atomic<int> n(0, "n");
  for (int i = 0; i < call; ++i) mark<1>(), (void)n.load();
  check(false, "always");
}

void fails_once(int call) {
  atomic<int> n(0, "n");
  two([&] { n.store(1); }, [&] { n.store(2); });
  check(call != 1, "it is not the first call");
}

void fails_in_two_ways(int call) {
  atomic<int> n(0, "n");
  two([&] { n.store(1); }, [&] { n.store(2); });
  if (call != 1) throw std::runtime_error("not the first call");
  check(call != 1, "it is not the first call");
}

void fails_and_goes_another_way(int call) {
  atomic<int> n(0, "n");
  two(
      [&] {
        n.store(1);
        if (call != 1) n.store(3);
      },
      [&] { n.store(2); });
  check(call != 1, "it is not the first call");
}

TEST(nondeterminism, in_an_exploration) {
  file_name = "nondeterminism_test.cpp";
  const nondeterministic_case cases[] = {
      {"dfs comes to another choice", &threads_by_call, 2,
       "the execution does not follow its schedule: after event 3 of main the program comes to a choice of thread "
       "among 3: main/1 (load), main/2 (store), main/3 (store); the schedule has a choice of thread among 2 there "
       "(choice 1)."},
      {"dfs comes to the end too early", &shorter_after_a_call, 2,
       "the execution does not follow its schedule: the program ended after event 5 of main, with 2 of the "
       "schedule's 3 choices made."},
      {"the recorded replay does not fail", &fails_once, 1,
       "an execution ended with assertion, and its replay by the same schedule with no failure."},
      {"the value of an event is another one each time", &another_value_each_time, 1,
       "an execution ended with assertion, and its replay by the same schedule with no failure.",
       "The first event that differs between two replays is number 3: in one it is a's `store n := 2` (@1), in the "
       "other it is a's `store n := 3` (@1). What decides it is not among the choices: a real clock, a random number "
       "other than heddle::random's, an address, uninitialized memory, or a variable left over from an earlier "
       "execution."},
      {"the recorded replay fails in the same way after other events", &another_number_of_loads, 1,
       "an execution had 1 events, and its replay by the same schedule 2.",
       "The first event that differs between two replays is number 3: in one there is no such event, in the other it "
       "is "
       "main's `load n = 0` (@1). What decides it is not among the choices: a real clock, a random number other than "
       "heddle::random's, an address, uninitialized memory, or a variable left over from an earlier execution."},
      {"the recorded replay fails in another way", &fails_in_two_ways, 1,
       "an execution ended with assertion, and its replay by the same schedule with uncaught-exception."},
      {"the recorded replay goes another way", &fails_and_goes_another_way, 1,
       "the replay of a failing execution went another way: after event 1 of main/1 the program comes to a choice of "
       "thread among 2: main/1 (store), main/2 (store); the schedule has nothing left there (choice 2)."},
  };
  for (const nondeterministic_case& each : cases) {
    SCOPED_TRACE(each.why);
    int call = 0;
    const result found = explore([&] { each.body(++call); }, by_interleavings());
    EXPECT_EQ(found.executions, each.executions);
    EXPECT_EQ(found.failures, 1U);
    EXPECT_EQ(found.failures_by_kind, (std::map<std::string, std::uint64_t>{{"nondeterminism", 1}}));
    EXPECT_EQ(found.exit_code(), 4);
    ASSERT_TRUE(found.failure);
    EXPECT_EQ(found.failure->message, each.message);
    ASSERT_EQ(found.failure->explanation.size(), 1U);
    EXPECT_EQ(without_directories(found.failure->explanation[0]), with_places(each.explanation));
  }
}

void adds_from_the_second_call_on(int call) {
  atomic<int> n(0, "n");
  two([&] { call < 2 ? n.store(1) : void(n.fetch_add(1)); }, [&] { n.store(2); });
}

void does_less_from_the_second_call_on(int call) {
  atomic<int> n(0, "n");
  if (call < 2) two([&] { n.store(1); }, [&] { n.store(2); });
}

void waits_from_the_second_call_on(int call) {
  mutex m("m");
  if (call > 1) m.lock();
  two([&] { m.lock(), m.unlock(); }, [&] { m.lock(), m.unlock(); });
  if (call > 1) m.unlock();
}

void draws_of_more_each_time(int call) { (void)heddle::random(static_cast<std::uint32_t>(call + 1)); }

TEST(nondeterminism, in_an_exploration_by_traces) {
  const struct {
    const char* why;
    void (*body)(int call);
    std::string_view message;
  } cases[] = {
      {"another operation", &adds_from_the_second_call_on,
       "the execution does not follow its schedule: main/1 was to store in step 1 of its own, and did fetch_add."},
      {"blocked where it was not", &waits_from_the_second_call_on,
       "the execution does not follow its schedule: a thread that has not begun was to lock in step 1 of its own, and "
       "cannot."},
      {"a choice among more", &draws_of_more_each_time,
       "the execution does not follow its schedule: main was to choose in step 1 of its own, among 2 possibilities, "
       "and has 3."},
      {"nothing", &does_less_from_the_second_call_on,
       "the execution does not follow its schedule: a thread that has not begun was to store in step 1 of its own, and "
       "the program has "
       "ended."},
      {"another thread", &threads_by_call,
       "the execution does not follow its schedule: main/1 was to store in step 1 of its own, and did load."},
  };
  for (const auto& each : cases) {
    SCOPED_TRACE(each.why);
    int call = 0;
    const result found = explore([&] { each.body(++call); }, options());
    EXPECT_EQ(found.failures_by_kind, (std::map<std::string, std::uint64_t>{{"nondeterminism", 1}}));
    EXPECT_FALSE(found.exhaustive);
    EXPECT_EQ(found.exit_code(), 4);
    ASSERT_TRUE(found.failure);
    EXPECT_EQ(found.failure->message, each.message);
  }
}

TEST(nondeterminism, in_a_replay) {
  const auto body = [](int stores) {
    return [=] {
      atomic<int> n(0, "n");
      two([&] { n.store(1); },
          [&] {
            for (int i = 0; i < stores; ++i) n.store(2);
          });
    };
  };
  const struct {
    const char* why;
    int stores;
    std::string_view schedule;
    std::string_view message;
  } cases[] = {
      {"the schedule's own program", 2, "heddle1:program:t1/2x2.end", ""},
      {"another count", 2, "heddle1:program:t1/3.end",
       "the execution does not follow its schedule: after event 2 of main the program comes to a choice of thread "
       "among 2: main/1 (store), main/2 (store); the schedule has a choice of thread among 3 there (choice 1)."},
      {"another kind", 2, "heddle1:program:t1/2.v0/2.end",
       "the execution does not follow its schedule: after event 1 of main/2 the program comes to a choice of thread "
       "among 2: main/1 (store), main/2 (store); the schedule has a choice of value among 2 there (choice 2)."},
      {"nothing left", 3, "heddle1:program:t1/2x2.end",
       "the execution does not follow its schedule: after event 2 of main/2 the program comes to a choice of thread "
       "among 2: main/1 (store), main/2 (store); the schedule has nothing left there (choice 3)."},
      {"too much", 2, "heddle1:program:t1/2x3.end",
       "the execution does not follow its schedule: the program ended after event 5 of main, with 2 of the "
       "schedule's 3 choices made."},
  };
  for (const auto& each : cases) {
    SCOPED_TRACE(each.why);
    const result found = replay(body(each.stores), each.schedule);
    EXPECT_EQ(found.verdict, each.message.empty() ? verdict::pass : verdict::fail);
    EXPECT_EQ(found.failure ? found.failure->message : std::string(), each.message);
    EXPECT_EQ(found.exit_code(), each.message.empty() ? 0 : 4);
  }
}

}  // namespace
}  // namespace heddle
