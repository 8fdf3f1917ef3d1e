// What reports say of threads that wait for Python's objects.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <heddle/heddle.hpp>
#include <heddle/python/condition.hpp>
#include <heddle/python/event.hpp>
#include <heddle/python/lock.hpp>
#include <heddle/python/queue.hpp>
#include <heddle/python/semaphore.hpp>

namespace heddle {
namespace {

/** A program that waits for ever, and what is said of each thread. */
struct waiting_case {
  std::vector<std::string> sentences;
  void (*body)();
};

constexpr source_location here{"here.py", 7};

TEST(python_waits, say_what_a_thread_waits_for) {
  const waiting_case cases[] = {
      {{"main holds mutex a (taken at here.py:7) and waits to lock mutex b, which other holds (here.py:7).",
        "other holds mutex b (taken at here.py:7) and waits to lock mutex a, which main holds (here.py:7)."},
       [] {
         python::lock a("a");
         python::lock b("b");
         thread other("other", [&] {
           b.acquire(true, -1, here);
           a.acquire(true, -1, here);
           a.release();
           b.release();
         });
         a.acquire(true, -1, here);
         b.acquire(true, -1, here);
         b.release();
         a.release();
         other.join(here);
       }},
      {{"main holds mutex l (taken at here.py:7) and waits to lock mutex l, which it holds itself (here.py:7)."},
       [] {
         python::lock l("l");
         l.acquire(true, -1, here);
         l.acquire(true, -1, here);
       }},
      {{"main waits for a value in queue goods, which is empty (here.py:7)."},
       [] { static_cast<void>(python::queue<int>(0, "goods").get(true, {}, here)); }},
      {{"main waits for all tasks of queue goods to be done (here.py:7)."},
       [] {
         python::queue<int> goods(0, "goods");
         goods.put(1);
         goods.join(here);
       }},
      {{"main waits on condition variable ready for a notification (here.py:7)."},
       [] {
         python::condition ready("ready");
         ready.lock(here);
         ready.wait({}, here);
       }},
      {{"main waits for event started to be set (here.py:7)."}, [] { python::event("started").wait({}, here); }},
      {{"main waits for a release of semaphore s (here.py:7)."},
       [] { python::semaphore(0, "s").acquire(true, {}, here); }},
  };
  for (const waiting_case& each : cases) {
    const result found = explore(each.body, options{});
    ASSERT_TRUE(found.failure.has_value()) << each.sentences.front();
    EXPECT_EQ(found.failure->kind, failure_kind::deadlock);
    EXPECT_EQ(found.failure->explanation, each.sentences);
  }
}

}  // namespace
}  // namespace heddle
