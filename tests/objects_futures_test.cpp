// What promises, futures, packaged tasks and async do, in all interleavings.
#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "failing.hpp"
#include "passing.hpp"

namespace heddle {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

/** Whether `call` throws the error of this code. */
template <class Call>
bool throws(future_errc code, Call&& call) {
  try {
    std::forward<Call>(call)();
  } catch (const future_error& error) {
    return error.code() == code;
  }
  return false;
}

// ---- promises and futures

constexpr passing_case promises[] = {
    {"values, references and nothing, by one thread", 1,
     [] {
       promise<std::string> text("text");
       future<std::string> words = text.get_future();
       check(words.valid(), "has a state");
       const std::string given(100, 'x');
       text.set_value(given);
       check(words.get() == given && !words.valid(), "taken");

       promise<int&> reference;
       int x = 1;
       reference.set_value(x);
       reference.get_future().get() = 2;
       check(x == 2, "the variable itself");

       promise<void> nothing;
       nothing.set_value();
       nothing.get_future().get();

       promise<std::unique_ptr<int>> moved(std::allocator_arg, std::allocator<int>());
       moved.set_value(std::make_unique<int>(3));
       check(*moved.get_future().get() == 3, "moved through");
     }},
    {"exceptions", 1,
     [] {
       promise<int> p;
       p.set_exception(std::make_exception_ptr(std::runtime_error("oops")));
       future<int> f = p.get_future();
       f.wait();
       std::string what;
       try {
         static_cast<void>(f.get());
       } catch (const std::runtime_error& error) {
         what = error.what();
       }
       check(what == "oops" && !f.valid(), "thrown, and taken");
     }},
    {"what std throws", 1,
     [] {
       promise<int> p;
       promise<int> q(std::move(p));
       check(throws(future_errc::no_state, [&] { p.set_value(1); }), "moved from");                     // NOLINT
       check(throws(future_errc::no_state, [&] { static_cast<void>(p.get_future()); }), "moved from");  // NOLINT
       future<int> f = q.get_future();
       check(throws(future_errc::future_already_retrieved, [&] { static_cast<void>(q.get_future()); }), "one only");
       q.set_value(1);
       check(throws(future_errc::promise_already_satisfied, [&] { q.set_value(2); }), "once only");
       check(throws(future_errc::promise_already_satisfied, [&] { q.set_exception(nullptr); }), "once only");
       check(f.get() == 1, "the first one");
       check(throws(future_errc::no_state, [&] { static_cast<void>(f.get()); }), "taken");
       check(throws(future_errc::no_state, [&] { f.wait(); }), "taken");
       check(throws(future_errc::no_state, [&] { static_cast<void>(f.wait_for(seconds(1))); }), "taken");
     }},
    {"swap and assignment", 1,
     [] {
       promise<int> p;
       promise<int> q;
       future<int> of_p = p.get_future();
       future<int> of_q = q.get_future();
       swap(p, q);
       p.set_value(1);
       q.set_value(2);
       check(of_q.get() == 1, "swapped");
       of_q = std::move(of_p);
       check(of_q.get() == 2, "swapped");
       p = promise<int>();
       p.set_value(3);
       check(p.get_future().get() == 3, "a new one");
     }},
    {"shared futures: many may look at it", 1,
     [] {
       promise<std::string> p;
       future<std::string> f = p.get_future();
       shared_future<std::string> s = f.share();
       check(!f.valid() && s.valid(), "handed over");
       const shared_future<std::string> copy = s;
       p.set_value("text");
       check(&s.get() == &copy.get() && s.get() == "text", "the same");
       shared_future<void> none;
       check(throws(future_errc::no_state, [&] { none.get(); }), "none");
       promise<int&> reference;
       int x = 1;
       reference.set_value(x);
       shared_future<int&> r = reference.get_future();
       r.get() = 2;
       check(x == 2, "the variable itself");
     }},
    {"a future's wait sees what came before the promise was satisfied: 1 order", 1,
     [] {
       shared<int> x{0};  // a data race otherwise
       promise<int> p;
       thread other([&] {
         x.store(7);
         p.set_value(1);
       });
       check(p.get_future().get() == 1 && x.load() == 7, "set before");
       other.join();
     }},
    // Whoever sets first; the other one's set fails.
    {"two set: one succeeds", 2,
     [] {
       promise<int> p;
       int failed = 0;
       const auto set = [&](int value) {
         if (throws(future_errc::promise_already_satisfied, [&] { p.set_value(value); })) failed = value;
       };
       thread a([&] { set(1); });
       thread b([&] { set(2); });
       a.join();
       b.join();
       check(failed + p.get_future().get() == 3, "one of them");
     }},
    // Two that wait for one: after the set, 2 orders.
    {"one sets, two get from shared futures", 2,
     [] {
       promise<int> p("answer");
       const shared_future<int> f = p.get_future();
       thread a([f] { check(f.get() == 42, "set"); });
       thread b([f] { check(f.get() == 42, "set"); });
       p.set_value(42);
       a.join();
       b.join();
     }},
    {"a broken promise does no harm to those who only wait", 1,
     [] {
       std::optional<promise<int>> p(std::in_place);
       const future<int> f = p->get_future();
       p.reset();
       f.wait();
       check(f.wait_for(seconds(0)) == future_status::ready, "there is an exception");
     }},
    // set_value_at_thread_exit: its two operations, satisfied and ready, and after both the wait.
    {"a value for the thread's end comes after its thread-local variables", 1,
     [] {
       struct last_words {
         shared<int>* x;
         ~last_words() { x->store(1); }
       };
       shared<int> x{0};
       promise<int> p;
       thread_local_var<last_words> before([&] { return last_words{&x}; });
       thread_local_var<last_words> after([&] { return last_words{&x}; });
       thread other([&] {
         static_cast<void>(before.get());
         p.set_value_at_thread_exit(5);
         static_cast<void>(after.get());
         check(throws(future_errc::promise_already_satisfied, [&] { p.set_value(6); }), "satisfied already");
       });
       check(p.get_future().get() == 5 && x.load() == 1, "both are destroyed");
       other.join();
     }},
};

TEST(objects, promises) { expect_pass(promises); }

// ---- timed waits

constexpr passing_case timed[] = {
    {"wait_for and wait_until tell whether it is there, and take no longer than they say", 1,
     [] {
       promise<int> p;
       const future<int> f = p.get_future();
       const auto begin = steady_clock::now();
       check(f.wait_for(seconds(1)) == future_status::timeout, "nobody has set it");
       check(f.wait_until(begin + seconds(2)) == future_status::timeout, "nobody has set it");
       check(steady_clock::now() - begin >= seconds(2), "waited");
       thread other([&] {
         this_thread::sleep_for(hours(1));
         p.set_value(1);
       });
       check(f.wait_for(seconds(1)) == future_status::timeout, "too early");
       check(f.wait_for(hours(2)) == future_status::ready, "set");
       check(steady_clock::now() - begin < hours(2), "no longer than needed");
       other.join();
     }},
};

TEST(objects, timed_waits_for_futures) {
  options with;
  with.time = time_mode::timed;
  expect_pass(timed, with);
}

// ---- packaged tasks

constexpr passing_case tasks[] = {
    {"results, exceptions, references, nothing; arguments", 1,
     [] {
       packaged_task<int(int, std::unique_ptr<int>)> add("add",
                                                         [](int a, const std::unique_ptr<int>& b) { return a + *b; });
       future<int> sum = add.get_future();
       check(add.valid() && sum.wait_for(seconds(0)) == future_status::timeout, "not called yet");
       add(1, std::make_unique<int>(2));
       check(sum.get() == 3, "called");

       packaged_task<void()> fails([] { throw std::runtime_error("oops"); });
       fails();
       bool caught = false;
       try {
         fails.get_future().get();
       } catch (const std::runtime_error&) {
         caught = true;
       }
       check(caught, "stored");

       int x = 1;
       packaged_task<int&()> refers([&x]() -> int& { return x; });
       refers();
       refers.get_future().get() = 2;
       check(x == 2, "the variable itself");

       packaged_task<void()> ignores([] { return 1; });
       ignores();
       ignores.get_future().get();
     }},
    {"what std throws; move, swap and reset", 1,
     [] {
       packaged_task<int()> none;
       check(!none.valid(), "none");
       check(throws(future_errc::no_state, [&] { none(); }), "none");
       check(throws(future_errc::no_state, [&] { none.reset(); }), "none");
       int calls = 0;
       packaged_task<int()> count([&calls, only_moves = std::make_unique<int>(1)] { return calls += *only_moves; });
       count();
       check(throws(future_errc::promise_already_satisfied, [&] { count(); }) && calls == 1, "once only");
       count.reset();
       future<int> second = count.get_future();
       check(throws(future_errc::future_already_retrieved, [&] { static_cast<void>(count.get_future()); }), "one");
       packaged_task<int()> moved = std::move(count);
       swap(moved, none);
       none();
       check(second.get() == 2 && !moved.valid(), "called again");
     }},
    {"in a thread of its own, and ready at its end", 1,
     [] {
       packaged_task<int(int)> twice([](int n) { return 2 * n; });
       future<int> f = twice.get_future();
       thread other([task = std::move(twice)]() mutable { task.make_ready_at_thread_exit(21); });
       check(f.get() == 42, "called");
       other.join();
     }},
};

TEST(objects, packaged_tasks) { expect_pass(tasks); }

// ---- async

constexpr passing_case asyncs[] = {
    {"with a thread: result, exception, arguments; one order, since only the end of the thread is an operation", 1,
     [] {
       const auto main = this_thread::get_id();
       future<bool> f = async([main] { return this_thread::get_id() != main; });
       check(f.get(), "another thread");
       check(async(launch::async, "sum", [] { return 1 + 1; }).get() == 2, "named");
       check(async("sum", [] { return 1 + 1; }).get() == 2, "named");
       check(async(
                 launch::async, [](int a, std::unique_ptr<int> b) { return a + *b; }, 1, std::make_unique<int>(2))
                     .get() == 3,
             "arguments");
       check(async([](const std::string& s) { return s.size(); }, "text").get() == 4, "arguments");
       bool caught = false;
       try {
         async(launch::async, [] { throw std::runtime_error("oops"); }).get();
       } catch (const std::runtime_error&) {
         caught = true;
       }
       check(caught, "stored");
     }},
    {"the last future waits for the thread: 1 order", 1,
     [] {
       shared<int> x{0};  // a data race otherwise
       {
         const auto f = async(launch::async, [&] { x.store(1); });
       }
       check(x.load() == 1, "it is over");
       {
         const shared_future<void> f = async(launch::async, [&] { x.store(2); }).share();
         const shared_future<void> other = f;  // NOLINT(performance-unnecessary-copy-initialization)
       }
       check(x.load() == 2, "it is over");
     }},
    // Each adds and ends; main waits for a after its end, which makes a chain of 3, beside which b's chain of 2 goes on
    // in any way: 5 over 2. The wait for b is always last.
    {"two run at the same time", 10,
     [] {
       atomic<int> n{0};
       future<int> a = async(launch::async, [&] { return n.fetch_add(1); });
       future<int> b = async(launch::async, [&] { return n.fetch_add(1); });
       check(a.get() + b.get() == 1, "each had its turn");
     }},
    {"deferred: run in the first thread that waits, once", 1,
     [] {
       int calls = 0;
       future<bool> f = async(launch::deferred, [&, main = this_thread::get_id()] {
         ++calls;
         return this_thread::get_id() == main;
       });
       check(f.wait_for(hours(1)) == future_status::deferred && calls == 0, "not yet");
       f.wait();
       check(f.wait_for(hours(1)) == future_status::ready && calls == 1, "now");
       check(f.get() && calls == 1, "in this thread");
       {
         const auto never = async(launch::deferred, "never", [&] { ++calls; });
       }
       check(calls == 1, "never called");
       bool caught = false;
       try {
         async(
             launch::deferred, [](int by) { throw by; }, 7)
             .get();
       } catch (int by) {
         caught = by == 7;
       }
       check(caught, "stored");
     }},
    // 2 orders of entering; the other one waits for the `set` of the first, whose way is then free.
    {"deferred: two want it, one calls", 2,
     [] {
       int calls = 0;
       const shared_future<int> f = async(launch::deferred, [&] { return ++calls; });
       thread a([f] { check(f.get() == 1, "once"); });
       thread b([f] { check(f.get() == 1, "once"); });
       a.join();
       b.join();
     }},
};

TEST(objects, async) { expect_pass(asyncs); }

// ---- misuse, deadlock

constexpr failing_case failures[] = {
    {failure_kind::misuse,
     "misuse by main: get of future answer, whose promise main/1 destroyed without a value (broken promise) "
     "(here.cpp:7).",
     [] {
       promise<int> p("answer");
       future<int> f = p.get_future();
       thread([p = std::move(p)] {}).join();
       static_cast<void>(f.get(here));
     }},
    {failure_kind::misuse,
     "misuse by waiting: get of future answer, whose promise main destroyed without a value (broken promise) "
     "(here.cpp:7).",
     [] {
       std::optional<promise<int>> p(std::in_place, "answer");
       thread waiting("waiting", [f = p->get_future().share()] {
         try {
           static_cast<void>(f.get(here));
         } catch (const future_error&) {  // as std says; but nobody means it
         }
       });
       p.reset();
       waiting.join();
     }},
    {failure_kind::misuse,
     "misuse by main: get of future answer, whose promise main destroyed without a value (broken promise) "
     "(here.cpp:7).",
     [] {
       future<void> f = packaged_task<void()>("answer", [] {}).get_future();
       f.get(here);
     }},
    {failure_kind::misuse,
     "misuse by main: async with a launch policy that is neither async nor deferred (here.cpp:7).",
     [] {
       static_cast<void>(async(
           launch{}, [] {}, here));
     }},
    {failure_kind::uncaught_exception,
     "uncaught exception in main: std::runtime_error: oops, after its join (here.cpp:7).",
     [] {
       async(
           launch::async, [] { throw std::runtime_error("oops"); }, here)
           .get();
     }},
    {failure_kind::deadlock, "deadlock: no thread can move; main waits for what nobody is left to do.",
     [] {
       promise<int> p;
       p.get_future().wait();
     }},
    {failure_kind::deadlock, "deadlock of main and worker: each waits for the next, and the last for the first.",
     [] {
       mutex m;
       m.lock();
       async(launch::async, "worker", [&] { m.lock(); }).wait();
     }},
    {failure_kind::deadlock, "deadlock of main: it waits for itself.",
     [] {
       shared_future<void> f;
       f = async(launch::deferred, [&] { f.wait(); });
       f.wait();
     }},
};

TEST(misuse, of_futures) { expect_failure(failures); }

// ---- another execution

TEST(objects, a_future_of_an_earlier_execution) {
  std::optional<promise<int>> kept;
  future<int> kept_future;
  ASSERT_EQ(explore([&] { kept_future = kept.emplace().get_future(); }, options{}).verdict, verdict::pass);
  for (const auto& use : std::vector<std::function<void()>>{[&] { kept->set_value(1); }, [&] { kept_future.wait(); }}) {
    const result found = explore(use, options{});
    ASSERT_TRUE(found.failure.has_value());
    EXPECT_EQ(found.failure->kind, failure_kind::misuse);
    EXPECT_EQ(found.failure->message.rfind("misuse by main: a future of an earlier execution was used", 0), 0U)
        << found.failure->message;
  }
}

TEST(objects, a_future_of_async_that_outlives_its_execution) {
  future<int> kept;
  for (int executions = 0; executions < 2; ++executions) {
    const result found = explore([&] { kept = async(launch::async, [] { return 1; }); }, options{});
    EXPECT_EQ(found.verdict, verdict::pass) << found;
  }
}

// ---- deduction

using twice = int (&)(int);

static_assert(std::is_same_v<decltype(packaged_task(std::declval<twice>())), packaged_task<int(int)>>);
static_assert(std::is_same_v<decltype(packaged_task([](const char*) noexcept {})), packaged_task<void(const char*)>>);
static_assert(std::is_same_v<decltype(packaged_task([i = 0]() mutable -> int& { return i; })), packaged_task<int&()>>);

}  // namespace
}  // namespace heddle
