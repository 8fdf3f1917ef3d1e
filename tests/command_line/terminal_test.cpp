// Terminals: colours, width, the progress line; and signals and closed pipes, which end a search early.
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "process.hpp"

namespace heddle::test {
namespace {

// With ten rounds it has more executions than anybody waits for.
constexpr std::string_view endless = "explore peterson -p rounds=10";

bool has_colours(const std::string& text) { return text.find("\x1b[") != std::string::npos; }

/** Without colours, and without lines that were drawn over. */
std::string plain(const std::string& text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\x1b') {
      while (i < text.size() && (text[i] < 'A' || text[i] == '[')) ++i;  // a letter ends the sequence
    } else {
      result += text[i];
    }
  }
  return result;
}

std::size_t longest_line(const std::string& text) {
  std::size_t result = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) result = std::max(result, line.size());
  return result;
}

TEST(colours, are_for_terminals_unless_asked_for) {
  struct row {
    std::string_view reason;
    std::string arguments;
    bool terminal;
    std::vector<std::string> environment;
    bool expected;
  };
  const std::vector<row> table{
      {"a pipe", "", false, {}, false},
      {"a terminal", "", true, {}, true},
      {"a terminal, NO_COLOR", "", true, {"NO_COLOR=1"}, false},
      {"an empty NO_COLOR does not count", "", true, {"NO_COLOR="}, true},
      {"a terminal that knows no colours", "", true, {"TERM=dumb"}, false},
      {"never, on a terminal", " --color never", true, {}, false},
      {"always, into a pipe", " --color always", false, {}, true},
      {"always, whatever NO_COLOR says", " --color always", false, {"NO_COLOR=1"}, true},
      {"auto is the default", " --color auto", true, {}, true},
      {"auto, into a pipe", " --color auto", false, {}, false},
  };
  const std::string expected = run_heddle("explore canary --width 80").out;
  for (const row& each : table) {
    SCOPED_TRACE(each.reason);
    setup how = heddle_setup("explore canary --width 80" + each.arguments, each.environment);
    how.terminal_out = each.terminal;
    const finished ended = run(how);
    EXPECT_EQ(ended.exit_code, 1);
    EXPECT_EQ(has_colours(ended.out), each.expected);
    EXPECT_EQ(plain(ended.out), expected) << "the same text with colours and without";
  }
}

TEST(width, is_that_of_the_terminal) {
  struct row {
    unsigned short columns;
    std::size_t most;
    std::string_view reason;
  };
  static constexpr row table[] = {
      {60, 60, "what fits"},
      {120, 120, "more room, fewer lines"},
      {20, 40, "nothing can be laid out in less than 40"},
      {0, 100, "a terminal that does not know"},
  };
  for (const row& each : table) {
    SCOPED_TRACE(std::to_string(each.columns) + ": " + std::string(each.reason));
    setup how = heddle_setup("explore philosophers -p ordered=false --color never");
    how.terminal_out = true;
    how.columns = each.columns;
    const finished ended = run(how);
    EXPECT_EQ(ended.exit_code, 1);
    const std::string same_width =
        run_heddle("explore philosophers -p ordered=false --width " + std::to_string(each.most)).out;
    EXPECT_EQ(ended.out, same_width);
    const std::string table_of_events = ended.out.substr(0, ended.out.find("\nAgain\n"));  // commands are not cut
    EXPECT_LE(longest_line(table_of_events), each.most);
  }
}

TEST(width, that_is_asked_for_goes_before_the_terminal) {
  setup how = heddle_setup("explore lost-update --color never --width 60");
  how.terminal_out = true;
  how.columns = 120;
  EXPECT_EQ(run(how).out, run_heddle("explore lost-update --width 60").out);
}

TEST(control_c, ends_a_search_with_the_result_so_far) {
  setup how = heddle_setup(endless);
  how.terminal_out = true;
  how.terminal_err = true;
  how.columns = 160;  // for the whole of a progress line that has an estimate
  process search(how);
  ASSERT_TRUE(search.read_until(" executions, ")) << "a progress line";
  search.type("\x03");
  const finished ended = search.finish();
  EXPECT_EQ(ended.exit_code, 3);
  const std::string text = plain(ended.out);
  EXPECT_NE(text.find(" a second, 0 failures, "), std::string::npos) << "of the progress line: " << text;
  EXPECT_NE(text.find("peterson: INCONCLUSIVE: stopped by request after "), std::string::npos) << text;
}

