// Places from return addresses: what the compiler inlined, called at the end or passed through the standard library.
// Has to hold for every compiler, level of optimization and version of debug information.
#include <execinfo.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <heddle/atomic.hpp>
#include <heddle/mutex.hpp>
#include <heddle/shared.hpp>
#include <heddle/sim/simulator.hpp>
#include <heddle/thread.hpp>

#include "places/path_names.hpp"
#include "places/source_places.hpp"

namespace heddle::checker {
namespace {

constexpr std::string_view this_file = "source_places_test.cpp";

std::string shown(const place& what) {
  const auto name = what.file.rfind('/');
  return what.known() ? what.file.substr(name == std::string::npos ? 0 : name + 1) + ":" + std::to_string(what.line)
                      : "?";
}

std::string in_this_file(int line) { return std::string(this_file) + ":" + std::to_string(line); }

// ---- a mutex that notes who calls it

// As if it stood in a header of Heddle's, so that its own lines are none of the program's.
#line 1 "include/heddle/noting_mutex.hpp"
class noting_mutex {
 public:
  [[gnu::noinline]] void lock() { note(); }
  [[gnu::noinline]] bool try_lock() {
    note();
    return true;
  }
  [[gnu::noinline]] void unlock() { ++unlocked_; }

  /** The return addresses at the latest call of lock or try_lock. */
  [[nodiscard]] const std::vector<void*>& callers() const { return callers_; }

 private:
  void note() {
    std::array<void*, 64> addresses{};
    const int depth = backtrace(addresses.data(), static_cast<int>(addresses.size()));
    callers_.assign(addresses.begin(), addresses.begin() + depth);
  }

  std::vector<void*> callers_;
  int unlocked_ = 0;
};
#line 65 "tests/source_places_test.cpp"

/** Evaluates to the line where it stands, once `action` is done on the same one. */
#define LINE_OF(action) ((action), __LINE__)

[[gnu::noinline]] int call(noting_mutex& mutex) {
  const int line = LINE_OF(mutex.lock());
  mutex.unlock();
  return line;
}

[[gnu::noinline]] int guard(noting_mutex& mutex) {
  const int line = __LINE__ + 1;
  const std::lock_guard<noting_mutex> held(mutex);
  return line;
}

[[gnu::noinline]] int unique(noting_mutex& mutex) {
  const int line = __LINE__ + 1;
  const std::unique_lock held(mutex);
  return line;
}

[[gnu::noinline]] int unique_deferred(noting_mutex& mutex) {
  std::unique_lock held(mutex, std::defer_lock);
  const int line = LINE_OF(held.lock());
  return line;
}

[[gnu::noinline]] int scoped(noting_mutex& mutex) {
  noting_mutex other;
  const int line = __LINE__ + 1;
  const std::scoped_lock held(other, mutex);
  return line;
}

[[gnu::always_inline]] inline int inlined_twice(noting_mutex& mutex) {
  const int line = __LINE__ + 1;
  const std::lock_guard held(mutex);
  return line;
}
[[gnu::always_inline]] inline int inlined_once(noting_mutex& mutex) { return inlined_twice(mutex) + 0; }
[[gnu::noinline]] int inlined(noting_mutex& mutex) { return inlined_once(mutex) + 0; }

[[gnu::noinline]] int through_function(noting_mutex& mutex) {
  int line = 0;
  const std::function<void()> action = [&] {
    line = __LINE__ + 1;
    const std::lock_guard held(mutex);
  };
  action();
  return line;
}

[[gnu::noinline]] int through_algorithm(noting_mutex& mutex) {
  std::vector<int> lines(3);
  std::for_each(lines.begin(), lines.end(), [&](int& line) { line = LINE_OF(mutex.lock()); });
  return lines.back();
}

[[gnu::noinline]] int through_call_once(noting_mutex& mutex) {
  std::once_flag flag;
  int line = 0;
  std::call_once(flag, [&] { line = LINE_OF(mutex.lock()); });
  return line;
}

[[gnu::noinline]] int directly_by_call_once(noting_mutex& mutex) {
  std::once_flag flag;
  const int line = __LINE__ + 1;
  std::call_once(flag, &noting_mutex::lock, mutex);
  return line;
}

[[gnu::noinline]] int in_another_thread(noting_mutex& mutex) {
  int line = 0;
  std::thread([&] { line = LINE_OF(mutex.lock()); }).join();
  return line;
}

template <class Mutex>
struct wrapper {
  Mutex& wrapped;
  int line = __LINE__ + 1;
  [[gnu::noinline]] void lock() { wrapped.lock(); }
  void unlock() { wrapped.unlock(); }
};

// A tail call leaves the frame of the wrapper before the mutex is called, if the optimizer is on.
[[gnu::noinline]] int tail_call(noting_mutex& mutex) {
  wrapper<noting_mutex> outer{mutex};
  const std::lock_guard held(outer);
  return outer.line;
}

constexpr int line_of_last_call = __LINE__ + 1;
[[gnu::noinline]] void last_call(noting_mutex& mutex) { mutex.lock(); }
[[gnu::noinline]] void last_but_one(noting_mutex& mutex) { last_call(mutex); }

[[gnu::noinline]] int tail_calls(noting_mutex& mutex) {
  last_but_one(mutex);
  return line_of_last_call;
}

struct base {
  virtual ~base() = default;
  virtual int act(noting_mutex& mutex) = 0;
};
struct derived final : base {
  int act(noting_mutex& mutex) override { return LINE_OF(mutex.lock()); }
};
[[gnu::noinline]] int virtual_call(noting_mutex& mutex) {
  derived it;
  base& as_base = it;
  return as_base.act(mutex);
}

[[gnu::noinline]] void call_by_pointer(noting_mutex& mutex) {
  void (*volatile pointer)(noting_mutex&) = last_call;
  pointer(mutex);
}

TEST(source_places, are_exact_whatever_stands_between) {
  const struct {
    const char* why;
    int (*act)(noting_mutex&);
  } cases[] = {
      {"nothing stands between", call},
      {"std::lock_guard locks in a system header", guard},
      {"std::unique_lock locks in a system header", unique},
      {"std::unique_lock::lock, called by the program", unique_deferred},
      {"std::scoped_lock and std::lock try in turn", scoped},
      {"the program's own functions are inlined: the innermost counts", inlined},
      {"a lambda is called by std::function", through_function},
      {"a lambda is called by an algorithm", through_algorithm},
      {"a lambda is called out of the C library", through_call_once},
      {"the C library has called what locks", directly_by_call_once},
      {"a lambda is the bottom of a stack", in_another_thread},
      {"the program's wrapper ends with the call", tail_call},
      {"two functions end with the call", tail_calls},
      {"a virtual function is called", virtual_call},
  };
  source_places places;
  for (const auto& each : cases) {
    noting_mutex mutex;
    const int line = each.act(mutex);
    EXPECT_EQ(shown(places.find({}, mutex.callers())), in_this_file(line)) << each.why;
    EXPECT_EQ(shown(places.find({}, mutex.callers())), in_this_file(line)) << each.why << ", and found a second time";
  }
}

// ---- the simulator's own addresses, from the stacks of green threads

struct first_picker final : sim::picker {
  std::uint32_t pick(const sim::choice_point& /*at*/) override { return 0; }
};

/** Notes the place of every operation of thread 1. */
class place_monitor final : public sim::monitor {
 public:
  [[nodiscard]] bool records() const noexcept override { return true; }
  void on_begin(sim::simulator& execution) override { execution_ = &execution; }
  void on_event(const sim::event& happened) override {
    if (happened.thread != 1 || happened.what.kind == sim::operation_kind::end) return;
    found.push_back(shown(places_.find(happened.what.where, execution_->thread(1).callers)));
  }
  void on_blocked(sim::thread_id /*thread*/) override {}
  void on_end(const sim::ending& how) override { ended = how.kind; }

