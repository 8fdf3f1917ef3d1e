// Runs a case as a program: main before, the threads, main after; and judges its histories.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <map>
#include <set>

#include <heddle/object_case.hpp>
#include <heddle/shrink.hpp>
#include <heddle/sim/thread_history.hpp>
#include <heddle/thread.hpp>

#include "properties/case_history.hpp"

namespace heddle {
namespace {

using sim::thread_history;

/** A different place for each operation: a thread that performs two alike is in no loop. */
source_location place_of(std::uint32_t operation) noexcept { return {nullptr, operation + 1, 0}; }

std::string thread_name(std::uint32_t thread) {
  return thread == 0 ? "main" : std::string(1, "abcdefghijklmnopqrstuvwxyz"[(thread - 1) % 26]);
}

}  // namespace

class case_checker::inside {
 public:
  inside(object_case& of, const case_limits& limits, options with)
      : case_(of), limits_(limits), with_(std::move(with)), history_(of), shape_(of.shape()) {
    with_.jobs = 1;
    with_.faults = static_cast<sim::fault_kinds>(with_.faults | limits.faults);
    with_.judge = [this](bool blocked) { return judge(blocked); };
    body_ = [this] { run(); };
  }

  [[nodiscard]] result check() {
    const auto begun = std::chrono::steady_clock::now();
    options exploring = with_;
    exploring.max_executions = limits_.explored;
    result found = explore(body_, exploring);
    if (found.verdict != verdict::inconclusive || found.discarded == found.executions || asked_to_stop()) return found;
    options at_random = with_;
    at_random.executions = limits_.explored;
    if (with_.time_limit) {
      at_random.time_limit = *with_.time_limit - (std::chrono::steady_clock::now() - begun);
      if (at_random.time_limit->count() <= 0) return found;
    }
    const result more = fuzz(body_, at_random);
    const bool cut = more.executions < limits_.explored;  // by what limits the check as a whole
    found += more;
    found.verdict = more.verdict == verdict::fail ? verdict::fail : cut ? verdict::inconclusive : verdict::pass;
    found.exhaustive = false;
    found.stopped_by = cut ? more.stopped_by : std::string();
    return found;
  }

  [[nodiscard]] result shrink(std::string_view schedule) {
    return with_history(heddle::shrink(body_, schedule, with_));
  }
  [[nodiscard]] result replay(std::string_view schedule) {
    return with_history(heddle::replay(body_, schedule, with_));
  }
  [[nodiscard]] std::uint64_t histories() const noexcept { return explained_.size() + (failed_ ? 1 : 0); }

 private:
  [[nodiscard]] bool asked_to_stop() const {
    return with_.stop != nullptr && with_.stop->load(std::memory_order_relaxed);
  }

  void run() {
    history_.begin();
    unexplained_.reset();  // not every execution is judged
    const std::shared_ptr<void> object = case_.make();
    std::deque<thread_history> seen;  // by main, then by each thread
    for (std::size_t i = 0; i <= shape_.threads.size(); ++i) seen.emplace_back(source_location{});
    std::uint32_t next = 0;
    while (next < shape_.before) call(next++, 0, seen);
    std::deque<heddle::thread> threads;
    for (std::uint32_t i = 0; i < shape_.threads.size(); ++i) {
      const std::uint32_t begin = next;
      next += shape_.threads[i];
      threads.emplace_back(thread_name(i + 1), [this, &seen, begin, end = next, i] {
        for (std::uint32_t each = begin; each < end; ++each) call(each, i + 1, seen);
      });
    }
    for (heddle::thread& each : threads) each.join();
    for (std::uint32_t i = 0; i < shape_.after; ++i) call(next++, 0, seen);
  }

  void call(std::uint32_t operation, std::uint32_t thread, std::deque<thread_history>& seen) {
    look_around(operation, thread, seen);
    history_.called(operation);
    case_.perform(operation);
    seen[thread].returned([&] { return returned_text(operation); }, place_of(operation));
    history_.returned(operation);
  }

