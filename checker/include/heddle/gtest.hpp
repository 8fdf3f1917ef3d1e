// Searches as GoogleTest tests: HEDDLE_EXPLORE and HEDDLE_FUZZ. Needs GoogleTest, which nothing else here does.
#pragma once

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <iostream>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <heddle/test_run.hpp>

/**
 * Defines the GoogleTest test Suite.Name that explores the body which follows, and passes if no execution of it fails.
 *
 *     HEDDLE_EXPLORE(Counter, KeepsUpdates) {
 *       heddle::atomic<int> x{0};
 *       heddle::thread a([&] { ++x; }), b([&] { ++x; });
 *       a.join(), b.join();
 *       EXPECT_EQ(x.load(), 2);
 *     }
 *
 * Options may follow the name, in the order of heddle::options: HEDDLE_EXPLORE(Suite, Name, .max_executions = 1000).
 * Environment variables such as HEDDLE_TIME_LIMIT go over them. The body is called once for each execution.
 *
 * heddle::check and GoogleTest's assertions both fail the execution, and so end the search. An EXPECT_... lets its
 * thread go on, but no operation comes after it. What SCOPED_TRACE says is left out, since threads take turns within
 * it; GTEST_SKIP skips the test if nothing fails. Assertions that look at what a statement of theirs reported
 * (EXPECT_FATAL_FAILURE, ASSERT_NO_FATAL_FAILURE) must not have operations of Heddle in it.
 */
#define HEDDLE_EXPLORE(Suite, ...) HEDDLE_SEARCH_(explore, Suite, __VA_ARGS__, )

/** The same for executions at random: options::executions of them, drawn from options::seed. */
#define HEDDLE_FUZZ(Suite, ...) HEDDLE_SEARCH_(fuzz, Suite, __VA_ARGS__, )

/**
 * The same for a body that is a member function of a Fixture, made anew for each execution: its members may be objects
 * of Heddle. An ordinary class: the constructor sets up, the destructor tears down.
 */
#define HEDDLE_EXPLORE_F(Fixture, ...) HEDDLE_SEARCH_F_(explore, Fixture, __VA_ARGS__, )
#define HEDDLE_FUZZ_F(Fixture, ...) HEDDLE_SEARCH_F_(fuzz, Fixture, __VA_ARGS__, )

// The comma that those above end in leaves the options one argument, empty or not, and is allowed within braces.
#define HEDDLE_SEARCH_(Search, Suite, Name, ...)                                                                  \
  static void Suite##_##Name##_HeddleBody();                                                                      \
  TEST(Suite, Name) { ::heddle::Search##_in_test(&Suite##_##Name##_HeddleBody, ::heddle::options{__VA_ARGS__}); } \
  static void Suite##_##Name##_HeddleBody()

#define HEDDLE_SEARCH_F_(Search, Fixture, Name, ...)                                                           \
  static_assert(!::std::is_base_of_v<::testing::Test, Fixture>,                                                \
                "a fixture for Heddle is an ordinary class: its constructor sets up");                         \
  struct Fixture##_##Name##_HeddleBody : Fixture {                                                             \
    void run();                                                                                                \
  };                                                                                                           \
  TEST(Fixture, Name) {                                                                                        \
    ::heddle::Search##_in_test([] { Fixture##_##Name##_HeddleBody().run(); }, ::heddle::options{__VA_ARGS__}); \
  }                                                                                                            \
  void Fixture##_##Name##_HeddleBody::run()

namespace heddle {

namespace gtest {

/** What was reported in one search, and is not for Heddle: from outside of its executions, and what was skipped. */
struct reported {
  std::mutex guard;
  std::vector<testing::TestPartResult> elsewhere;
  std::optional<testing::TestPartResult> skipped;
};

/** Takes assertions that fail in executions for Heddle, so that GoogleTest sees none but the search's own failure. */
class reporter final : public testing::ScopedFakeTestPartResultReporter {
 public:
  reporter(InterceptMode mode, reported& to) : ScopedFakeTestPartResultReporter(mode, nullptr), to_(to) {}

