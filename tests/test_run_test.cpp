// Searches as tests of some framework: what <heddle/gtest.hpp> is made of, without GoogleTest's part.
#include <heddle/test_run.hpp>

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include <heddle/heddle.hpp>

#include "single_line.hpp"

namespace heddle {
namespace {

/** A variable of the environment, for as long as this lives. */
class variable {
 public:
  variable(const char* name, const char* value) : name_(name) { ::setenv(name, value, 1); }
  variable(const variable&) = delete;
  variable& operator=(const variable&) = delete;
  ~variable() { ::unsetenv(name_); }

 private:
  const char* name_;
};

TEST(single_line, keeps_what_belongs_together) {
  struct row {
    std::string_view text;
    std::string_view line;
  };
  constexpr row rows[] = {
      {"", ""},
      {"one", "one"},
      {"one\n", "one"},
      {"  one  \n\n  two\r\n", "one, two"},
      {"Expected equality of these values:\n  x\n    Which is: 1\n  2",
       "Expected equality of these values: x (Which is: 1), 2"},
      {"Value of: f()\n  Actual: false\nExpected: true", "Value of: f() (Actual: false), Expected: true"},
      {"a\n  b\n    c", "a (b (c))"},
      {"a:\n    b\n  c", "a: b, c"},
      {"0x5581f0a2 and 0x7ffc1234abcd, again 0x5581f0a2", "address 1 and address 2, again address 1"},
      {"'a' (97, 0x61) and 0x", "'a' (97, 0x61) and 0x"},
  };
  for (const row& each : rows) EXPECT_EQ(checker::single_line(each.text), each.line);
}

TEST(assertion_failed, is_for_executions_only) { EXPECT_FALSE(assertion_failed("text", "file.cpp", 1)); }

// The thread goes on up to its next operation, which is not performed; what it says until then comes too late.
TEST(assertion_failed, ends_the_execution_at_the_next_operation) {
  int after_assertion = 0;
  int after_operation = 0;
  const auto body = [&] {
    atomic<int> x{0, "x"};
    thread other([&] { x = 1; });
    EXPECT_TRUE(assertion_failed("the first", "file.cpp", 7));
    ++after_assertion;
    EXPECT_TRUE(assertion_failed("the second", "file.cpp", 8));
    x = 2;  // has no effect: what ends a critical section, and stores, do not throw
    static_cast<void>(x.load());
    ++after_operation;
    other.join();
  };
  for (const char* strategy : {"dpor", "dfs"}) {
    after_assertion = 0;
    options with;
    with.strategy = strategy;
    const result found = explore(body, with);
    ASSERT_TRUE(found.failure.has_value());
    EXPECT_EQ(found.failure->kind, failure_kind::assertion) << found;
    EXPECT_EQ(found.failure->message, "check failed in main: the first (file.cpp:7).");
    EXPECT_EQ(found.executions, 1U);
    EXPECT_GE(after_assertion, 1);
    EXPECT_EQ(after_operation, 0);
  }
}

TEST(from_environment, goes_over_what_is_given) {
  options given;
  given.seed = 3;
  given.max_executions = 5;
  const variable seed("HEDDLE_SEED", "7");
  const options both = options::from_environment(given);
  EXPECT_EQ(both.seed, 7U);
  EXPECT_EQ(both.max_executions, 5U);
  EXPECT_EQ(options::from_environment().max_executions, std::nullopt);
}

void two_stores() {
  atomic<int> x{0};
  thread other([&] { x = 1; });
  x = 2;
  other.join();
}

test_outcome run_two_stores(options with = {}) {
  return run_test(two_stores, {search_kind::explore, "Suite.Name", "--only=it's", std::move(with)});
}

TEST(run_test, says_nothing_of_what_passes) {
  const test_outcome went = run_two_stores();
  EXPECT_EQ(went.verdict, test_verdict::passed);
  EXPECT_EQ(went.text, "");
  ASSERT_TRUE(went.found.has_value());
  EXPECT_TRUE(went.found->exhaustive);
}

TEST(run_test, passes_a_search_that_was_cut_only_where_the_test_says_so) {
  options with;
  with.max_executions = 1;
  EXPECT_EQ(run_two_stores(with).verdict, test_verdict::passed);
  EXPECT_NE(run_two_stores(with).text, "");
  const variable limit("HEDDLE_MAX_EXECUTIONS", "1");
  EXPECT_EQ(run_two_stores().verdict, test_verdict::failed);
}

TEST(run_test, skips_what_the_schedule_is_not_of) {
  const variable schedule("HEDDLE_SCHEDULE", "heddle1:Suite.Other:end");
  const test_outcome went = run_two_stores();
  EXPECT_EQ(went.verdict, test_verdict::skipped);
  EXPECT_EQ(went.text, "HEDDLE_SCHEDULE is a schedule of Suite.Other");
  EXPECT_FALSE(went.found.has_value());
}

TEST(run_test, quotes_what_calls_the_program_again) {
  const test_outcome went =
      run_test([] { check(false, "fails"); }, {search_kind::explore, "Suite.Name", "--only=it's"});
  EXPECT_EQ(went.verdict, test_verdict::failed);
  EXPECT_NE(went.text.find("HEDDLE_SCHEDULE=heddle1:Suite.Name:end "), std::string::npos) << went.text;
  EXPECT_NE(went.text.find(" '--only=it'\\''s'\n"), std::string::npos) << went.text;
}

}  // namespace
}  // namespace heddle
