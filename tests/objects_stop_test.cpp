// Stop sources, tokens and callbacks, and threads that stop and join by themselves.
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "detected.hpp"
#include "giving_up_programs.hpp"
#include "passing.hpp"
#include "unattended_losses.hpp"

namespace heddle {
namespace {

constexpr passing_case states[] = {
    {"the first request is the first", 1,
     [] {
       stop_source source("stop");
       const stop_token token = source.get_token();
       check(source.stop_possible() && token.stop_possible() && !token.stop_requested(), "not yet");
       check(source.request_stop() && !source.request_stop(), "once");
       check(source.stop_requested() && token.stop_requested() && token.stop_possible(), "for good");
     }},
    {"without a stop state nothing is ever asked", 1,
     [] {
       stop_source none(nostopstate);
       check(!none.request_stop() && !none.stop_requested() && !none.stop_possible(), "source");
       check(!stop_token().stop_requested() && !stop_token().stop_possible(), "token");
       check(stop_token() == none.get_token(), "all the same");
       const stop_callback callback(stop_token(), [] { check(false, "never called"); });
     }},
    {"a stop is possible as long as there are sources, or one was requested", 1,
     [] {
       std::optional<stop_source> source(std::in_place);
       stop_source copy = *source;
       const stop_token token = copy.get_token();
       check(copy == *source && token == source->get_token(), "one state");
       source.reset();
       check(token.stop_possible(), "the copy");
       stop_source moved = std::move(copy);
       check(token.stop_possible() && !copy.stop_possible(), "moved");  // NOLINT: what it leaves behind is known
       moved = stop_source();
       check(!token.stop_possible() && !token.stop_requested(), "none");
     }},
    {"callbacks are called once, in order of registration, and not those that are gone", 1,
     [] {
       stop_source source;
       std::string called;
       const stop_callback a(source.get_token(), [&] { called += 'a'; });
       std::optional<stop_callback<std::function<void()>>> b(std::in_place, source.get_token(), [&] { called += 'b'; });
       const stop_callback c(source.get_token(), [&] { called += 'c'; });
       b.reset();
       source.request_stop();
       source.request_stop();
       check(called == "ac", "called");
       const stop_callback late(source.get_token(), [&] { called += 'l'; });
       check(called == "acl", "at once");
     }},
    {"a callback may destroy itself, and the source, and add others", 1,
     [] {
       auto source = std::make_unique<stop_source>();
       const stop_token token = source->get_token();
       std::optional<stop_callback<std::function<void()>>> self;
       bool inner = false;
       self.emplace(token, [&] {
         const stop_callback at_once(token, [&] { inner = true; });
         source.reset();
         self.reset();
       });
       source->request_stop();
       check(inner && !self && token.stop_requested(), "all done");
     }},
    // The request R, and the two questions: asked before, around, or after it.
    {"a request is one step: 3 orders with two questions", 3,
     [] {
       stop_source source;
       thread other([&] { source.request_stop(); });
       const bool first = source.stop_requested();
       check(source.stop_requested() || !first, "for good");
       other.join();
     }},
    {"of two requests one is the first: 2 orders", 2,
     [] {
       stop_source source;
       int first = 0;
       thread other([&] {
         if (source.request_stop()) ++first;
       });
       if (source.request_stop()) ++first;
       other.join();
       check(first == 1, "one");
     }},
    // The removal D, and two loads after it. Where the request R comes after D: 3 places for it. Where it comes before,
    // D waits for the callback's operations: 1.
    {"the destructor of a callback waits until it is over: 3 + 1", 4,
     [] {
       stop_source source;
       atomic<int> x{0};
       shared<int> data{0};
       std::optional<stop_callback<std::function<void()>>> callback(std::in_place, source.get_token(), [&] {
         x.store(1);
         data = 1;
         x.store(2);
       });
       thread other([&] { source.request_stop(); });
       callback.reset();
       static_cast<void>(data.load());
       check(x.load() != 1, "before or after");
       other.join();
     }},
    // The write W and the request R; the registration A comes before, between or after.
    {"a callback is called by whichever comes second, and sees what came before the request", 3,
     [] {
       stop_source source;
       shared<int> data{0};
       bool called = false;
       {
         thread other([&] {
           data = 1;
           source.request_stop();
         });
         const stop_callback callback(source.get_token(), [&] {
           check(data.load() == 1, "before the request");
           called = true;
         });
         other.join();
       }
       check(called, "in any case");
     }},
};

TEST(stop_sources, stop) { expect_pass(states); }

constexpr passing_case jthreads[] = {
    {"joined at its end", 1,
     [] {
       bool ran = false;
       {
         const jthread worker("worker", [&] { ran = true; });
       }
       check(ran, "joined");
     }},
    {"arguments, with and without a token", 1,
     [] {
       int sum = 0;
       const jthread a([&](const stop_token& token, int x) { sum += token.stop_possible() ? x : 100; }, 1);
       const jthread b(
           "named", [&](int x) { sum += x; }, 2);
       const jthread c([&](const stop_token& token) { sum += token.stop_possible() ? 4 : 100; });
     }},
    {"empty, moved, swapped, joined by hand", 1,
     [] {
       jthread none;
       check(!none.joinable() && !none.get_stop_source().stop_possible() && !none.request_stop(), "nothing to stop");
       jthread worker([](const stop_token&) {});
       check(worker.joinable() && worker.get_stop_token().stop_possible(), "something to stop");
       const stop_token token = worker.get_stop_token();
       none.swap(worker);
       check(!worker.joinable() && none.joinable() && none.get_stop_token() == token, "swapped");
       worker = std::move(none);
       check(worker.joinable() && !token.stop_requested(), "moved");
       worker.join();
       check(!worker.joinable() && worker.get_id() == jthread::id(), "joined");
       worker = jthread([] {});
       check(!token.stop_requested(), "it was not joinable");
     }},
    // The request R; the questions L and yields Y of the loop: R L, L R Y L, L Y R L, L Y L R Y L.
    {"asked to stop at its end", 4,
     [] {
       const jthread worker([](const stop_token& token) {
         while (!token.stop_requested()) this_thread::yield();
       });
     }},
    {"asked to stop when it is assigned to: as above", 4,
     [] {
       jthread worker([](const stop_token& token) {
         while (!token.stop_requested()) this_thread::yield();
       });
       worker = jthread();
     }},
};

TEST(jthreads, stop_and_join) { expect_pass(jthreads); }

// ---- what is found

const detected_case failures[] = {
    {"a callback's destructor and its callback wait for each other",
     [] {
       stop_source source("stop");
       mutex m("m");
       using callback = stop_callback<std::function<void()>>;
       auto waits = std::make_unique<callback>(source.get_token(), [&] { mark<0>(), m.lock(); });
       thread requester("requester", [&] { source.request_stop(); });
       mark<1>(), m.lock();
       mark<2>(), waits.reset();
       m.unlock();
       requester.join();
     },
     failure_kind::deadlock,
     "deadlock of main and requester: each waits for the next, and the last for the first.",
     {"main holds mutex m (taken at @1) and waits for the end of a callback of stop state stop (@2).",
      "requester waits to lock mutex m, which main holds (@0)."}},
    {"a jthread that does not look at its token",
     [] {
       binary_semaphore never(0, "never");
       const jthread worker("worker", [&] { mark<0>(), never.acquire(); });
       mark<1>(__builtin_LINE() + 1);  // its destructor
     },
     failure_kind::deadlock,
     "deadlock: no thread can move; main and worker wait for what nobody is left to do.",
     {"main waits for the end of worker (@1).", "worker waits for a release of semaphore never (@0)."}},
};

TEST(stop_sources, misuses_and_deadlocks_are_found) {
  for (const detected_case& each : failures) expect_detected(each, __FILE__);
}

TEST(stop_sources, an_exception_that_leaves_a_callback_terminates) {
  const unattended_losses of_the_thread_that_terminates;
  expect_detected(
      {"an exception that leaves a callback",
       [] {
         stop_source source;
         const stop_callback throws(source.get_token(), [] { throw std::runtime_error("oh"); });
         mark<0>(), source.request_stop();
       },
       failure_kind::uncaught_exception,
       "uncaught exception in main: std::terminate was called: std::runtime_error: oh, after its request_stop (@0).",
       {}},
      __FILE__);
}

// ---- executions that are given up: everything is unwound, and nothing lost

void given_up_around_a_jthread() {
  binary_semaphore never(0);
  const programs::tracker mine;
  const jthread worker([&](const stop_token& token) {
    const programs::tracker its;
    const stop_callback callback(token, [&] { never.acquire(); });
    never.acquire();
  });
  const jthread second([&] {
    const programs::tracker its;
    const jthread inner([&] {
      const programs::tracker innermost;
      never.acquire();
    });
  });
}

void given_up_in_the_body() {
  const programs::tracker mine;
  stop_source source;
  const jthread worker([&](const stop_token& token) {
    const programs::tracker its;
    const stop_callback callback(source.get_token(), [] {});
    while (!token.stop_requested()) this_thread::yield();
  });
  check(false, "given up here");
}

TEST(jthreads, of_an_execution_that_is_given_up_lose_nothing) {
  for (const auto body : {&given_up_around_a_jthread, &given_up_in_the_body}) {
    const std::int64_t before = programs::tracker::alive;
    options with;
    with.keep_going = true;
    with.max_executions = 100;
    const result found = explore(body, with);
    EXPECT_GT(found.failures, 0U);
    EXPECT_EQ(found.failures, found.executions);
    EXPECT_EQ(programs::tracker::alive, before);
  }
}

}  // namespace
}  // namespace heddle
