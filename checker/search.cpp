#include "search.hpp"

#include <fmt/format.h>

#include <chrono>

#include "detectors/detectors.hpp"
#include "outputs.hpp"
#include "running_search.hpp"
#include "stop_condition.hpp"

namespace heddle::checker {

void judge(result& found, const options& with) {
  if (found.output_search) return judge_output(found);
  if (!found.stopped_by.empty()) found.verdict = verdict::inconclusive;
  if (found.executions > 0 && found.discarded == found.executions) {
    found.verdict = verdict::inconclusive;
    found.stopped_by = "heddle::assume, which discarded every execution,";
  }
  if (found.verdict == verdict::pass && !found.failure) require_reached(found, with);
  if (found.failure) found.verdict = verdict::fail;
}

bool is_reported(const finding& failure, const options& with) noexcept {
  return !with.output_is || failure.kind == failure_kind::nondeterminism;
}

result search(const program& body, strategy& picks, const search_limits& until, const options& with) {
  const auto begun = std::chrono::steady_clock::now();
  if (with.progress != nullptr) with.progress->restart();
  running_search going(body, picks, with);
  result& so_far = going.so_far();
  detectors watching(with);
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
    if (going.note_output()) break;
    if (!failed || !is_reported(going.latest(), with)) continue;
    if (!so_far.failure) going.explain_latest();
    if (!with.keep_going) break;
  }
  result found = going.take_result();
  if (found.outputs) {
    found.outputs = going.outputs().sum();
    if (found.failure) found.failure->seed.reset();  // a replay by it would not know of the setting: see schedule_of
  }
  judge(found, with);
  found.elapsed_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  return found;
}

result run_recorded(const program& body, strategy& picks, const options& with) {
  const auto begun = std::chrono::steady_clock::now();
  running_search going(body, picks, with);
  picks.begin();
  going.so_far().verdict = going.run_recorded() ? verdict::fail : verdict::pass;
  result ran = going.take_result();
  ran.elapsed_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  return ran;
}

}  // namespace heddle::checker
