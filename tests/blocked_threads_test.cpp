// What reports say of threads that wait, object by object, and how they call what a program did.
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/heddle.hpp>

#include "failing.hpp"

namespace heddle {
namespace {

struct blocked_case {
  std::vector<std::string> sentences;
  void (*body)();
};

const blocked_case cases[] = {
    {{"main waits for latch l to be counted down to 0 (here.cpp:7)."}, [] { latch(1, "l").wait(here); }},
    {{"main waits at barrier b for a phase to end (here.cpp:7)."}, [] { barrier(2, "b").arrive_and_wait(here); }},
    {{"main waits for the result of future f (here.cpp:7)."}, [] { promise<int>("f").get_future().get(here); }},
    {{"main waits for a message in pipe p, which is empty (here.cpp:7)."},
     [] { static_cast<void>(pipe<int>(1, "p").receive(here)); }},
    {{"main waits for the call_once of once flag o, which it is in itself (here.cpp:7)."},
     [] {
       once_flag o("o");
       call_once(
           o,
           [&] {
             call_once(
                 o, [] {}, here);
           },
           here);
     }},
    {{"a waits to lock mutex m, which b holds (here.cpp:7).",
      "b holds mutex m (taken at here.cpp:7) and waits for the call_once of once flag o, which a is in (here.cpp:7)."},
     [] {
       once_flag o("o");
       mutex m("m");
       thread a("a", [&] {
         call_once(
             o, [&] { m.lock(here), m.unlock(); }, here);
       });
       thread b("b", [&] {
         m.lock(here);
         call_once(
             o, [] {}, here);
         m.unlock();
       });
       a.join();
       b.join();
     }},
    {{"main holds mutex m (taken at here.cpp:7) and waits for the end of process child (here.cpp:7).",
      "child waits to lock mutex m of child, which was held when the process was started, for ever (here.cpp:7)."},
     [] {
       mutex m("m");
       m.lock(here);
       process child("child", [&] { m.lock(here); });
       child.wait(here);
     }},
};

TEST(blocked_threads, are_told_what_they_wait_for) {
  for (const blocked_case& each : cases) {
    SCOPED_TRACE(each.sentences.front());
    const result found = explore(each.body, options{});
    ASSERT_TRUE(found.failure) << found;
    EXPECT_EQ(found.failure->explanation, each.sentences) << found;
  }
}

struct row_case {
  std::string_view row;
  void (*body)();
};

// The row is in the report of a check that fails at the end.
const row_case rows[] = {
    {"request_stop worker (was requested before)",
     [] {
       jthread worker("worker", [](const stop_token& stop) { static_cast<void>(stop.stop_requested(here)); });
       worker.request_stop(here);
       worker.request_stop(here);
     }},
    {"send p 5",
     [] {
       pipe<int> p(1, "p");
       thread sender("sender", [&] { p.send(5, here); });
       static_cast<void>(p.receive(here));
       sender.join();
     }},
    {"stop_requested worker = true",
     [] {
       jthread worker("worker", [](const stop_token& stop) { static_cast<void>(stop.stop_requested(here)); });
       worker.request_stop(here);
       worker.join(here);
     }},
    {"receive p = 5",
     [] {
       pipe<int> p(1, "p");
       thread sender("sender", [&] { p.send(5, here); });
       static_cast<void>(p.receive(here));
       sender.join();
     }},
};

TEST(rows, call_operations_as_the_program_does) {
  for (const row_case& each : rows) {
    SCOPED_TRACE(each.row);
    const result found = explore(
        [&] {
          each.body();
          check(false, "the end", here);
        },
        options{});
    EXPECT_NE(to_text(found).find(each.row), std::string::npos) << found;
  }
}

TEST(rows, tell_of_each_fault) {
  options with;
  with.time = time_mode::timed;
  with.faults = sim::only(fault_kind::timeout);
  const result found = explore(
      [] {
        using namespace std::chrono_literals;
        const auto begin = steady_clock::now(here);
        this_thread::sleep_for(1s, here);
        check(steady_clock::now(here) - begin < 2s, "not late", here);
      },
      with);
  EXPECT_NE(to_text(found).find("sleep (fault: late)"), std::string::npos) << found;
}

// An early time-out and a late one are the same event.
TEST(rows, tell_of_timeouts_that_do_not_come_in_time) {
  options with;
  with.faults = sim::only(fault_kind::timeout);
  const result found = explore(
      [] {
        using namespace std::chrono_literals;
        promise<int> p("p");
        future<int> f = p.get_future();
        p.set_value(1, here);
        check(f.wait_for(1s, here) == std::future_status::ready, "ready", here);
      },
      with);
  EXPECT_NE(to_text(found).find("await p, times out (fault: not in time)"), std::string::npos) << found;
}

// It is not said that what was wrong could go on.
TEST(rows, end_with_the_misuse) {
  const result found = explore([] { mutex("m").unlock(here); }, options{});
  const std::string text = to_text(found);
  EXPECT_NE(text.find("unlock m  MISUSE"), std::string::npos) << text;
  EXPECT_EQ(text.find("ready"), std::string::npos) << text;
}

constexpr failing_case failures[] = {
    {failure_kind::misuse, "misuse by b: a joins worker already (here.cpp:7).",
     [] {
       thread worker("worker", [] { this_thread::yield(); });
       thread a("a", [&] { worker.join(); });
       thread b("b", [&] { worker.join(here); });
       a.join();
       b.join();
     }},
    {failure_kind::uncaught_exception, "uncaught exception in main: std::future_error: No associated state.",
     [] { future<int>().get(here); }},
};

TEST(messages, name_threads_and_exceptions_once) { expect_failure(failures); }

}  // namespace
}  // namespace heddle
