// Histories by the names of models: against all orders over models written anew, and what is refused, with its line.
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <heddle/explore.hpp>
#include <heddle/history.hpp>

#include "histories.hpp"
#include "reference_models.hpp"

namespace heddle::test {
namespace {

using objects = std::map<value, object>;

struct drawn_history {
  recorded_history history;
  std::vector<timed_operation> times;
  std::vector<value> keys;
  std::vector<value> arguments;  // without keys
  std::vector<value> results;    // likewise
};

drawn_history draw_history(dice& with, const tested_model& model, bool keyed) {
  const random_times drawn = draw_times(with, 1 + with.below(6), 3);
  drawn_history result{{}, drawn.history, {}, {}, {}};
  std::vector<answer> answers;
  for (const timed_operation& each : drawn.history) {
    const verb& what = model.verbs[with.below(model.verbs.size())];
    const value key = keyed ? value(with.percent(50) ? "x" : "y") : value();
    const value argument = draw_argument(with, what.takes);
    result.history.operations.push_back({std::to_string(each.process), what.name,
                                         keyed ? value(value::list{key, argument}) : argument, value(), each.called,
                                         each.returned});
    result.keys.push_back(key);
    result.arguments.push_back(argument);
    result.results.push_back(draw_answer(with, what.gives));
    answers.push_back(what.gives);
  }
  objects states;
  for (const std::size_t i : drawn.effects) {
    const recorded_operation& each = result.history.operations[i];
    const auto given_back = model.use(states[result.keys[i]], {each.name, result.arguments[i], each.process});
    if (given_back) result.results[i] = *given_back;
  }
  const std::size_t chance = with.percent(60) ? 50 : 0;
  for (std::size_t i = 0; i < drawn.history.size(); ++i) {
    if (with.percent(chance)) result.results[i] = draw_answer(with, answers[i]);
  }
  for (std::size_t i = 0; i < drawn.history.size(); ++i) {
    const value& found = result.results[i];
    result.history.operations[i].result = keyed ? value(value::list{result.keys[i], found}) : found;
  }
  return result;
}

class models : public testing::TestWithParam<tested_model> {};

/** How many of them hold, if all are found as by all orders. */
std::size_t compare_with_brute_force(const tested_model& model, bool keyed, consistency kind, std::size_t histories) {
  dice with(11);
  std::size_t holding = 0;
  for (std::size_t n = 0; n < histories; ++n) {
    const drawn_history drawn = draw_history(with, model, keyed);
    const auto steps = [&](const objects& from, std::size_t i) -> std::vector<objects> {
      const recorded_operation& each = drawn.history.operations[i];
      objects next = from;
      const auto result = model.use(next[drawn.keys[i]], {each.name, drawn.arguments[i], each.process});
      if (!result || (each.returned != never_returned && *result != drawn.results[i])) return {};
      return {next};
    };
    const brute_force<objects> orders(drawn.times, {}, steps, {kind, false});
    const history_result found = check_history(drawn.history, {model.name, keyed, kind});
    EXPECT_EQ(found.found.holds, orders.holds()) << model.name << ", history " << n;
    EXPECT_EQ(found.found.unexplained, orders.unexplained()) << model.name << ", history " << n;
    EXPECT_EQ(found.failing_parts > 0, !found.found.holds);
    if (testing::Test::HasFailure()) return holding;
    if (found.found.holds) ++holding;
    EXPECT_FALSE(to_text(found).empty());
  }
  return holding;
}

TEST_P(models, find_what_all_orders_find) {
  constexpr std::size_t histories = 500;
  for (const bool keyed : {false, true}) {
    for (const consistency kind : {consistency::linearizable, consistency::sequential}) {
      SCOPED_TRACE(fmt::format("keyed: {}, sequential: {}", keyed, kind == consistency::sequential));
      const std::size_t holding = compare_with_brute_force(GetParam(), keyed, kind, histories);
      if (HasFailure()) return;
      EXPECT_GT(holding, histories / 10) << "both verdicts have to occur";
      EXPECT_LT(holding, histories * 9 / 10) << "both verdicts have to occur";
    }
  }
}

INSTANTIATE_TEST_SUITE_P(all, models, testing::ValuesIn(tested), [](const auto& each) {
  std::string name = fmt::format("{}_{}", each.param.name, each.index);
  std::ranges::replace(name, '-', '_');
  return name;
});

TEST(history, every_model_is_tested) {
  for (const history_model& each : history_models()) {
    EXPECT_TRUE(std::ranges::any_of(tested, [&](const tested_model& one) { return one.name == each.name; }))
        << each.name;
  }
}

// ---- what is read

recorded_history read(const std::string& lines) {
  std::istringstream from(lines);
  return read_history(from, "h.jsonl");
}

std::string refusal(const std::string& lines, const history_options& how) {
  try {
    (void)check_history(read(lines), how);
  } catch (const request_error& error) {
    return error.what();
  }
  return "";
}

std::string line(const std::string& process, const std::string& type, const std::string& operation,
                 const std::string& argument) {
  return fmt::format(R"({{"process": {}, "type": "{}", "operation": "{}", "value": {}}})"
                     "\n",
                     process, type, operation, argument);
}

TEST(history, what_is_written_as_jepsen_does_is_read) {
  const recorded_history history = read(
      "{\"process\":\"nemesis\",\"type\":\"info\",\"f\":\"partition\",\"value\":null}\n\n"
      "{\"index\":0,\"time\":1.5,\"process\":0,\"type\":\"invoke\",\"f\":\"cas\",\"value\":[1,2]}\r\n"
      "{\"process\":1,\"type\":\"invoke\",\"f\":\"read\"}\n"
      "{\"process\":0,\"type\":\"ok\",\"f\":\"cas\",\"value\":[1,2]}\n"
      "{\"process\":1,\"type\":\"fail\",\"f\":\"read\"}\n"
      "{\"process\":1,\"type\":\"invoke\",\"f\":\"write\",\"value\":3}\n"
      "{\"process\":1,\"type\":\"info\",\"f\":\"write\",\"value\":3,\"error\":\"timeout\"}");
  ASSERT_EQ(history.operations.size(), 2U) << "what failed did not happen";
  EXPECT_EQ(history.operations[0].name, "cas");
  EXPECT_EQ(history.operations[0].called, 3U) << "lines, empty ones too, are the times";
  EXPECT_EQ(history.operations[0].returned, 5U);
  EXPECT_EQ(history.operations[1].returned, never_returned);
  const history_result found = check_history(history, {"cas-register"});
  EXPECT_FALSE(found.found.holds) << "a compare-and-set that says nothing but ok has happened, and 1 was never there";
  EXPECT_EQ(found.unfinished, 1U);
}

TEST(history, what_makes_no_sense_is_refused_with_its_line) {
  struct row {
    std::string reason;
    std::string lines;
    std::string said;
    history_options how{"register"};
  };
  const std::string call = line("0", "invoke", "write", "1");
  const std::vector<row> table{
      {"no JSON", call + "{\"process\": 0,", "h.jsonl:2: this is not a JSON object: give one on each line"},
      {"another kind of JSON", "[1]", "h.jsonl:1: this is not a JSON object: give one on each line"},
      {"no type", R"({"process": 0})", "h.jsonl:1: the key \"type\" is missing"},
      {"no process", R"({"type": "ok"})", "h.jsonl:1: the key \"process\" is missing"},
      {"no operation", R"({"type": "invoke", "process": 0})", "h.jsonl:1: the key \"operation\" is missing"},
      {"a type of its own", line("0", "okay", "write", "1"),
       "h.jsonl:1: unknown type \"okay\": give invoke, ok, fail or info"},
      {"a process of no name", line("null", "invoke", "write", "1"),
       "h.jsonl:1: the process is null: give a whole number or a text"},
      {"a fraction", line("0", "invoke", "write", "1.5"),
       "h.jsonl:1: cannot read the value 1.5: give null, true, false, a whole number of 64 bits, a text, or a list of "
       "these"},
      {"a return without a call", line("3", "ok", "write", "1"),
       "h.jsonl:1: ok of process 3, which has not called anything"},
      {"a call while another one is under way", "\n" + call + call,
       "h.jsonl:3: process 0 makes a call, but its write of line 2 has not returned"},
      {"a return of something else", call + line("0", "ok", "read", "1"),
       "h.jsonl:2: ok of read, but what process 0 called, in line 1, is write"},
      {"a process that goes on after its info", call + line("0", "info", "write", "1") + call,
       "h.jsonl:3: process 0 goes on after its info in line 2, but that operation may still be under way: give the "
       "process a new number then"},
      {"an unknown model",
       call,
       "unknown model regster; give one of: register, cas-register, counter, queue, stack, priority-queue, set, map, "
       "lock, bank",
       {"regster"}},
      {"an operation that the model does not know", call + line("1", "invoke", "pop", "null"),
       "h.jsonl:2: register does not know the operation pop, only: read, write"},
      {"an argument that does not fit",
       line("0", "invoke", "cas", "3"),
       "h.jsonl:1: cas takes [old, new], not 3",
       {"cas-register"}},
      {"a result that does not fit",
       line("0", "invoke", "read", "null") + line("0", "ok", "read", "\"x\""),
       "h.jsonl:2: read gives a whole number, not \"x\"",
       {"counter"}},
      {"no key",
       call,
       "h.jsonl:1: write takes [key, argument] with a value as the argument, not 1",
       {"register", true}},
      {"another key",
       line("0", "invoke", "read", "[1, null]") + line("0", "ok", "read", "[2, 5]"),
       "h.jsonl:2: the result of read is [2, 5]: give [key, result], with the key 1 of the call",
       {"register", true}},
  };
  for (const row& each : table) EXPECT_EQ(refusal(each.lines, each.how), each.said) << each.reason;
}

TEST(history, what_others_recorded_is_refused_by_its_number) {
  recorded_history history{"", {{"a", "write", 1, {}, 1, 2}, {"a", "pop", {}, {}, 3, 4}}};
  try {
    (void)check_history(history, {"register"});
    FAIL() << "register has no pop";
  } catch (const request_error& error) {
    EXPECT_STREQ(error.what(),
                 "operation 1 of the history: register does not know the operation pop, only: read, write");
  }
  history.operations[1] = {"a", "read", {}, 1, 3, 2};
  EXPECT_THROW((void)check_history(history, {"register"}), request_error) << "it returned before it was called";
}

// Bytes changed, lines left out, doubled and cut: whatever comes of it, it is a verdict or an error with its line.
TEST(history, spoilt_files_are_read_or_refused) {
  const std::string good = line("0", "invoke", "write", "[\"x\", 1]") + line("1", "invoke", "read", "[\"x\", null]") +
                           line("0", "ok", "write", "[\"x\", 1]") + line("1", "ok", "read", "[\"x\", 1]") +
                           line("0", "invoke", "cas", "[\"y\", [1, 2]]") + line("1", "invoke", "write", "[\"y\", 2]") +
                           line("0", "ok", "cas", "[\"y\", false]") + line("1", "info", "write", "[\"y\", 2]");
  const std::string_view bytes("{}[]\",:0129-.einfokul\\ \n\0\xff\xc3", 26);
  dice with(3);
  std::size_t refused = 0;
  std::size_t checked = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string spoilt = good;
    for (std::size_t changes = 1 + with.below(3); changes > 0; --changes) {
      const std::size_t place = with.below(spoilt.size());
      const std::size_t length = std::min(with.below(with.percent(20) ? 80 : 3), spoilt.size() - place);
      if (with.percent(40)) {
        spoilt[place] = bytes[with.below(bytes.size())];
      } else if (with.percent(50)) {
        spoilt.erase(place, length);
      } else {
        spoilt.insert(place, spoilt.substr(with.below(spoilt.size()), length));
      }
      if (spoilt.empty()) spoilt = " ";
    }
    try {
      const history_result found = check_history(read(spoilt), {"cas-register", true});
      EXPECT_FALSE(to_text(found).empty());
      EXPECT_FALSE(to_json(found).empty());
      ++checked;
    } catch (const request_error& error) {
      EXPECT_TRUE(std::string_view(error.what()).starts_with("h.jsonl:")) << error.what();
      ++refused;
    }
  }
  EXPECT_GT(refused, 5000U);
  EXPECT_GT(checked, 500U);
}

TEST(history, deep_lists_and_long_lines_are_refused_or_read) {
  const std::string deep(100'000, '[');
  EXPECT_EQ(refusal(line("0", "invoke", "write", deep + std::string(100'000, ']')), {"register"}),
            "h.jsonl:1: cannot read the value: there are lists in more than 16 others");
  EXPECT_EQ(refusal(line("0", "invoke", "write", "\"" + std::string(1'000'000, 'a') + "\""), {"register"}), "");
}

TEST(history, json_has_the_operation_that_no_order_explains) {
  const recorded_history history = read(line("0", "invoke", "write", "1") + line("0", "ok", "write", "null") +
                                        line("0", "invoke", "read", "null") + line("0", "ok", "read", "2"));
  EXPECT_EQ(to_json(check_history(history, {"register"})), R"({
  "history": "h.jsonl",
  "model": "register",
  "keyed": false,
  "consistency": "linearizable",
  "verdict": "fail",
  "operations": 2,
  "unfinished": 0,
  "processes": 1,
  "parts": 1,
  "failing_parts": 1,
  "configurations": 2,
  "failure": {
    "key": null,
    "unexplained": {
      "process": "0",
      "operation": "read",
      "argument": null,
      "result": 2,
      "called": 3,
      "returned": 4
    },
    "order": [
      {
        "process": "0",
        "operation": "write",
        "argument": 1,
        "result": null,
        "called": 1,
        "returned": 2
      }
    ]
  }
}
)");
}

}  // namespace
}  // namespace heddle::test