TEST(control_c, leaves_an_estimate_of_how_many_traces_there_are) {
  setup how = heddle_setup("explore counts/account -p n=8 --jobs 2");
  how.terminal_err = true;
  how.columns = 120;
  process search(how);
  ASSERT_TRUE(search.read_until(" of about ")) << "in the progress line, after a while";
  ASSERT_TRUE(search.read_until(" left"));
  search.type("\x03");
  const finished ended = search.finish();
  EXPECT_EQ(ended.exit_code, 3);
  EXPECT_NE(ended.out.find(" in all (give or take "), std::string::npos) << ended.out;
}

TEST(control_c, leaves_the_result_alone_on_standard_output) {
  setup how = heddle_setup(std::string(endless) + " --json -");
  how.terminal_err = true;
  process search(how);
  ASSERT_TRUE(search.read_until(" executions, "));
  search.type("\x03");
  const finished ended = search.finish();
  EXPECT_EQ(ended.exit_code, 3);
  EXPECT_TRUE(ended.out.starts_with("{\n  \"scenario\": \"peterson\",\n")) << ended.out;
  EXPECT_NE(ended.out.find("\"verdict\": \"inconclusive\""), std::string::npos);
  EXPECT_NE(ended.out.find("\"stopped_by\": \"request\""), std::string::npos);
  EXPECT_TRUE(ended.out.ends_with("\n}\n"));
}

TEST(signals, end_a_search_with_the_result_so_far) {
  for (const std::string_view call : {endless, std::string_view("fuzz peterson --executions 1000000000000")}) {
    for (const int signal : {SIGINT, SIGTERM}) {
      SCOPED_TRACE(std::string(call) + ", signal " + std::to_string(signal));
      process search(heddle_setup(call));
      ASSERT_TRUE(search.waits_for(signal));
      search.send(signal);
      const finished ended = search.finish();
      EXPECT_EQ(ended.signal, 0);
      EXPECT_EQ(ended.exit_code, 3);
      EXPECT_TRUE(ended.out.starts_with("peterson: INCONCLUSIVE: stopped by request after ")) << ended.out;
      EXPECT_EQ(ended.err.find('\r'), std::string::npos) << "no progress line into a pipe: " << ended.err;
      EXPECT_TRUE(ended.err.starts_with("heddle: ")) << ended.err;
      EXPECT_EQ(std::count(ended.err.begin(), ended.err.end(), '\n'), 1) << "the timing";
    }
  }
}

TEST(signals, keep_a_failure_that_was_found) {
  // Every failure counts, and one is there before the progress line shows it.
  setup how = heddle_setup("fuzz lost-update --keep-going --executions 1000000000000");
  how.terminal_err = true;
  process search(how);
  ASSERT_TRUE(search.read_until(" failures, "));
  search.type("\x03");
  const finished ended = search.finish();
  EXPECT_EQ(ended.exit_code, 1) << "a failure goes before the limit";
  EXPECT_TRUE(ended.out.starts_with("lost-update: FAIL (assertion) in ")) << ended.out;
}

TEST(closed_pipe, does_no_harm) {
  struct row {
    std::string_view arguments;
    int exit_code;
  };
  static constexpr row table[] = {
      {"list", 0},
      {"show lost-update", 0},
      {"explore lost-update", 1},
      {"run lost-update --trace", 1},
      {"explore lost-update-locked --json -", 0},
  };
  for (const row& each : table) {
    SCOPED_TRACE(each.arguments);
    setup how = heddle_setup(each.arguments);
    how.unread_out = true;
    const finished ended = run(how);
    EXPECT_EQ(ended.signal, 0);
    EXPECT_EQ(ended.exit_code, each.exit_code) << "who closes a pipe has read enough: " << ended.err;
    EXPECT_EQ(ended.err.find("cannot write"), std::string::npos) << ended.err;
  }
}

}  // namespace
}  // namespace heddle::test
