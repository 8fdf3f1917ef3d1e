// What threads, this_thread, the virtual clock, and what a program says to Heddle do.
#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "by_interleavings.hpp"
#include "passing.hpp"

namespace heddle {
namespace {

using std::chrono::hours;

// ---- threads

struct counter {
  int value = 0;
  void add(int by) { value += by; }
};

struct alignas(64) large {
  std::array<unsigned char, 4096> bytes{};
};

/** A function object that can only be moved. */
struct owner {
  std::unique_ptr<int> what;
  void operator()(int* sum) && { *sum += *what; }
};

constexpr passing_case threads[] = {
    {"join waits for the end, and what the thread did is seen", 1,
     [] {
       shared<int> x{0};  // a data race, if join did not order
       thread t([&] { x.store(1); });
       check(t.joinable(), "not joined yet");
       t.join();
       check(!t.joinable() && x.load() == 1, "joined");
     }},
    {"a default thread is none, and so is one that was moved from", 1,
     [] {
       thread none;
       check(!none.joinable() && none.get_id() == thread::id(), "none");
       thread t([] {});
       const thread::id id = t.get_id();
       thread moved(std::move(t));
       check(!t.joinable() && t.get_id() == thread::id(), "moved from");  // NOLINT(bugprone-use-after-move)
       check(moved.joinable() && moved.get_id() == id, "moved to");
       none = std::move(moved);
       check(none.get_id() == id && !moved.joinable(), "assigned");  // NOLINT(bugprone-use-after-move)
       none.swap(t);
       check(t.get_id() == id && !none.joinable(), "swapped");
       t.join();
       check(t.get_id() == thread::id(), "joined");
     }},
    {"identifiers: of oneself, different, in order of creation", 1,
     [] {
       const thread::id main = this_thread::get_id();
       thread::id own;
       thread a([&] { own = this_thread::get_id(); });
       thread b([] {});
       const thread::id first = a.get_id();
       check(main.number() == 0 && main < first && first < b.get_id() && b.get_id() < thread::id(), "in order");
       a.join();
       b.join();
       check(own == first && this_thread::get_id() == main, "of oneself");
     }},
    {"arguments are copied when the thread starts; std::ref refers", 1,
     [] {
       int copied = 1;
       int referred = 1;
       int seen = 0;
       thread t([&seen](int a, int& b) { seen = 10 * a + b; }, copied, std::ref(referred));
       copied = 2;
       referred = 3;
       t.join();
       check(seen == 13, "the copy was made before, the reference read after");
     }},
    {"member functions, text, and arguments and functions that can only be moved", 1,
     [] {
       counter c;
       thread(&counter::add, &c, 5).join();
       thread("named", &counter::add, &c, 6).join();
       check(c.value == 11, "a member of an object");
       int sum = 0;
       thread([&sum](std::unique_ptr<int> p) { sum += *p; }, std::make_unique<int>(7)).join();
       thread(owner{std::make_unique<int>(8)}, &sum).join();
       check(sum == 15, "moved in");
       std::string seen;
       thread([&seen](const std::string& text) { seen = text; }, "text").join();
       check(seen == "text", "converted in the new thread");
     }},
    {"large arguments with an alignment of their own", 1,
     [] {
       large a;
       a.bytes.front() = 1;
       a.bytes.back() = 2;
       int sum = 0;
       bool aligned = false;
       thread t(
           [&](const large& it) {
             sum = it.bytes.front() + it.bytes.back();
             aligned = reinterpret_cast<std::uintptr_t>(&it) % alignof(large) == 0;
           },
           a);
       t.join();
       check(sum == 3 && aligned, "copied whole");
     }},
    {"arguments are destroyed at the thread's end", 1,
     [] {
       auto held = std::make_shared<int>(1);
       thread t([](const std::shared_ptr<int>& it) { check(it.use_count() == 2, "one here, one there"); }, held);
       t.join();
       check(held.use_count() == 1, "gone");
     }},
    {"threads in a vector that grows", 1,
     [] {
       std::vector<thread> all;
       int sum = 0;
       for (int i = 0; i < 20; ++i) all.emplace_back([&sum, i] { sum += i; });
       for (thread& each : all) each.join();
       check(sum == 190, "all of them ran");
     }},
    {"joined in another thread than the one that started it", 1,
     [] {
       shared<int> x{0};
       thread inner([&] { x.store(1); });
       thread outer([&x, joined = std::move(inner)]() mutable {
         joined.join();
         check(x.load() == 1, "ended before");
       });
       outer.join();
     }},
    {"a simulated machine has two processors", 1, [] { check(thread::hardware_concurrency() == 2, "two"); }},
};

TEST(objects, threads) { expect_pass(threads); }

TEST(objects, detached_threads_run_to_their_end) {
  int ends = 0;
  const result found = explore(
      [&] {
        const auto value = std::make_shared<atomic<int>>(0);  // outlives main
        thread t([&ends, value] {
          value->store(1);
          value->store(2);
          ++ends;
        });
        t.detach();
        check(!t.joinable(), "on its own");
        value->store(3);
      },
      options{});
  EXPECT_EQ(found.verdict, verdict::pass) << found;
  EXPECT_EQ(found.executions, 3U) << "two stores and one: C(3, 1)";
  EXPECT_EQ(ends, 3) << "once in each execution";
}

// The place of a thread in the tree is its name, unless it has another one.
TEST(objects, threads_are_named_by_creation_path) {
  const result found = run_once(
      [] {
        thread a([] {
          thread x([] { thread([] {}).join(); });
          thread y("inner", [] {});
          x.join();
          y.join();
        });
        a.join();
        thread b("second", [] {});
        b.join();
        thread c([](int) {}, 1);
        c.join();
        check(false, "shows the trace");
      },
      options{});
  ASSERT_TRUE(found.failure.has_value());
  std::vector<std::pair<std::string, std::string>> seen;
  for (const traced_thread& each : found.failure->trace.threads) seen.emplace_back(each.path, each.name);
  const std::vector<std::pair<std::string, std::string>> expected{
      {"main", "main"},      {"main/1", "main/1"},         {"main/1/1", "main/1/1"},
      {"main/1/2", "inner"}, {"main/1/1/1", "main/1/1/1"}, {"main/2", "second"},
      {"main/3", "main/3"},
  };
  EXPECT_EQ(seen, expected);
}

TEST(objects, many_threads) {
  const auto body = [] {
    atomic<int> sum{0};
    std::vector<thread> all;
    for (int i = 0; i < 200; ++i) all.push_back(thread([&sum, i] { sum += i; }));
    for (thread& each : all) each.join();
    check(sum == 19'900, "all of them added");
  };
  const result once = run_once(body, options{});
  EXPECT_EQ(once.verdict, verdict::pass) << once;
  EXPECT_EQ(once.threads, 201U);
  options with;
  with.executions = 20;
  const result drawn = fuzz(body, with);
  EXPECT_EQ(drawn.verdict, verdict::pass) << drawn;
  EXPECT_EQ(drawn.choices, 20U * 199U) << "200, 199, ... 2 threads to choose from, main being in its first join";
}

void nest(int depth, int& deepest) {
  ++deepest;
  if (depth > 1) thread([&] { nest(depth - 1, deepest); }).join();
}

TEST(objects, threads_start_threads_start_threads) {
  int deepest = 0;
  const result found = explore([&] { nest(100, deepest = 0); }, options{});
  EXPECT_EQ(found.verdict, verdict::pass) << found;
  EXPECT_EQ(found.executions, 1U) << "each waits for the next one's end";
  EXPECT_EQ(found.threads, 100U);
  EXPECT_EQ(deepest, 100);
}

// ---- the virtual clock

// The orders in which sleepers of so many hours go on.
std::set<std::string> orders(const std::vector<int>& lengths, time_mode mode, std::uint64_t executions) {
  std::set<std::string> seen;
  options with;
  with.time = mode;
  const result found = explore(
      [&] {
        atomic<int> turn{0};
        std::string order;
        std::vector<thread> sleepers;
        for (const int length : lengths) {
          sleepers.push_back(thread([&, length] {
            this_thread::sleep_for(hours(length));
            turn.fetch_add(1);
            order += std::to_string(length);
          }));
        }
        for (thread& each : sleepers) each.join();
        seen.insert(order);
      },
      by_interleavings(with));
  EXPECT_EQ(found.verdict, verdict::pass) << found;
  EXPECT_EQ(found.executions, executions);
  return seen;
}

TEST(clock, keeps_the_order_of_deadlines_in_timed_mode) {
  EXPECT_EQ(orders({3, 1, 2}, time_mode::timed, 1), (std::set<std::string>{"123"})) << "nothing is left to choose";
  EXPECT_EQ(orders({100'000, 1}, time_mode::timed, 1), (std::set<std::string>{"1100000"})) << "11 years";
  EXPECT_EQ(orders({0, 1}, time_mode::timed, 1), (std::set<std::string>{"01"})) << "a deadline that has come";
  EXPECT_EQ(orders({1, 1}, time_mode::timed, 6).size(), 1U) << "at the same time: 2 and 2 steps, C(4, 2)";
}

TEST(clock, promises_no_order_in_free_mode) {
  EXPECT_EQ(orders({1, 2}, time_mode::free, 6), (std::set<std::string>{"12", "21"})) << "2 and 2 steps: C(4, 2)";
  EXPECT_EQ(orders({3, 1, 2}, time_mode::free, 90).size(), 6U) << "all orders of three: 6! / (2! 2! 2!) interleavings";
}

TEST(clock, moves_by_what_is_slept) {
  options with;
  with.time = time_mode::timed;
  const result found = run_once(
      [] {
        atomic<int> x{0};
        x.store(1);
        this_thread::sleep_for(std::chrono::milliseconds(1500));
        x.store(2);
        thread other([&] { this_thread::sleep_for(hours(1)); });
        this_thread::sleep_for(std::chrono::duration<double>(0.5));
        this_thread::sleep_for(std::chrono::seconds(-5));
        x.store(3);
        other.join();
        x.store(4);
        check(false, "shows the trace");
      },
      with);
  ASSERT_TRUE(found.failure.has_value());
  std::vector<std::uint64_t> times;
  for (const step& each : found.failure->trace.steps) {
    if (each.kind == sim::operation_kind::store) times.push_back(each.time);
  }
  const std::vector<std::uint64_t> expected{0, 1'500'000'000, 2'000'000'000, 3'601'500'000'000};
  EXPECT_EQ(times, expected) << "nanoseconds; a negative sleep is none";
}

// ---- what a program says to Heddle

TEST(program, draws_every_value) {
  std::multiset<std::uint32_t> drawn;
  const result found = explore([&] { drawn.insert(heddle::random(4)); }, options{});
  EXPECT_EQ(found.executions, 4U);
  EXPECT_EQ(drawn, (std::multiset<std::uint32_t>{0, 1, 2, 3}));
}

TEST(program, discards_what_it_does_not_assume) {
  int past = 0;
  const result found = explore(
      [&] {
        assume(heddle::random(5) % 2 == 0);
        ++past;
      },
      options{});
  EXPECT_EQ(found.verdict, verdict::pass) << found;
  EXPECT_EQ(found.executions, 5U);
  EXPECT_EQ(found.discarded, 2U) << "1 and 3";
  EXPECT_EQ(past, 3) << "0, 2 and 4";
}

TEST(program, reaches_places) {
  const auto body = [] {
    if (heddle::random(2) == 1) reachable("one");
    reachable("always");
  };
  options with;
  with.expect_reached = {"one", "always"};
  const result found = explore(body, with);
  EXPECT_EQ(found.verdict, verdict::pass) << found;
  EXPECT_EQ(found.reached, (std::vector<std::string>{"always", "one"}));
  with.expect_reached.emplace_back("two");
  const result failed = explore(body, with);
  ASSERT_TRUE(failed.failure.has_value());
  EXPECT_EQ(failed.failure->kind, failure_kind::unreached);
  EXPECT_EQ(failed.failure->message, "no execution reached \"two\", which the program says is reachable.");
}

TEST(program, checks_only_what_does_not_hold) {
  const result found = explore(
      [] {
        check(true, "holds");
        check(false, "one is two", {"here.cpp", 7});
      },
      options{});
  ASSERT_TRUE(found.failure.has_value());
  EXPECT_EQ(found.failure->kind, failure_kind::assertion);
  EXPECT_EQ(found.failure->message, "check failed in main: one is two (here.cpp:7).");
}

// Printing is an operation: the order of the lines is explored, and each execution's output is its own.
TEST(program, prints_in_every_order) {
  const auto body = [] {
    thread other([] { print("a\n"); });
    print("b\n");
    other.join();
    print("c\n");
  };
  EXPECT_EQ(explore(body, options{}).executions, 2U);
  std::set<std::string> outputs;
  for (const char* schedule : {"heddle1:program:t0/2.end", "heddle1:program:t1/2.end"}) {
    std::string output;
    options with;
    with.output = [&output](std::string_view text) { output += text; };
    const result found = replay(body, schedule, with);
    EXPECT_EQ(found.verdict, verdict::pass) << found;
    outputs.insert(output);
  }
  EXPECT_EQ(outputs, (std::set<std::string>{"a\nb\nc\n", "b\na\nc\n"}));
}

TEST(objects, ids_of_threads_are_keys_and_can_be_printed) {
  constexpr passing_case cases[] = {{"as std::thread::id", 1, [] {
                                       thread t([] {});
                                       std::unordered_map<thread::id, int> of;
                                       of[this_thread::get_id()] = 1;
                                       of[t.get_id()] = 2;
                                       check(of.size() == 2 && of[t.get_id()] == 2, "keys");
                                       t.join();
                                       std::ostringstream text;
                                       text << this_thread::get_id() << ", " << t.get_id();
                                       check(text.str() == "0, thread::id of a non-executing thread", "text");
                                     }}};
  expect_pass(cases);
}

TEST(objects, shared_variables_count) {
  constexpr passing_case cases[] = {{"before and behind", 1, [] {
                                       shared<int> x{1};
                                       check(x++ == 1 && x == 2, "x++");
                                       check(x-- == 2 && x == 1, "x--");
                                       check(++x == 2 && --x == 1, "++x, --x");
                                     }}};
  expect_pass(cases);
}

}  // namespace
}  // namespace heddle
