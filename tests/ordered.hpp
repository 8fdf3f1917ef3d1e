// Programs that use a plain variable in two threads, and whether some object orders that: a row of a table, and its
// check.
#pragma once

#include <gtest/gtest.h>

#include <heddle/heddle.hpp>

namespace heddle {

/** A plain variable that one thread writes and another one reads, or both write. */
struct plain {
  shared<int> value{0, "value"};
  void write() { value.store(1); }
  void read() { static_cast<void>(value.load()); }
};

/** Two threads that run at once, and main, which waits for both. */
template <class A, class B>
void two(A a, B b) {
  thread first("first", a);
  thread second("second", b);
  first.join();
  second.join();
}

struct ordered_case {
  const char* why;
  void (*body)();
  bool races;
};

/** Explores all of a case: it races in some execution, or in none. */
inline void expect_ordered(const ordered_case& each) {
  SCOPED_TRACE(each.why);
  const result found = explore(each.body, options{});
  ASSERT_TRUE(found.failure.has_value() == each.races) << found;
  if (each.races) {
    EXPECT_EQ(found.failure->kind, failure_kind::data_race) << found;
  } else {
    EXPECT_TRUE(found.exhaustive) << found;
  }
}

}  // namespace heddle
