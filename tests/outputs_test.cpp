// What a program can print: all its outputs, and whether one of them is among them.
#include <gtest/gtest.h>

#include <heddle/heddle.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace heddle::test {
namespace {

program printers(std::vector<std::vector<std::string>> lines) {
  return [lines = std::move(lines)] {
    std::vector<thread> threads;
    for (const auto& of_thread : lines) {
      threads.emplace_back([&of_thread] {
        for (const std::string& line : of_thread) print(line);
      });
    }
    for (thread& each : threads) each.join();
  };
}

const program two_by_two = printers({{"a1\n", "a2\n"}, {"b1\n", "b2\n"}});

/** A thread fails while another prints: an execution ends with what was printed by then. */
void fails_beside_a_printer() {
  atomic<int> ready = 0;
  thread printer([&] {
    print("one\n");
    ready.store(1);
    print("two\n");
  });
  thread fails([&] {
    if (ready.load() == 1) check(false, "it is ready");
    print("late\n");
  });
  printer.join();
  fails.join();
}

/** One thread fails, and another one ends the execution at once: traces behind that are not explored as such. */
void fails_and_crashes() {
  atomic<int> x = 0;
  thread crashes([&] {
    if (x.load() == 1) std::abort();
    print("a");
  });
  thread fails([&] {
    x.store(1);
    check(x.load() == 2, "nobody stores 2");
  });
  print("m");
  crashes.join();
  fails.join();
}

/** Two threads may come to wait for each other, and a third one prints all the while. */
void deadlocks_beside_a_printer() {
  mutex one;
  mutex two;
  thread printer([] {
    print("1");
    print("2");
  });
  thread up([&] {
    const std::lock_guard first(one);
    const std::lock_guard second(two);
    print("u");
  });
  thread down([&] {
    const std::lock_guard first(two);
    const std::lock_guard second(one);
  });
  up.join();
  down.join();
  printer.join();
}

/** Waits for ever for an item that nobody puts, in each execution; what it prints is whole all the same. */
void waits_for_ever() {
  queue<int> items;
  thread producer([&] {
    print("put\n");
    items.push(1);
  });
  static_cast<void>(items.pop());
  print("got\n");
  static_cast<void>(items.pop());
}

/** Executions that heddle::assume gives up print nothing that counts. */
void assumes() {
  atomic<int> x = 0;
  thread writer([&] {
    x.store(1);
    print("w");
  });
  const int seen = x.load();
  print("m");
  assume(seen == 1);
  writer.join();
}

/** A data race is a failure; what is printed is what was read. */
void races() {
  shared<int> n(0);
  const auto increment = [&] { n = n + 1; };
  thread other(increment);
  increment();
  other.join();
  print(std::to_string(n));
}

/** Sleeps come between the lines, as in loops that wait; but who prints in each round does not wait for anybody. */
void prints_and_sleeps() {
  const auto lines = [](std::string_view line) {
    for (int i = 0; i < 3; ++i) {
      print(line);
      this_thread::sleep_for(std::chrono::seconds(1));
    }
  };
  thread other([&] { lines("b"); });
  lines("a");
  other.join();
}

void prints_what_was_drawn() {
  thread other([] { print("x"); });
  print(std::to_string(random(3)));
  other.join();
}

struct row {
  const char* name;
  program body;
  std::size_t outputs;    ///< how many different ones
  bool cut_in_one_place;  ///< of a trace that fails, dpor shows one output
};

const std::vector<row>& table() {
  static const std::vector<row> rows{
      {"two_by_two", two_by_two, 6, false},                  // C(4,2)
      {"three", printers({{"a"}, {"b"}, {"c"}}), 6, false},  // 3!
      {"same_text", printers({{"x"}, {"x"}}), 1, false},     // who printed it cannot be seen
      {"one_thread", [] { print("only\n"); }, 1, false},
      {"silent", [] { thread([] {}).join(); }, 1, false},  // the empty one
      {"fails", fails_beside_a_printer, 5, true},          // cut behind one or two; late: first, between, or last
      {"crashes", fails_and_crashes, 5, true},             // nothing, a, m, am, ma
      {"deadlocks", deadlocks_beside_a_printer, 6, true},  // u before, between, behind; cut behind nothing, 1, 12
      {"waits_for_ever", waits_for_ever, 1, false},
      {"assumes", assumes, 2, false},              // wm, mw
      {"races", races, 2, false},                  // 2, and 1 if an update is lost
      {"sleeps", prints_and_sleeps, 20, false},    // C(6,3)
      {"draws", prints_what_was_drawn, 6, false},  // three numbers, before or behind x
  };
  return rows;
}

using counts = std::map<std::string, std::uint64_t>;

counts by_text(const result& found) {
  counts result;
  for (const program_output& each : found.outputs.value().kept) result[each.text] = each.executions;
  return result;
}

std::vector<std::string> texts(const result& found) {
  std::vector<std::string> result;
  for (const auto& [text, executions] : by_text(found)) result.push_back(text);
  return result;
}

std::string printed_by_replay(const program& body, const std::string& schedule) {
  std::string printed;
  options with;
  with.output = [&](std::string_view text) { printed += text; };
  static_cast<void>(replay(body, schedule, with));
  return printed;
}

result outputs_of(const program& body, const std::string& strategy, unsigned jobs = 1) {
  options with;
  with.strategy = strategy;
  with.jobs = jobs;
  with.outputs = true;
  return explore(body, with);
}

result search_for(const program& body, const std::string& strategy, const std::string& wanted, unsigned jobs = 1) {
  options with;
  with.strategy = strategy;
  with.jobs = jobs;
  with.output_is = wanted;
  return explore(body, with);
}

TEST(outputs, are_as_many_as_counted_by_hand) {
  for (const row& each : table()) EXPECT_EQ(texts(outputs_of(each.body, "dfs")).size(), each.outputs) << each.name;
}

TEST(outputs, of_traces_are_those_of_interleavings) {
  for (const row& each : table()) {
    const std::vector<std::string> all = texts(outputs_of(each.body, "dfs"));
    const result by_traces = outputs_of(each.body, "dpor");
    EXPECT_EQ(by_traces.outputs->cut_by_failures > 0, each.cut_in_one_place) << each.name;
    if (each.cut_in_one_place) {
      for (const std::string& text : texts(by_traces)) EXPECT_EQ(std::ranges::count(all, text), 1) << each.name << text;
    } else {
      EXPECT_EQ(texts(by_traces), all) << each.name;
    }
  }
}

TEST(outputs, have_schedules_that_print_them) {
  for (const row& each : table()) {
    for (const char* strategy : {"dfs", "dpor"}) {
      const result found = outputs_of(each.body, strategy);
      std::uint64_t executions = found.outputs->left_out + found.discarded;
      for (const program_output& output : found.outputs->kept) {
        executions += output.executions;
        EXPECT_EQ(printed_by_replay(each.body, output.schedule), output.text) << each.name << ' ' << output.schedule;
      }
      EXPECT_EQ(executions, found.executions) << "each execution has one";
    }
  }
}

TEST(outputs, are_the_same_for_any_number_of_jobs) {
  const program many = printers({{"a", "b", "c"}, {"d", "e", "f"}, {"g", "h"}});
  const result one = outputs_of(many, "dpor", 1);
  EXPECT_EQ(one.outputs->kept.size(), 560U);  // 8! / (3! 3! 2!)
  for (int round = 0; round < 5; ++round) EXPECT_EQ(outputs_of(many, "dpor", 3).outputs, one.outputs);
}

TEST(outputs, say_how_many_executions_failed) {
  const result found = outputs_of(fails_beside_a_printer, "dfs");
  EXPECT_EQ(found.verdict, verdict::fail);
  std::uint64_t failures = 0;
  for (const program_output& each : found.outputs->kept) {
    failures += each.failures;
    const bool late = each.text.find("late") != std::string::npos;
    EXPECT_EQ(each.failures, late ? 0 : each.executions) << each.text;
  }
  EXPECT_EQ(failures, found.failures);
}

TEST(outputs, beyond_the_limit_are_counted) {
  // 12! / (4! 4! 4!) different ones; each is printed by one trace.
  const program many = printers({{"a", "b", "c", "d"}, {"e", "f", "g", "h"}, {"i", "j", "k", "l"}});
  const result one = outputs_of(many, "dpor", 1);
  EXPECT_EQ(one.executions, 34'650U);
  EXPECT_EQ(one.outputs->kept.size(), program_outputs::most);
  EXPECT_EQ(one.outputs->left_out, 34'650U - program_outputs::most);
  EXPECT_EQ(one.outputs->kept.front().text, "abcdefghijkl") << "those that come first are kept";
  EXPECT_EQ(outputs_of(many, "dpor", 2).outputs, one.outputs);
}

TEST(outputs, at_random_are_some_of_them) {
  options with;
  with.outputs = true;
  with.executions = 1'000;
  const result found = fuzz(two_by_two, with);
  EXPECT_EQ(found.outputs->kept.size(), 6U) << "each has at least one in 32";
  for (const program_output& each : found.outputs->kept) {
    EXPECT_EQ(printed_by_replay(two_by_two, each.schedule), each.text);
  }
}

TEST(outputs, of_parts_are_added_up) {
  options with;
  with.outputs = true;
  with.executions = 100;
  result sum = fuzz(two_by_two, with);
  const counts first = by_text(sum);
  with.seed = 2;
  const result second = fuzz(two_by_two, with);
  sum += second;
  counts expected = first;
  for (const auto& [text, executions] : by_text(second)) expected[text] += executions;
  EXPECT_EQ(by_text(sum), expected);
}

TEST(output_is, found_for_each_that_there_is) {
  for (const row& each : table()) {
    for (const std::string& wanted : texts(outputs_of(each.body, "dfs"))) {
      for (const char* strategy : {"dfs", "dpor"}) {
        const result found = search_for(each.body, strategy, wanted);
        EXPECT_EQ(found.exit_code(), 0) << each.name << ' ' << strategy << ' ' << wanted;
        EXPECT_TRUE(found.output_search->found);
        EXPECT_EQ(printed_by_replay(each.body, found.output_search->schedule), wanted) << each.name << ' ' << strategy;
      }
    }
  }
}

TEST(output_is, proved_impossible_for_others) {
  for (const row& each : table()) {
    const std::vector<std::string> all = texts(outputs_of(each.body, "dfs"));
    std::vector<std::string> others{"something else"};
    for (const std::string& text : all) {
      others.push_back(text + "more");
      if (text.size() > 1) others.push_back(text.substr(0, text.size() - 1));
      others.emplace_back(text.rbegin(), text.rend());
    }
    for (const std::string& wanted : others) {
      if (std::ranges::count(all, wanted) > 0) continue;
      for (const char* strategy : {"dfs", "dpor"}) {
        const result found = search_for(each.body, strategy, wanted);
        EXPECT_EQ(found.exit_code(), 1) << each.name << ' ' << strategy << ' ' << wanted;
        EXPECT_FALSE(found.failure);
        EXPECT_TRUE(found.exhaustive);
      }
    }
  }
}

TEST(output_is, impossible_where_a_thread_prints_out_of_order) {
  const result found = search_for(two_by_two, "dpor", "a1\nb2\nb1\na2\n");
  EXPECT_EQ(found.verdict, verdict::fail);
  EXPECT_EQ(found.executions, 6U) << "all traces were looked at";
  EXPECT_EQ(found.output_search->agreement(*found.output_search->closest), 4U) << "a1, and then b1 instead of b2";
}

TEST(output_is, of_an_enumeration_cuts_off_what_differs) {
  const result all = outputs_of(two_by_two, "dfs");
  const result found = search_for(two_by_two, "dfs", "b2\n");
  EXPECT_EQ(found.verdict, verdict::fail);
  EXPECT_EQ(found.executions, 2U) << "a1 or b1 is printed first, and is wrong; of " << all.executions;
}

TEST(output_is, the_same_for_any_number_of_jobs) {
  const program many = printers({{"a", "b", "c"}, {"d", "e", "f"}, {"g", "h"}});
  for (const char* wanted : {"daebgcfh", "ghdefabc", "adbecfhg"}) {
    const result one = search_for(many, "dpor", wanted, 1);
    for (int round = 0; round < 5; ++round) {
      const result several = search_for(many, "dpor", wanted, 3);
      EXPECT_EQ(several.output_search, one.output_search) << wanted;
      EXPECT_EQ(several.verdict, one.verdict);
      EXPECT_EQ(several.executions, one.executions);
    }
  }
}

TEST(output_is, undecided_where_a_limit_stops_the_search) {
  options with;
  with.output_is = "b1\nb2\na1\na2\n";
  with.max_executions = 1;
  const result stopped = explore(two_by_two, with);
  EXPECT_EQ(stopped.exit_code(), 3);
  EXPECT_EQ(stopped.stopped_by, "the limit of 1 executions");
  with.output_is = "b2\n";
  with.executions = 10;
  EXPECT_EQ(fuzz(two_by_two, with).exit_code(), 3) << "a random search proves nothing";
  with.max_executions.reset();
  with.output_is = "a1\nb1\na2\nb2\n";
  with.preemptions = preemption_bound{0, false};
  EXPECT_EQ(explore(two_by_two, with).exit_code(), 3) << "nor does one that is bounded";
}

TEST(output_is, found_at_random) {
  options with;
  with.output_is = "b1\na1\nb2\na2\n";
  const result found = fuzz(two_by_two, with);
  EXPECT_EQ(found.exit_code(), 0);
  EXPECT_EQ(printed_by_replay(two_by_two, found.output_search->schedule), *with.output_is);
}

TEST(output_is, needs_a_program_that_is_deterministic) {
  int runs = 0;
  const program other_each_time = [&] {
    thread a([] { print("a"); });
    atomic<int> x = 0;
    if (++runs > 1) x.store(1);
    print("b");
    a.join();
  };
  EXPECT_EQ(search_for(other_each_time, "dpor", "none").exit_code(), 4);
}

TEST(outputs, come_back_from_json) {
  const result listed = outputs_of(fails_beside_a_printer, "dpor");
  EXPECT_EQ(from_json(to_json(listed)).outputs, listed.outputs);
  for (const char* wanted : {"a1\na2\nb1\nb2\n", "a2\n"}) {
    const result searched = search_for(two_by_two, "dpor", wanted);
    const result read = from_json(to_json(searched));
    EXPECT_EQ(read.output_search, searched.output_search);
    EXPECT_EQ(to_text(read), to_text(searched));
  }
}

std::string numbered(int lines, int other = 0) {
  std::string text;
  for (int i = 1; i <= lines; ++i) text += i == other ? "other\n" : "line " + std::to_string(i) + "\n";
  return text;
}

TEST(outputs, that_are_long_are_shown_in_part) {
  result what;
  what.verdict = verdict::pass;
  what.outputs = program_outputs{{{numbered(22), 3, 0, "x"},
                                  {numbered(22, 7), 2, 1, "y"},
                                  {numbered(21), 1, 1, "z"},
                                  {"short", 1, 0, "s"},
                                  {"", 1, 0, "e"}},
                                 12,
                                 2};
  const std::string report = to_text(what);
  const auto expect_has = [&](const std::string& part) {
    EXPECT_NE(report.find(part), std::string::npos) << "lacks: " << part << '\n' << report;
  };
  expect_has("  and others, too many to list them, of 12 executions; these come first");
  expect_has("  2 traces failed, which ends an execution wherever");
  expect_has("    | line 20\n    (and 2 more lines)\n");
  expect_has(
      "  2: 2 executions, 1 of them failed\n    22 lines; the first 6 are as in output 1, line 7 not:\n    | other\n");
  expect_has(
      "  3: 1 execution, which failed\n    21 lines; the first 21 are as in output 1, line 22 not:\n    | (it ends "
      "there)\n");
  expect_has("    | short\n    (without a newline at its end)\n");
  expect_has("    (nothing)\n");
}

TEST(outputs, requests_that_make_no_sense) {
  options both;
  both.outputs = true;
  both.output_is = "x";
  EXPECT_THROW(static_cast<void>(explore(two_by_two, both)), request_error);
  options part;
  part.outputs = true;
  part.shard = shard{1, 2};
  EXPECT_THROW(static_cast<void>(explore(two_by_two, part)), request_error);
  options checkpoint;
  checkpoint.output_is = "x";
  checkpoint.checkpoint = "unused.checkpoint";
  EXPECT_THROW(static_cast<void>(explore(two_by_two, checkpoint)), request_error);
}

}  // namespace
}  // namespace heddle::test
