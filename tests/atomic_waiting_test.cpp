// Waiting on atomics, in all their forms: atomic, atomic_flag, atomic_ref, and atomic smart pointers.
#include <chrono>
#include <memory>
#include <vector>

#include "detected.hpp"
#include "passing.hpp"

namespace heddle {
namespace {

using std::chrono::hours;

// A wait W, and where it sleeps a wake K; then a load L; a store S and its notification N: W S N K L; S W N L, S W L N;
// S N W L.
constexpr passing_case waits[] = {
    {"a value that is another one already is not waited for", 1,
     [] {
       const atomic<int> x{1};
       x.wait(0);
       x.wait(2, std::memory_order_relaxed);
     }},
    {"atomic: 1 + 2 + 1", 4,
     [] {
       atomic<int> x{0};
       thread other([&] {
         x.store(1);
         x.notify_one();
       });
       x.wait(0);
       check(x.load() == 1, "waited for");
       other.join();
     }},
    {"atomic_flag", 4,
     [] {
       atomic_flag flag;
       thread other([&] {
         flag.test_and_set();
         flag.notify_all();
       });
       flag.wait(false);
       check(flag.test(), "waited for");
       other.join();
     }},
    {"atomic_ref: the notification may come by way of another one", 4,
     [] {
       int x = 0;
       thread other([&] {
         atomic_ref(x).store(1);
         atomic_ref(x).notify_one();
       });
       const atomic_ref waiting(x);
       waiting.wait(0);
       check(waiting == 1, "waited for");
       other.join();
     }},
    {"atomic shared_ptr", 4,
     [] {
       atomic<std::shared_ptr<int>> x;
       thread other([&] {
         x.store(std::make_shared<int>(1));
         x.notify_one();
       });
       x.wait(nullptr);
       check(*x.load() == 1, "waited for");
       other.join();
     }},
    // As above, with a write before S, which W may come before or after where it sleeps.
    {"the data behind a flag that was waited for are no race", 5,
     [] {
       atomic<bool> ready{false};
       shared<int> data{0};
       thread other([&] {
         data = 1;
         ready.store(true, std::memory_order_release);
         ready.notify_one();
       });
       ready.wait(false, std::memory_order_acquire);
       check(data.load() == 1, "seen");
       other.join();
     }},
};

TEST(atomic_waiting, ends_with_another_value) { expect_pass(waits); }

// In timed mode a sleeper goes on when nobody else can.
constexpr passing_case timed_waits[] = {
    {"notify_one wakes one of three, whichever: 3 * 2 * 1", 6,
     [] {
       atomic<int> x{0};
       int woken = 0;
       std::vector<thread> threads;
       for (int i = 0; i < 3; ++i) {
         threads.push_back(thread([&] {
           x.wait(0);
           ++woken;
         }));
         this_thread::sleep_for(hours(1));
       }
       x.store(1);
       this_thread::sleep_for(hours(1));
       check(woken == 0, "a store wakes nobody");
       for (int i = 1; i <= 3; ++i) {
         x.notify_one();
         this_thread::sleep_for(hours(1));
         check(woken == i, "exactly one");
       }
       for (thread& each : threads) each.join();
     }},
    {"notify_all wakes all three, who go on in any order: 3!", 6,
     [] {
       atomic<int> x{0};
       int woken = 0;
       std::vector<thread> threads;
       for (int i = 0; i < 3; ++i) {
         threads.push_back(thread([&] {
           x.wait(0);
           ++woken;
         }));
         this_thread::sleep_for(hours(1));
       }
       x.store(1);
       x.notify_all();
       this_thread::sleep_for(hours(1));
       check(woken == 3, "all");
       for (thread& each : threads) each.join();
     }},
    {"who finds the old value again goes on waiting", 1,
     [] {
       atomic<int> x{0};
       bool woke = false;
       thread waiting([&] {
         x.wait(0);
         woke = true;
       });
       this_thread::sleep_for(hours(1));
       x.store(1);
       x.store(0);
       x.notify_one();
       this_thread::sleep_for(hours(1));
       check(!woke, "0 as before");
       x.store(2);
       x.notify_one();
       waiting.join();
     }},
    {"notify_one is for those who blocked before the latest modification", 1,
     [] {
       atomic<int> x{0};
       bool woke = false;
       thread first([&] {
         x.wait(0);
         woke = true;
       });
       this_thread::sleep_for(hours(1));
       x.store(1);
       thread second([&] { x.wait(1); });
       this_thread::sleep_for(hours(1));
       x.notify_one();
       this_thread::sleep_for(hours(1));
       check(woke, "the first one");
       x.store(2);
       x.notify_one();
       first.join();
       second.join();
     }},
    {"shared pointers that point to equal values are different ones", 1,
     [] {
       const auto old = std::make_shared<int>(7);
       atomic<std::shared_ptr<int>> x{old};
       thread waiting([&] { x.wait(old); });
       this_thread::sleep_for(hours(1));
       x = std::make_shared<int>(7);
       x.notify_all();
       waiting.join();
     }},
};

TEST(atomic_waiting, wakes_whom_it_should) {
  options with;
  with.time = time_mode::timed;
  expect_pass(timed_waits, with);
}

// The wait W and the store S, which is followed by no notification: S W is well, W S is lost. With the fault there is a
// wake K after W, and no second one: W S K is well, W K S lost.
TEST(atomic_waiting, wakes_spuriously_only_where_that_is_allowed) {
  for (const std::uint32_t allowed : {0U, 1U}) {
    options with;
    with.faults = sim::only(fault_kind::spurious_wakeup);
    with.max_faults = allowed;
    with.keep_going = true;
    const result found = explore(
        [&] {
          atomic<int> x{0};
          thread waiting([&] { x.wait(0); });
          x.store(1);
          waiting.join();
        },
        with);
    EXPECT_EQ(found.executions, 2U + 2U * allowed);
    EXPECT_EQ(found.failures, 1U + allowed);
    EXPECT_EQ(found.failures_by_kind.at("lost-wakeup"), found.failures);
  }
}

const detected_case failures[] = {
    {"a store without its notification",
     [] {
       atomic<int> x{0, "x"};
       two([&] { mark<0>(), x.wait(0); }, [&] { x.store(1); });
     },
     failure_kind::lost_wakeup,
     "lost wake-up: a waits on atomic variable x (@0), and nobody is left to notify it.",
     {"main waits for the end of a (@8).", "a waits on atomic variable x for a notification (@0)."}},
    {"a notification before the store that it is to tell of",
     [] {
       atomic<int> x{0, "x"};
       two([&] { mark<0>(), x.wait(0); },
           [&] {
             x.notify_one();
             x.store(1);
           });
     },
     failure_kind::lost_wakeup,
     "lost wake-up: a waits on atomic variable x (@0), and nobody is left to notify it.",
     {"main waits for the end of a (@8).", "a waits on atomic variable x for a notification (@0)."}},
    {"notify_one where two wait",
     [] {
       atomic<int> x{0, "x"};
       two([&] { mark<0>(), x.wait(0); },
           [&] {
             thread other("c", [&] { mark<1>(), x.wait(0); });
             x.store(1);
             x.notify_one();
             mark<2>(), other.join();
           });
     },
     failure_kind::lost_wakeup,
     "lost wake-up: c waits on atomic variable x (@1), and nobody is left to notify it.",
     {"main waits for the end of b (@9).", "b waits for the end of c (@2).",
      "c waits on atomic variable x for a notification (@1)."}},
    {"a relaxed wait orders nothing",
     [] {
       atomic<bool> ready{false, "ready"};
       shared<int> data{0, "data"};
       two(
           [&] {
             ready.wait(false, std::memory_order_relaxed);
             mark<0>(), static_cast<void>(data.load());
           },
           [&] {
             mark<1>(), data = 1;
             ready.store(true);
             ready.notify_one();
           });
     },
     failure_kind::data_race,
     "data race on shared variable data: write by b (@1) and read by a (@0) are not ordered.",
     {"b holds no lock at its access, a holds no lock: no lock that both hold, and no start, join or release and "
      "acquire "
      "between the two, makes one happen before the other."}},
    {"an atomic that is destroyed while somebody waits on it",
     [] {
       auto x = std::make_unique<atomic<int>>(0, "x");
       thread waiting("a", [&] { x->wait(0); });
       this_thread::sleep_for(hours(1));
       mark<0>(), x.reset();
       waiting.join();
     },
     failure_kind::misuse,
     "misuse by main: atomic variable x was destroyed while a was at its wake (@0).",
     {},
     [](options& with) { with.time = time_mode::timed; }},
    {"an order that the standard does not allow",
     [] {
       const atomic<int> x{0};
       mark<0>(), x.wait(0, std::memory_order_release);
     },
     failure_kind::misuse,
     "misuse by main: a memory order that the standard does not allow for wait (@0).",
     {}},
};

TEST(atomic_waiting, misses_are_found) {
  for (const detected_case& each : failures) expect_detected(each, __FILE__);
}

// ---- atomic smart pointers, apart from waiting

/** Performs an operation when it is destroyed, which a smart pointer's own operation must be over for. */
struct counted {
  explicit counted(atomic<int>& alive_ones) : alive(alive_ones) { ++alive; }
  counted(const counted&) = delete;
  counted& operator=(const counted&) = delete;
  ~counted() { --alive; }
  atomic<int>& alive;
};

constexpr passing_case pointers[] = {
    {"shared_ptr: load, store, exchange, compare-exchange, conversion and assignment", 1,
     [] {
       const auto one = std::make_shared<int>(1);
       const auto two = std::make_shared<int>(2);
       atomic<std::shared_ptr<int>> x(one, "x");
       check(x.load() == one && !x.is_lock_free(), "load");
       x.store(two);
       check(static_cast<std::shared_ptr<int>>(x) == two, "store");
       check(x.exchange(one) == two, "exchange");
       std::shared_ptr<int> seen = two;
       check(!x.compare_exchange_strong(seen, two) && seen == one, "another one is there");
       check(x.compare_exchange_weak(seen, two) && x.load() == two, "the one that was seen");
       x = nullptr;
       check(x.load() == nullptr && one.use_count() == 2, "one and seen");
     }},
    {"shared_ptr: the same pointer with another owner is not equivalent", 1,
     [] {
       int value = 0;
       const std::shared_ptr<int> first(&value, [](int*) {});
       const std::shared_ptr<int> second(&value, [](int*) {});
       atomic<std::shared_ptr<int>> x(first);
       std::shared_ptr<int> expected = second;
       check(first == second && !x.compare_exchange_strong(expected, nullptr), "by owner");
     }},
    {"weak_ptr", 1,
     [] {
       auto one = std::make_shared<int>(1);
       atomic<std::weak_ptr<int>> x(one);
       check(x.load().lock() == one, "load");
       std::weak_ptr<int> expected;
       check(!x.compare_exchange_strong(expected, {}) && expected.lock() == one, "not empty");
       one.reset();
       check(x.load().expired(), "it owns nothing");
       check(x.compare_exchange_strong(expected, {}), "still the same");
       x = std::weak_ptr<int>();
     }},
    // Whoever exchanges first destroys what was there, by another step: before or after the other's exchange.
    {"shared_ptr: an old value is destroyed after the operation: 2 * 2", 4,
     [] {
       atomic<int> alive{0};
       {
         atomic<std::shared_ptr<counted>> x(std::make_shared<counted>(alive));
         thread other([&] { x.exchange(nullptr); });
         x.exchange(nullptr);
         other.join();
       }
       check(alive == 0, "destroyed once");
     }},
};

TEST(atomic_pointers, do_what_those_of_std_do) { expect_pass(pointers); }

// ---- fences

constexpr passing_case fences[] = {
    // The write W and the store S, and the load L, after which there is a read only where it comes last.
    {"a release fence before a relaxed store and an acquire fence after a relaxed load order the data", 3,
     [] {
       atomic<bool> ready{false};
       shared<int> data{0};
       thread other([&] {
         data = 1;
         heddle::atomic_thread_fence(std::memory_order_release);
         ready.store(true, std::memory_order_relaxed);
       });
       if (ready.load(std::memory_order_relaxed)) {
         heddle::atomic_thread_fence(std::memory_order_acquire);
         check(data.load() == 1, "seen");
       }
       other.join();
     }},
};

TEST(fences, order) { expect_pass(fences); }

TEST(fences, of_one_side_order_nothing) {
  for (const auto order : {std::memory_order_relaxed, std::memory_order_acquire}) {
    const result found = explore(
        [&] {
          atomic<bool> ready{false};
          shared<int> data{0};
          thread other([&] {
            data = 1;
            heddle::atomic_thread_fence(order);
            ready.store(true, std::memory_order_relaxed);
          });
          if (ready.load(std::memory_order_relaxed)) {
            heddle::atomic_thread_fence(std::memory_order_acquire);
            check(data.load() == 1, "seen");
          }
          other.join();
        },
        options{});
    ASSERT_TRUE(found.failure.has_value());
    EXPECT_EQ(found.failure->kind, failure_kind::data_race);
  }
  heddle::atomic_signal_fence(std::memory_order_seq_cst);
}

}  // namespace
}  // namespace heddle
