// Programs that crash, on the command line: exit codes, kinds, replays, and that nothing is left behind.
#include <gtest/gtest.h>
#include <termios.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "process.hpp"

namespace heddle::test {
namespace {

struct row {
  std::string_view scenario;
  std::string_view kind;
};

const row table[] = {
    {"crash-segfault", "crash"},
    {"crash-division", "crash"},
    {"crash-pure-virtual", "crash"},
    {"crash-abort", "abort"},
    {"crash-exit", "exit"},
    {"crash-terminate", "uncaught-exception"},
    {"crash-stack-overflow", "stack-overflow"},
    {"hang", "hang"},
};

class crash : public testing::TestWithParam<row> {};

nlohmann::json result_of(const std::string& arguments, int exit_code) {
  const finished ended = run_heddle(arguments + " --json - --hang-limit 100ms");
  EXPECT_EQ(ended.signal, 0);
  EXPECT_EQ(ended.exit_code, exit_code) << ended.err;
  return nlohmann::json::parse(ended.out);
}

TEST_P(crash, is_a_failure_that_comes_again) {
  const std::string scenario(GetParam().scenario);
  const nlohmann::json found = result_of("explore " + scenario, 1);
  EXPECT_EQ(found["verdict"], "fail");
  EXPECT_EQ(found["failure"]["kind"], GetParam().kind);
  EXPECT_FALSE(found["failure"]["message"].get<std::string>().empty());
  const auto schedule = found["failure"]["schedule"].get<std::string>();
  const nlohmann::json again = result_of("replay " + scenario + " --schedule " + schedule, 1);
  for (const auto* const key : {"kind", "message", "schedule", "trace", "threads"}) {
    EXPECT_EQ(again["failure"][key], found["failure"][key]) << key;
  }
}

TEST_P(crash, does_not_end_the_search) {
  const nlohmann::json found = result_of("explore --keep-going " + std::string(GetParam().scenario), 1);
  EXPECT_EQ(found["exhaustive"], true);
  EXPECT_GE(found["executions"], 2);
  EXPECT_LT(found["failures"], found["executions"]) << "not every interleaving crashes";
}

INSTANTIATE_TEST_SUITE_P(all, crash, testing::ValuesIn(table), [](const auto& of) {
  std::string name(of.param.scenario);
  for (char& each : name) each = each == '-' ? '_' : each;
  return name;
});

TEST(crash, many_leave_the_terminal_and_no_process_behind) {
  setup how = heddle_setup("fuzz crash-abort --executions 10000 --keep-going");
  how.terminal_out = how.terminal_err = true;
  process running(how);
  const finished ended = running.finish();
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_EQ(ended.signal, 0);
  EXPECT_NE(ended.out.find("10,000 executions"), std::string::npos) << ended.out;
  EXPECT_EQ(ended.out.find("\x1b[?"), std::string::npos) << "no mode of the terminal is touched";
}

}  // namespace
}  // namespace heddle::test
