// Results made by hand, and the whole of their reports: what a reader of a failure gets to see.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <heddle/result.hpp>

namespace heddle {

// Builds a trace, an event a call.
struct trace_builder {
  trace made;
  std::string file = "program.cpp";

  trace_builder(const std::vector<std::string>& threads, const std::vector<std::string>& objects) {
    for (const std::string& name : threads) made.threads.push_back({"main", name});
    for (const std::string& name : objects) made.objects.push_back({sim::object_kind::atomic, name, {}});
  }

  step& add(sim::thread_id thread, sim::operation_kind kind, std::optional<sim::object_id> object, std::uint32_t line) {
    step event;
    event.thread = thread;
    event.kind = kind;
    event.object = object;
    event.where = {line == 0 ? "" : file, line};
    event.switched = !made.steps.empty() && made.steps.back().thread != thread;
    for (const step& before : made.steps) event.index += before.thread == thread ? 1U : 0U;
    made.steps.push_back(event);
    return made.steps.back();
  }

  step& wait(sim::thread_id thread, sim::operation_kind kind, std::optional<sim::object_id> object, std::uint32_t line,
             bool enabled = false) {
    pending_step pending{thread, enabled, {}};
    pending.next.thread = thread;
    pending.next.kind = kind;
    pending.next.object = object;
    pending.next.where = {file, line};
    made.pending.push_back(pending);
    return made.pending.back().next;
  }
};

inline result failing(std::string name, failure_kind kind, std::string message, trace of) {
  result what;
  what.program = std::move(name);
  what.strategy = "dfs";
  what.verdict = verdict::fail;
  what.executions = 2;
  what.failures = 1;
  what.failing_execution = 2;
  what.events = 21;
  what.choices = 9;
  what.threads = static_cast<std::uint32_t>(of.threads.size());
  what.replay_command = "heddle replay " + what.program;
  what.failure.emplace();
  what.failure->kind = kind;
  what.failure->message = std::move(message);
  what.failure->schedule = "heddle1:p:t1/2.end";
  what.failure->trace = std::move(of);
  return what;
}

inline result lost_update() {
  trace_builder it({"main", "a", "b"}, {"counter"});
  it.add(0, sim::operation_kind::start, {}, 20);
  it.add(0, sim::operation_kind::start, {}, 21);
  it.add(1, sim::operation_kind::load, 0, 17).read = "0";
  step& preempting = it.add(2, sim::operation_kind::load, 0, 17);
  preempting.read = "0";
  preempting.preempts = true;
  it.add(2, sim::operation_kind::store, 0, 18).written = "1";
  it.add(2, sim::operation_kind::end, {}, 0);
  it.add(1, sim::operation_kind::store, 0, 18).written = "1";
  it.add(1, sim::operation_kind::end, {}, 0);
  it.add(0, sim::operation_kind::join, {}, 22);
  it.add(0, sim::operation_kind::join, {}, 23);
  it.add(0, sim::operation_kind::load, 0, 24).read = "1";
  result what = failing("lost-update", failure_kind::assertion, "no update is lost (program.cpp:24)", it.made);
  what.failure->preemptions = 1;
  what.failure->explanation = {
      "a overwrote, at program.cpp:18, what b had stored at program.cpp:18, without having seen it."};
  return what;
}

inline result deadlock() {
  trace_builder it({"main", "a", "b"}, {"left", "right"});
  it.add(0, sim::operation_kind::start, {}, 8);
  it.add(0, sim::operation_kind::start, {}, 9);
  it.add(1, sim::operation_kind::lock, 0, 20);
  it.add(2, sim::operation_kind::lock, 1, 30).preempts = true;
  it.wait(0, sim::operation_kind::join, {}, 10).other = 1;
  it.wait(1, sim::operation_kind::lock, 1, 21);
  it.wait(2, sim::operation_kind::lock, 0, 31);
  result what = failing("two-locks", failure_kind::deadlock, "a and b wait for each other", it.made);
  what.failure->preemptions = 1;
  what.failure->seed = 7;
  what.failure->explanation = {"a holds left and waits for right", "b holds right and waits for left"};
  return what;
}

inline result livelock() {
  trace_builder it({"main", "a", "b"}, {"flag", "n"});
  it.add(0, sim::operation_kind::start, {}, 8);
  it.add(0, sim::operation_kind::start, {}, 9);
  step& increment = it.add(1, sim::operation_kind::fetch_add, 1, 10);
  increment.read = "0";
  increment.written = "1";
  for (int i = 0; i < 500; ++i) {
    it.add(1, sim::operation_kind::load, 0, 11).read = std::to_string(i);  // values may differ: it is still a circle
    it.add(1, sim::operation_kind::yield, {}, 12);
    it.add(2, sim::operation_kind::store, 0, 13).written = std::to_string(i + 1);
  }
  it.wait(1, sim::operation_kind::load, 0, 11, true);
  return failing("spinning", failure_kind::livelock, "the limit of 1,503 events was reached", it.made);
}

inline result wide_characters() {
  trace_builder it({"main", "工人", "e\u0301te\u0301"}, {"旗"});
  it.add(1, sim::operation_kind::print, {}, 3).written = "线程 1 正在执行\n";
  it.add(2, sim::operation_kind::store, 0, 4).written = "\"\xff🎉\"";
  it.add(1, sim::operation_kind::load, 0, 5).read = "\"a\x1b[31m\"";
  return failing("wide", failure_kind::assertion, "线程", it.made);
}

struct golden_case {
  std::string_view why;
  result what;
  std::string_view report;
};

inline std::vector<golden_case> goldens() {
  return {
      {"a lost update shows the two loads before the two stores, and the preemption", lost_update(),
       R"(lost-update: FAIL (assertion) in execution 2 of a dfs search
  2 executions, 21 events, 9 choices, at most 3 threads

What
  no update is lost (program.cpp:24)
  - a overwrote, at program.cpp:18, what b had stored at program.cpp:18, without having seen it.

How: 3 threads, 11 events (5 shown), 1 preemption, in program.cpp
  main 2, a, *b 3, a 2, main 3

     # | main                  | a                       | b
  -----+-----------------------+-------------------------+------------------------
     3 |                       | load counter = 0    :17 |
  *  4 |                       |                         | load counter = 0    :17
     5 |                       |                         | store counter := 1  :18
     7 |                       | store counter := 1  :18 |
    11 | load counter = 1  :24 |                         |

  * preemption: the thread before could have gone on

Again
  heddle replay lost-update --schedule heddle1:p:t1/2.end
)"},
      {"a deadlock ends with where each thread stands; two ways to replay", deadlock(),
       R"(two-locks: FAIL (deadlock) in execution 2 of a dfs search
  2 executions, 21 events, 9 choices, at most 3 threads

What
  a and b wait for each other
  - a holds left and waits for right
  - b holds right and waits for left

How: 3 threads, 4 events (2 shown), 1 preemption, in program.cpp
  main 2, a, *b

    # | main                 | a                        | b
  ----+----------------------+--------------------------+------------------------
    3 |                      | lock left            :20 |
  * 4 |                      |                          | lock right          :30
      | join a  BLOCKED  :10 |                          |
      |                      | lock right  BLOCKED  :21 |
      |                      |                          | lock left  BLOCKED  :31

  * preemption: the thread before could have gone on

Again
  heddle replay two-locks --schedule heddle1:p:t1/2.end
  heddle replay two-locks --seed 7
)"},
      {"a livelock shows one round, with the yields, and how often it was done", livelock(),
       R"(spinning: FAIL (livelock) in execution 2 of a dfs search
  2 executions, 21 events, 9 choices, at most 3 threads

What
  the limit of 1,503 events was reached

How: 3 threads, 1,503 events (3 shown), 0 preemptions, in program.cpp
  main 2, a 3, b, a 2, b, a 2, ... 989 turns ..., a 2, b, a 2, b, a 2, b

    # | a                     | b
  ----+-----------------------+---------------------
    4 | load flag = 0     :11 |
    5 | yield             :12 |
    6 |                       | store flag := 1  :13
      ... events 4 to 6 repeat 500 times, up to event 1,503 ...
      | load flag  ready  :11 |

Again
  heddle replay spinning --schedule heddle1:p:t1/2.end
)"},
      {"columns line up with wide and combining characters; what could move the cursor is escaped", wide_characters(),
       R"(wide: FAIL (assertion) in execution 2 of a dfs search
  2 executions, 21 events, 9 choices, at most 3 threads

What
  线程

How: 3 threads, 3 events, 0 preemptions, in program.cpp
  工人, été, 工人

    # | 工人                           | été
  ----+--------------------------------+----------------------
    1 | prints "线程 1 正在执行\n"  :3 |
    2 |                                | store 旗 := "�🎉"  :4
    3 | load 旗 = "a\x1b[31m"       :5 |

Again
  heddle replay wide --schedule heddle1:p:t1/2.end
)"},
  };
}

}  // namespace heddle
