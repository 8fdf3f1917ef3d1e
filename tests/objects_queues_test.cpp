// What semaphores, queues and shared variables do, in all interleavings.
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "by_interleavings.hpp"
#include "passing.hpp"

namespace heddle {
namespace {

// ---- semaphores

constexpr passing_case semaphores[] = {
    {"acquire takes what release gives, and try_acquire tells whether there is some", 1,
     [] {
       counting_semaphore<3> s(2);
       s.acquire();
       check(s.try_acquire(), "the second of two");
       check(!s.try_acquire(), "none left");
       s.release(3);
       s.acquire();
       s.acquire();
       check(s.try_acquire() && !s.try_acquire(), "three were released");
       static_assert(counting_semaphore<3>::max() == 3);
       static_assert(binary_semaphore::max() == 1);
     }},
    {"what was done before a release is seen after the acquire: 1 order", 1,
     [] {
       binary_semaphore ready(0);
       shared<int> x{0};  // a data race otherwise
       thread other([&] {
         x.store(7);
         ready.release();
       });
       ready.acquire();
       check(x.load() == 7, "stored before");
       other.join();
     }},
    {"never more inside than there are permits", 6,
     [] {
       counting_semaphore<> permits(1);
       int inside = 0;
       const auto work = [&] {
         permits.acquire();
         check(++inside == 1, "one at a time");
         --inside;
         permits.release();
       };
       thread a(work);
       thread b(work);
       thread c(work);
       a.join();
       b.join();
       c.join();
     }},
    {"a release of two lets two go on", 2,
     [] {
       counting_semaphore<> permits(0);
       thread a([&] { permits.acquire(); });
       thread b([&] { permits.acquire(); });
       permits.release(2);
       a.join();
       b.join();
       check(!permits.try_acquire(), "both are gone");
     }},
    {"a release of none changes nothing", 1,
     [] {
       binary_semaphore s(0);
       s.release(0);
       check(!s.try_acquire(), "none");
     }},
};

TEST(objects, semaphores) { expect_pass(semaphores); }

// ---- queues

constexpr passing_case queues[] = {
    {"first in, first out; the capacity bounds it", 1,
     [] {
       queue<int> q(2);
       check(q.capacity() == 2 && q.empty() && q.size() == 0, "empty");
       check(!q.try_pop().has_value(), "nothing there");
       q.push(1);
       check(q.try_push(2) && !q.try_push(3) && q.size() == 2 && !q.empty(), "full");
       check(q.pop() == 1, "the older one");
       check(q.try_pop() == 2, "then the other");
       check(q.empty(), "empty");
     }},
    {"without a capacity it is never full", 1,
     [] {
       queue<int> q;
       for (int i = 0; i < 100; ++i) q.push(i);
       check(q.size() == 100 && q.try_push(100) && q.capacity() == queue<int>::unbounded, "room");
       for (int i = 0; i <= 100; ++i) check(q.pop() == i, "in order");
     }},
    {"values that can only be moved, and strings", 1,
     [] {
       queue<std::unique_ptr<int>> q(2);
       q.push(std::make_unique<int>(5));
       check(q.try_push(std::make_unique<int>(6)), "room");
       check(*q.pop() == 5, "moved through");
       const std::optional<std::unique_ptr<int>> second = q.try_pop();
       check(second.has_value() && **second == 6, "moved through");
       queue<std::string> texts;
       texts.push(std::string(100, 'x'));
       check(texts.pop() == std::string(100, 'x'), "kept whole");
     }},
    // Pushes P and pops Q of three values with room for two: the 4 words in which 0 <= P - Q <= 2.
    {"push waits for room, pop for a value", 4,
     [] {
       queue<int> q(2);
       thread producer([&] {
         for (int i = 0; i < 3; ++i) q.push(i);
       });
       for (int i = 0; i < 3; ++i) check(q.pop() == i, "in order");
       producer.join();
     }},
    {"what was done before a push is seen after the pop: 1 order", 1,
     [] {
       queue<int> q;
       shared<int> x{0};
       thread other([&] {
         x.store(7);
         q.push(1);
       });
       check(q.pop() == 1 && x.load() == 7, "stored before");
       other.join();
     }},
};

TEST(objects, queues) { expect_pass(queues); }

// ---- shared variables

constexpr passing_case shared_variables[] = {
    {"loads, stores and operators, as of the type itself", 1,
     [] {
       shared<int> x{5};
       const shared<int> fixed{3, "fixed"};
       check(x.load() == 5 && x == 5 && fixed == 3, "first values");
       x = 7;
       x += 3;
       x -= 1;
       check(++x == 10, "added to");
       check(--x == 9, "taken from");
       x.store(-1);
       check(x == -1, "stored");
       shared<std::string> text;
       check(text.load().empty(), "a value of its own");
       text = "a";
       text += "b";
       check(text.load() == "ab", "appended to");
     }},
};

TEST(objects, shared_variables) { expect_pass(shared_variables); }

// Both load and store once: the 6 interleavings of 2 and 2, each of them a data race.
TEST(objects, shared_variables_race) {
  std::set<int> sums;
  options with = by_interleavings();
  with.keep_going = true;
  const result found = explore(
      [&] {
        shared<int> x{0, "x"};
        const auto add = [&] { x += 1; };
        thread a(add);
        thread b(add);
        a.join();
        b.join();
        sums.insert(x.load());
      },
      with);
  EXPECT_EQ(found.executions, 6U);
  EXPECT_EQ(found.failures_by_kind, (std::map<std::string, std::uint64_t>{{"data-race", 6}}));
  EXPECT_EQ(sums, (std::set<int>{1, 2})) << "a race's effect is seen";
}

}  // namespace
}  // namespace heddle
