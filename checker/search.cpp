#include "search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>

#include <heddle/sim/schedule.hpp>

#include "detectors/detectors.hpp"
#include "explanation/divergence.hpp"
#include "explanation/explanation.hpp"
#include "merge.hpp"
#include "program_settings.hpp"
#include "recorder.hpp"
#include "report/trace_line.hpp"
#include "stop_condition.hpp"
#include "strategies/replay.hpp"

namespace heddle::checker {
namespace {

using wall_clock = std::chrono::steady_clock;

/** Runs an execution up to where it was ended again, and then goes on with the strategy that had picked so far. */
class resumed_picker final : public sim::picker {
 public:
  resumed_picker(std::vector<sim::choice> so_far, strategy& then) : so_far_(std::move(so_far)), then_(then) {}

  std::uint32_t pick(const sim::choice_point& at) override {
    return position_ < so_far_.size() ? so_far_[position_++].picked : then_.pick(at);
  }

 private:
  std::vector<sim::choice> so_far_;
  std::size_t position_ = 0;
  strategy& then_;
};

/** The state of one search: the result so far, and what it takes to get on. */
class running_search {
 public:
  running_search(const program& body, strategy& picks, const options& with)
      : body_(body), picks_(picks), options_(with), simulator_(settings_of(with)), begun_(wall_clock::now()) {
    result_.program = with.name;
    result_.replay_command = with.replay_command;
    result_.settings = schedule_of(with, {}).settings;
    result_.shard = with.shard;
  }

  /** One execution at full speed; true if it failed. */
  bool run_unrecorded(detectors& watching) {
    const sim::ending* how = &simulator_.run(body_, picks_, watching);
    if (watching.must_track_races()) {
      watching.track_races();
      if (picks_.directs() != nullptr) {
        picks_.begin_again();
        how = &simulator_.run(body_, picks_, watching);
      } else {
        resumed_picker same_again(simulator_.schedule(), picks_);
        how = &simulator_.run(body_, same_again, watching);
      }
    }
    return account(*how, watching, picks_);
  }

  /** One execution with everything recorded; true if it failed, which result() then explains. */
  bool run_recorded() {
    detectors watching(options_.lost_updates, true, options_.races);
    watching.track_races();
    recorder records(watching, picks_);
    connect_output(records);
    const bool failed = account(simulator_.run(body_, records, records), watching, picks_);
    if (failed) {
      describe_failure(last_, watching, records);
      result_.failure->schedule = sim::to_text(schedule_of(options_, simulator_.schedule()));
      result_.failure->seed = picks_.seed();
    }
    return failed;
  }

  /** The failing execution again, recorded. The program is not deterministic if it ends in another way. */
  void explain_latest() {
    if (const std::unique_ptr<sim::picker> once_more = picks_.retrace()) make_schedule(*once_more);
    const finding first = last_;
    const std::optional<std::uint64_t> seed = picks_.seed();
    const std::vector<sim::choice> choices = simulator_.schedule();
    const std::uint64_t events = simulator_.counted().events;
    recorded_replay again(*this, choices);
    const std::uint64_t events_again = simulator_.counted().events;
    const std::optional<finding> second = again.found();
    failure* described = nullptr;
    if (first.kind == failure_kind::nondeterminism) {
      described = &result_.failure.emplace();
      described->kind = first.kind;
      described->message = first.message;
    } else if (again.mismatch() != nullptr || second != first || events_again != events) {
      const finding found{
          .kind = failure_kind::nondeterminism,
          .message = again.mismatch() != nullptr
                         ? "the replay of a failing execution went another way: " + *again.mismatch() + "."
                     : second != first
                         ? fmt::format("an execution ended with {}, and its replay by the same schedule with {}.",
                                       to_string(first.kind), second ? to_string(second->kind) : "no failure")
                         : fmt::format("an execution had {} events, and its replay by the same schedule {}.", events,
                                       events_again)};
      described = &describe_failure(found, again.watching, again.records);
      count_as(first.kind, -1);
      count_as(found.kind, +1);
    } else {
      described = &describe_failure(first, again.watching, again.records);
    }
    described->schedule = sim::to_text(schedule_of(options_, choices));
    described->seed = seed;
    if (described->kind != failure_kind::nondeterminism) return;
    const trace one = described->trace.steps.empty() ? std::move(again.records.recorded()) : described->trace;
    recorded_replay once_more(*this, choices);
    described->explanation.push_back(describe_divergence(one, once_more.records.recorded()));
  }

  [[nodiscard]] heddle::result& so_far() noexcept { return result_; }

  /** Of a search that has found nothing: fails it if it did not get to a place that the program says is reachable. */
  void require_reached() {
    for (const std::string& name : options_.expect_reached) {
      if (!reached_.contains(name)) result_.unreached.push_back(name);
    }
    // Another part of the search may have got there.
    if (!options_.shard) fail_if_unreached(result_);
  }

  heddle::result finish() {
    result_.exhaustive_preemptions = picks_.exhaustive_preemptions();
    result_.reached.assign(reached_.begin(), reached_.end());
    result_.elapsed_s = std::chrono::duration<double>(wall_clock::now() - begun_).count();
    return std::move(result_);
  }

 private:
  /** The latest execution was directed: runs it as an ordinary one, so that it has a schedule. */
  void make_schedule(sim::picker& once_more) {
    if (last_.kind == failure_kind::nondeterminism) return;
    detectors watching(options_.lost_updates, false, options_.races);
    watching.track_races();
    simulator_.run(body_, once_more, watching);
    if (watching.found()) {
      last_ = *watching.found();
    } else {
      last_ = {.kind = failure_kind::nondeterminism, .message = "an execution failed, and did not when it was run again."};
    }
  }

