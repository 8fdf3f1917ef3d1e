// The views of a result: the text report compared whole, its width and colours, and the keys of the JSON.
#include <algorithm>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <nlohmann/json.hpp>

#include <heddle/result.hpp>

#include "report/glyphs.hpp"
#include "report/repetition.hpp"
#include "report/selection.hpp"

#include "golden/reports.hpp"

namespace heddle {
namespace {

using sim::operation_kind;

TEST(text_report, golden) {
  for (const golden_case& each : goldens()) EXPECT_EQ(to_text(each.what), each.report) << each.why;
}

// ---- headlines

struct headline_case {
  std::string_view why;
  result what;
  std::string_view expected;  // the report begins with it
};

result found_nothing(verdict value, search_kind search, std::string strategy, std::uint64_t executions) {
  result what;
  what.program = "p";
  what.verdict = value;
  what.search = search;
  what.strategy = std::move(strategy);
  what.executions = executions;
  what.events = 60;
  what.choices = 12;
  what.threads = 2;
  return what;
}

template <class Change>
result with(result what, Change change) {
  change(what);
  return what;
}

std::vector<headline_case> headlines() {
  const result explored = found_nothing(verdict::pass, search_kind::explore, "dfs", 6);
  const result drawn = found_nothing(verdict::pass, search_kind::fuzz, "random", 10'000);
  const result stopped = found_nothing(verdict::inconclusive, search_kind::explore, "dfs", 6);
  result unreached = failing("p", failure_kind::unreached, "never reached", {});
  unreached.failures = unreached.failing_execution = 0;
  result several = lost_update();
  several.executions = 1'234'567;
  several.failures = 3;
  several.failures_by_kind = {{"assertion", 2}, {"deadlock", 1}};
  return {
      {"all there is was run", with(explored, [](result& r) { r.exhaustive = true; }),
       "p: PASS, exhaustive: all 6 executions\n  6 executions, 60 events, 12 choices, at most 2 threads\n"},
      {"each trace once would have been less: why it was not",
       with(explored,
            [](result& r) {
              r.exhaustive = true;
              r.unreduced = "it waits in a loop";
            }),
       "p: PASS, exhaustive: all 6 executions\n  6 executions, 60 events, 12 choices, at most 2 threads\n"
       "  by interleavings, not each trace once (it waits in a loop)\n"},
      {"random executions prove nothing", drawn,
       "p: PASS: 10,000 executions at random, nothing found (not exhaustive)\n"},
      {"a single run is no search", found_nothing(verdict::pass, search_kind::run, "round-robin", 1),
       "p: PASS: a run (round-robin), nothing found (not exhaustive)\n"},
      {"a limit is named", with(stopped, [](result& r) { r.stopped_by = "the time limit of 10 s"; }),
       "p: INCONCLUSIVE: stopped by the time limit of 10 s after 6 executions of a dfs search, nothing found\n"},
      {"no execution failed, the search did", unreached, "p: FAIL (unreached) after 2 executions of a dfs search\n"},
      {"a search that goes on counts the ways of failing", several,
       "lost-update: FAIL (assertion) in 3 of 1,234,567 executions of a dfs search\n"
       "  1,234,567 executions, 21 events, 9 choices, at most 3 threads\n"
       "  failures: assertion 2, deadlock 1; below is the first one, execution 2\n"},
      {"a search that goes on may have failed in any execution, not just the last",
       with(lost_update(), [](result& r) { r.search = search_kind::fuzz, r.strategy = "random", r.executions = 9; }),
       "lost-update: FAIL (assertion) in execution 2 at random\n  9 executions,"},
      {"discarded executions are counted", with(drawn, [](result& r) { r.discarded = 1; }),
       "p: PASS: 10,000 executions at random, nothing found (not exhaustive)\n"
       "  10,000 executions, 60 events, 12 choices, at most 2 threads; 1 execution discarded\n"},
  };
}

TEST(text_report, headline) {
  for (const headline_case& each : headlines()) {
    EXPECT_EQ(to_text(each.what).substr(0, each.expected.size()), each.expected) << each.why;
  }
}

TEST(text_report, says_loudly_when_nothing_was_tested) {
  const result sound = found_nothing(verdict::pass, search_kind::fuzz, "random", 10);
  const std::string_view warning = "WARNING";
  EXPECT_EQ(to_text(sound).find(warning), std::string::npos) << "there were choices";
  EXPECT_NE(to_text(with(sound, [](result& r) { r.choices = 0; })).find(warning), std::string::npos) << "no choices";
  EXPECT_NE(to_text(with(sound, [](result& r) { r.discarded = 10; })).find(warning), std::string::npos)
      << "every execution was discarded";
  EXPECT_EQ(to_text(with(lost_update(), [](result& r) { r.choices = 0; })).find(warning), std::string::npos)
      << "a failure was found, so something was tested";
}

TEST(text_report, tells_how_to_replay) {
  const auto last_lines = [](const result& what) {
    const std::string text = to_text(what);
    return text.substr(text.rfind("Again\n") + 6);
  };
  result what = deadlock();
  what.replay_command = "";
  EXPECT_EQ(last_lines(what), "  heddle::replay(program, \"heddle1:p:t1/2.end\")\n  heddle::replay(program, 7u)\n")
      << "without a command line, it is replayed by a call";
  what.replay_command = "HEDDLE_SCHEDULE={schedule} ./my_test";
  EXPECT_EQ(last_lines(what), "  HEDDLE_SCHEDULE=heddle1:p:t1/2.end ./my_test\n") << "the placeholder is filled in";
}

// ---- cells

TEST(text_report, says_what_happened_in_words) {
  struct cell_case {
    operation_kind kind;
    std::string_view read, written;
    bool succeeded;
    std::string_view expected;
    sim::fault_kind fault = sim::fault_kind::none;
  };
  const std::vector<cell_case> cases = {
      {operation_kind::fetch_add, "1", "2", true, "fetch_add x: 1 -> 2\n"},
      {operation_kind::compare_exchange_strong, "2", "", false, "compare_exchange_strong x = 2, fails\n"},
      {operation_kind::try_lock, "", "", false, "try_lock x, fails\n"},
      {operation_kind::notify_one, "", "", false, "notify_one x (nobody waits)\n"},
      {operation_kind::wait, "", "", true, "wait x (lets m go)\n"},
      {operation_kind::wake, "", "", true, "wake x (takes m)\n"},
      {operation_kind::wake, "", "", true, "wake x, spuriously (fault) (takes m)\n", sim::fault_kind::spurious_wakeup},
      {operation_kind::try_lock, "", "", false, "try_lock x, fails (fault)\n", sim::fault_kind::try_lock},
      {operation_kind::acquire, "1", "0", true, "acquire x 1 -> 0\n"},
      {operation_kind::push, "", "5", true, "push x 5\n"},
      {operation_kind::pop, "5", "", true, "pop x = 5\n"},
      {operation_kind::random, "3", "2", true, "random(3) x = 2\n"},
  };
  for (const cell_case& each : cases) {
    trace_builder it({"main"}, {"x", "m"});
    step& event = it.add(0, each.kind, 0, 0);
    event.read = each.read;
    event.written = each.written;
    event.succeeded = each.succeeded;
    event.mutex = 1;
    event.fault = each.fault;
    if (each.kind == operation_kind::random) event.object.reset();
    std::string expected(each.expected);
    if (each.kind == operation_kind::random) expected = "random(3) = 2\n";
    EXPECT_NE(to_text(failing("p", failure_kind::assertion, "", it.made)).find("| " + expected), std::string::npos)
        << "the last event is always shown, as: " << expected;
  }
}

TEST(selection, leaves_out_the_middle_of_long_traces) {
  trace_builder it({"main", "a"}, {"x"});
  for (sim::thread_id i = 0; i < 100; ++i) it.add(i % 2, operation_kind::load, 0, 1);
  failure of;
  of.trace = it.made;
  const checker::selection chosen = checker::select_events(of);
  ASSERT_EQ(chosen.events.size(), 60U) << "20 at the beginning, 40 at the end";
  EXPECT_EQ(chosen.left_out, 40U) << "of 100 events";
  EXPECT_EQ(chosen.events[chosen.gap].position, 60U) << "the last 40 begin there";
}

TEST(selection, marks_a_preemption_whose_event_is_not_shown) {
  trace_builder it({"main", "a"}, {"x", "private"});
  it.add(0, operation_kind::load, 0, 1);
  it.add(1, operation_kind::load, 1, 2).preempts = true;
  it.add(1, operation_kind::load, 0, 3);
  failure of;
  of.trace = it.made;
  const checker::selection chosen = checker::select_events(of);
  ASSERT_EQ(chosen.events.size(), 2U) << "only one thread touches the object named private";
  EXPECT_TRUE(chosen.events[1].preempts) << "its thread came in by preemption";
}

TEST(repetition, is_found_only_where_it_is_done_three_times) {
  const auto find = [](std::string_view lines) {
    trace_builder it({"main"}, {});
    for (const char line : lines) it.add(0, operation_kind::yield, {}, static_cast<std::uint32_t>(line));
    return checker::find_repetition(it.made.steps);
  };
  EXPECT_EQ(find("xabab").times, 0U) << "twice is no circle";
  EXPECT_EQ(find("xababab").period, 2U) << "the shortest part";
  EXPECT_EQ(find("xababab").begin, 1U) << "x is not part of it";
  EXPECT_EQ(find("xabbbabbbabbbabbb").period, 4U) << "three b at the end explain less than four times abbb";
  EXPECT_EQ(find("").times, 0U) << "nothing happened";
}

// ---- width and colours

TEST(display_width, of_characters) {
  struct width_case {
    std::string_view text;
    int width;
  };
  for (const auto& [text, width] : std::vector<width_case>{{"", 0},
                                                           {"abc", 3},
                                                           {"工人", 4},
                                                           {"e\u0301", 1},
                                                           {"각", 2},
                                                           {"🎉", 2},
                                                           {"\n", 2},
                                                           {"\x1b", 4},
                                                           {"\u202e", 6},
                                                           {"\xff\xc0\xaf", 3},
                                                           {"\xe5\xb7", 1},
                                                           {"\xed\xa0\x80", 3},
                                                           {"\xe0\x80\x80", 3}}) {
    EXPECT_EQ(checker::display_width(text), width) << testing::PrintToString(text);
  }
}

std::string without_colours(const std::string& text) {
  return std::regex_replace(text, std::regex("\x1b\\[[0-9;]*m"), "");
}

// Of all lines but those of commands, which hold the schedule and stay in one piece.
int widest_line(const std::string& text, const std::string& schedule) {
  int widest = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.find(schedule) == std::string::npos) widest = std::max(widest, checker::display_width(line));
  }
  return widest;
}

rc::Gen<std::string> any_text() {
  return rc::gen::element<std::string>("a", "", "worker", "工人甲乙丙", "e\u0301", "🎉🎉", "\xff\xfe", "\x1b[31m",
                                       "a b  c",
                                       "a_name_so_long_that_it_is_wider_than_any_column_and_has_no_space_in_it", "\n");
}

trace any_trace() {
  const auto threads = *rc::gen::inRange<std::size_t>(1, 9);
  const auto length = *rc::gen::inRange(0, 90);
  trace_builder it(*rc::gen::container<std::vector<std::string>>(threads, any_text()),
                   *rc::gen::container<std::vector<std::string>>(3, any_text()));
  const auto thread = rc::gen::inRange<sim::thread_id>(0, static_cast<sim::thread_id>(threads));
  const auto kind = rc::gen::map(rc::gen::inRange<std::uint32_t>(0, sim::operation_kind_count),
                                 [](std::uint32_t k) { return static_cast<operation_kind>(k); });
  const auto object = rc::gen::inRange<sim::object_id>(0, 3);
  for (int i = 0; i < length; ++i) {
    it.file = *rc::gen::element<std::string>("program.cpp", "other/program.cpp", "queue.cpp");
    step& event = it.add(*thread, *kind, *object, *rc::gen::inRange<std::uint32_t>(0, 2000));
    event.read = *any_text();
    event.written = *any_text();
    event.succeeded = *rc::gen::arbitrary<bool>();
    event.preempts = event.switched && *rc::gen::arbitrary<bool>();
  }
  for (sim::thread_id i = 0; i < threads; i += 2) it.wait(i, *kind, *object, 5, *rc::gen::arbitrary<bool>());
  return it.made;
}

RC_GTEST_PROP(text_report, never_exceeds_its_width, ()) {
  const auto kind = *rc::gen::element(failure_kind::assertion, failure_kind::livelock);
  const result what = failing(*any_text(), kind, *any_text(), any_trace());
  for (const int width : {40, 60, 100, 160}) {
    const std::string text = to_text(what, {width, false});
    RC_ASSERT(text.find('\x1b') == std::string::npos);
    RC_ASSERT(without_colours(to_text(what, {width, true})) == text);
    RC_ASSERT(widest_line(text, what.failure->schedule) <= width);
  }
}

TEST(text_report, golden_results_keep_to_any_width) {
  for (const golden_case& each : goldens()) {
    for (const int width : {40, 60, 100, 160}) {
      EXPECT_LE(widest_line(to_text(each.what, {width, false}), each.what.failure->schedule), width) << each.why;
    }
  }
}

TEST(text_report, has_colours_where_they_are_wanted) {
  const std::string text = to_text(lost_update(), {100, true});
  EXPECT_NE(text.find("\x1b[1;31mFAIL"), std::string::npos) << "a failure is red";
  EXPECT_EQ(without_colours(text), to_text(lost_update())) << "colours change nothing else";
}

// ---- JSON

std::vector<std::string> keys_of(const nlohmann::ordered_json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

TEST(json_report, has_the_documented_keys) {
  const auto parsed = nlohmann::ordered_json::parse(to_json(lost_update()));
  const std::vector<std::string> keys = {"scenario",          "search",           "strategy",         "verdict",
                                         "exhaustive",        "assumes_fairness", "executions",       "failures",
                                         "failing_execution", "discarded",        "events",           "choices",
                                         "threads",           "elapsed_s",        "executions_per_s", "seed",
                                         "reached",           "failures_by_kind", "stopped_by",       "failure"};
  EXPECT_EQ(keys_of(parsed), keys);
  const std::vector<std::string> failure_keys = {"kind",    "message", "explanation", "schedule", "seed",
                                                 "threads", "steps",   "preemptions", "replay",   "trace"};
  EXPECT_EQ(keys_of(parsed["failure"]), failure_keys);
  const std::vector<std::string> step_keys = {"thread", "name",    "index", "operation", "object",
                                              "read",   "written", "file",  "line",      "succeeded"};
  EXPECT_EQ(keys_of(parsed["failure"]["trace"][2]), step_keys);
}

TEST(json_report, has_the_values) {
  result what = lost_update();
  what.elapsed_s = 0.5;
  what.seed = UINT64_MAX;
  const auto parsed = nlohmann::json::parse(to_json(what));
  EXPECT_EQ(parsed["verdict"], "fail");
  EXPECT_EQ(parsed["seed"], UINT64_MAX) << "a seed has 64 bits without a sign";
  EXPECT_EQ(parsed["executions_per_s"], 4.0) << "two executions in half a second";
  EXPECT_EQ(parsed["stopped_by"], nullptr) << "nothing stopped it";
  const auto& failure = parsed["failure"];
  EXPECT_EQ(failure["kind"], "assertion");
  EXPECT_EQ(failure["threads"], 3) << "main counts";
  EXPECT_EQ(failure["steps"], 11) << "all events, shown or not";
  EXPECT_EQ(failure["replay"], "heddle replay lost-update --schedule heddle1:p:t1/2.end");
  const nlohmann::json store = {{"thread", 2},         {"name", "b"},      {"index", 1},     {"operation", "store"},
                                {"object", "counter"}, {"read", nullptr},  {"written", "1"}, {"file", "program.cpp"},
                                {"line", 18},          {"succeeded", true}};
  EXPECT_EQ(failure["trace"][4], store);
  EXPECT_EQ(nlohmann::json::parse(to_json(found_nothing(verdict::pass, search_kind::run, "", 1)))["failure"], nullptr);
}

TEST(json_report, replaces_invalid_utf8) {
  result what = lost_update();
  what.failure->message = "a\xff";
  EXPECT_EQ(nlohmann::json::parse(to_json(what))["failure"]["message"], "a\xef\xbf\xbd");
}

// ---- names and exit codes

TEST(result, exit_code) {
  const result passed = found_nothing(verdict::pass, search_kind::explore, "dfs", 1);
  EXPECT_EQ(passed.exit_code(), 0);
  EXPECT_EQ(lost_update().exit_code(), 1);
  EXPECT_EQ(found_nothing(verdict::inconclusive, search_kind::explore, "dfs", 1).exit_code(), 3) << "stopped";
  EXPECT_EQ(failing("p", failure_kind::nondeterminism, "", {}).exit_code(), 4) << "the program is to blame";
}

TEST(result, names_of_failures_are_fixed) {
  const std::vector<std::string_view> names = {
      "data-race", "deadlock",         "lost-wakeup", "lost-update",   "assertion",      "uncaught-exception",
      "livelock",  "misuse",           "crash",       "abort",         "stack-overflow", "exit",
      "hang",      "not-linearizable", "unreached",   "nondeterminism"};
  for (std::size_t i = 0; i < names.size(); ++i) EXPECT_EQ(to_string(static_cast<failure_kind>(i)), names[i]);
}

}  // namespace
}  // namespace heddle
