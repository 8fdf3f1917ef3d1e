// `heddle linearize`: the report of a history whole, the exit codes, and what is refused with its file and line.
#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "process.hpp"

namespace heddle::test {
namespace {

/** A history in a file of its own. */
class history_file {
 public:
  explicit history_file(std::string_view lines) { std::ofstream(name()) << lines; }

  [[nodiscard]] std::string name() const { return directory_.file("h.jsonl"); }

  /** Standard output and standard error without the directory. */
  [[nodiscard]] finished check(const std::string& options) const {
    finished ended = run_heddle("linearize " + options + (options.empty() ? "" : " ") + name());
    for (std::string* text : {&ended.out, &ended.err}) {
      for (std::size_t at = 0; (at = text->find(name())) != std::string::npos;) text->replace(at, name().size(), "h");
    }
    return ended;
  }

 private:
  temporary_directory directory_;
};

// The second read overlaps the write, and is followed by one that sees the old value.
constexpr std::string_view stale_read = R"({"process": 0, "type": "invoke", "operation": "write", "value": 1}
{"process": 1, "type": "invoke", "operation": "read"}
{"process": 0, "type": "ok", "operation": "write"}
{"process": 1, "type": "ok", "operation": "read", "value": 1}
{"process": 2, "type": "invoke", "operation": "write", "value": 2}
{"process": 1, "type": "invoke", "operation": "read"}
{"process": 1, "type": "ok", "operation": "read", "value": 2}
{"process": 0, "type": "invoke", "operation": "read"}
{"process": 0, "type": "ok", "operation": "read", "value": 1}
{"process": 2, "type": "info", "operation": "write"}
)";

TEST(linearize, shows_what_no_order_explains) {
  const finished ended = history_file(stale_read).check("--model register");
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_EQ(ended.err, "");
  EXPECT_EQ(ended.out, R"(h: FAIL (not linearizable)
  register, 5 operations of 3 processes, 1 of them without a return

What
  no order that keeps real time explains read() -> 1 of process 0 together with the 3 operations
  that returned before it.

How
    # | process 0   | process 1   | process 2
  ----+-------------+-------------+------------
    1 | write(1)    |             |
    2 | :           | read()      |
      | -> done     | :           |
      |             | -> 1        |
    3 |             |             | write(2)
    4 |             | read() -> 2 | :
    * | read() -> 1 |             | :
      |             |             | (no return)

  #: its place in the order that explains the most; *: none explains it

  The longest prefix that an order explains: 1. write(1), 2. read() -> 1, 3. write(2) (no return),
  4. read() -> 2
)");
}

TEST(linearize, sequential_consistency_allows_a_stale_read) {
  const finished ended = history_file(stale_read).check("--model register --consistency sequential");
  EXPECT_EQ(ended.exit_code, 0) << "process 0 may be as far behind as it likes";
  EXPECT_EQ(ended.out,
            "h: PASS (sequentially consistent)\n"
            "  register, 5 operations of 3 processes, 1 of them without a return\n");
}

// Each register alone is sequentially consistent; but x is read before it is written, and y likewise, in one order.
constexpr std::string_view two_registers = R"({"process": 0, "type": "invoke", "f": "write", "value": ["x", 1]}
{"process": 0, "type": "ok", "f": "write", "value": ["x", 1]}
{"process": 1, "type": "invoke", "f": "write", "value": ["y", 1]}
{"process": 1, "type": "ok", "f": "write", "value": ["y", 1]}
{"process": 0, "type": "invoke", "f": "read", "value": ["y", null]}
{"process": 0, "type": "ok", "f": "read", "value": ["y", null]}
{"process": 1, "type": "invoke", "f": "read", "value": ["x", null]}
{"process": 1, "type": "ok", "f": "read", "value": ["x", null]}
)";

TEST(linearize, sequential_consistency_is_not_checked_key_by_key) {
  const finished ended = history_file(two_registers).check("--model register --keyed --consistency sequential");
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_NE(ended.out.find(R"(no order that keeps the order of each process explains read("x", null) -> null)"),
            std::string::npos)
      << ended.out;
}

