// heddle::atomic gives what std::atomic gives: every operation, operator and memory order, by the value.
#include <array>
#include <atomic>
#include <cstdint>
#include <limits>
#include <string>
#include <type_traits>
#include <vector>

#include "passing.hpp"

namespace heddle {
namespace {

// ---- values

/** One variable of ours and one of theirs, which must agree on what `operation` gives and leaves behind. */
template <class T, class Operation>
void compare(const char* name, T first, Operation operation) {
  heddle::atomic<T> ours(first);
  std::atomic<T> theirs(first);
  const auto given = operation(ours);
  const auto expected = operation(theirs);
  static_assert(std::is_same_v<decltype(given), decltype(expected)>, "the type, too");
  check(given == expected, std::string(name) + " gives the same");
  check(ours.load() == theirs.load(), std::string(name) + " leaves the same");
}

template <class T>
void compare_what_all_have(T a, T b) {
  compare(("load"), a, [](auto& x) { return x.load(); });
  compare("conversion", a, [](auto& x) { return static_cast<T>(x); });
  compare("store", a, [b](auto& x) { return x.store(b), true; });
  compare("=", a, [b](auto& x) { return x = b; });
  compare("exchange", a, [b](auto& x) { return x.exchange(b); });
  for (const T guess : {a, b}) {
    // Both the answer and what becomes of the guess.
    const auto text = [](bool swapped, T seen) { return std::pair(swapped, seen); };
    compare("compare_exchange_strong", a, [=](auto& x) {
      T seen = guess;
      return text(x.compare_exchange_strong(seen, b), seen);
    });
    compare("compare_exchange_strong with two orders", a, [=](auto& x) {
      T seen = guess;
      return text(x.compare_exchange_strong(seen, b, std::memory_order_acq_rel, std::memory_order_relaxed), seen);
    });
    compare("compare_exchange_weak, until it does not fail for nothing", a, [=](auto& x) {
      T seen = guess;
      bool swapped = false;
      while (!(swapped = x.compare_exchange_weak(seen, b)) && seen == guess) {
      }
      return text(swapped, seen);
    });
  }
}

template <class T, class Operand>
void compare_additions(T a, Operand b) {
  compare("fetch_add", a, [b](auto& x) { return x.fetch_add(b); });
  compare("fetch_sub", a, [b](auto& x) { return x.fetch_sub(b); });
  compare("+=", a, [b](auto& x) { return x += b; });
  compare("-=", a, [b](auto& x) { return x -= b; });
}

template <class T>
void compare_steps(T a) {
  compare("++x", a, [](auto& x) { return ++x; });
  compare("--x", a, [](auto& x) { return --x; });
  compare("x++", a, [](auto& x) { return x++; });
  compare("x--", a, [](auto& x) { return x--; });
}

template <class T>
void compare_bits(T a, T b) {
  compare("fetch_and", a, [b](auto& x) { return x.fetch_and(b); });
  compare("fetch_or", a, [b](auto& x) { return x.fetch_or(b); });
  compare("fetch_xor", a, [b](auto& x) { return x.fetch_xor(b); });
  compare("&=", a, [b](auto& x) { return x &= b; });
  compare("|=", a, [b](auto& x) { return x |= b; });
  compare("^=", a, [b](auto& x) { return x ^= b; });
}

/** Everything that integers have, for all pairs: the extremes among them, so that sums wrap around. */
template <class T>
void compare_integers(const std::vector<T>& values) {
  for (const T a : values) {
    compare_steps(a);
    for (const T b : values) {
      compare_what_all_have(a, b);
      compare_additions(a, b);
      compare_bits(a, b);
    }
  }
}

enum class colour : unsigned char { red, green, blue };

constexpr passing_case values[] = {
    {"int: signed sums wrap around", 1,
     [] {
       compare_integers<int>({0, 1, -1, 12345, std::numeric_limits<int>::max(), std::numeric_limits<int>::min()});
     }},
    {"unsigned char: narrower than the arithmetic", 1,
     [] {
       compare_integers<unsigned char>({0, 1, 2, 127, 128, 255});
     }},
    {"bool", 1,
     [] {
       for (const bool a : {false, true}) {
         for (const bool b : {false, true}) compare_what_all_have(a, b);
       }
     }},
    {"double", 1,
     [] {
       for (const double a : {0.0, 1.5, -2.25, 1e300}) {
         for (const double b : {0.0, 1.5, 1e-300}) {
           compare_what_all_have(a, b);
           compare_additions(a, b);
         }
       }
     }},
    {"double: equal is what has the same bytes, so 0 is not -0", 1,
     [] {
       atomic<double> x{0.0};
       double zero = -0.0;
       check(!x.compare_exchange_strong(zero, 1.0), "other bytes");
       check(x.compare_exchange_strong(zero, 1.0), "the bytes that were seen");
     }},
    {"pointer: in steps of what it points to", 1,
     [] {
       std::array<long, 8> cells{};
       long* const middle = &cells[4];
       compare_what_all_have(middle, &cells[1]);
       compare_what_all_have<long*>(nullptr, middle);
       compare_steps(middle);
       for (const std::ptrdiff_t by : {-3, 0, 3}) compare_additions(middle, by);
     }},
    {"enumeration", 1,
     [] {
       for (const colour a : {colour::red, colour::blue}) compare_what_all_have(a, colour::green);
     }},
};

TEST(atomics, agree_with_std) { expect_pass(values); }

struct wide {
  std::uint64_t low = 1;
  std::uint64_t high = 2;
  friend bool operator==(const wide&, const wide&) = default;
};

// Not compared with std::atomic, which needs a library of its own for 16 bytes.
TEST(atomics, of_sixteen_bytes) {
  constexpr passing_case cases[] = {
      {"a struct is loaded, stored and exchanged whole", 1,
       [] {
         atomic<wide> x;
         check(x.load() == wide{1, 2}, "its default");
         x.store({3, 4});
         check(x.exchange({5, 6}) == wide{3, 4}, "the one before");
         wide guess{5, 7};
         check(!x.compare_exchange_strong(guess, {9, 9}), "one half is not the whole");
         check(guess == wide{5, 6}, "what is there instead");
         check(x.compare_exchange_weak(guess, {9, 9}), "never fails for nothing");
         check((x = wide{8, 8}) == wide{8, 8} && static_cast<wide>(x) == wide{8, 8}, "operators");
       }},
      {"no half of it is ever seen: before or after", 2,
       [] {
         atomic<wide> x(wide{1, 1});
         thread other([&] { x.store({2, 2}); });
         const wide seen = x.load();
         check(seen.low == seen.high, "whole");
         other.join();
       }},
  };
  expect_pass(cases);
}

TEST(atomics, have_the_types_and_constants_of_std) {
  static_assert(std::is_same_v<atomic<int>::value_type, std::atomic<int>::value_type>);
  static_assert(std::is_same_v<atomic<int>::difference_type, std::atomic<int>::difference_type>);
  static_assert(std::is_same_v<atomic<long*>::difference_type, std::atomic<long*>::difference_type>);
  static_assert(std::is_same_v<atomic<double>::difference_type, std::atomic<double>::difference_type>);
  static_assert(atomic<int>::is_always_lock_free);
  static_assert(!std::is_copy_constructible_v<atomic<int>> && !std::is_copy_assignable_v<atomic<int>>);
  constexpr passing_case cases[] = {{"lock-free, as far as a program can tell", 1, [] {
                                       const atomic<int> x{1};
                                       check(x.is_lock_free() && x == 1, "also where it is const");
                                     }}};
  expect_pass(cases);
}

// ---- atomicity: what other threads can see in between

constexpr passing_case updates[] = {
    {"fetch_add is one step: both orders, and no update is lost", 2,
     [] {
       atomic<int> x{0};
       thread other([&] { ++x; });
       x += 2;
       other.join();
       check(x == 3, "both added");
     }},
    // Main's load L, compare-exchange C, and the other's X: X L C, L X C, L C X; after L X C it tries again: C.
    {"a compare-exchange notices what came in between", 3,
     [] {
       atomic<int> x{0};
       thread other([&] { x.fetch_add(10); });
       int seen = x.load();
       const int first = seen;
       const bool swapped = x.compare_exchange_strong(seen, seen + 1);
       check(swapped || (first == 0 && seen == 10), "only where the other came in between");
       if (!swapped) check(x.compare_exchange_strong(seen, seen + 1), "nobody is left to come in between");
       other.join();
       check(x == 11, "both added");
     }},
};

TEST(atomics, are_updated_in_one_step) { expect_pass(updates); }

// ---- memory orders

constexpr std::array orders{std::memory_order_relaxed, std::memory_order_consume, std::memory_order_acquire,
                            std::memory_order_release, std::memory_order_acq_rel, std::memory_order_seq_cst};

struct order_case {
  const char* operation;
  std::array<bool, orders.size()> allowed;  // in the order of `orders`
  void (*perform)(atomic<int>&, std::memory_order);
};

constexpr std::array<bool, orders.size()> all_allowed{true, true, true, true, true, true};

// [atomics.types.operations]: paragraphs 8 (store), 11 (load) and 21 (compare-exchange).
constexpr order_case order_cases[] = {
    {"load",
     {true, true, true, false, false, true},
     [](atomic<int>& x, std::memory_order o) {
       (void)x.load(o, {"here.cpp", 1});
     }},
    {"store",
     {true, false, false, true, false, true},
     [](atomic<int>& x, std::memory_order o) {
       x.store(1, o, {"here.cpp", 1});
     }},
    {"exchange", all_allowed, [](atomic<int>& x, std::memory_order o) { x.exchange(1, o); }},
    {"fetch_add", all_allowed, [](atomic<int>& x, std::memory_order o) { x.fetch_add(1, o); }},
    {"fetch_sub", all_allowed, [](atomic<int>& x, std::memory_order o) { x.fetch_sub(1, o); }},
    {"fetch_and", all_allowed, [](atomic<int>& x, std::memory_order o) { x.fetch_and(1, o); }},
    {"fetch_or", all_allowed, [](atomic<int>& x, std::memory_order o) { x.fetch_or(1, o); }},
    {"fetch_xor", all_allowed, [](atomic<int>& x, std::memory_order o) { x.fetch_xor(1, o); }},
    {"compare_exchange_weak", all_allowed,  // the one of a failure follows from it
     [](atomic<int>& x, std::memory_order o) {
       int seen = 0;
       x.compare_exchange_weak(seen, 1, o);
     }},
    {"compare_exchange_strong", all_allowed,
     [](atomic<int>& x, std::memory_order o) {
       int seen = 0;
       x.compare_exchange_strong(seen, 1, o);
     }},
    {"compare_exchange_weak",
     {true, true, true, false, false, true},
     [](atomic<int>& x, std::memory_order o) {
       int seen = 0;
       x.compare_exchange_weak(seen, 1, std::memory_order_relaxed, o, {"here.cpp", 1});
     }},
    {"compare_exchange_strong",
     {true, true, true, false, false, true},
     [](atomic<int>& x, std::memory_order o) {
       int seen = 0;
       x.compare_exchange_strong(seen, 1, std::memory_order_acq_rel, o, {"here.cpp", 1});
     }},
};

TEST(atomics, take_the_memory_orders_that_the_standard_allows) {
  for (const order_case& each : order_cases) {
    for (std::size_t i = 0; i < orders.size(); ++i) {
      SCOPED_TRACE(std::string(each.operation) + ", order " + std::to_string(i));
      const result found = explore(
          [&] {
            atomic<int> x{0};
            each.perform(x, orders[i]);
          },
          options{});
      ASSERT_EQ(found.verdict, each.allowed[i] ? verdict::pass : verdict::fail) << found;
      if (each.allowed[i]) continue;
      EXPECT_EQ(found.failure->kind, failure_kind::misuse);
      EXPECT_EQ(found.failure->message,
                std::string("misuse by main: a memory order that the standard does not allow for ") + each.operation +
                    " (here.cpp:1).");
    }
  }
}

}  // namespace
}  // namespace heddle
