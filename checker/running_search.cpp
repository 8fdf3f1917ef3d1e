#include "running_search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include <heddle/sim/schedule.hpp>

#include "explanation/divergence.hpp"
#include "explanation/explanation.hpp"
#include "merge.hpp"
#include "program_settings.hpp"
#include "report/trace_line.hpp"
#include "strategies/replay.hpp"

namespace heddle::checker {
namespace {

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

bool closes_cycle(const detectors& watching) {
  const std::optional<finding>& found = watching.found();
  return found && found->kind == failure_kind::deadlock && found->thread != sim::no_thread;
}

}  // namespace

/** An execution by a schedule that is known, with everything recorded. */
struct running_search::recorded_replay {
  recorded_replay(running_search& search, const std::vector<sim::choice>& choices)
      : picks(choices), watching(search.options_, true), records(watching, picks) {
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

running_search::running_search(const program& body, strategy& picks, const options& with)
    : body_(body),
      picks_(picks),
      options_(with),
      simulator_(settings_of(with)),
      result_(nothing_yet(with, picks.directs() != nullptr)),
      prints_(with.output_is ? &*with.output_is : nullptr) {}

heddle::result running_search::nothing_yet(const options& with, bool by_traces) {
  heddle::result nothing;
  nothing.program = with.name;
  nothing.replay_command = with.replay_command;
  nothing.settings = schedule_of(with, {}).settings;
  nothing.shard = with.shard;
  if (with.outputs) nothing.outputs.emplace();
  if (with.output_is) nothing.output_search.emplace().wanted = *with.output_is;
  if (by_traces) nothing.traces = nothing.blocked = 0;  // known, also of a part of the search that has none
  return nothing;
}

heddle::result running_search::take_result() {
  tell_progress();
  told_ = {};
  result_.exhaustive_preemptions = picks_.exhaustive_preemptions();
  result_.reached.assign(reached_.begin(), reached_.end());
  reached_.clear();
  return std::exchange(result_, nothing_yet(options_, picks_.directs() != nullptr));
}

bool running_search::run_unrecorded(detectors& watching) {
  sim::monitor& watches = monitor_over(watching);
  const sim::ending* how = &simulator_.run(body_, picks_, watches);
  if (watching.must_track_races()) {
    watching.track_races();
    if (picks_.directs() != nullptr) {
      picks_.begin_again();
      how = &simulator_.run(body_, picks_, watches);
    } else {
      resumed_picker same_again(simulator_.schedule(), picks_);
      how = &simulator_.run(body_, same_again, watches);
    }
  }
  return account(*how, watching);
}

sim::monitor& running_search::monitor_over(detectors& watching) {
  if (!options_.output_is && !options_.outputs) return watching;
  prints_.stand_before(watching);
  return prints_;
}

bool running_search::run_recorded() {
  detectors watching(options_, true);
  watching.track_races();
  recorder records(watching, picks_);
  connect_output(records);
  const bool failed = account(simulator_.run(body_, records, records), watching);
  if (failed) {
    describe_failure(last_, watching, records);
    result_.failure->schedule = sim::to_text(schedule_of(options_, simulator_.schedule()));
    result_.failure->seed = picks_.seed();
  }
  return failed;
}

void running_search::explain_latest() {
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

// A failure, or a cycle, ends an ordinary execution at once. In a directed one the others go on, so that what it prints
// begins with what the ordinary ones of its trace print.
running_search::printing running_search::printing_of(const sim::ending& how, const detectors& watching) const {
  if (picks_.directs() == nullptr) {
    return how.kind == sim::ending_kind::discarded ? printing::nothing : printing::whole;
  }
  switch (how.kind) {
    case sim::ending_kind::completed: return printing::whole;
    case sim::ending_kind::blocked: return closes_cycle(watching) ? printing::cut : printing::whole;
    case sim::ending_kind::discarded:
      if (!prints_.somebody_failed()) return printing::nothing;
      [[fallthrough]];
    case sim::ending_kind::assertion:
    case sim::ending_kind::uncaught_exception:
      return prints_.went_to_the_end() ? printing::cut : printing::cut_anywhere;
    default: return printing::cut_anywhere;
  }
}

bool running_search::note_output(const exploration::tree_path& at) {
  if ((!options_.output_is && !options_.outputs) || printed_ == printing::nothing) return false;
  const bool cut = printed_ != printing::whole;
  const std::string directed = simulator_.output();
  bool ordinary = picks_.directs() == nullptr;
  const auto make_ordinary = [&] {
    if (!std::exchange(ordinary, true)) run_as_ordinary();
  };
  if (cut) make_ordinary();
  if (options_.output_is) {
    output_search& search = *result_.output_search;
    if (simulator_.output() == search.wanted) make_ordinary();
    const std::string& printed = simulator_.output();
    search.found = printed == search.wanted;
    if (search.found) {
      search.schedule = schedule_text();
    } else {
      keep_closest(search, printed);
      // Or a thread went on that the rules of ordinary executions take to wait: another interleaving may do.
      const bool possible =
          cut ? printed_ == printing::cut_anywhere || directed.starts_with(search.wanted) : directed == search.wanted;
      if (possible) ++search.undecided;
    }
    return search.found;
  }
  if (cut) outputs_.count_cut();
  const std::string printed = cut ? simulator_.output() : directed;
  outputs_.add(printed, latest_failed_, at, [&] {
    make_ordinary();
    return simulator_.output() == printed ? schedule_text() : std::string();
  });
  return false;
}

std::string running_search::schedule_text() const { return sim::to_text(schedule_of(options_, simulator_.schedule())); }

// The latest execution, which was directed, as an ordinary one.
void running_search::run_as_ordinary() {
  const std::unique_ptr<sim::picker> once_more = picks_.retrace();
  detectors watching(options_);
  watching.track_races();
  simulator_.run(body_, *once_more, watching);
}

// The latest execution was directed: runs it as an ordinary one, so that it has a schedule.
void running_search::make_schedule(sim::picker& once_more) {
  if (last_.kind == failure_kind::nondeterminism) return;
  detectors watching(options_);
  watching.track_races();
  simulator_.run(body_, once_more, watching);
  if (watching.found()) {
    last_ = *watching.found();
  } else {
    last_ = {.kind = failure_kind::nondeterminism,
             .message = "an execution failed, and did not when it was run again."};
  }
}

void running_search::count_as(failure_kind kind, int change) {
  std::uint64_t& count = result_.failures_by_kind[std::string(to_string(kind))];
  count += static_cast<std::uint64_t>(change);
  if (count == 0) result_.failures_by_kind.erase(std::string(to_string(kind)));
}

bool running_search::account(const sim::ending& how, const detectors& watching) {
  printed_ = printing::nothing;
  picks_.end(simulator_);
  if (picks_.repeats()) return false;
  const sim::counters counted = simulator_.counted();
  ++result_.executions;
  result_.events += counted.events;
  result_.choices += picks_.choices(simulator_);
  if (result_.traces && how.kind == sim::ending_kind::completed) ++*result_.traces;
  result_.threads = std::max(result_.threads, counted.threads);
  if (simulator_.held_back()) result_.assumes_fairness = true;
  if (picks_.in_vain() && how.kind == sim::ending_kind::blocked && !watching.consequence()) {
    result_.blocked = result_.blocked.value_or(0) + 1;
    return false;
  }
  if (how.kind == sim::ending_kind::discarded) ++result_.discarded;
  for (const std::string& name : simulator_.reached()) reached_.insert(name);

  const std::string* mismatch = picks_.mismatch();
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
  latest_failed_ = failed;
  printed_ = printing_of(how, watching);
  if (failed || steps_counted() - told_.steps >= steps_between_tells) tell_progress();
  return failed;
}

void running_search::tell_progress() {
  told_.steps = steps_counted();
  if (options_.progress == nullptr) return;
  const auto tell = [](std::atomic<std::uint64_t>& to, std::uint64_t counted, std::uint64_t& told) {
    if (counted != told) to.fetch_add(counted - std::exchange(told, counted), std::memory_order_relaxed);
  };
  tell(options_.progress->executions, result_.executions, told_.executions);
  tell(options_.progress->failures, result_.failures, told_.failures);
}

void running_search::connect_output(recorder& records) const {
  if (!options_.output && !options_.errors && !options_.trace) return;
  records.on_step = [this](const trace& so_far, const step& latest) {
    if (options_.trace) options_.trace(trace_line(so_far, latest));
    if (latest.kind != sim::operation_kind::print) return;
    const auto& to = latest.to_errors && options_.errors ? options_.errors : options_.output;
    if (to) to(latest.written);
  };
}

failure& running_search::describe_failure(const finding& what, const detectors& watching, recorder& records) {
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

void require_reached(result& found, const options& with) {
  for (const std::string& name : with.expect_reached) {
    if (std::ranges::find(found.reached, name) == found.reached.end()) found.unreached.push_back(name);
  }
  if (!with.shard) fail_if_unreached(found);
}

}  // namespace heddle::checker
