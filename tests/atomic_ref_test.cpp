// heddle::atomic_ref gives what std::atomic_ref gives, and atomic_flag what std::atomic_flag gives.
#include <array>
#include <atomic>
#include <cstddef>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include <heddle/gtest.hpp>

#include "passing.hpp"

namespace heddle {
namespace {

/** One object with a reference of ours and one with theirs, which must agree on what comes out. */
template <class T, class Operation>
void compare(const char* name, T first, Operation operation) {
  alignas(16) T ours = first;
  alignas(16) T theirs = first;
  const heddle::atomic_ref<T> our_ref(ours);
  const std::atomic_ref<T> their_ref(theirs);
  const auto given = operation(our_ref);
  const auto expected = operation(their_ref);
  static_assert(std::is_same_v<decltype(given), decltype(expected)>, "the type, too");
  check(given == expected, std::string(name) + " gives the same");
  check(ours == theirs, std::string(name) + " leaves the same");
}

template <class T, class Operand>
void compare_all(T a, T b, Operand by) {
  compare("load", a, [](auto& x) { return x.load(); });
  compare("conversion", a, [](auto& x) { return static_cast<T>(x); });
  compare("store", a, [b](auto& x) { return x.store(b), true; });
  compare("=", a, [b](auto& x) { return x = b; });
  compare("exchange", a, [b](auto& x) { return x.exchange(b); });
  for (const T guess : {a, b}) {
    compare("compare_exchange_strong", a, [=](auto& x) {
      T seen = guess;
      const bool swapped = x.compare_exchange_strong(seen, b);
      return std::pair(swapped, seen);
    });
  }
  compare("fetch_add", a, [by](auto& x) { return x.fetch_add(by); });
  compare("-=", a, [by](auto& x) { return x -= by; });
}

constexpr passing_case values[] = {
    {"int", 1,
     [] {
       compare_all(5, -3, 4);
       compare("fetch_or", 5, [](auto& x) { return x.fetch_or(2); });
       compare("^=", 5, [](auto& x) { return x ^= 6; });
       compare("x++", 5, [](auto& x) { return x++; });
       compare("--x", 5, [](auto& x) { return --x; });
     }},
    {"double", 1, [] { compare_all(1.5, -2.25, 0.5); }},
    {"pointer", 1,
     [] {
       std::array<int, 4> cells{};
       compare_all(&cells[1], &cells[2], std::ptrdiff_t{1});
     }},
};

TEST(atomic_refs, agree_with_std) { expect_pass(values); }

constexpr passing_case identities[] = {
    {"an update is one step, whichever reference it goes by: 2 orders", 2,
     [] {
       int x = 0;
       thread other([&] { atomic_ref(x).fetch_add(1); });
       const atomic_ref mine(x);
       const atomic_ref copy(mine);
       copy += 2;
       other.join();
       check(x == 3, "both added");
     }},
    // The stores S, T and the loads of the other thread, L, M: 4! / (2! * 2!).
    {"two objects are two variables: 6", 6,
     [] {
       std::array<int, 2> x{};
       thread other([&] {
         atomic_ref(x[0]).store(1);
         atomic_ref(x[1]).store(1);
       });
       const int second = atomic_ref(x[1]);
       const int first = atomic_ref(x[0]);
       check(first >= second, "in order");
       other.join();
     }},
    {"data behind a flag are no race: the load comes before, between or after the write and the store", 3,
     [] {
       bool flag = false;
       shared<int> data{0};
       thread other([&] {
         data = 1;
         atomic_ref(flag).store(true, std::memory_order_release);
       });
       if (atomic_ref(flag).load(std::memory_order_acquire)) check(data.load() == 1, "seen");
       other.join();
     }},
};

TEST(atomic_refs, to_one_object_are_one_variable) { expect_pass(identities); }

TEST(atomic_refs, may_be_kept_from_one_execution_to_the_next) {
  int x = 0;
  std::optional<atomic_ref<int>> kept;
  const result found = explore(
      [&] {
        x = 0;
        if (!kept) kept.emplace(x);
        thread other([&] { kept->fetch_add(1); });
        atomic_ref(x).fetch_add(1);
        other.join();
        check(*kept == 2, "both added");
      },
      options{});
  EXPECT_EQ(found.verdict, verdict::pass) << found;
  EXPECT_EQ(found.executions, 2U);
}

TEST(atomic_refs, need_their_alignment) {
  static_assert(atomic_ref<int>::required_alignment == std::atomic_ref<int>::required_alignment);
  static_assert(atomic_ref<char>::required_alignment == std::atomic_ref<char>::required_alignment);
  struct three {
    char parts[3];
  };
  static_assert(atomic_ref<three>::required_alignment == std::atomic_ref<three>::required_alignment);
  struct pair {
    int first;
    int second;
  };
  static_assert(atomic_ref<pair>::required_alignment == std::atomic_ref<pair>::required_alignment);
  const result found = explore(
      [] {
        struct {
          alignas(8) int before = 0;
          pair it{1, 2};
        } object;
        const atomic_ref ref(object.it, source_location{"here.cpp", 7});
      },
      options{});
  ASSERT_TRUE(found.failure.has_value());
  EXPECT_EQ(found.failure->kind, failure_kind::misuse);
  EXPECT_EQ(found.failure->message,
            "misuse by main: an atomic_ref to an object that is not aligned to 8 bytes, its required_alignment "
            "(here.cpp:7).");
}

TEST(atomic_refs, have_a_name_in_reports) {
  const result found = explore(
      [] {
        int x = 0;
        const auto add = [&] {
          const atomic_ref ref(x, "counter");
          ref.store(ref.load() + 1);
        };
        thread a("a", add);
        thread b("b", add);
        a.join();
        b.join();
        check(x == 2, "both added");
      },
      options{});
  ASSERT_TRUE(found.failure.has_value());
  EXPECT_NE(to_text(found).find("lost update: b's store of 1 to atomic variable counter"), std::string::npos) << found;
}

// ---- atomic_flag

constexpr passing_case flags[] = {
    {"clear at first, then as it was left", 1,
     [] {
       atomic_flag flag("flag");
       check(!flag.test() && !flag.test_and_set() && flag.test() && flag.test_and_set(), "set");
       flag.clear(std::memory_order_release);
       check(!flag.test(std::memory_order_relaxed), "clear");
     }},
    {"one of two is first: 2 orders", 2,
     [] {
       atomic_flag flag;
       int first = 0;
       thread other([&] {
         if (!flag.test_and_set()) ++first;
       });
       if (!flag.test_and_set(std::memory_order_acquire)) ++first;
       other.join();
       check(first == 1, "one");
     }},
};

TEST(atomic_flags, are_set_and_cleared) { expect_pass(flags); }

HEDDLE_EXPLORE(atomic_flags, make_a_lock) {
  atomic_flag locked;
  shared<int> x{0};
  const auto add = [&] {
    while (locked.test_and_set(std::memory_order_acquire)) locked.wait(true, std::memory_order_relaxed);
    x += 1;
    locked.clear(std::memory_order_release);
    locked.notify_one();
  };
  thread other(add);
  add();
  other.join();
  EXPECT_EQ(x.load(), 2) << "both added";
}

TEST(atomic_flags, take_the_orders_that_the_standard_allows) {
  const result found = explore(
      [] {
        atomic_flag flag;
        flag.clear(std::memory_order_acquire, {"here.cpp", 7});
      },
      options{});
  ASSERT_TRUE(found.failure.has_value());
  EXPECT_EQ(found.failure->message,
            "misuse by main: a memory order that the standard does not allow for store (here.cpp:7).");
}

}  // namespace
}  // namespace heddle
