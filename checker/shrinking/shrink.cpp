// Makes a failing schedule simpler, execution by execution.
#include <heddle/shrink.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <heddle/sim/schedule.hpp>

#include "preemption.hpp"
#include "program_settings.hpp"
#include "running_search.hpp"
#include "strategies/bounded_preemptions.hpp"
#include "strategies/depth_first.hpp"
#include "strategies/deviating.hpp"
#include "strategies/replay.hpp"

namespace heddle {
namespace {

using checker::deviating;

/** What makes two failures the same one. */
struct failure_identity {
  failure_kind kind = failure_kind::assertion;
  sim::object_id object = sim::no_object;  // of a race or a lost update
  source_location where;                   // of a check or a misuse

  friend bool operator==(const failure_identity& a, const failure_identity& b) {
    return a.kind == b.kind && a.object == b.object && same_place(a.where, b.where);
  }
};

/** A failing execution on the way. */
struct candidate {
  std::vector<sim::choice> choices;
  std::vector<deviation> deviations;  // from the default schedule
  std::uint32_t preemptions = 0;
};

/** Lets another strategy pick, and notes in what that deviates from the default schedule. */
class noting final : public checker::strategy {
 public:
  explicit noting(std::unique_ptr<strategy> within) : within_(std::move(within)) {}

  bool begin() override {
    deviations_.clear();
    preemptions_ = 0;
    points_.begin();
    return within_->begin();
  }

  std::uint32_t pick(const sim::choice_point& at) override {
    const std::uint32_t picked = within_->pick(at);
    if (picked >= at.count) return picked;
    deviation here = points_.at(at);
    if (checker::is_preemption(at, picked)) ++preemptions_;
    if (picked != checker::default_pick(at)) {
      deviations_.push_back(checker::deviation_points::picking(std::move(here), at, picked));
    }
    return picked;
  }

  void end(const sim::simulator& ran) override { within_->end(ran); }
  [[nodiscard]] const std::string* mismatch() const override { return within_->mismatch(); }

  [[nodiscard]] candidate noted(const sim::simulator& ran) const { return {ran.schedule(), deviations_, preemptions_}; }

 private:
  std::unique_ptr<strategy> within_;
  checker::deviation_points points_;
  std::vector<deviation> deviations_;
  std::uint32_t preemptions_ = 0;
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
  [[nodiscard]] candidate latest() const { return picks_.noted(runs_.execution()); }

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
  [[nodiscard]] candidate minimize(candidate failing) {
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
    return failing;
  }

 private:
  bool leave_out_a_part(candidate& failing, std::size_t parts) {
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

  // What the execution really deviated in counts: some of the list may not have applied.
  bool try_out(std::vector<deviation> list, candidate& failing) {
    if (replays_left_ == 0) return false;
    --replays_left_;
    picks_->follow(std::move(list));
    trials_->run();
    if (trials_->failure() != like_) return false;
    candidate found = trials_->latest();
    if (found.deviations.size() >= failing.deviations.size()) return false;
    failing = std::move(found);
    return true;
  }

  failure_identity like_;
  std::uint64_t replays_left_;
  deviating* picks_ = nullptr;
  std::optional<trials> trials_;
};

/** The first execution with at most `bound` preemptions that fails in the same way, among so many. */
std::optional<candidate> find_within(std::uint32_t bound, const program& body, const options& with,
                                     const failure_identity& like, std::uint64_t executions) {
  const auto enumerate = [] { return std::make_unique<checker::depth_first>(); };
  auto picks = std::make_unique<checker::bounded_preemptions>(enumerate, preemption_bound{bound, false});
  trials within(body, std::move(picks), with);
  while (executions-- > 0 && within.run()) {
    if (within.failure() == like) return within.latest();
  }
  return std::nullopt;
}

sim::schedule parsed(std::string_view text) {
  try {
    return sim::parse_schedule(text);
  } catch (const sim::schedule_error& error) {
    throw request_error(error.what());
  }
}

}  // namespace

result shrink(const program& body, std::string_view schedule, const options& with, const shrink_limits& limits) {
  const sim::schedule given = parsed(schedule);
  const options as_recorded = checker::options_for(given, with);
  checker::require_sensible(as_recorded);
  trials original(body, std::make_unique<checker::replay_schedule>(given.choices), as_recorded);
  original.run();
  const std::optional<failure_identity> like = original.failure();
  if (!like) return replay(body, schedule, with);

  minimizer leaving_out(body, as_recorded, *like, limits.replays);
  candidate simplest = leaving_out.minimize(original.latest());
  for (std::uint32_t bound = 0; bound < simplest.preemptions; ++bound) {
    auto found = find_within(bound, body, as_recorded, *like, limits.executions_per_bound);
    if (!found) continue;
    candidate simpler = leaving_out.minimize(*found);
    simplest = simpler.preemptions <= found->preemptions ? std::move(simpler) : std::move(*found);
    break;
  }
  return replay(body, sim::to_text({given.program, given.settings, simplest.choices}), with);
}

}  // namespace heddle
