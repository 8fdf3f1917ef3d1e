// What shared mutexes do, in all interleavings.
#include <algorithm>
#include <chrono>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>

#include <heddle/shared_mutex.hpp>

#include "outcomes.hpp"

namespace heddle {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr source_location here{"here.cpp", 7};

// Readers and a writer, if there is one, each once: how many readers are inside at once, at most.
std::string most_inside(int readers, bool writer) {
  shared_mutex m;
  int inside = 0;
  int most = 0;
  std::optional<thread> threads[3];
  for (int i = 0; i < readers; ++i) {
    threads[i].emplace([&] {
      m.lock_shared();
      most = std::max(most, ++inside);
      m.unlock_shared();
      --inside;
    });
  }
  if (writer) {
    threads[2].emplace([&] {
      const std::lock_guard guard(m);
      check(inside == 0, "alone");
    });
  }
  for (std::optional<thread>& each : threads) {
    if (each) each->join();
  }
  return std::to_string(most);
}

const outcome_case sharing[] = {
    // Two sections of a lock and an unlock each: 4 over 2 ways, of which 2 have one after the other.
    {"readers hold it together", {{"1", 2}, {"2", 4}}, [] { return most_inside(2, false); }},
    {"a writer keeps a reader out, and a reader a writer", {{"1", 2}}, [] { return most_inside(1, true); }},
    // The writer first, or last: 2 and 4 ways each, as above; or between the two readers: 2.
    {"a writer and two readers", {{"1", 6}, {"2", 8}}, [] { return most_inside(2, true); }},
    {"there is no precedence: a reader comes in while a writer waits, or after it. S U, L u, and the try",
     {{"in", 4}, {"out", 1}},
     [] {
       shared_mutex m;
       m.lock_shared();
       thread writer([&] {
         m.lock();
         m.unlock();
       });
       bool in = false;
       thread reader([&] {
         in = m.try_lock_shared();
         if (in) m.unlock_shared();
       });
       m.unlock_shared();
       writer.join();
       reader.join();
       return std::string(in ? "in" : "out");
     }},
};

TEST(shared_mutex, sharing) { expect_outcomes(sharing); }

// What another thread may do meanwhile: lock it exclusively, lock it shared.
template <class Mutex>
std::string may(Mutex& m) {
  std::string result;
  thread([&] {
    const bool exclusively = m.try_lock();
    if (exclusively) m.unlock();
    const bool shared = m.try_lock_shared();
    if (shared) m.unlock_shared();
    result = exclusively ? "anything" : shared ? "read" : "nothing";
  }).join();
  return result;
}

const outcome_case alone[] = {
    {"a thread that holds it exclusively keeps everybody out",
     {{"nothing, anything", 1}},
     [] {
       shared_mutex m;
       m.lock();
       const std::string held = may(m);
       m.unlock();
       return held + ", " + may(m);
     }},
    {"a thread that holds it shared keeps writers out",
     {{"read, anything", 1}},
     [] {
       shared_mutex m;
       m.lock_shared();
       const std::string held = may(m);
       m.unlock_shared();
       return held + ", " + may(m);
     }},
    {"std::shared_lock, std::unique_lock and std::scoped_lock",
     {{"read, nothing, nothing, anything", 1}},
     [] {
       shared_timed_mutex m;
       std::string held;
       {
         const std::shared_lock lock(m);
         held = may(m);
       }
       {
         const std::unique_lock lock(m, std::try_to_lock);
         held += ", " + may(m);
       }
       {
         const std::scoped_lock lock(m);
         held += ", " + may(m);
       }
       return held + ", " + may(m);
     }},
    {"shared locks with a time limit",
     {{"read, read, anything", 1}},
     [] {
       shared_timed_mutex m;
       std::string held;
       {
         const std::shared_lock lock(m, seconds(1));
         held = may(m);
       }
       {
         const std::shared_lock lock(m, steady_clock::now() + seconds(1));
         held += ", " + may(m);
       }
       return held + ", " + may(m);
     }},
};

TEST(shared_mutex, alone) { expect_outcomes(alone); }

// Main holds it, and the other thread tries.
template <class TryLock, class Unlock>
std::string try_against(shared_timed_mutex& m, bool shared, TryLock try_lock, Unlock unlock) {
  bool success = false;
  thread other([&] {
    success = try_lock();
    if (success) unlock();
  });
  if (shared) {
    m.unlock_shared();
  } else {
    m.unlock();
  }
  other.join();
  return success ? "locked" : "timed out";
}

const outcome_case timed[] = {
    {"an exclusive lock times out before the unlock of an exclusive one",
     {{"locked", 1}, {"timed out", 1}},
     [] {
       shared_timed_mutex m;
       m.lock();
       return try_against(
           m, false, [&] { return m.try_lock_for(seconds(1)); }, [&] { m.unlock(); });
     }},
    {"or of a shared one",
     {{"locked", 1}, {"timed out", 1}},
     [] {
       shared_timed_mutex m;
       m.lock_shared();
       return try_against(
           m, true, [&] { return m.try_lock_until(steady_clock::time_point(seconds(1))); }, [&] { m.unlock(); });
     }},
    {"a shared lock times out before the unlock of an exclusive one",
     {{"locked", 1}, {"timed out", 1}},
     [] {
       shared_timed_mutex m;
       m.lock();
       return try_against(
           m, false, [&] { return m.try_lock_shared_for(seconds(1)); }, [&] { m.unlock_shared(); });
     }},
    // The try before main's unlock, between, or the try and its own unlock before it.
    {"but not before that of a shared one",
     {{"locked", 3}},
     [] {
       shared_timed_mutex m;
       m.lock_shared();
       return try_against(
           m, true, [&] { return m.try_lock_shared_until(steady_clock::time_point(seconds(1))); },
           [&] { m.unlock_shared(); });
     }},
};

TEST(shared_mutex, timed) { expect_outcomes(timed); }

const outcome_case simulated[] = {
    {"deadlines are kept",
     {{"writer timed out, reader locked", 1}},
     [] {
       shared_timed_mutex m;
       bool wrote = true;
       bool read = false;
       m.lock();
       thread writer([&] { wrote = m.try_lock_for(minutes(59)); });
       thread reader([&] {
         read = m.try_lock_shared_for(minutes(61));
         if (read) m.unlock_shared();
       });
       this_thread::sleep_for(hours(1));
       m.unlock();
       writer.join();
       reader.join();
       return std::string(wrote ? "writer locked" : "writer timed out") + (read ? ", reader locked" : "");
     }},
};

TEST(shared_mutex, in_simulated_time) { expect_outcomes(simulated, in_simulated_time()); }

template <class Mutex>
concept is_timed = requires(Mutex& m) {
  m.try_lock_for(seconds(1));
};
static_assert(is_timed<shared_timed_mutex> && !is_timed<shared_mutex>);

// ---- who waits for whom

const outcome_case deadlocks[] = {
    // a: S M m s, b: N L l n. Over: S M m, and then s N or N s; or N L l, and then n S or S n. Else S N or N S.
    {"a reader that wants a mutex, whose holder wants to write",
     {{"over", 4}, {"deadlock", 2}},
     [] {
       shared_mutex s;
       mutex m;
       thread a([&] {
         const std::shared_lock reads(s);
         const std::lock_guard guard(m);
       });
       thread b([&] {
         const std::lock_guard guard(m);
         const std::lock_guard writes(s);
       });
       a.join();
       b.join();
       return std::string("over");
     }},
    {"a reader that ends without letting go keeps the writer out for ever",
     {{"deadlock", 1}},
     [] {
       shared_mutex s;
       thread([&] { s.lock_shared(); }).join();
       s.lock();
       return std::string("over");
     }},
};

TEST(shared_mutex, deadlocks) { expect_outcomes(deadlocks); }

TEST(shared_mutex, a_cycle_is_named) {
  const result found = explore(
      [] {
        shared_mutex s("s");
        mutex m("m");
        thread a("a", [&] {
          const std::shared_lock reads(s);
          m.lock();
          m.unlock();
        });
        thread b("b", [&] {
          m.lock();
          s.lock();
          s.unlock();
          m.unlock();
        });
        a.join();
        b.join();
      },
      options{});
  ASSERT_TRUE(found.failure.has_value());
  EXPECT_EQ(found.failure->message, "deadlock of a and b: each waits for the next, and the last for the first.");
  EXPECT_NE(found.failure->explanation.at(1).find("waits to lock shared mutex s, which a holds"), std::string::npos)
      << found;
}

// ---- misuses

const misuse_case misuses[] = {
    {"main: second lock of shared mutex m by main, which holds it (here.cpp:7).",
     [] {
       shared_mutex m("m");
       m.lock();
       m.lock(here);
     }},
    {"main: second lock of shared mutex m by main, which holds it (here.cpp:7).",
     [] {
       shared_mutex m("m");
       m.lock_shared();
       m.lock(here);
     }},
    {"main: second lock_shared of shared mutex m by main, which holds it (here.cpp:7).",
     [] {
       shared_mutex m("m");
       m.lock();
       m.lock_shared(here);
     }},
    {"main: second lock_shared of shared mutex m by main, which holds it (here.cpp:7).",
     [] {
       shared_mutex m("m");
       m.lock_shared();
       m.lock_shared(here);
     }},
    {"main: second try_lock of shared mutex m by main, which holds it (here.cpp:7).",
     [] {
       shared_mutex m("m");
       m.lock_shared();
       static_cast<void>(m.try_lock(here));
     }},
    {"main: second try_lock_shared of shared timed mutex m by main, which holds it (here.cpp:7).",
     [] {
       shared_timed_mutex m("m");
       m.lock();
       static_cast<void>(m.try_lock_shared(here));
     }},
    {"main: second lock_shared of shared timed mutex m by main, which holds it (here.cpp:7).",
     [] {
       shared_timed_mutex m("m");
       m.lock();
       static_cast<void>(m.try_lock_shared_for(seconds(1), here));
     }},
    {"main: second lock of shared timed mutex m by main, which holds it (here.cpp:7).",
     [] {
       shared_timed_mutex m("m");
       m.lock();
       static_cast<void>(m.try_lock_for(seconds(1), here));
     }},
    {"main: unlock of shared mutex m, which nobody holds (here.cpp:7).",
     [] {
       shared_mutex m("m");
       m.unlock(here);
     }},
    {"main: unlock of shared mutex m, which main holds shared (here.cpp:7).",
     [] {
       shared_mutex m("m");
       m.lock_shared();
       m.unlock(here);
     }},
    {"main: unlock_shared of shared mutex m, which main holds exclusively (here.cpp:7).",
     [] {
       shared_mutex m("m");
       m.lock();
       m.unlock_shared(here);
     }},
    {"stranger: unlock_shared of shared mutex m, which main holds shared (here.cpp:7).",
     [] {
       shared_mutex m("m");
       m.lock_shared();
       thread("stranger", [&] { m.unlock_shared(here); }).join();
     }},
    {"stranger: unlock_shared of shared mutex m, which other threads hold shared (here.cpp:7).",
     [] {
       shared_mutex m("m");
       m.lock_shared();
       thread([&] { m.lock_shared(); }).join();
       thread("stranger", [&] { m.unlock_shared(here); }).join();
     }},
};

TEST(shared_mutex, misuses) { expect_misuses(misuses); }

TEST(shared_mutex, must_not_be_held_at_its_end) {
  const auto message_of = [](void (*hold)(shared_mutex&)) {
    const result found = explore(
        [&] {
          shared_mutex m("m");
          hold(m);
        },
        options{});
    const std::string message = found.failure ? found.failure->message : "nothing";
    return message.substr(0, message.rfind(" ("));
  };
  const std::string begin = "misuse by main: shared mutex m was destroyed while ";
  EXPECT_EQ(message_of([](shared_mutex& m) { m.lock(); }), begin + "main held it");
  EXPECT_EQ(message_of([](shared_mutex& m) { m.lock_shared(); }), begin + "main held it shared");
  EXPECT_EQ(message_of([](shared_mutex& m) {
              m.lock_shared();
              thread([&] { m.lock_shared(); }).join();
            }),
            begin + "several threads held it shared");
}

// ---- the set of readers

TEST(thread_set, holds_any_threads) {
  sim::thread_set set;
  for (const sim::thread_id each : {0U, 63U, 64U, 1000U}) {
    EXPECT_TRUE(set.empty());
    set.insert(each);
    set.insert(each);
    EXPECT_TRUE(set.contains(each));
    EXPECT_FALSE(set.contains(each + 1));
    EXPECT_EQ(set.only_one(), each);
    set.insert(65);
    EXPECT_EQ(set.only_one(), sim::no_thread);
    set.erase(65);
    EXPECT_EQ(set.only_one(), each);
    set.erase(each);
    EXPECT_FALSE(set.contains(each));
  }
  EXPECT_EQ(set.only_one(), sim::no_thread);
}

}  // namespace
}  // namespace heddle
