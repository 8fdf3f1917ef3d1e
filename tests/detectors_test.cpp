// What the detectors say of programs that share variables: data races, and lost updates.
#include <gtest/gtest.h>

#include <mutex>

#include <heddle/heddle.hpp>

#include "detected.hpp"

namespace heddle {
namespace {

constexpr auto relaxed = std::memory_order_relaxed;
constexpr auto acquire = std::memory_order_acquire;
constexpr auto release = std::memory_order_release;
constexpr failure_kind race = failure_kind::data_race;

// ---- data races

void nothing_orders_two_writes() {
  shared<int> x(0, "x");
  two([&] { mark<0>(), x.store(1); }, [&] { mark<1>(), x = 2; });
}

void nothing_orders_write_and_read() {
  shared<int> x(0, "x");
  two([&] { mark<0>(), x.store(1); }, [&] { mark<1>(), (void)x.load(); });
}

void reads_only() {
  shared<int> x(0, "x");
  two([&] { (void)x.load(); }, [&] { (void)x.load(); });
}

void one_mutex() {
  shared<int> x(0, "x");
  mutex m("m");
  const auto add = [&] {
    const std::lock_guard held(m);
    x += 1;
  };
  two(add, add);
}

void two_mutexes() {
  shared<int> x(0, "x");
  mutex m("m");
  mutex n("n");
  two(
      [&] {
        mark<2>(), m.lock();
        mark<0>(), x.store(1);
        m.unlock();
      },
      [&] {
        mark<3>(), n.lock();
        mark<1>(), x.store(1);
        n.unlock();
      });
}

void try_lock_alone() {
  shared<int> x(0, "x");
  mutex m("m");
  const auto add = [&] {
    if (!m.try_lock()) return;
    x += 1;
    m.unlock();
  };
  two(add, add);
}

void start_and_join() {
  shared<int> x(0, "x");
  x.store(1);
  thread child([&] { x += 1; });
  child.join();
  check(x.load() == 2, "the child has added");
  two([] { this_thread::yield(); }, [] { this_thread::yield(); });
}

void written_after_the_start() {
  shared<int> x(0, "x");
  thread child("child", [&] { mark<1>(), x.store(1); });
  mark<0>(), x.store(2);
  child.join();
}

/** a writes x and then the flag; b reads x where it has seen the flag. */
void hand_over(std::memory_order store, std::memory_order load) {
  shared<int> x(0, "x");
  atomic<int> flag(0, "flag");
  two(
      [&] {
        mark<0>(), x.store(1);
        flag.store(1, store);
      },
      [&] {
        if (flag.load(load) == 1) mark<1>(), (void)x.load();
      });
}

/** The same, but a third thread changes the flag from 1 to 2 in between, by `change`. */
void hand_over_by_way_of(void (*change)(atomic<int>& flag)) {
  shared<int> x(0, "x");
  atomic<int> flag(0, "flag");
  thread between("between", [&] { change(flag); });
  two(
      [&] {
        mark<0>(), x.store(1);
        flag.store(1, release);
      },
      [&] {
        if (flag.load(acquire) == 2) mark<1>(), (void)x.load();
      });
  between.join();
}

/** a writes x and releases the flag, and does what follows; b finds out in its own way. */
void hand_over_to(
    bool (*taken)(atomic<int>& flag), void (*follows)(atomic<int>& flag) = [](atomic<int>&) {}) {
  shared<int> x(0, "x");
  atomic<int> flag(0, "flag");
  two(
      [&] {
        mark<0>(), x.store(1);
        flag.store(1, release);
        follows(flag);
      },
      [&] {
        if (taken(flag)) mark<1>(), (void)x.load();
      });
}

template <std::memory_order Failure>
bool fails_to_exchange(atomic<int>& flag) {
  int expected = 0;
  return !flag.compare_exchange_strong(expected, 0, std::memory_order_acq_rel, Failure);
}

void semaphore_orders() {
  shared<int> x(0, "x");
  counting_semaphore<> done(0, "done");
  two(
      [&] {
        x.store(1);
        done.release();
      },
      [&] {
        if (!done.try_acquire()) done.acquire();
        x.store(2);
      });
}

void queue_orders() {
  shared<int> x(0, "x");
  queue<int> values(1, "values");
  two(
      [&] {
        x.store(1);
        values.push(1);
      },
      [&] {
        if (!values.try_pop()) (void)values.pop();
        x.store(2);
      });
}

void mutex_of_the_wait_orders() {
  shared<bool> ready(false, "ready");
  mutex m("m");
  condition_variable changed("changed");
  two(
      [&] {
        const std::lock_guard held(m);
        ready.store(true);
        changed.notify_one();
      },
      [&] {
        std::unique_lock held(m);
        changed.wait(held, [&] { return ready.load(); });
        ready.store(false);
      });
}

/** b holds the mutex until it waits; a writes when it has let the mutex go again, so only the notification is left. */
void notification_orders_nothing() {
  shared<int> x(0, "x");
  atomic<int> holds(0, "holds");
  mutex m("m");
  condition_variable changed("changed");
  two(
      [&] {
        m.lock();
        const bool waits = holds.load(relaxed) == 1;
        m.unlock();
        assume(waits);
        mark<0>(), x.store(1);
        changed.notify_one();
      },
      [&] {
        std::unique_lock held(m);
        holds.store(1, relaxed);
        mark<3>(), changed.wait(held);
        mark<1>(), (void)x.load();
      });
}

constexpr std::string_view no_locks =
    "a holds no lock at its access, b holds no lock: no lock that both hold, and no start, join or release and acquire "
    "between the two, makes one happen before the other.";
constexpr std::string_view read_after_write =
    "data race on shared variable x: write by a (@0) and read by b (@1) are not ordered.";

TEST(detectors, data_races) {
  const detected_case cases[] = {
      {"two writes that nothing orders",
       &nothing_orders_two_writes,
       race,
       "data race on shared variable x: write by a (@0) and write by b (@1) are not ordered.",
       {no_locks}},
      {"a write and a read", &nothing_orders_write_and_read, race, read_after_write, {no_locks}},
      {"two reads are no race", &reads_only, {}},
      {"a mutex orders", &one_mutex, {}},
      {"so does one that is tried", &try_lock_alone, {}},
      {"start and join order", &start_and_join, {}},
      {"what comes after the start is not ordered",
       &written_after_the_start,
       race,
       "data race on shared variable x: write by main (@0) and write by child (@1) are not ordered.",
       {"main holds no lock at its access, child holds no lock: no lock that both hold, and no start, join or release "
        "and acquire between the two, makes one happen before the other."}},
      {"release and acquire order", [] { hand_over(release, acquire); }, {}},
      {"so do the orders by default", [] { hand_over(std::memory_order_seq_cst, std::memory_order_seq_cst); }, {}},
      {"a relaxed store does not", [] { hand_over(relaxed, acquire); }, race, read_after_write, {no_locks}},
      {"a relaxed load does not", [] { hand_over(release, relaxed); }, race, read_after_write, {no_locks}},
      {"a read-modify-write continues the release sequence, a relaxed one, too",
       [] { hand_over_by_way_of([](atomic<int>& flag) { flag.fetch_add(1, relaxed); }); },
       {}},
      {"a store by another thread ends it",
       [] {
         hand_over_by_way_of([](atomic<int>& flag) {
           if (flag.load(relaxed) == 1) flag.store(2, relaxed);
         });
       },
       race,
       read_after_write,
       {no_locks}},
      {"a relaxed store by the same thread, too, since C++20",
       [] {
         hand_over_to([](atomic<int>& flag) { return flag.load(acquire) == 2; },
                      [](atomic<int>& flag) { flag.store(2, relaxed); });
       },
       race,
       read_after_write,
       {no_locks}},
      {"an exchange that acquires",
       [] { hand_over_to([](atomic<int>& flag) { return flag.exchange(2, acquire) == 1; }); },
       {}},
      {"a relaxed exchange",
       [] { hand_over_to([](atomic<int>& flag) { return flag.exchange(2, relaxed) == 1; }); },
       race,
       read_after_write,
       {no_locks}},
      {"an exchange that only releases",
       [] { hand_over_to([](atomic<int>& flag) { return flag.exchange(2, release) == 1; }); },
       race,
       read_after_write,
       {no_locks}},
      {"a compare-exchange that fails and acquires", [] { hand_over_to(&fails_to_exchange<acquire>); }, {}},
      {"one that fails has its order of failure only",
       [] { hand_over_to(&fails_to_exchange<relaxed>); },
       race,
       read_after_write,
       {no_locks}},
      {"a semaphore orders", &semaphore_orders, {}},
      {"a queue orders", &queue_orders, {}},
      {"a wait takes its mutex again, which orders", &mutex_of_the_wait_orders, {}},
      {"a notification orders nothing",
       &notification_orders_nothing,
       race,
       read_after_write,
       {"a holds no lock at its access, b holds mutex m (@3): no lock that both hold, and no start, join or release "
        "and acquire between the two, makes one happen before the other."}},
      {"two mutexes order nothing",
       &two_mutexes,
       race,
       "data race on shared variable x: write by a (@0) and write by b (@1) are not ordered.",
       {"a holds mutex m (@2) at its access, b holds mutex n (@3): no lock that both hold, and no start, join or "
        "release and acquire between the two, makes one happen before the other."}},
  };
  for (const detected_case& each : cases) expect_detected(each, __FILE__);
}

// ---- lost updates

constexpr failure_kind lost = failure_kind::lost_update;
void look_for_lost_updates(options& with) { with.lost_updates = true; }

/** Both load, then both store. */
void load_then_store(atomic<int>& n) {
  two(
      [&] {
        const int seen = n.load();
        mark<0>(), n.store(seen + 1);
      },
      [&] {
        const int seen = (mark<1>(), n.load());
        mark<2>(), n.store(seen + 10);
      });
}

void add_up() {
  atomic<int> n(0, "n");
  load_then_store(n);
}

void add_up_and_check() {
  atomic<int> n(0, "n");
  load_then_store(n);
  mark<3>(), check(n.load() == 11, "no update is lost");
}

void add_up_race() {
  shared<int> n(0, "n");
  atomic<int> turn{0};
  two(
      [&] {
        const int seen = (mark<0>(), n.load());
        turn.store(1, relaxed);
        while (turn.load(relaxed) != 2) this_thread::yield();
        mark<1>(), n.store(seen + 1);
      },
      [&] {
        while (turn.load(relaxed) != 1) this_thread::yield();
        mark<2>(), n += 10;
        turn.store(2, relaxed);
      });
  mark<3>(), check(n.load() == 11, "no update is lost");
}

/** Two threads that change an atomic variable, each in its way. */
void change(void (*first)(atomic<int>& n), void (*second)(atomic<int>& n)) {
  atomic<int> n(0, "n");
  two([&] { first(n); }, [&] { second(n); });
}

void set(atomic<int>& n) { n.store(5); }
void add(atomic<int>& n) { n.fetch_add(1); }
void load_and_exchange(atomic<int>& n) { n.exchange(n.load() + 1); }

constexpr std::string_view b_overwrites_a =
    "lost update: b's store of 10 to atomic variable n (@2) overwrites a's store of 1 (@0), which b never saw: it had "
    "read 0 (@1).";

TEST(detectors, lost_updates) {
  const detected_case cases[] = {
      {"as a failure by itself", &add_up, lost, b_overwrites_a, {}, &look_for_lost_updates},
      {"not, unless asked for", &add_up, {}},
      {"as the explanation of a failed check",
       &add_up_and_check,
       failure_kind::assertion,
       "check failed in main: no update is lost (@3).",
       {b_overwrites_a}},
      {"as the explanation of a race",
       &add_up_race,
       race,
       "data race on shared variable n: read by a (@0) and write by b (@2) are not ordered.",
       {no_locks, "What came of it: check failed in main: no update is lost (@3).",
        "lost update: a's write of 1 to shared variable n (@1) overwrites b's write of 10 (@2), which a never saw: it "
        "had read 0 (@0)."}},
      {"read-modify-writes lose nothing", [] { change(&add, &add); }, {}, {}, {}, &look_for_lost_updates},
      {"an exchange after a load sees what it overwrites",
       [] { change(&load_and_exchange, &load_and_exchange); },
       {},
       {},
       {},
       &look_for_lost_updates},
      {"a store that is based on no read is blind", [] { change(&set, &set); }, {}, {}, {}, &look_for_lost_updates},
      {"over its own store",
       [] {
         atomic<int> n(0, "n");
         two([&] { (void)n.load(), n.store(1), n.store(2); }, [] { this_thread::yield(); });
       },
       {},
       {},
       {},
       &look_for_lost_updates},
  };
  for (const detected_case& each : cases) expect_detected(each, __FILE__);
}

}  // namespace
}  // namespace heddle
