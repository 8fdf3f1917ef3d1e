// What call_once does, in all interleavings.
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "failing.hpp"
#include "passing.hpp"

namespace heddle {
namespace {

constexpr passing_case onces[] = {
    {"by one thread: called once, with arguments as they are, and not for another flag", 1,
     [] {
       once_flag f;
       once_flag other("other");
       int calls = 0;
       call_once(f, [&] { ++calls; });
       call_once(f, [&] { ++calls; });
       check(calls == 1, "once");
       call_once(
           other, [](int& n, const std::unique_ptr<int>& by) { n += *by; }, calls, std::make_unique<int>(10));
       check(calls == 11, "the other one");
     }},
    // 2 orders of entering. While the first one stores, the other cannot move; then the first one's load with the
    // other's entry and load: 3 orders.
    {"two threads: one calls, and both see what it did: 2 * 3", 6,
     [] {
       once_flag f;
       shared<int> x{0};  // a data race, if the call did not happen before the second one's return
       const auto use = [&] {
         call_once(f, [&] { x.store(5); });
         check(x.load() == 5, "called");
       };
       thread a(use);
       thread b(use);
       a.join();
       b.join();
     }},
    // The function has an operation in it, at which the other thread, which waits, cannot get in: 2 orders of entering.
    {"two threads: the other one waits while the function is being called", 2,
     [] {
       once_flag f;
       atomic<int> calls{0};
       int done = 0;
       const auto use = [&] {
         call_once(f, [&] {
           calls.fetch_add(1);
           done = 1;
         });
         check(done == 1, "it is over");
       };
       thread a(use);
       thread b(use);
       a.join();
       b.join();
       check(calls.load() == 1, "once");
     }},
    // A third thread's load: before the first entry, between entry and addition, between addition and the second
    // entry, or after that; times 2 orders of entering.
    {"two threads and one that looks on: 2 * 4", 8,
     [] {
       once_flag f;
       atomic<int> calls{0};
       const auto use = [&] { call_once(f, [&] { calls.fetch_add(1); }); };
       thread a(use);
       thread b(use);
       check(calls.load() <= 1, "at most once");
       a.join();
       b.join();
     }},
    // 2 orders of entering; the one that comes second calls again, since the first call threw.
    {"an exception passes through, and the next one calls", 2,
     [] {
       once_flag f;
       int calls = 0;
       int caught = 0;
       const auto use = [&] {
         try {
           call_once(f, [&] {
             if (++calls == 1) throw std::runtime_error("not yet");
           });
         } catch (const std::runtime_error&) {
           ++caught;
         }
       };
       thread a(use);
       thread b(use);
       a.join();
       b.join();
       call_once(f, [&] { ++calls; });
       check(calls == 2 && caught == 1, "one failed, one did it");
     }},
    {"nested calls by different flags", 1,
     [] {
       once_flag outer;
       once_flag inner;
       int calls = 0;
       call_once(outer, [&] { call_once(inner, [&] { ++calls; }); });
       call_once(inner, [&] { ++calls; });
       check(calls == 1, "once each");
     }},
};

TEST(objects, once) { expect_pass(onces); }

constexpr failing_case failures[] = {
    {failure_kind::deadlock, "deadlock of main: it waits for itself.",
     [] {
       once_flag f;
       call_once(f, [&] { call_once(f, [] {}); });
     }},
    {failure_kind::deadlock, "deadlock of a and b: each waits for the next, and the last for the first.",
     [] {
       once_flag f;
       once_flag g;
       thread a("a", [&] { call_once(f, [&] { call_once(g, [] {}); }); });
       thread b("b", [&] { call_once(g, [&] { call_once(f, [] {}); }); });
       a.join();
       b.join();
     }},
    {failure_kind::uncaught_exception,
     "uncaught exception in main: std::runtime_error: oops, after its leave_once (here.cpp:7).",
     [] {
       once_flag f;
       call_once(
           f, [] { throw std::runtime_error("oops"); }, here);
     }},
};

TEST(misuse, of_once_flags) { expect_failure(failures); }

TEST(misuse, of_a_once_flag_that_is_destroyed_within_its_call) {
  const result found = explore(
      [] {
        auto f = std::make_unique<once_flag>("flag");
        call_once(*f, [&] { f.reset(); });
      },
      options{});
  ASSERT_TRUE(found.failure.has_value());
  EXPECT_EQ(found.failure->kind, failure_kind::misuse);
  EXPECT_EQ(
      found.failure->message.rfind("misuse by main: once flag flag was destroyed while main was in its call_once", 0),
      0U)
      << found.failure->message;
}

// Given up within the function, which unwinds like any other code.
TEST(objects, a_call_that_is_given_up) {
  int unwound = 0;
  const result found = explore(
      [&] {
        once_flag f;
        struct counts {
          int& n;
          ~counts() { ++n; }
        };
        thread a([&] {
          call_once(f, [&] {
            const counts guard{unwound};
            binary_semaphore(0).acquire();
          });
        });
        thread b([&] { call_once(f, [] {}); });
        a.join();
        b.join();
      },
      options{});
  ASSERT_TRUE(found.failure.has_value());
  EXPECT_EQ(found.failure->kind, failure_kind::deadlock);
  EXPECT_GT(unwound, 0);
}

}  // namespace
}  // namespace heddle
