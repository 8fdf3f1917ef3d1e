// Deviations as text, and executions by them.
#include <heddle/deviation.hpp>

#include <fmt/format.h>

#include <memory>

#include "program_settings.hpp"
#include "running_search.hpp"
#include "search.hpp"
#include "shrinking/noting.hpp"
#include "strategies/deviating.hpp"
#include "strategies/random_deviations.hpp"
#include "strategies/replay.hpp"

namespace heddle {

std::string to_text(const deviation& what) {
  const std::string when = what.after == 1 ? "after 1 event" : fmt::format("after {} events", what.after);
  if (what.kind == sim::choice_kind::thread) return fmt::format("{} stops {}, {} goes on", what.thread, when, what.to);
  return fmt::format("choice {} of a {} by {} {} is {}", what.nth + 1, sim::to_string(what.kind), what.thread, when,
                     what.to.empty() ? std::to_string(what.picked) : what.to);
}

std::vector<deviation> deviations_of(const program& body, std::string_view schedule, const options& with) {
  const sim::schedule what = checker::parsed_schedule(schedule);
  const options as_recorded = checker::options_for(what, with);
  checker::require_sensible(as_recorded);
  checker::noting picks(std::make_unique<checker::replay_schedule>(what.choices));
  checker::running_search runs(body, picks, as_recorded);
  checker::detectors watching(as_recorded);
  picks.begin();
  runs.run_unrecorded(watching);
  return picks.noted(runs.execution()).deviations;
}

result run_deviating(const program& body, const std::vector<deviation>& from_default, const options& with) {
  checker::require_sensible(with);
  checker::deviating picks(from_default);
  result found = checker::search(body, picks, {1, true}, with);
  found.search = search_kind::run;
  found.strategy = "deviations";
  return found;
}

result fuzz_deviating(const program& body, std::uint32_t most_deviations, const options& with,
                      std::vector<deviation>& found) {
  checker::require_sensible(with);
  checker::random_deviations picks(with.seed, most_deviations);
  result fuzzed = checker::search(body, picks, {with.executions, true}, with);
  if (fuzzed.failure) {
    found = picks.list();
  } else if (picks.first_that_counts()) {
    found = *picks.first_that_counts();
  }
  fuzzed.search = search_kind::fuzz;
  fuzzed.strategy = "deviations";
  fuzzed.seed = with.seed;
  return fuzzed;
}

}  // namespace heddle
