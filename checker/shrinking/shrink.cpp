// Makes a failing schedule simpler, execution by execution.
#include <heddle/shrink.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <heddle/sim/schedule.hpp>

#include "program_settings.hpp"
#include "running_search.hpp"
#include "shrinking/noting.hpp"
#include "strategies/bounded_preemptions.hpp"
#include "strategies/depth_first.hpp"
#include "strategies/deviating.hpp"
#include "strategies/replay.hpp"

namespace heddle {
namespace {

using checker::deviating;
using checker::noted_execution;
using checker::noting;

/** What makes two failures the same one. */
struct failure_identity {
  failure_kind kind = failure_kind::assertion;
  sim::object_id object = sim::no_object;  // of a race or a lost update
  source_location where;                   // of a check or a misuse

  friend bool operator==(const failure_identity& a, const failure_identity& b) {
    return a.kind == b.kind && a.object == b.object && same_place(a.where, b.where);
  }
};

/** Executions of one strategy, and what they fail with. */
class trials {
 public:
  trials(const program& body, std::unique_ptr<checker::strategy> picks, const options& with)
      : picks_(std::move(picks)), runs_(body, picks_, with), watching_(with) {}

  /** Whether there was another execution to run. */
  bool run() {
    if (!picks_.begin()) return false;
    failed_ = runs_.run_unrecorded(watching_) && picks_.mismatch() == nullptr;
    return true;
  }
  [[nodiscard]] std::optional<failure_identity> failure() const {
    if (!failed_) return std::nullopt;
    return failure_identity{runs_.latest().kind, runs_.latest().object, runs_.execution().how_ended().where};
  }
  [[nodiscard]] noted_execution latest() const { return picks_.noted(runs_.execution()); }

 private:
  noting picks_;
  checker::running_search runs_;
  checker::detectors watching_;
  bool failed_ = false;
};

/** Leaves out deviations for as long as an execution still fails in the same way. */
class minimizer {
 public:
  minimizer(const program& body, const options& with, failure_identity like, std::uint64_t most_replays)
      : like_(like), replays_left_(most_replays) {
    auto picks = std::make_unique<deviating>();
    picks_ = picks.get();
    trials_.emplace(body, std::move(picks), with);
  }

  /** What is left fails, too, and would not if any one deviation more were left out. */
  [[nodiscard]] noted_execution minimize(noted_execution failing) {
    leave_out(failing);
    while (!failing.deviations.empty() && retarget_one(failing)) {
    }
    return failing;
  }

 private:
  void leave_out(noted_execution& failing) {
    std::size_t parts = 2;
    while (!failing.deviations.empty() && replays_left_ > 0) {
      parts = std::min(parts, failing.deviations.size());
      if (leave_out_a_part(failing, parts)) {
        parts = std::max<std::size_t>(parts - 1, 2);
      } else if (parts == failing.deviations.size()) {
        break;
      } else {
        parts *= 2;
      }
    }
  }

  // A switch to one thread, and from there to another, is often a switch to that other one.
  bool retarget_one(noted_execution& failing) {
    std::set<std::string> threads;
    for (const deviation& each : failing.deviations) threads.insert({each.thread, each.to});
    threads.erase("");
    for (std::size_t i = 0; i < failing.deviations.size(); ++i) {
      if (failing.deviations[i].kind != sim::choice_kind::thread) continue;
      for (const std::string& to : threads) {
        if (to == failing.deviations[i].to || to == failing.deviations[i].thread) continue;
        std::vector<deviation> other = failing.deviations;
        other[i].to = to;
        std::optional<noted_execution> found = run(std::move(other));
        if (!found) continue;
        leave_out(*found);
        if (found->deviations.size() >= failing.deviations.size()) continue;
        failing = std::move(*found);
        return true;
      }
    }
    return false;
  }

  bool leave_out_a_part(noted_execution& failing, std::size_t parts) {
    const std::vector<deviation> all = failing.deviations;
    for (std::size_t part = 0; part < parts; ++part) {
      const auto begin = static_cast<std::ptrdiff_t>(all.size() * part / parts);
      const auto end = static_cast<std::ptrdiff_t>(all.size() * (part + 1) / parts);
      std::vector<deviation> rest(all.begin(), all.begin() + begin);
      rest.insert(rest.end(), all.begin() + end, all.end());
      if (try_out(std::move(rest), failing)) return true;
    }
    return false;
  }

  bool try_out(std::vector<deviation> list, noted_execution& failing) {
    std::optional<noted_execution> found = run(std::move(list));
    if (!found || found->deviations.size() >= failing.deviations.size()) return false;
    failing = std::move(*found);
    return true;
  }

  // What the execution really deviated in, if it fails: some of the list may not have applied.
  std::optional<noted_execution> run(std::vector<deviation> list) {
    if (replays_left_ == 0) return std::nullopt;
    --replays_left_;
    picks_->follow(std::move(list));
    trials_->run();
    if (trials_->failure() != like_) return std::nullopt;
    return trials_->latest();
  }

  failure_identity like_;
  std::uint64_t replays_left_;
  deviating* picks_ = nullptr;
  std::optional<trials> trials_;
};

/** The first execution with at most `bound` preemptions that fails in the same way, among so many. */
std::optional<noted_execution> find_within(std::uint32_t bound, const program& body, const options& with,
                                           const failure_identity& like, std::uint64_t executions) {
  const auto enumerate = [] { return std::make_unique<checker::depth_first>(); };
  auto picks = std::make_unique<checker::bounded_preemptions>(enumerate, preemption_bound{bound, false});
  trials within(body, std::move(picks), with);
  while (executions-- > 0 && within.run()) {
    if (within.failure() == like) return within.latest();
  }
  return std::nullopt;
}

}  // namespace

result shrink(const program& body, std::string_view schedule, const options& with, const shrink_limits& limits) {
  const sim::schedule given = checker::parsed_schedule(schedule);
  const options as_recorded = checker::options_for(given, with);
  checker::require_sensible(as_recorded);
  trials original(body, std::make_unique<checker::replay_schedule>(given.choices), as_recorded);
  original.run();
  const std::optional<failure_identity> like = original.failure();
  if (!like) return replay(body, schedule, with);

  minimizer leaving_out(body, as_recorded, *like, limits.replays);
  noted_execution simplest = leaving_out.minimize(original.latest());
  for (std::uint32_t bound = 0; bound < simplest.preemptions; ++bound) {
    auto found = find_within(bound, body, as_recorded, *like, limits.executions_per_bound);
    if (!found) continue;
    noted_execution simpler = leaving_out.minimize(*found);
    simplest = simpler.preemptions <= found->preemptions ? std::move(simpler) : std::move(*found);
    break;
  }
  return replay(body, sim::to_text({given.program, given.settings, simplest.choices}), with);
}

}  // namespace heddle
