// Programs that crash, hang, or leave: each becomes a failure with a kind, a message and a place, and comes again.
#include <gtest/gtest.h>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cassert>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <heddle/heddle.hpp>

#include "crash_programs.hpp"
#include "detected.hpp"

#ifdef HEDDLE_TEST_SANITIZED
// What the calls of a crashed thread owned is lost.
extern "C" const char* __asan_default_options() { return "detect_leaks=0"; }
#endif

namespace heddle {
namespace {

options quick() {
  options with;
  with.hang_limit = std::chrono::milliseconds(100);
  return with;
}

class crashes : public testing::TestWithParam<crash_case> {};

TEST_P(crashes, are_failures_and_come_again) {
  file_name = "crash_programs.hpp";
  const auto body = [] { crash_behind_a(GetParam().crash); };
  const result found = explore(body, quick());
  ASSERT_TRUE(found.failure.has_value());
  EXPECT_EQ(to_string(found.failure->kind), to_string(GetParam().kind)) << found;
  if (!GetParam().message.empty()) {
    EXPECT_EQ(without_directories(found.failure->message), with_places(GetParam().message));
  }
  EXPECT_EQ(found.executions, 1U);
  EXPECT_EQ(found.exit_code(), 1);
  const result again = replay(body, found.failure->schedule, quick());
  ASSERT_TRUE(again.failure.has_value());
  EXPECT_EQ(again.failure->kind, found.failure->kind);
  EXPECT_EQ(again.failure->message, found.failure->message);
  EXPECT_EQ(again.failure->where, found.failure->where);
  EXPECT_EQ(again.failure->schedule, found.failure->schedule);
}

TEST_P(crashes, do_not_end_the_search) {
  options with = quick();
  with.keep_going = true;
  if (std::string_view(GetParam().name).starts_with("stack_overflow_")) return;  // has much more to choose
  const result found = explore([] { crash_behind_a(GetParam().crash); }, with);
  EXPECT_EQ(found.executions, 2U) << "a before b, and b before a";
  EXPECT_EQ(found.failures, 1U);
  EXPECT_TRUE(found.exhaustive);
}

INSTANTIATE_TEST_SUITE_P(all, crashes, testing::ValuesIn(crash_cases), [](const auto& of) { return of.param.name; });

TEST(stack_overflow, names_the_stack_size_to_set) {
  options with;
  with.stack_size = 32768;
  const result found = explore([] { recurse(0); }, with);
  ASSERT_TRUE(found.failure.has_value());
  EXPECT_NE(found.failure->message.find("its stack of 32768 bytes is full: set a larger one with --stack-size "
                                        "(HEDDLE_STACK_SIZE, options::stack_size)"),
            std::string::npos)
      << found.failure->message;
}

TEST(stack_overflow, does_not_come_with_a_larger_stack) {
  const auto deep = [] {
    struct recursion {
      UNDEFINED static int go(int n) {  // NOLINT(misc-no-recursion)
        volatile char here[1000];
        here[0] = 1;
        return n == 0 ? 0 : here[0] + go(n - 1);
      }
    };
    check(recursion::go(100) == 100, "it is deep");
  };
  options with;
  EXPECT_EQ(explore(deep, with).failure.value().kind, failure_kind::stack_overflow);
  with.stack_size = std::size_t{1024} * 1024;
  EXPECT_EQ(explore(deep, with).verdict, verdict::pass);
}

// ---- the first failure stays

/** `first` in one thread, and when another one is unwound for that, `second` in its destructors. */
void crash_twice(void (*first)(), void (*second)()) {
  struct at_end {
    void (*call)();
    ~at_end() { call(); }
  };
  atomic<int> n(0, "n");
  thread crasher("crasher", [&] { first(); });
  thread bystander("bystander", [&] {
    const at_end guard{second};
    n.fetch_add(1);  // has begun, but does not come to it
  });
  crasher.join();
  bystander.join();
}

TEST(the_first_failure, is_not_masked_by_one_in_clean_up) {
  const std::array<void (*)(), 5> all{write_null, [] { std::abort(); }, [] { std::exit(1); }, [] { recurse(0); }, spin};
  const std::array kinds{failure_kind::crash, failure_kind::abort, failure_kind::exit, failure_kind::stack_overflow,
                         failure_kind::hang};
  for (std::size_t first = 0; first < all.size(); ++first) {
    for (void (*second)() : all) {
      const result found = explore([&] { crash_twice(all[first], second); }, quick());
      ASSERT_TRUE(found.failure.has_value());
      EXPECT_EQ(to_string(found.failure->kind), to_string(kinds[first]));
    }
  }
}

TEST(the_first_failure, may_be_a_check_of_the_program) {
  struct at_end {
    ~at_end() { write_null(); }
  };
  const result found = explore([] {
    const at_end guard;
    check(false, "the first");
  });
  EXPECT_EQ(found.failure.value().kind, failure_kind::assertion);
}

// ---- many of them

std::uint64_t resident_pages() {
  std::ifstream file("/proc/self/statm");
  std::uint64_t total = 0;
  std::uint64_t resident = 0;
  file >> total >> resident;
  return resident;
}

TEST(ten_thousand_crashes, do_not_add_up) {
#ifdef HEDDLE_TEST_SANITIZED
  constexpr std::uint64_t few = 200;
#else
  constexpr std::uint64_t few = 1'000;
#endif
  for (const crash_case& each : crash_cases) {
    // One of each way out: from a handler, of calls, of operations, by the standard library.
    const std::set<std::string_view> tried{
        "write_null", "assert", "exit", "abort", "stack_overflow", "stack_overflow_at_an_operation", "terminate"};
    if (tried.count(each.name) == 0) continue;
    SCOPED_TRACE(each.name);
    std::uint64_t after_few = 0;
    std::uint64_t executions = 0;
    options with = quick();
    with.keep_going = true;
    with.executions = 10 * few;
    const result found = fuzz(
        [&] {
          if (++executions == few) after_few = resident_pages();
          atomic<int> n(0, "n");
          two([&] { n.fetch_add(1); },
              [&] {
                n.fetch_add(1);
                each.crash();
              });
        },
        with);
    EXPECT_EQ(found.failures, 10 * few);
#ifndef HEDDLE_TEST_SANITIZED
    EXPECT_LE(resident_pages(), after_few + after_few / 20);
#endif
  }
}

TEST(threads_without_end, are_refused_as_by_std) {
  const auto endless = [] {
    for (;;) thread([] {}).detach();
  };
  const result found = explore(endless);
  ASSERT_TRUE(found.failure.has_value());
  EXPECT_EQ(to_string(found.failure->kind), to_string(failure_kind::uncaught_exception));
  EXPECT_NE(found.failure->message.find("an execution has no more than 16384 threads"), std::string::npos) << found;
}

TEST(ten_hangs, do_not_add_up) {
  options with = quick();
  with.hang_limit = std::chrono::milliseconds(10);
  with.keep_going = true;
  with.executions = 10;
  const result found = fuzz([] { two([] { spin(); }, [] {}); }, with);
  EXPECT_EQ(found.failures_by_kind, (std::map<std::string, std::uint64_t>{{"hang", 10}}));
}

// ---- whose business it is

TEST(hang_limit, of_zero_is_none) {
  options with;
  with.hang_limit = std::chrono::nanoseconds(0);
  const auto slow = [](std::chrono::milliseconds length) {
    return [=] {
      const auto end = std::chrono::steady_clock::now() + length;
      while (std::chrono::steady_clock::now() < end) {
      }
    };
  };
  EXPECT_EQ(explore(slow(std::chrono::milliseconds(150)), with).verdict, verdict::pass);
  with.hang_limit = std::chrono::milliseconds(50);
  // Much longer than the limit, since a machine that is busy with other things may skip ticks.
  EXPECT_EQ(explore(slow(std::chrono::seconds(20)), with).failure.value().kind, failure_kind::hang);
}

TEST(hang_limit, does_not_blame_a_program_that_moves) {
  options with;
  with.hang_limit = std::chrono::milliseconds(10);
  with.event_limit = 100'000'000;
  const result found = explore(
      [] {
        atomic<int> n(0, "n");
        const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(100);
        while (std::chrono::steady_clock::now() < end) n.fetch_add(1);
      },
      with);
  EXPECT_EQ(found.verdict, verdict::pass) << found;
}

TEST(fork, makes_a_child_that_explores_nothing) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  const result found = explore([&] {
    two([] {},
        [&] {
          const pid_t child = fork();
          if (child == 0) {
            if (write(ends[1], "c", 1) != 1) _exit(2);
            return;  // to the end of the execution
          }
          int status = 0;
          check(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0, "it ended");
          const pid_t leaving = fork();
          if (leaving == 0) _exit(7);
          check(waitpid(leaving, &status, 0) == leaving && WIFEXITED(status) && WEXITSTATUS(status) == 7, "it left");
        });
  });
  EXPECT_EQ(found.verdict, verdict::pass) << found;
  close(ends[1]);
  std::array<char, 16> said{};
  EXPECT_EQ(read(ends[0], said.data(), said.size()), static_cast<ssize_t>(found.executions)) << "once each";
  close(ends[0]);
}

/** A value that makes this call when the last copy of it is destroyed. */
std::shared_ptr<int> that_at_its_end(std::function<void()> call) {
  return {new int(0), [call = std::move(call)](const int* value) {
            delete value;
            call();
          }};
}

TEST(copies, are_destroyed_as_the_program_s_own_code) {
  options with;
  with.keep_going = true;
  int operations = 0;
  const auto body = [](const std::function<void()>& call) {
    return [call] {
      auto value = that_at_its_end(call);
      auto it = std::make_unique<shared<std::shared_ptr<int>>>(value, "it");
      process child([] {});
      child.wait();
      value.reset();
      it.reset();  // the child's copy has the last reference
    };
  };
  const auto operate = [&] {
    atomic<int> n(0, "n");
    n.store(1);
    ++operations;
  };
  EXPECT_EQ(explore(body(operate), with).verdict, verdict::pass);
  EXPECT_GT(operations, 0);
  // In clean-up nothing that crashes, leaves, or waits for ever can take the checker down.
  for (void (*call)() : {+[] { std::abort(); }, +[] { std::exit(1); },
                         +[] {
                           mutex never("never");
                           never.lock();
                         }}) {
    EXPECT_EQ(explore(body(call), with).verdict, verdict::pass);
  }
}

TEST(searches, in_several_os_threads_crash_each_for_itself) {
  std::vector<std::thread> searching;
  std::array<failure_kind, 4> found{};
  for (std::size_t i = 0; i < found.size(); ++i) {
    searching.emplace_back([&found, i] {
      options with = quick();
      with.keep_going = true;
      with.executions = 20;
      const result all = fuzz([] { crash_behind_a(spin); }, with);
      found[i] = all.failure.value().kind;
    });
  }
  for (std::thread& each : searching) each.join();
  for (const failure_kind kind : found) EXPECT_EQ(kind, failure_kind::hang);
}

using crashes_outside_death_test = testing::Test;

TEST(crashes_outside_death_test, end_the_process_as_ever) {
  static_cast<void>(explore([] {}));  // installs the handlers
  EXPECT_EXIT(std::exit(7), testing::ExitedWithCode(7), "^$");
  EXPECT_EXIT(_exit(7), testing::ExitedWithCode(7), "^$");
  EXPECT_EXIT(std::_Exit(7), testing::ExitedWithCode(7), "^$");
  EXPECT_EXIT(std::quick_exit(7), testing::ExitedWithCode(7), "^$");
  EXPECT_DEATH(assert(getpid() == 0), "getpid\\(\\) == 0");
  EXPECT_EXIT(std::abort(), testing::KilledBySignal(SIGABRT), "^$");
#ifndef HEDDLE_TEST_SANITIZED  // which has handlers of its own: these get them
  EXPECT_EXIT(static_cast<void>(std::raise(SIGBUS)), testing::KilledBySignal(SIGBUS), "^$");
  EXPECT_EXIT(write_null(), testing::KilledBySignal(SIGSEGV), "^$");
#endif
}

TEST(crashes_outside_death_test, of_the_checker_say_so) {
  options with;
  with.trace = [](std::string_view /*line*/) { std::abort(); };  // a callback, which runs outside of the program
  const auto body = [] { two([] { this_thread::yield(); }, [] { this_thread::yield(); }); };
  EXPECT_EXIT(static_cast<void>(run_once(body, with)), testing::KilledBySignal(SIGABRT),
              "heddle: the checker itself was hit by SIGABRT; .* Choices so far: end");
}

}  // namespace
}  // namespace heddle
