// The views of a check of a property suite: headlines, lines and totals, and whether it came out as expected.
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <heddle/property.hpp>

#include "report/property_report.hpp"

#include "golden/reports.hpp"

namespace heddle {
namespace {

template <class Change>
property_result with(property_result what, Change change) {
  change(what);
  return what;
}

property_result passing() {
  property_result what;
  what.found.program = "p";
  what.found.strategy = "dpor";
  what.found.verdict = verdict::pass;
  what.found.executions = 5'120;
  what.found.events = 60'000;
  what.found.choices = 12;
  what.found.threads = 3;
  what.cases = 100;
  what.histories = 320;
  return what;
}

/** Of a case that was shrunk to what lost_update() reports. */
property_result shrunk() {
  property_result what;
  what.found = lost_update();
  what.cases = 3;
  what.histories = 20;
  what.smallest = {3, 2, 5};
  return what;
}

std::string below_headline(const std::string& report) { return report.substr(report.find("What")); }

TEST(property_text, begins_with_what_came_of_the_check) {
  struct row {
    std::string_view why;
    property_result what;
    std::string_view begins;
  };
  const std::string counted = "  5,120 executions, 60,000 events, 12 choices, at most 3 threads\n";
  const std::vector<row> table{
      {"nothing was found", passing(), "p: PASS: 100 cases, 5,120 executions, 320 histories\n"},
      {"and nothing is left of these cases", with(passing(), [](auto& it) { it.found.exhaustive = true; }),
       "p: PASS: 100 cases, 5,120 executions, 320 histories\n"
       "  exhaustive: every execution of each case, or one of each trace\n"},
      {"one of each", with(passing(), [](auto& it) { it.cases = it.histories = it.found.executions = 1; }),
       "p: PASS: 1 case, 1 execution, 1 history\n"},
      {"without a model there are no histories", with(passing(), [](auto& it) { it.histories = 0; }),
       "p: PASS: 100 cases, 5,120 executions\n"},
      {"what one search estimated says nothing of all",
       with(passing(),
            [](auto& it) {
              it.found.traces = 7;
              it.found.share_done = 12.5;
              it.found.estimate = {9, 1};
            }),
       "p: PASS: 100 cases, 5,120 executions, 320 histories\n"
       "  5,120 executions, 60,000 events, 12 choices, at most 3 threads\n"
       "  7 traces\n"},
      {"stopped with nothing found",
       with(passing(),
            [](auto& it) {
              it.found.verdict = verdict::inconclusive;
              it.found.stopped_by = "request";
            }),
       "p: INCONCLUSIVE: stopped by request after 100 cases, 5,120 executions, 320 histories, nothing found\n"},
      {"a case was made smaller", shrunk(),
       "lost-update: FAIL (assertion) in case 3, shrunk to 2 operations and 1 preemption\n"
       "  3 cases, 20 histories; shrunk in 5 steps\n"
       "  2 executions, 21 events, 9 choices, at most 3 threads\n\nWhat\n"},
      {"a case was as small as can be",
       with(shrunk(),
            [](auto& it) {
              it.smallest = {1, 1, 0};
            }),
       "lost-update: FAIL (assertion) in case 1, with 1 operation and 1 preemption\n  3 cases, 20 histories\n"},
      {"several failures while it was made smaller", with(shrunk(), [](auto& it) { it.found.failures = 6; }),
       "lost-update: FAIL (assertion) in case 3, shrunk to 2 operations and 1 preemption\n"
       "  3 cases, 20 histories; shrunk in 5 steps\n"
       "  2 executions, 21 events, 9 choices, at most 3 threads\n\nWhat\n"},
      {"a failure of no case", with(shrunk(), [](auto& it) { it.smallest.reset(); }),
       "lost-update: FAIL (assertion) after 3 cases, 2 executions, 20 histories\n"},
      {"a replay is of one execution",
       with(shrunk(),
            [](auto& it) {
              it.smallest.reset();
              it.found.search = search_kind::replay;
            }),
       "lost-update: FAIL (assertion) in a replay\n"},
  };
  for (const row& each : table) {
    const std::string text = to_text(each.what);
    EXPECT_EQ(text.substr(0, each.begins.size()), each.begins) << each.why;
  }
}

TEST(property_text, goes_on_as_the_report_of_the_failure) {
  EXPECT_EQ(below_headline(to_text(shrunk())), below_headline(to_text(lost_update())));
  const report_style narrow{60, true};
  EXPECT_EQ(below_headline(to_text(shrunk(), narrow)), below_headline(to_text(lost_update(), narrow)));
}

TEST(property_text, warns_where_nothing_was_tested) {
  const property_result vacuous = with(passing(), [](auto& it) { it.found.choices = 0; });
  EXPECT_NE(to_text(vacuous).find("\nWARNING: there was never anything to choose"), std::string::npos);
}

TEST(expectations, are_of_the_verdict_and_of_a_failure_its_kind) {
  const expectation passes{};
  const expectation asserts{verdict::fail, failure_kind::assertion};
  const expectation deadlocks{verdict::fail, failure_kind::deadlock};
  const property_result stopped = with(passing(), [](auto& it) { it.found.verdict = verdict::inconclusive; });
  EXPECT_TRUE(as_expected(passing(), passes));
  EXPECT_FALSE(as_expected(passing(), asserts)) << "the bug was not found";
  EXPECT_TRUE(as_expected(shrunk(), asserts));
  EXPECT_FALSE(as_expected(shrunk(), deadlocks)) << "another bug was found";
  EXPECT_FALSE(as_expected(shrunk(), passes));
  EXPECT_FALSE(as_expected(stopped, passes)) << "who knows";
  EXPECT_FALSE(as_expected(stopped, asserts)) << "who knows";
}

TEST(property_lines, have_a_colour_for_what_is_not_as_expected) {
  struct row {
    std::string_view why;
    property_result came;
    verdict expected;
    std::string_view begins;
  };
  const property_result stopped = with(passing(), [](auto& it) { it.found.verdict = verdict::inconclusive; });
  const std::vector<row> table{
      {"green", passing(), verdict::pass, "\x1b[1;32mPASS\x1b[0m, as expected: 100 cases, "},
      {"a failure that is expected is good", shrunk(), verdict::fail,
       "\x1b[1;32mFAIL (assertion)\x1b[0m, as expected: "},
      {"red", shrunk(), verdict::pass, "\x1b[1;31mFAIL (assertion)\x1b[0m, expected pass: "},
      {"yellow", stopped, verdict::pass, "\x1b[1;33mINCONCLUSIVE\x1b[0m, expected pass: stopped after 100 cases"},
  };
  for (const row& each : table) {
    const property_suite suite{"p", "", {}, {each.expected, failure_kind::assertion}, {}, {}};
    const std::string line = render(checker::line_of({&suite, each.came}, 3), true);
    EXPECT_NE(line.find(each.begins), std::string::npos) << each.why << ": " << line;
    EXPECT_EQ(line.find('\n'), line.size() - 1) << "one line, however long";
  }
}

TEST(property_json, has_what_a_result_has_and_what_a_check_has) {
  const auto of_check = nlohmann::json::parse(to_json(shrunk()));
  const auto of_result = nlohmann::json::parse(to_json(lost_update()));
  for (const auto& [key, value] : of_result.items()) EXPECT_EQ(of_check[key], value) << key;
  EXPECT_EQ(of_check["cases"], 3);
  EXPECT_EQ(of_check["histories"], 20);
  EXPECT_EQ(of_check["counterexample"], (nlohmann::json{{"case", 3}, {"operations", 2}, {"shrinks", 5}}));
  EXPECT_EQ(nlohmann::json::parse(to_json(passing()))["counterexample"], nullptr);
}

}  // namespace
}  // namespace heddle
