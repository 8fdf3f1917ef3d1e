// The output of heddle, whole, byte for byte, against the files in golden/. Where a change of the output is meant, make
// these anew with `HEDDLE_UPDATE_GOLDEN=1 meson test -C BUILD command_line`, and read the difference.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <ostream>
#include <string>
#include <string_view>

#include "process.hpp"

namespace heddle::test {
namespace {

struct row {
  std::string_view name;  ///< the file of standard output, without ".txt"
  std::string_view arguments;
  int exit_code;
  std::string_view error;   ///< the file of standard error; empty: a line of timing, or nothing
  std::string_view reason;  ///< why this exit code

  friend void PrintTo(const row& which, std::ostream* out) { *out << "heddle " << which.arguments; }
};

const row table[] = {
    {"list", "list", 0, "", "asked and answered"},
    {"list_family", "list --tag counts", 0, "", "a family that is asked for is listed, and else stands in one line"},
    {"show_lost_update", "show lost-update", 0, "", "asked and answered"},
    {"run_lost_update_trace", "run lost-update --trace", 1, "run_lost_update_report", "round robin loses an update"},
    {"explore_lost_update", "explore lost-update", 1, "", "a failed check, explained by a lost update"},
    {"explore_deadlock_abba", "explore deadlock-abba", 1, "", "a deadlock of two"},
    {"explore_partial_deadlock", "explore partial-deadlock", 1, "", "a deadlock of two of three"},
    {"explore_lost_wakeup", "explore lost-wakeup", 1, "", "a wait that nobody is left to notify"},
    {"explore_philosophers", "explore philosophers -p ordered=false", 1, "", "a deadlock of three"},
    {"explore_bounded_buffer_if", "explore bounded-buffer-if", 1, "", "a failed check of a thread"},
    {"explore_lost_update_locked", "explore lost-update-locked", 0, "", "passes, and nothing is left"},
    {"fuzz_lost_update", "fuzz lost-update", 1, "", "a seed fixes the campaign, here the standard one"},
    {"explore_timer_outputs", "explore timer --outputs", 0, "", "what the timers say, in each order"},
    {"explore_canary", "explore canary", 1, "", "fails always"},
    {"explore_crash_segfault", "explore crash-segfault", 1, "", "a thread crashes"},
    {"explore_crash_stack_overflow", "explore crash-stack-overflow", 1, "", "a thread needs a larger stack"},
    {"explore_hang", "explore hang --hang-limit 100ms", 1, "", "a thread comes to no operation any more"},
};

std::string golden_file(std::string_view name) {
  return required_variable("HEDDLE_GOLDEN") + "/" + std::string(name) + ".txt";
}

bool updating() { return std::getenv("HEDDLE_UPDATE_GOLDEN") != nullptr; }

void expect_golden(std::string_view name, const std::string& text) {
  if (updating()) std::ofstream(golden_file(name), std::ios::binary) << text;
  EXPECT_EQ(text, contents(golden_file(name))) << golden_file(name);
}

/** "heddle: 1,234 executions in 0.56 s, 7,890 a second" and a newline: all that is not the same each time. */
bool is_timing(const std::string& text) {
  int length = -1;
  std::sscanf(text.c_str(), "heddle: %*[0-9,] execution%*[s ]in %*[0-9].%*[0-9] s, %*[0-9,] a second%n", &length);
  return length >= 0 && text.substr(static_cast<std::size_t>(length)) == "\n";
}

class golden : public testing::TestWithParam<row> {};

TEST_P(golden, output) {
  const finished ended = run_heddle(GetParam().arguments);
  EXPECT_EQ(ended.exit_code, GetParam().exit_code) << GetParam().reason;
  expect_golden(GetParam().name, ended.out);
  EXPECT_EQ(ended.out.find('\x1b'), std::string::npos) << "no escape codes into a pipe";
  const bool searches = GetParam().arguments.starts_with("explore") || GetParam().arguments.starts_with("fuzz");
  if (!GetParam().error.empty()) {
    expect_golden(GetParam().error, ended.err);
  } else if (searches) {
    EXPECT_TRUE(is_timing(ended.err)) << ended.err;
  } else {
    EXPECT_EQ(ended.err, "");
  }
}

INSTANTIATE_TEST_SUITE_P(all, golden, testing::ValuesIn(table),
                         [](const auto& of) { return std::string(of.param.name); });

}  // namespace
}  // namespace heddle::test
