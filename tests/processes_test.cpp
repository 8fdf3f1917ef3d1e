// What daemons and processes do: how they end, what is copied, what connects them.
#include <chrono>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "by_interleavings.hpp"
#include "passing.hpp"

namespace heddle {
namespace {

using std::chrono::hours;

// Holds in all its executions, of which there are exactly so many.
void passes(std::uint64_t executions, const program& body) {
  const result found = explore(body);
  EXPECT_EQ(found.verdict, verdict::pass) << found;
  EXPECT_TRUE(found.exhaustive);
  EXPECT_EQ(found.executions, executions);
}

// ---- daemons

TEST(daemons, are_cut_off_when_the_last_other_thread_ends) {
  std::set<std::string> seen;
  const result found = explore([&] {
    int steps = 0;
    daemon_thread("daemon", [&] {
      while (steps < 3) {
        this_thread::yield();
        ++steps;
      }
    });
    this_thread::yield();
    seen.insert(std::to_string(steps));
  });
  EXPECT_EQ(found.verdict, verdict::pass) << found;
  EXPECT_TRUE(found.exhaustive);
  EXPECT_TRUE(seen.contains("0"));
}

// The daemon's first acquire is before or after main's yield, or after its end.
TEST(daemons, that_wait_for_ever_are_no_deadlock) {
  passes(3, [] {
    const auto once = std::make_shared<binary_semaphore>(1);
    daemon_thread daemon([once] {
      once->acquire();
      once->acquire();
    });
    this_thread::yield();
  });
}

// Two steps of the daemon against main's load and its end, after which all is over: none of them before the end, one
// (in two ways), or both (in three).
TEST(daemons, run_until_they_are_cut_off) {
  const result found = explore([] {
    const auto x = std::make_shared<atomic<int>>(0);
    daemon_thread daemon([x] {
      x->store(1);
      x->store(2);
    });
    static_cast<void>(x->load());
  });
  EXPECT_EQ(found.executions, 6U) << found;
}

TEST(daemons, unwind_their_stacks_when_the_execution_is_over) {
  int destroyed = 0;
  struct witness {
    int& count;
    ~witness() { ++count; }
  };
  const result found = explore(
      [&] {
        const auto never = std::make_shared<binary_semaphore>(0);
        daemon_thread daemon([&destroyed, never] {
          const witness here{destroyed};
          never->acquire();
        });
        this_thread::yield();
      },
      by_interleavings());
  EXPECT_EQ(found.verdict, verdict::pass) << found;
  EXPECT_EQ(destroyed, static_cast<int>(found.executions));
}

TEST(daemons, may_come_further_before_the_end) {
  const result found = explore([] {
    const auto x = std::make_shared<atomic<int>>(0);
    daemon_thread daemon([x] {
      x->store(1);
      check(false, "the daemon ran");
    });
  });
  EXPECT_EQ(found.verdict, verdict::fail) << found;
}

TEST(daemons, can_be_joined) {
  passes(1, [] {
    int done = 0;
    daemon_thread daemon([&] { done = 1; });
    daemon.join();
    check(done == 1, "joined");
  });
}

TEST(non_daemons, are_waited_for_when_main_has_ended) {
  int finished = 0;
  const result found = explore([&] {
    thread worker([&] {
      this_thread::sleep_for(hours(1));
      ++finished;
    });
    worker.detach();
  });
  EXPECT_EQ(found.verdict, verdict::pass) << found;
  EXPECT_EQ(finished, static_cast<int>(found.executions));
}

TEST(daemons, must_not_outlive_what_they_use) {
  const result found = explore([] {
    mutex lock{"lock"};
    daemon_thread daemon("daemon", [&] { lock.lock(); });
    this_thread::yield();
  });
  ASSERT_TRUE(found.failure) << found;
  EXPECT_EQ(found.failure->kind, failure_kind::misuse);
  EXPECT_NE(found.failure->message.find("mutex lock was destroyed while daemon was at its lock"), std::string::npos)
      << found;
}

// ---- processes

// The parent's one step among the child's six.
TEST(processes, have_their_own_copy_of_what_is_shared_from_their_start_on) {
  passes(7, [] {
    shared<int> plain{1, "plain"};
    atomic<int> counter{10, "counter"};
    plain.store(2);
    process child("child", [&] {
      check(plain.load() == 2, "as it stood at the start");
      check(counter.load() == 10, "as it stood at the start");
      plain.store(3);
      counter.fetch_add(1);
      check(plain.load() == 3, "it sees its own writes");
      return counter.load();
    });
    counter.fetch_add(5);
    check(child.wait() == 11, "the child never sees the parent's");
    check(plain.load() == 2, "the parent never sees the child's");
    check(counter.load() == 15, "the parent never sees the child's");
  });
}

// The child's one step among the grandchild's three.
TEST(processes, copy_what_they_have_when_they_start_others) {
  passes(4, [] {
    atomic<int> x{1};
    process child([&] {
      x.store(2);
      atomic<int> own{5};
      process grandchild([&] {
        own.fetch_add(1);
        return x.fetch_add(1) * 10 + own.load();
      });
      x.store(7);
      return grandchild.wait() + own.load();
    });
    check(child.wait() == 31, "2 * 10 + 6 from the grandchild, and 5");
    check(x.load() == 1, "unchanged");
  });
}

TEST(processes, copy_what_other_threads_have_done_so_far) {
  std::set<int> seen;
  const result found = explore([&] {
    atomic<int> x{0, "x"};
    thread other([&] { x.store(1); });
    process child([&] { return x.load(); });
    seen.insert(child.wait());
    other.join();
  });
  EXPECT_EQ(found.verdict, verdict::pass) << found;
  EXPECT_EQ(seen, (std::set<int>{0, 1})) << "the store is before the start, or after it";
}

TEST(processes, do_not_race_with_each_other) {
  passes(2, [] {
    shared<int> x{0};
    process child([&] { x.store(1); });
    x.store(2);
    child.wait();
  });
}

TEST(processes, race_within_themselves) {
  const result found = explore([] {
    shared<int> x{0};
    process child([&] {
      thread other([&] { x.store(1); });
      x.store(2);
      other.join();
    });
    child.wait();
  });
  ASSERT_TRUE(found.failure) << found;
  EXPECT_EQ(found.failure->kind, failure_kind::data_race);
}

TEST(processes, inherit_a_mutex_as_it_was_held) {
  const result found = explore([] {
    mutex lock{"lock"};
    lock.lock();
    process child("child", [&] { lock.lock(); });
    lock.unlock();
    child.wait();
  });
  ASSERT_TRUE(found.failure);
  EXPECT_EQ(found.failure->kind, failure_kind::deadlock);
  EXPECT_NE(
      found.failure->explanation.back().find("lock of child, which was held when the process was started, for ever"),
      std::string::npos)
      << found;
}

// Each waits for what the other sends.
TEST(processes, are_connected_by_queues) {
  passes(1, [] {
    queue<int> requests{1, "requests"};
    queue<int> replies{1, "replies"};
    process child([&] { replies.push(requests.pop() * 2); });
    requests.push(21);
    check(replies.pop() == 42, "what went through both");
    check(child.wait() == 0, "no status is a status of 0");
  });
}

TEST(processes, may_exit_from_anywhere) {
  passes(1, [] {
    binary_semaphore never{0};
    process child([&] {
      thread stuck([&] { never.acquire(); });
      thread ends([] { this_process::exit(3); });
      ends.join();
      check(false, "main is cut off");
    });
    check(child.wait() == 3, "the status");
    check(this_process::get_id() == 0, "the program itself");
    check(child.get_id() == 1, "the first child");
  });
}

// The daemon wakes up before the worker's push, between that and its end, or never.
TEST(processes, end_with_their_last_thread_and_without_their_daemons) {
  passes(3, [] {
    queue<int> out;
    process child([&] {
      daemon_thread([] { this_thread::sleep_for(hours(100)); });
      thread worker([&] { out.push(1); });
      worker.detach();
    });
    child.wait();
    check(out.size() == 1, "the worker was waited for");
  });
}

TEST(processes, need_not_be_waited_for) {
  passes(1, [] { process child([] { this_thread::yield(); }); });
}

TEST(processes, can_be_waited_for_in_time) {
  options with;
  with.time = time_mode::timed;
  const result found = explore(
      [] {
        process child([] {
          this_thread::sleep_for(hours(2));
          return 4;
        });
        check(!child.wait_for(hours(1)), "too early");
        check(child.wait_for(hours(2)) == 4, "in time");
      },
      with);
  EXPECT_EQ(found.verdict, verdict::pass) << found;
}

TEST(processes, misuse_is_named) {
  const auto message = [](const program& body) {
    const result found = explore(body);
    return found.failure && found.failure->kind == failure_kind::misuse ? found.failure->message : std::string("none");
  };
  EXPECT_NE(message([] {
              thread worker([] {});
              process child([&] { worker.join(); });
              child.wait();
              worker.join();
            }).find("a thread of another process or of an earlier execution was joined"),
            std::string::npos);
  EXPECT_NE(message([] { process().wait(); }).find("a wait for a process that was never started"), std::string::npos);
}

// ---- copies' values

}  // namespace
}  // namespace heddle