TEST(linearize, keys_are_checked_one_by_one) {
  const finished ended = history_file(two_registers).check("--model register --keyed --width 60");
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_EQ(ended.out, R"(h: FAIL (not linearizable)
  register, 4 operations of 2 processes, 2 keys, of which 2
  fail

What: key "y"
  no order that keeps real time explains read() -> null of
  process 0 together with the operation that returned before
  it.

How
    # | process 0      | process 1
  ----+----------------+----------
    1 |                | write(1)
    * | read() -> null |

  #: its place in the order that explains the most; *: none
  explains it

  The longest prefix that an order explains: 1. write(1)
)");
}

TEST(linearize, json_alone_goes_to_standard_output) {
  const finished ended = history_file(stale_read).check("--model register --json -");
  EXPECT_EQ(ended.exit_code, 1);
  const nlohmann::json result = nlohmann::json::parse(ended.out);
  EXPECT_EQ(result["verdict"], "fail");
  EXPECT_EQ(result["failure"]["unexplained"]["called"], 8) << "the line of the call";
  EXPECT_EQ(result["failure"]["order"].size(), 4U);
}

TEST(linearize, a_long_history_is_shown_around_the_failure) {
  std::string lines;
  const auto add = [&](const char* type, int process, const char* operation, int value) {
    lines += nlohmann::json{{"process", process}, {"type", type}, {"operation", operation}, {"value", value}}.dump();
    lines += '\n';
  };
  for (int i = 0; i < 100; ++i) {
    const int process = i % 12;
    add("invoke", process, "push", i);
    add("ok", process, "push", i);
  }
  lines += "{\"process\": \"reader\", \"type\": \"invoke\", \"operation\": \"pop\"}\n";
  add("invoke", 3, "push", 1000);
  lines += "{\"process\": \"reader\", \"type\": \"ok\", \"operation\": \"pop\", \"value\": 50}\n";
  add("ok", 3, "push", 1000);
  add("invoke", 3, "push", 1001);
  const finished ended = history_file(lines).check("--model queue");
  EXPECT_EQ(ended.exit_code, 1);
  EXPECT_NE(ended.out.find("  78 earlier operations and 1 later operation are not shown\n"), std::string::npos)
      << ended.out;
  EXPECT_NE(ended.out.find("  -  process 3   push(1000)\n"), std::string::npos)
      << "too many columns: a line each; and what overlaps is there: " << ended.out;
  std::size_t begin = 0;
  for (std::size_t end = 0; (end = ended.out.find('\n', begin)) != std::string::npos; begin = end + 1) {
    EXPECT_LE(end - begin, 100U) << ended.out.substr(begin, end - begin);
  }
}

TEST(linearize, wrong_requests_say_what_is_wrong_and_where) {
  struct row {
    std::string_view reason;
    std::string options;
    std::string_view lines;
    std::string said;
  };
  const std::string known = "register, cas-register, counter, queue, stack, priority-queue, set, map, lock, bank";
  constexpr std::string_view call = R"({"process": 0, "type": "invoke", "operation": "write", "value": 1})";
  const std::vector<row> table{
      {"no model", "", call, "linearize needs a model: give --model and one of: " + known},
      {"an unknown model", "--model regster", call, "unknown model regster; give one of: " + known},
      {"an unknown operation", "--model queue", call,
       "h:1: queue does not know the operation write, only: enqueue, dequeue, push, pop, peek, size"},
      {"a malformed line", "--model register", "\n\n{]", "h:3: this is not a JSON object: give one on each line"},
      {"an empty file", "--model register", "\n",
       "there is no operation in h: give a history, a JSON object on each line"},
      {"an unknown consistency", "--model register --consistency causal", call,
       "--consistency causal: give linearizable or sequential"},
  };
  for (const row& each : table) {
    const finished ended = history_file(each.lines).check(each.options);
    EXPECT_EQ(ended.exit_code, 2) << each.reason;
    EXPECT_EQ(ended.out, "") << each.reason;
    EXPECT_EQ(ended.err, "heddle: " + each.said + "\n") << each.reason;
  }
  const finished nowhere = run_heddle("linearize --model register /nowhere/h.jsonl");
  EXPECT_EQ(nowhere.exit_code, 2);
  EXPECT_EQ(nowhere.err, "heddle: cannot read a history from /nowhere/h.jsonl: No such file or directory\n");
  EXPECT_EQ(run_heddle("linearize --model register /").exit_code, 2) << "a directory";
  EXPECT_EQ(run_heddle("linearize --model register").err,
            "heddle: linearize needs the file of a history, or - for standard input\n");
}

}  // namespace
}  // namespace heddle::test
