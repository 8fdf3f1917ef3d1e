// Small Python programs in tests: what they print in turns, and all the ways in which they can end.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <heddle/python/run.hpp>
#include <heddle/sim/monitor.hpp>
#include <heddle/sim/simulator.hpp>

#include "python/compile.hpp"
#include "python_sources.hpp"

namespace heddle::test {

/** What an execution printed, and how it ended. */
struct outcome {
  std::string output, errors;
  sim::ending_kind ended = sim::ending_kind::completed;
  std::set<std::string> objects;  ///< names
  std::string waits;              ///< "pop q": of the last thread that did not end

  /** The output, and behind it how it ended if it was not by its end. */
  [[nodiscard]] std::string text() const {
    return ended == sim::ending_kind::completed ? output : output + "-- " + std::string(sim::to_string(ended));
  }
};

class printed final : public sim::monitor {
 public:
  explicit printed(outcome& to) : to_(to) {}
  [[nodiscard]] bool records() const noexcept override { return true; }
  void on_begin(sim::simulator& execution) override { execution_ = &execution; }
  void on_event(const sim::event& happened) override {
    if (happened.what.kind != sim::operation_kind::print || happened.values == nullptr) return;
    (happened.what.argument == sim::to_error_output ? to_.errors : to_.output) += happened.values->written;
  }
  void on_blocked(sim::thread_id /*thread*/) override {}
  void on_object(const sim::object& /*made*/, std::string_view name, sim::source_location /*where*/) override {
    to_.objects.emplace(name);
    names_.emplace_back(name);  // objects are numbered as they are made
  }
  void on_end(const sim::ending& /*how*/) override {
    for (sim::thread_id each = 0; each < execution_->thread_count(); ++each) {
      const sim::thread_view view = execution_->thread(each);
      if (view.ended || view.pending.target == nullptr) continue;
      to_.waits = std::string(sim::to_string(view.pending.kind)) + " " + names_[view.pending.target->id()];
    }
  }

 private:
  outcome& to_;
  sim::simulator* execution_ = nullptr;
  std::vector<std::string> names_{"the console"};  // by number
};

/** The next thread in turn; before that, what a list says. */
class in_turn final : public sim::picker {
 public:
  explicit in_turn(std::vector<std::uint32_t> first = {}) : first_(std::move(first)) {}
  std::uint32_t pick(const sim::choice_point& at) override {
    if (next_ < first_.size()) return first_[next_++];
    ++next_;
    if (first_.empty() && at.kind == sim::choice_kind::thread) {
      for (std::uint32_t i = 0; i < at.count; ++i) {
        if (at.candidates[i] > at.running) return i;
      }
    }
    return 0;
  }

 private:
  std::vector<std::uint32_t> first_;
  std::size_t next_ = 0;
};

using policy = std::shared_ptr<const python::lock_policy>;

inline outcome run_once(sim::simulator& with, const python::executable& what, const policy& how, in_turn picks) {
  outcome found;
  printed watches(found);
  python::settings told;
  if (how != nullptr) told.policy = how;
  found.ended = with.run([&] { python::run(what, told); }, picks, watches).kind;
  return found;
}

inline python::executable loaded(std::string_view source) {
  return python::load(checker::python::compile_source(source, "p.py"));
}

/** An execution in turns, its sleeps in the order of their ends. */
inline outcome in_turns(std::string_view source, const policy& how = nullptr) {
  sim::settings timed;
  timed.time = sim::time_mode::timed;
  sim::simulator with(timed);
  return run_once(with, loaded(source), how, in_turn());
}

/** The outcomes of all executions, as texts. */
inline std::set<std::string> all_outcomes(std::string_view source, const policy& how = nullptr) {
  constexpr std::size_t most = 100'000;
  sim::simulator with(sim::settings{});
  const python::executable program = loaded(source);
  std::set<std::string> found;
  std::vector<std::uint32_t> prefix{0};
  for (std::size_t count = 0; count < most; ++count) {
    found.insert(run_once(with, program, how, in_turn(prefix)).text());
    std::vector<sim::choice> went = with.schedule();
    while (!went.empty() && went.back().picked + 1 == went.back().count) went.pop_back();
    if (went.empty()) return found;
    ++went.back().picked;
    prefix.clear();
    for (const sim::choice& each : went) prefix.push_back(each.picked);
  }
  ADD_FAILURE() << "more than " << most << " executions";
  return found;
}

}  // namespace heddle::test
