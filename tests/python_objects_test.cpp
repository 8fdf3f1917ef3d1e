// Python's threading and queue for C++ scenarios: their semantics in all interleavings, and that a search of each
// trace once has the same outcomes with no more executions.
#include <chrono>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <heddle/python/barrier.hpp>
#include <heddle/python/condition.hpp>
#include <heddle/python/event.hpp>
#include <heddle/python/lock.hpp>
#include <heddle/python/queue.hpp>
#include <heddle/python/rlock.hpp>
#include <heddle/python/semaphore.hpp>
#include <heddle/python/thread.hpp>
#include <heddle/python/timer.hpp>

#include "outcomes.hpp"

namespace heddle {
namespace {

using std::chrono::hours;

/** What `call` throws, or "nothing". */
template <class Call>
std::string thrown_by(Call&& call) {
  try {
    call();
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "nothing";
}

/** A program, and all that it can end with. */
struct program_case {
  const char* why;
  std::set<std::string> outcomes;
  std::string (*body)();
};

const program_case programs[] = {
    // ---- Lock
    {"a lock lets one through at a time",
     {"2"},
     [] {
       python::lock l;
       int n = 0;
       const auto add = [&] {
         const std::lock_guard guard(l);
         const int seen = n;
         this_thread::yield();
         n = seen + 1;
       };
       thread other(add);
       add();
       other.join();
       return std::to_string(n);
     }},
    {"any thread may release a lock, and who waits goes on",
     {"True"},
     [] {
       python::lock l;
       l.acquire();
       thread other([&] { l.release(); });
       const bool got = l.acquire();
       other.join();
       return std::string(got ? "True" : "False");
     }},
    {"a release of an unlocked lock is an error, once or not at all",
     {"nothing", "release unlocked lock"},
     [] {
       python::lock l;
       thread other([&] { l.acquire(); });
       std::string said = thrown_by([&] { l.release(); });
       other.join();
       return said;
     }},
    {"two releases of a lock that is held once: one of them fails, whichever comes later",
     {"main fails", "other fails"},
     [] {
       python::lock l;
       l.acquire();
       std::string said;
       thread other([&] {
         if (thrown_by([&] { l.release(); }) != "nothing") said += "other fails";
       });
       if (thrown_by([&] { l.release(); }) != "nothing") said += "main fails";
       other.join();
       return said;
     }},
    {"without blocking, a lock is taken or it is not",
     {"True", "False"},
     [] {
       python::lock l;
       thread other([&] { const std::lock_guard guard(l); });
       const bool got = l.acquire(false);
       if (got) l.release();
       other.join();
       return std::string(got ? "True" : "False");
     }},
    {"a time limit may be over while another holds it",
     {"True", "False"},
     [] {
       python::lock l;
       thread other([&] { const std::lock_guard guard(l); });
       const bool got = l.acquire(true, 1.5);
       if (got) l.release();
       other.join();
       return std::string(got ? "True" : "False");
     }},
    {"who acquires a lock twice waits for ever",
     {"deadlock"},
     [] {
       python::lock l;
       l.acquire();
       l.acquire();
       return std::string("through");
     }},
    {"locks in different orders",
     {"through", "deadlock"},
     [] {
       python::lock a;
       python::lock b;
       thread other([&] {
         const std::lock_guard first(b);
         const std::lock_guard second(a);
       });
       {
         const std::lock_guard first(a);
         const std::lock_guard second(b);
       }
       other.join();
       return std::string("through");
     }},
    // ---- RLock
    {"an RLock may be taken again, and is free after as many releases",
     {"free", "held"},
     [] {
       python::rlock l;
       std::string said;
       thread other([&] {
         said = l.acquire(false) ? "free" : "held";
         if (said == "free") l.release();
       });
       l.acquire();
       l.acquire();
       l.release();
       l.release();
       other.join();
       return said;
     }},
    {"only its holder may release an RLock",
     {"cannot release un-acquired lock"},
     [] {
       python::rlock l;
       l.acquire();
       std::string said;
       thread other([&] { said = thrown_by([&] { l.release(); }); });
       other.join();
       l.release();
       return said;
     }},
    // ---- Semaphore
    {"a semaphore lets so many through",
     {"1", "2"},
     [] {
       python::semaphore s(2);
       int inside = 0;
       int most = 0;
       const auto enter = [&] {
         s.acquire();
         most = std::max(most, ++inside);
         this_thread::yield();
         --inside;
         s.release();
       };
       thread first(enter);
       thread second(enter);
       enter();
       first.join();
       second.join();
       return std::to_string(most);
     }},
    {"a bounded one complains of a release too many, if nobody has acquired before",
     {"nothing", "Semaphore released too many times"},
     [] {
       python::bounded_semaphore s(1);
       thread other([&] { s.acquire(); });
       std::string said = thrown_by([&] { s.release(); });
       other.join();
       return said;
     }},
    {"time may be up",
     {"True", "False"},
     [] {
       python::semaphore s(0);
       thread other([&] { s.release(); });
       const bool got = s.acquire(true, 0.5);
       other.join();
       return std::string(got ? "True" : "False");
     }},
    // ---- Condition
    {"a wait ends with the notification; one that comes before is lost",
     {"notified", "deadlock"},
     [] {
       python::condition c;
       thread waiting([&] {
         const std::lock_guard guard(c);
         c.wait();
       });
       {
         const std::lock_guard guard(c);
         c.notify();
       }
       waiting.join();
       return std::string("notified");
     }},
    {"with a predicate none is lost",
     {"notified"},
     [] {
       python::lock l;
       python::condition c(l);
       bool ready = false;
       thread waiting([&] {
         const std::lock_guard guard(l);
         c.wait_for([&] { return ready; });
       });
       {
         const std::lock_guard guard(l);
         ready = true;
         c.notify();
       }
       waiting.join();
       return std::string("notified");
     }},
    {"a wait with a time limit ends either way",
     {"True", "False"},
     [] {
       python::condition c;
       bool seen = false;
       thread waiting([&] {
         const std::lock_guard guard(c);
         seen = c.wait(2);
       });
       {
         const std::lock_guard guard(c);
         c.notify();
       }
       waiting.join();
       return std::string(seen ? "True" : "False");
     }},
    {"a notification may go to the one whose time is over, who has not left yet, or to the next",
     {"both", "none", "only the first", "only the second"},
     [] {
       python::lock l;
       python::condition c(l);
       bool first = false;
       bool second = false;
       thread one([&] {
         const std::lock_guard guard(l);
         first = c.wait(1);
       });
       thread two([&] {
         const std::lock_guard guard(l);
         second = c.wait(1);
       });
       {
         const std::lock_guard guard(l);
         c.notify(2);
       }
       one.join();
       two.join();
       return std::string(first ? (second ? "both" : "only the first") : (second ? "only the second" : "none"));
     }},
    {"who waits on an RLock lets all its levels go, and has them again afterwards",
     {"again"},
     [] {
       python::rlock l;
       python::condition c(l);
       bool ready = false;
       thread other([&] {
         const std::lock_guard guard(l);
         ready = true;
         c.notify_all();
       });
       l.acquire();
       l.acquire();
       c.wait_for([&] { return ready; });
       l.release();
       const bool held = l.state().held_here();
       l.release();
       other.join();
       return std::string(held && !l.state().held_here() ? "again" : "not");
     }},
    // ---- Event
    {"an event lets all go on, however often it is set",
     {"on"},
     [] {
       python::event e;
       thread first([&] { e.wait(); });
       thread second([&] { e.wait(); });
       e.set();
       e.set();
       first.join();
       second.join();
       return std::string("on");
     }},
    {"an event that is cleared at once may be missed",
     {"seen", "deadlock"},
     [] {
       python::event e;
       thread waiting([&] { e.wait(); });
       e.set();
       e.clear();
       waiting.join();
       return std::string("seen");
     }},
    {"whether it is set, and waiting for it up to a limit",
     {"set, set", "clear, set", "clear, clear"},
     [] {
       python::event e;
       std::string said;
       thread looking([&] {
         said = e.is_set() ? "set" : "clear";
         said += e.wait(1) ? ", set" : ", clear";
       });
       e.set();
       looking.join();
       return said;
     }},
    // ---- Queue
    {"a queue gives in the order of put",
     {"12", "21"},
     [] {
       python::queue<int> q(1);
       thread other([&] { q.put(1); });
       thread another([&] { q.put(2); });
       std::string got = std::to_string(q.get());
       got += std::to_string(q.get());
       other.join();
       another.join();
       return got;
     }},
    {"join goes on when all tasks are done, and not before",
     {"done"},
     [] {
       python::queue<int> q;
       bool done = false;
       thread worker([&] {
         static_cast<void>(q.get());
         done = true;
         q.task_done();
       });
       q.put(1);
       q.join();
       const std::string said = done ? "done" : "early";
       worker.join();
       return said;
     }},
    {"a join before the put goes on at once",
     {"before", "after"},
     [] {
       python::queue<int> q;
       int got = 0;
       thread worker([&] {
         q.put(1);
         got = q.get();
         q.task_done();
       });
       q.join();
       const std::string said = q.qsize() == 0 && got == 0 ? "before" : "after";
       worker.join();
       return said;
     }},
    {"more done than was put is an error",
     {"nothing", "task_done() called too many times"},
     [] {
       python::queue<int> q;
       thread other([&] { q.put(1); });
       std::string said = thrown_by([&] { q.task_done(); });
       other.join();
       return said;
     }},
    {"a get from an empty queue that nobody fills waits for ever",
     {"deadlock"},
     [] {
       python::queue<int> q;
       q.put(1);
       static_cast<void>(q.get());
       static_cast<void>(q.get());
       return std::string("through");
     }},
    {"get_nowait and time limits",
     {"nothing, queue.Full", "queue.Empty, queue.Full", "nothing, nothing"},
     [] {
       python::queue<int> q(1);
       std::string said;
       thread other([&] {
         said = thrown_by([&] {
           q.put(1, true, 1);
           q.put(2, true, 1);
         });
       });
       const std::string mine = thrown_by([&] { static_cast<void>(q.get_nowait()); });
       other.join();
       return mine + ", " + said;
     }},
    // ---- Barrier, Timer, Thread
    {"a barrier lets its parties go together, and numbers them",
     {"01", "10"},
     [] {
       python::barrier b(2);
       std::int64_t other_index = 0;
       thread other([&] { other_index = b.wait(); });
       const std::int64_t index = b.wait();
       other.join();
       return std::to_string(index) + std::to_string(other_index);
     }},
    {"an abort breaks it for who waits, and who comes",
     {"BrokenBarrierError"},
     [] {
       python::barrier b(2);
       thread other([&] { b.abort(); });
       std::string said = thrown_by([&] { b.wait(); });
       other.join();
       return said;
     }},
    {"a timer calls its function, unless it is cancelled in time",
     {"called", "not called"},
     [] {
       bool called = false;
       python::timer t(1, [&] { called = true; });
       t.start();
       t.cancel();
       t.join();
       return std::string(called ? "called" : "not called");
     }},
    {"a thread may be joined by several, and is alive up to its end",
     {"True", "False"},
     [] {
       python::thread t([] {});
       t.start();
       const bool alive = t.is_alive();
       t.join();
       t.join();
       check(!t.is_alive(), "after the join");
       return std::string(alive ? "True" : "False");
     }},
};

/** Everything that random programs use, and what their threads note. */
struct objects {
  python::lock l;
  python::rlock r;
  python::bounded_semaphore s;
  python::event e;
  python::queue<int> q{1};
  python::condition c;
};

/** Performs one of these operations; how it went, in a letter. */
using random_operation = std::string (*)(objects& on, source_location at);
std::string yes_or_no(bool is) { return is ? "y" : "n"; }
std::string done() { return "."; }

/** "x" where the call throws. */
template <class Call>
std::string tried(Call&& call) {
  return thrown_by(call) == "nothing" ? "." : "x";
}

const random_operation operations[] = {
    [](objects& on, source_location at) { return yes_or_no(on.l.acquire(true, -1, at)); },
    [](objects& on, source_location at) { return yes_or_no(on.l.acquire(false, -1, at)); },
    [](objects& on, source_location at) { return yes_or_no(on.l.acquire(true, 1, at)); },
    [](objects& on, source_location at) { return tried([&] { on.l.release(at); }); },
    [](objects& on, source_location at) { return yes_or_no(on.l.locked(at)); },
    [](objects& on, source_location at) { return yes_or_no(on.r.acquire(true, -1, at)); },
    [](objects& on, source_location at) { return yes_or_no(on.r.acquire(false, -1, at)); },
    [](objects& on, source_location at) { return tried([&] { on.r.release(at); }); },
    [](objects& on, source_location at) { return yes_or_no(on.s.acquire(true, {}, at)); },
    [](objects& on, source_location at) { return yes_or_no(on.s.acquire(true, 1, at)); },
    [](objects& on, source_location at) { return tried([&] { on.s.release(1, at); }); },
    [](objects& on, source_location at) { return yes_or_no(on.e.wait({}, at)); },
    [](objects& on, source_location at) { return yes_or_no(on.e.wait(1, at)); },
    [](objects& on, source_location at) { return yes_or_no(on.e.is_set(at)); },
    [](objects& on, source_location at) { return on.e.set(at), done(); },
    [](objects& on, source_location at) { return on.e.clear(at), done(); },
    [](objects& on, source_location at) { return tried([&] { on.q.put(1, true, {}, at); }); },
    [](objects& on, source_location at) { return tried([&] { on.q.put(1, true, 1, at); }); },
    [](objects& on, source_location at) { return tried([&] { on.q.put_nowait(1, at); }); },
    [](objects& on, source_location at) { return tried([&] { static_cast<void>(on.q.get(true, {}, at)); }); },
    [](objects& on, source_location at) { return tried([&] { static_cast<void>(on.q.get(true, 1, at)); }); },
    [](objects& on, source_location at) { return std::to_string(on.q.qsize(at)); },
    [](objects& on, source_location at) { return tried([&] { on.q.task_done(at); }); },
    [](objects& on, source_location at) { return on.q.join(at), done(); },
    [](objects& on, source_location at) {
      on.c.lock(at);
      const bool notified = on.c.wait({}, at);
      on.c.unlock(at);
      return yes_or_no(notified);
    },
    [](objects& on, source_location at) {
      on.c.lock(at);
      const bool notified = on.c.wait(1, at);
      on.c.unlock(at);
      return yes_or_no(notified);
    },
    [](objects& on, source_location at) {
      on.c.lock(at);
      on.c.notify(1, at);
      on.c.unlock(at);
      return done();
    },
};

/** What each thread does, main first: numbers of operations. */
using random_program = std::vector<std::vector<std::size_t>>;

struct ends {
  std::set<std::string> outcomes;
  result found;
};

ends ends_of(const random_program& program, options with) {
  with.keep_going = true;
  outcome_counts counts;
  result found = explore(
      [&] {
        objects on;
        std::vector<std::string> notes(program.size());
        const auto run = [&](std::size_t number) {
          // At places of their own: what times out again and again at the same one is taken for a loop.
          auto line = static_cast<std::uint32_t>(100 * number);
          for (const std::size_t each : program[number]) notes[number] += operations[each](on, {"program", ++line});
        };
        std::vector<std::unique_ptr<thread>> threads;
        for (std::size_t number = 1; number < program.size(); ++number) {
          threads.push_back(std::make_unique<thread>([&run, number] { run(number); }));
        }
        run(0);
        for (const auto& each : threads) each->join();
        std::string outcome;
        for (const std::string& each : notes) outcome += each + "|";
        ++counts[outcome];
      },
      with);
  RC_ASSERT(found.exhaustive);
  for (const auto& [kind, count] : found.failures_by_kind) counts[kind] += count;
  return {names_of(counts), std::move(found)};
}

RC_GTEST_PROP(python_objects, end_by_traces_as_by_interleavings, ()) {
  const auto below = [](std::size_t n) { return *rc::gen::resize(100, rc::gen::inRange<std::size_t>(0, n)); };
  // Operations of few objects, so that they meet; those of a condition are several each.
  constexpr std::size_t first_of_condition = std::size(operations) - 3;
  const std::size_t begin = below(std::size(operations));
  random_program program(2 + below(2));
  for (auto& each : program) {
    for (std::size_t left = 1 + below(program.size() == 2 ? 3 : 2); left > 0; --left) {
      each.push_back((begin + below(8)) % std::size(operations));
      if (each.back() >= first_of_condition && left > 1) --left;
    }
  }
  RC_LOG() << rc::toString(program);
  const ends all = ends_of(program, by_interleavings());
  const ends by_trace = ends_of(program, {});
  RC_ASSERT(by_trace.outcomes == all.outcomes);
  RC_ASSERT(by_trace.found.strategy == "dpor");
  RC_ASSERT(by_trace.found.traces.value_or(0) + by_trace.found.failures == by_trace.found.executions);
  RC_ASSERT(by_trace.found.executions <= all.found.executions);
}

TEST(python_objects, end_in_these_ways_and_by_traces_too) {
  for (const program_case& each : programs) {
    SCOPED_TRACE(each.why);
    outcome_counts by_interleaving;
    outcome_counts by_trace;
    const result all = count_outcomes(each.body, by_interleavings(), by_interleaving);
    const result traces = count_outcomes(each.body, {}, by_trace);
    EXPECT_EQ(names_of(by_interleaving), each.outcomes);
    EXPECT_EQ(names_of(by_trace), each.outcomes);
    EXPECT_LE(traces.executions, all.executions);
    EXPECT_EQ(traces.strategy, "dpor") << "a reduction is known for it";
    EXPECT_EQ(traces.traces.value_or(0) + traces.failures, traces.executions) << "none was run in vain";
  }
}

}  // namespace
}  // namespace heddle
