// Python's threading and queue for C++ scenarios: their semantics in all interleavings, and by traces.
#include <mutex>
#include <set>
#include <string>

#include <gtest/gtest.h>

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