  std::vector<std::string> found;
  sim::ending_kind ended = sim::ending_kind::stopped;

 private:
  sim::simulator* execution_ = nullptr;
  source_places places_;
};

std::vector<std::string> places_of(const std::function<void()>& body) {
  sim::settings with;
  with.stack_size = std::size_t{16} * 1024;  // the least: libdw must not run on it
#if defined(__SANITIZE_ADDRESS__)
  with.stack_size *= 8;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
  with.stack_size *= 8;
#endif
#endif
  sim::simulator simulator(with);
  first_picker picks;
  place_monitor watches;
  const std::function<void()> in_a_thread = [&] {
    thread other([&body] { body(); });
    other.join();
  };
  const sim::ending how = simulator.run(in_a_thread, picks, watches);
  EXPECT_EQ(how.kind, sim::ending_kind::completed) << how.message;
  return watches.found;
}

TEST(source_places, of_operators_are_exact) {
  int line = 0;
  const auto found = places_of([&] {
    atomic<int> number(0);
    shared<int> plain(0);
    line = __LINE__;
    ++number;
    number++;
    int seen = number;
    number += seen;
    --number;
    ++plain;
    seen = plain;
    plain = seen;
  });
  std::vector<std::string> expected;
  for (const int offset : {1, 2, 3, 4, 5, 6, 6, 7, 8}) expected.push_back(in_this_file(line + offset));
  EXPECT_EQ(found, expected) << "++plain is a read and a write, everything else one operation";
}

TEST(source_places, of_guards_are_where_they_begin_and_end) {
  int line = 0;
  const auto found = places_of([&] {
    mutex first;
    mutex second;
    line = __LINE__;
    {
      const std::lock_guard held(first);
      second.lock();
      second.unlock();
    }
  });
  ASSERT_EQ(found.size(), 4U);
  EXPECT_EQ(found[0], in_this_file(line + 2));
  EXPECT_EQ(found[1], in_this_file(line + 3));
  EXPECT_EQ(found[2], in_this_file(line + 4));
  // Compilers differ: the closing brace, or the line of what is destroyed there.
  EXPECT_TRUE(found[3] == in_this_file(line + 5) || found[3] == in_this_file(line + 2)) << found[3];
}

[[gnu::noinline]] int increment_last(atomic<int>& number) { return ++number; }
constexpr int line_of_increment_last = __LINE__ - 1;

TEST(source_places, of_tail_calls_into_heddle_are_those_of_the_caller) {
  const auto found = places_of([&] {
    atomic<int> number(0);
    (void)increment_last(number);
  });
  EXPECT_EQ(found, std::vector{in_this_file(line_of_increment_last)});
}

TEST(source_places, of_threads_with_arguments) {
  int line = 0;
  const auto found = places_of([&] {
    line = __LINE__ + 1;
    thread other([](int) {}, 1);
    other.join();
  });
  EXPECT_EQ(found, (std::vector{in_this_file(line), in_this_file(line + 1)}))
      << "the start comes from debug information, the join from a default argument";
}

// ---- what is known otherwise, and what is not

TEST(source_places, prefer_what_the_compiler_said) {
  noting_mutex mutex;
  call(mutex);
  source_places places;
  EXPECT_EQ(places.find({"../../src/one.cpp", 7}, mutex.callers()), (place{"src/one.cpp", 7}))
      << "a place in the program is as good as it gets";
  EXPECT_EQ(places.find({"../../src/one.cpp", 7}, {}), (place{"src/one.cpp", 7})) << "and needs no callers";
}

TEST(source_places, pass_over_system_headers) {
  noting_mutex mutex;
  const int line = call(mutex);
  source_places places;
  EXPECT_EQ(shown(places.find({"/usr/include/c++/12/bits/std_mutex.h", 229}, mutex.callers())), in_this_file(line));
}

TEST(source_places, are_unknown_rather_than_wrong) {
  source_places places;
  EXPECT_EQ(places.find({}, {}), place{}) << "nothing is known at all";
  EXPECT_EQ(places.find({"/usr/include/c++/12/bits/std_mutex.h", 229}, {}), place{}) << "nobody looks there";
  noting_mutex mutex;
  call_by_pointer(mutex);
  const std::string found = shown(places.find({}, mutex.callers()));
  EXPECT_TRUE(found == in_this_file(line_of_last_call) || found == "?")
      << found << ": last_call may have left the stack, and nothing but the caller's line is left";
  call(mutex);
  int no_code = 0;
  std::vector<void*> callers{&no_code};
  callers.insert(callers.end(), mutex.callers().begin(), mutex.callers().end());
  EXPECT_EQ(places.find({}, callers), place{}) << "the program may have code at an address of which nothing is known";
}

TEST(tidy_path, is_short_and_does_not_depend_on_the_build_directory) {
  const struct {
    const char* why;
    std::string_view path;
    std::string_view directory;
    std::string_view tidy;
  } cases[] = {
      {"nothing to do", "src/one.cpp", "/home/me", "src/one.cpp"},
      {"a leading ./", "./src/one.cpp", "/home/me", "src/one.cpp"},
      {"a build directory two levels down", "../../src/one.cpp", "/home/me", "src/one.cpp"},
      {"mixed", ".././../src/./one.cpp", "/home/me", "src/one.cpp"},
      {"a detour", "src/detail/../one.cpp", "/home/me", "src/one.cpp"},
      {"a build directory that was mapped", "build/release/../../src/one.cpp", "/home/me", "src/one.cpp"},
      {"a detour that leads out", "a/../../one.cpp", "/home/me", "one.cpp"},
      {"double slashes", "src//one.cpp", "/home/me", "src/one.cpp"},
      {"below the current directory", "/home/me/src/one.cpp", "/home/me", "src/one.cpp"},
      {"below, with a detour", "/home/me/build/../src/one.cpp", "/home/me", "src/one.cpp"},
      {"elsewhere", "/home/you/src/one.cpp", "/home/me", "/home/you/src/one.cpp"},
      {"a directory whose name only begins alike", "/home/me2/one.cpp", "/home/me", "/home/me2/one.cpp"},
      {"above the root is the root", "/../one.cpp", "/home/me", "/one.cpp"},
      {"no current directory", "/home/me/one.cpp", "", "/home/me/one.cpp"},
      {"the root as current directory", "/src/one.cpp", "/", "/src/one.cpp"},
      {"nothing at all", "", "/home/me", ""},
      {"dots that are names", ".../..a/b..", "/home/me", ".../..a/b.."},
  };
  for (const auto& each : cases) EXPECT_EQ(tidy_path(each.path, each.directory), each.tidy) << each.why;
}

}  // namespace
}  // namespace heddle::checker
