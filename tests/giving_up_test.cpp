// An execution that is given up leaves nothing behind: no memory, no object, no exception, whatever its threads are at.
#include <gtest/gtest.h>

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <heddle/heddle.hpp>

#include "giving_up_programs.hpp"
#include "unattended_losses.hpp"

namespace heddle {
namespace {

// Memory can be compared only where the allocator gives it back: the address sanitizer keeps what was freed for a
// while. It finds leaks itself, at the end of the program.
#ifdef HEDDLE_TEST_LEAKS
constexpr bool memory_is_measured = false;
#else
constexpr bool memory_is_measured = true;
#endif

/** Pages of this process that are in memory; without an allocation, and with little stack. */
std::int64_t resident_pages() {
  std::array<char, 128> text{};
  const int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  const auto length = read(file, text.data(), text.size() - 1);
  close(file);
  char* position = text.data();
  if (length > 0) (void)std::strtoll(position, &position, 10);  // the size of the address space comes first
  return std::strtoll(position, nullptr, 10);
}

struct giving_up_case {
  const char* why;
  void (*body)();
  failure_kind kind;
  std::uint64_t executions = 10'000;
  bool loses_exceptions = false;  // a thread is abandoned amid an unwinding: the exception on its way is lost
};

constexpr failure_kind deadlock = failure_kind::deadlock;
constexpr failure_kind exception = failure_kind::uncaught_exception;

const giving_up_case cases[] = {
    {"a deadlock of two", &programs::deadlock_of_two, deadlock},
    {"an exception leaves a thread", &programs::exception_in_a_thread, exception},
    {"a check fails in a child, others are suspended", &programs::check_in_a_child, failure_kind::assertion},
    {"a handler of everything, once", &programs::swallowed_once, deadlock},
    // A thousand exceptions an execution take their time: fewer executions.
    {"a handler of everything in an endless loop", &programs::swallowed_for_ever, deadlock, 1'000},
    {"an operation below a noexcept function", &programs::below_noexcept, deadlock},
    {"operations in destructors", &programs::operations_in_destructors, deadlock},
    {"a pop in a destructor", &programs::pop_in_a_destructor, deadlock, 10'000, true},
    {"suspended in a destructor", &programs::suspended_in_a_destructor, deadlock},
    {"suspended in a destructor while unwinding", &programs::suspended_while_unwinding, deadlock},
    {"an endless wait in a destructor", &programs::endless_wait_in_a_destructor, deadlock, 10'000, true},
    {"suspended in a catch block", &programs::suspended_in_a_catch_block, deadlock},
    {"nested threads", &programs::nested_threads, deadlock},
    {"threads that have not begun", &programs::not_begun, failure_kind::assertion},
    {"std::terminate", &programs::terminated, exception},
    {"an exception out of noexcept", &programs::terminated_by_an_exception, exception},
    {"the event limit", &programs::too_many_events, failure_kind::livelock},
};

/** Exceptions work here as if nothing had happened. */
void expect_exceptions_intact() {
  EXPECT_EQ(std::uncaught_exceptions(), 0);
  EXPECT_EQ(std::current_exception(), nullptr);
  try {
    throw std::out_of_range("fine");
  } catch (const std::exception& error) {
    EXPECT_STREQ(error.what(), "fine");
    EXPECT_NE(std::current_exception(), nullptr);
  }
  EXPECT_EQ(std::current_exception(), nullptr);
}

options given_up(std::uint64_t executions) {
  options with;
  with.executions = executions;
  with.keep_going = true;
  with.event_limit = 200;
  return with;
}

TEST(giving_up, leaves_nothing_behind) {
  for (const giving_up_case& each : cases) {
    SCOPED_TRACE(each.why);
    std::optional<unattended_losses> allowed;  // the rest of what the leak detector would find the other rows show
    if (each.loses_exceptions) allowed.emplace();
    const std::uint64_t warm = each.executions / 10;
    std::uint64_t calls = 0;
    std::int64_t pages_when_warm = 0;
    std::int64_t pages_at_end = 0;
    programs::tracker::made = 0;
    // The first failure is replayed: one call more than executions.
    const result found = fuzz(
        [&] {
          ++calls;
          if (calls == warm) pages_when_warm = resident_pages();
          if (calls == each.executions) pages_at_end = resident_pages();
          if (programs::tracker::alive != 0)
            ADD_FAILURE() << programs::tracker::alive << " objects of the execution before are left";
          programs::tracker::alive = 0;
          each.body();
        },
        given_up(each.executions));
    EXPECT_EQ(programs::tracker::alive, 0) << "of the last execution";
    EXPECT_GE(programs::tracker::made, static_cast<std::int64_t>(each.executions)) << "there was something to forget";
    EXPECT_EQ(calls, each.executions + 1);
    EXPECT_EQ(found.executions, each.executions);
    const std::map<std::string, std::uint64_t> all_alike{{std::string(to_string(each.kind)), each.executions}};
    EXPECT_EQ(found.failures_by_kind, all_alike);
    ASSERT_TRUE(found.failure);
    EXPECT_EQ(found.failure->kind, each.kind) << found.failure->message;
    if (memory_is_measured && !each.loses_exceptions) {
      EXPECT_GT(pages_when_warm, 0);
      EXPECT_LE(pages_at_end * 100, pages_when_warm * 105) << "pages in memory, against those early on";
    }
    expect_exceptions_intact();
  }
}

TEST(giving_up, leaves_exceptions_intact_for_the_executions_after_it) {
  for (const giving_up_case& each : cases) {
    SCOPED_TRACE(each.why);
    std::optional<unattended_losses> allowed;  // the rest of what the leak detector would find the other rows show
    if (each.loses_exceptions) allowed.emplace();
    // Given up or not as a choice, at random, on the same contexts.
    const result found = fuzz(
        [&] {
          if (random(2) == 0) return each.body();
          expect_exceptions_intact();
          thread(&expect_exceptions_intact).join();
          reachable("the end");
        },
        given_up(40));
    EXPECT_EQ(found.reached, std::vector<std::string>{"the end"});
    EXPECT_TRUE(found.failures > 0 && found.failures < 40) << found.failures << " were given up";
  }
}

/** What the handler that runs in this green thread has caught. */
std::string caught_here() {
  try {
    throw;
  } catch (const std::runtime_error& error) {
    return error.what();
  }
}

TEST(exceptions, belong_to_their_green_thread) {
  const auto body = [] {
    atomic<int> turn{0};
    const auto handle = [&](const std::string& own) {
      check(std::current_exception() == nullptr, "nothing is caught at first");
      try {
        throw std::runtime_error(own);
      } catch (const std::runtime_error& error) {
        const std::exception_ptr mine = std::current_exception();
        turn.fetch_add(1);
        check(std::current_exception() == mine, "the handler still handles what it caught");
        check(caught_here() == own, "and rethrows it");
        try {
          throw std::runtime_error(own + " again");
        } catch (const std::runtime_error&) {
          turn.fetch_add(1);
          check(caught_here() == own + " again", "a handler in a handler has its own");
        }
        turn.fetch_add(1);
        check(caught_here() == own, "and leaves the outer one as it was");
        check(std::string(error.what()) == own, "which is alive");
      }
      check(std::current_exception() == nullptr, "nothing is caught in the end");
    };
    thread a([&] { handle("a"); });
    thread b([&] { handle("b"); });
    a.join();
    b.join();
  };
  const result found = explore(body, options{});
  EXPECT_EQ(found.verdict, verdict::pass) << found;
  EXPECT_TRUE(found.exhaustive);
  EXPECT_EQ(found.executions, 20U) << "all orders of three operations each: 6! / (3! 3!)";
}

TEST(exceptions, of_a_thread_are_not_inherited) {
  const auto body = [] {
    atomic<int> flag{0};
    try {
      throw std::runtime_error("main's");
    } catch (...) {
      thread child([&] {
        check(std::current_exception() == nullptr && std::uncaught_exceptions() == 0,
              "a new thread has caught nothing");
        flag.store(1);
        check(std::current_exception() == nullptr, "not while its parent handles something, either");
      });
      flag.store(2);
      check(caught_here() == "main's", "its parent has");
      child.join();
      check(caught_here() == "main's", "also when the child has ended");
    }
  };
  const result found = explore(body, options{});
  EXPECT_EQ(found.verdict, verdict::pass) << found;
  EXPECT_EQ(found.executions, 2U) << "either store comes first";
}

}  // namespace
}  // namespace heddle