  void ReportTestPartResult(const testing::TestPartResult& what) override {
    if (what.passed()) return;
    const std::string_view message = what.message();
    const std::string_view text = message.substr(0, message.find("\nGoogle Test trace:"));
    const std::string_view file = what.file_name() == nullptr ? "" : what.file_name();
    const auto line = static_cast<std::uint32_t>(std::max(what.line_number(), 0));
    if (what.failed() && assertion_failed(text, file, line)) return;
    const std::lock_guard lock(to_.guard);
    if (what.failed()) {
      to_.elsewhere.push_back(what);
    } else if (!to_.skipped) {
      to_.skipped = what;
    }
  }

 private:
  reported& to_;
};

/** The full name of the test that runs. */
[[nodiscard]] inline std::string test_name() {
  const testing::TestInfo* info = testing::UnitTest::GetInstance()->current_test_info();
  if (info == nullptr) throw request_error("explore_in_test and fuzz_in_test are to be called in a GoogleTest test");
  return std::string(info->test_suite_name()) + "." + info->name();
}

inline void record(const result& found) {
  testing::Test::RecordProperty("heddle_executions", std::to_string(found.executions));
  testing::Test::RecordProperty("heddle_exhaustive", found.exhaustive ? "true" : "false");
  if (found.failure) testing::Test::RecordProperty("heddle_schedule", found.failure->schedule);
}

/** As an assertion of GoogleTest's that stands there would. */
inline void report(const place& where, std::string_view text, testing::TestPartResult::Type how) {
  GTEST_MESSAGE_AT_(where.file.c_str(), static_cast<int>(where.line), std::string(text).c_str(), how);
}

inline void report(const testing::TestPartResult& what) {
  const char* file = what.file_name() == nullptr ? "" : what.file_name();
  report({file, static_cast<std::uint32_t>(std::max(what.line_number(), 0))}, what.message(), what.type());
}

/** Tells GoogleTest how the search went; `test` is where the test stands. */
inline void tell(const test_outcome& went, const reported& besides, const place& test) {
  for (const testing::TestPartResult& each : besides.elsewhere) report(each);
  if (went.found) record(*went.found);
  switch (went.verdict) {
    case test_verdict::failed: {
      const bool known = went.found && went.found->failure && went.found->failure->where.known();
      return report(known ? went.found->failure->where : test, went.text, testing::TestPartResult::kFatalFailure);
    }
    case test_verdict::skipped: return report(test, went.text, testing::TestPartResult::kSkip);
    case test_verdict::passed: break;
  }
  if (besides.skipped) return report(*besides.skipped);
  std::cout << went.text;
}

inline void search_in_test(search_kind search, const program& body, options with) {
  const testing::TestInfo* info = testing::UnitTest::GetInstance()->current_test_info();
  const std::string name = test_name();
  std::string arguments = "--gtest_filter=" + name;
  reported besides;
  const test_outcome went = [&] {
    const reporter others(reporter::INTERCEPT_ALL_THREADS, besides);  // explore's workers
    const reporter here(reporter::INTERCEPT_ONLY_CURRENT_THREAD, besides);
    return run_test(body, {search, name, std::move(arguments), std::move(with)});
  }();
  tell(went, besides, {info->file(), static_cast<std::uint32_t>(info->line())});
}

}  // namespace gtest

/**
 * Explores `body` as the test that runs, which HEDDLE_EXPLORE is short for: for the tests of a fixture of GoogleTest's,
 * and those with parameters. Once in a test, since a schedule is known by the test's name.
 */
inline void explore_in_test(const program& body, options with = {}) {
  gtest::search_in_test(search_kind::explore, body, std::move(with));
}

/** The same for executions at random. */
inline void fuzz_in_test(const program& body, options with = {}) {
  gtest::search_in_test(search_kind::fuzz, body, std::move(with));
}

}  // namespace heddle

#if __has_include(<rapidcheck.h>)
#include <heddle/gtest_property.hpp>  // IWYU pragma: export
#endif