  // Looks at what the other threads have returned from; only the last look is shown. Main runs while nobody else does.
  void look_around(std::uint32_t operation, std::uint32_t thread, std::deque<thread_history>& seen) {
    const auto text = [&] { return case_.call_text(operation); };
    std::vector<std::uint32_t> others;
    for (std::uint32_t i = 1; i < seen.size() && thread != 0; ++i) {
      if (i != thread) others.push_back(i);
    }
    if (others.empty()) others.push_back(thread);
    for (const std::uint32_t other : others) {
      const bool last = other == others.back();
      seen[other].look(last ? std::function<std::string()>(text) : nullptr, place_of(operation));
    }
  }

  [[nodiscard]] std::string returned_text(std::uint32_t operation) const {
    const std::string result = case_.result_text(operation);
    return fmt::format("{} {}", case_.call_text(operation), result.empty() ? "returns" : "= " + result);
  }

  // The latest execution is the one that was replayed.
  [[nodiscard]] result with_history(result replayed) {
    if (replayed.failure && unexplained_) {
      const explanation& found = unexplained_->found;
      const std::string expected = history_.expected(found);
      if (replayed.failure->kind == failure_kind::not_linearizable && !expected.empty()) {
        const std::string call = case_.call_text(history_.operations()[*found.unexplained]);
        replayed.failure->explanation.push_back(
            fmt::format("Behind the operations that an order explains, the model's {} returns {}.", call, expected));
      }
      replayed.failure->history = std::move(unexplained_);
    }
    unexplained_.reset();
    return replayed;
  }

  std::optional<objection> judge(bool blocked) {
    history_.finish();
    unexplained_.reset();
    std::vector<std::uint32_t> key = history_.key();
    key.push_back(blocked ? 1 : 0);
    if (explained_.contains(key)) return std::nullopt;
    const explanation found = history_.explain(limits_.consistency, blocked);
    if (found.holds) {
      explained_.insert(std::move(key));
      return std::nullopt;
    }
    failed_ = true;
    unexplained_ = shown(found);
    if (blocked && history_.explain(limits_.consistency, false).holds) {
      return objection{failure_kind::deadlock, {}};  // what was returned is right, but somebody waits who need not
    }
    return objection{failure_kind::not_linearizable, complaint(found)};
  }

  [[nodiscard]] shown_history shown(const explanation& found) const {
    shown_history history{.processes = {}, .operations = {}, .found = found, .consistency = limits_.consistency};
    std::map<std::uint32_t, std::size_t> columns;  // main has one only if it called something
    for (const std::uint32_t each : history_.operations()) columns.try_emplace(history_.thread_of(each));
    for (auto& [thread, column] : columns) {
      column = history.processes.size();
      history.processes.push_back(thread_name(thread));
    }
    for (std::size_t i = 0; i < history_.operations().size(); ++i) {
      const std::uint32_t operation = history_.operations()[i];
      const timed_operation& when = history_.timed()[i];
      history.operations.push_back({columns.at(when.process), when.called, when.returned, case_.call_text(operation),
                                    case_.result_text(operation)});
    }
    return history;
  }

  [[nodiscard]] std::string complaint(const explanation& found) const {
    const std::uint32_t operation = history_.operations()[found.unexplained.value_or(0)];
    const std::string who = thread_name(history_.thread_of(operation));
    const std::string result = case_.result_text(operation);
    const bool waits = history_.timed()[found.unexplained.value_or(0)].returned == never_returned;
    return fmt::format("no order of the operations explains that {}'s {} {}.", who, case_.call_text(operation),
                       waits            ? "waits"
                       : result.empty() ? "returned"
                                        : "returned " + result);
  }

  object_case& case_;
  case_limits limits_;
  options with_;
  checker::case_history history_;
  case_shape shape_;
  program body_;
  std::set<std::vector<std::uint32_t>> explained_;
  bool failed_ = false;
  std::optional<shown_history> unexplained_;  // of the latest execution, if it failed
};

case_checker::case_checker(object_case& of, const case_limits& limits, options with)
    : inside_(std::make_unique<inside>(of, limits, std::move(with))) {}
case_checker::~case_checker() = default;

result case_checker::check() { return inside_->check(); }
result case_checker::shrink(std::string_view schedule) { return inside_->shrink(schedule); }
result case_checker::replay(std::string_view schedule) { return inside_->replay(schedule); }
std::uint64_t case_checker::histories() const noexcept { return inside_->histories(); }

}  // namespace heddle