  /** An execution by a schedule that is known, with everything recorded. */
  struct recorded_replay {
    recorded_replay(running_search& search, const std::vector<sim::choice>& choices)
        : picks(choices),
          watching(search.options_.lost_updates, true, search.options_.races),
          records(watching, picks) {
      picks.begin();
      watching.track_races();
      search.simulator_.run(search.body_, records, records);
      picks.end(search.simulator_);
    }
    [[nodiscard]] const std::string* mismatch() const { return picks.mismatch(); }
    [[nodiscard]] const std::optional<finding>& found() const { return watching.found(); }

    replay_schedule picks;
    detectors watching;
    recorder records;
  };

  void count_as(failure_kind kind, int change) {
    std::uint64_t& count = result_.failures_by_kind[std::string(to_string(kind))];
    count += static_cast<std::uint64_t>(change);
    if (count == 0) result_.failures_by_kind.erase(std::string(to_string(kind)));
  }

  bool account(const sim::ending& how, const detectors& watching, strategy& picks) {
    picks.end(simulator_);
    if (picks.repeats()) return false;
    const sim::counters counted = simulator_.counted();
    ++result_.executions;
    result_.events += counted.events;
    result_.choices += picks.choices(simulator_);
    if (picks.directs() != nullptr) {
      result_.traces = result_.traces.value_or(0) + (how.kind == sim::ending_kind::completed ? 1 : 0);
    }
    result_.threads = std::max(result_.threads, counted.threads);
    if (how.kind == sim::ending_kind::discarded) ++result_.discarded;
    if (simulator_.held_back()) result_.assumes_fairness = true;
    for (const std::string& name : simulator_.reached()) reached_.insert(name);

    const std::string* mismatch = picks.mismatch();
    const bool failed = watching.found() || mismatch != nullptr;
    if (failed) {
      // A misuse, such as of a static object, ends the execution too early: that is its fault, and says more.
      const bool misused = watching.found() && watching.found()->kind == failure_kind::misuse;
      last_ = mismatch == nullptr || misused
                  ? *watching.found()
                  : finding{.kind = failure_kind::nondeterminism,
                            .message = "the execution does not follow its schedule: " + *mismatch + "."};
      ++result_.failures;
      if (result_.failures == 1) result_.failing_execution = result_.executions;
      count_as(last_.kind, +1);
    }
    if (options_.progress != nullptr) {
      options_.progress->executions.store(result_.executions, std::memory_order_relaxed);
      options_.progress->failures.store(result_.failures, std::memory_order_relaxed);
    }
    return failed;
  }

  void connect_output(recorder& records) const {
    if (!options_.output && !options_.trace) return;
    records.on_step = [this](const trace& so_far, const step& latest) {
      if (options_.trace) options_.trace(trace_line(so_far, latest));
      if (options_.output && latest.kind == sim::operation_kind::print) options_.output(latest.written);
    };
  }

  failure& describe_failure(const finding& what, const detectors& watching, recorder& records) {
    const finding* consequence = watching.consequence() ? &*watching.consequence() : nullptr;
    const evidence known{what, consequence, watching.lost_updates(), records.recorded(), records.ended_at()};
    failure& failed = result_.failure.emplace();
    failed.kind = what.kind;
    failed.message = say_what(known);
    failed.explanation = explain(known);
    if (what.thread != sim::no_thread) failed.thread = what.thread;
    failed.where = records.ended_at();
    failed.preemptions = records.preemptions();
    failed.trace = std::move(records.recorded());
    return failed;
  }

  const program& body_;
  strategy& picks_;
  const options& options_;
  sim::simulator simulator_;
  wall_clock::time_point begun_;
  heddle::result result_;
  std::set<std::string, std::less<>> reached_;
  finding last_;
};

}  // namespace

result search(const program& body, strategy& picks, const search_limits& until, const options& with) {
  running_search going(body, picks, with);
  result& so_far = going.so_far();
  detectors watching(with.lost_updates, false, with.races);
  const stop_condition stop(with.time_limit, with.stop);

  so_far.verdict = verdict::pass;
  for (;;) {
    if (until.executions && so_far.executions == *until.executions && until.executions_are_the_goal) break;
    if (stop.holds()) {
      so_far.stopped_by = stop.reason();
      break;
    }
    if (!picks.begin()) {
      so_far.exhaustive = picks.exhaustive();
      break;
    }
    if (until.executions && so_far.executions == *until.executions) {
      so_far.stopped_by = fmt::format("the limit of {} executions", *until.executions);
      break;
    }
    const bool failed = going.run_unrecorded(watching);
    if (picks.inapplicable() != nullptr) break;
    if (!failed) continue;
    if (!so_far.failure) going.explain_latest();
    if (!with.keep_going) break;
  }
  if (!so_far.stopped_by.empty()) so_far.verdict = verdict::inconclusive;
  if (so_far.executions > 0 && so_far.discarded == so_far.executions) {
    so_far.verdict = verdict::inconclusive;
    so_far.stopped_by = "heddle::assume, which discarded every execution,";
  }
  if (so_far.verdict == verdict::pass && !so_far.failure) going.require_reached();
  if (so_far.failure) so_far.verdict = verdict::fail;
  return going.finish();
}

result run_recorded(const program& body, strategy& picks, const options& with) {
  running_search going(body, picks, with);
  picks.begin();
  going.so_far().verdict = going.run_recorded() ? verdict::fail : verdict::pass;
  return going.finish();
}

}  // namespace heddle::checker
