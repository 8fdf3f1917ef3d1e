// The entry points of the library, over one search.
#include <heddle/explore.hpp>

#include <fmt/format.h>

#include <memory>
#include <string>

#include "environment.hpp"
#include "program_settings.hpp"
#include "search.hpp"
#include "strategies/bounded_preemptions.hpp"
#include "strategies/replay.hpp"
#include "strategies/strategy_table.hpp"
#include "trace_search.hpp"

namespace heddle {
namespace {

std::string strategy_or(const options& with, std::string_view standard) {
  return with.strategy.empty() ? std::string(standard) : with.strategy;
}

// Which strategy explore uses. The one place that says so: a bound of preemptions is for enumeration alone.
std::string explorer_name(const options& with) {
  constexpr std::string_view standard = "dpor";
  constexpr std::string_view bounded = "dfs";
  std::string name = strategy_or(with, with.preemptions ? bounded : standard);
  if (!with.preemptions || name == bounded) return name;
  throw request_error(fmt::format("a bound of preemptions needs the strategy {}, not {}", bounded, name));
}

// What was asked for that takes a search in parts, or leaves it in the middle; empty if nothing was.
std::string_view part_asked_for(const options& with) {
  return with.shard                 ? "a shard"
         : !with.checkpoint.empty() ? "a checkpoint"
         : !with.resume.empty()     ? "a search to resume"
                                    : "";
}

// What an enumeration cannot do: its state is one path, of which no part can be given away.
void require_parts(const options& with, std::string_view name) {
  const std::string_view asked = part_asked_for(with);
  if (name == "dpor") return;
  if (!asked.empty()) throw request_error(fmt::format("{} does not go with the strategy {}", asked, name));
}

// Parts of a search, and files of where it stands, do not keep outputs.
void require_whole(const options& with) {
  const std::string_view asked = part_asked_for(with);
  if (asked.empty() || (!with.outputs && !with.output_is)) return;
  throw request_error(fmt::format("outputs do not go with {}: search for them in one piece", asked));
}

// Failures do not end a search for outputs.
options as_searched(options with) {
  if (with.outputs) with.keep_going = true;
  if (with.output_is) with.keep_going = false;  // the first that is found ends it
  return with;
}

std::unique_ptr<checker::strategy> make_explorer(const std::string& name, const options& with) {
  const auto make = [name, seed = with.seed] { return checker::make_strategy(name, seed); };
  if (!with.preemptions) return make();
  return std::make_unique<checker::bounded_preemptions>(make, *with.preemptions);
}

// All traces have been run, and still it depends on when some of them fail.
bool is_undecided(const result& found) {
  return found.exhaustive && found.output_search && !found.output_search->found && found.output_search->undecided > 0;
}

result named(result what, search_kind kind, std::string strategy, std::optional<std::uint64_t> seed) {
  what.search = kind;
  what.strategy = std::move(strategy);
  if (checker::draws(what.strategy)) what.seed = seed;
  return what;
}

// An enumeration cuts off an execution where it prints something else than what is looked for. Where threads print
// often that takes few executions, so it is tried first. It has come to an end if it has run fewer than this.
constexpr std::uint64_t quick_search = 10'000;

result look_for_output_quickly(const program& body, const options& with) {
  options quickly = with;
  quickly.strategy = "dfs";
  quickly.max_executions = quick_search;
  return explore(body, quickly);
}

// What the entry points without options have in common.
template <class Search>
result with_environment(const program& body, Search search) {
  return checker::or_refuse([&] {
    options with = options::from_environment();
    with.replay_command = checker::again_by_environment();
    if (const char* schedule = checker::schedule_in_environment()) return replay(body, schedule, with);
    return search(body, with);
  });
}

}  // namespace

result explore(const program& body, const options& asked) {
  const options with = as_searched(asked);
  checker::require_sensible(with);
  require_whole(with);
  const std::string name = explorer_name(with);
  require_parts(with, name);
  if (checker::draws(name) && !with.max_executions && !with.time_limit && with.stop == nullptr) {
    throw request_error("a random walk never comes to an end: give a limit of executions or of time, or use fuzz");
  }
  if (name != "dpor") {
    const auto picks = make_explorer(name, with);
    return named(checker::search(body, *picks, {with.max_executions, false}, with), search_kind::explore, name,
                 with.seed);
  }
  if (with.output_is && with.strategy.empty() && !with.max_executions) {
    result quick = look_for_output_quickly(body, with);
    if (quick.executions < quick_search) return quick;
  }
  checker::traces_found traces = checker::search_traces(body, with);
  if (traces.unreduced.empty() && is_undecided(traces.found)) {
    traces.unreduced = "where a failure ends them decides what they print";
  }
  if (traces.unreduced.empty()) return named(std::move(traces.found), search_kind::explore, name, with.seed);
  options plainly = with;  // enumeration can do it
  plainly.strategy = "dfs";
  require_parts(with, plainly.strategy);
  result enumerated = explore(body, plainly);
  enumerated.unreduced = std::move(traces.unreduced);
  return enumerated;
}

result fuzz(const program& body, const options& asked) {
  const options with = as_searched(asked);
  checker::require_sensible(with);
  if (with.executions == 0) throw request_error("fuzz needs at least 1 execution");
  const std::string name = strategy_or(with, "random");
  const auto picks = checker::make_strategy(name, with.seed);
  return named(checker::search(body, *picks, {with.executions, true}, with), search_kind::fuzz, name, with.seed);
}

result run_once(const program& body, const options& with) {
  checker::require_sensible(with);
  options timed = with;
  if (!timed.time) timed.time = time_mode::timed;
  const std::string name = strategy_or(with, "round-robin");
  const auto picks = checker::make_strategy(name, with.seed);
  result ran = named(checker::run_recorded(body, *picks, timed), search_kind::run, name, with.seed);
  // The same seed means another execution to a replay with the default time mode.
  if (ran.failure && !with.time && with.replay_command.empty()) ran.failure->seed.reset();
  return ran;
}

result replay(const program& body, std::string_view schedule, const options& with) {
  const sim::schedule what = checker::parsed_schedule(schedule);
  const options as_recorded = checker::options_for(what, with);
  checker::require_sensible(as_recorded);
  checker::replay_schedule picks(what.choices);
  result replayed = named(checker::run_recorded(body, picks, as_recorded), search_kind::replay, "replay", std::nullopt);
  // What the program did instead is no use to anybody: what it was asked to do shows the same again.
  if (picks.mismatch() != nullptr && replayed.failure) replayed.failure->schedule = sim::to_text(what);
  return replayed;
}

result replay(const program& body, std::uint64_t seed, const options& with) {
  checker::require_sensible(with);
  const std::string name = strategy_or(with, "random");
  const auto picks = checker::make_strategy(name, seed);
  return named(checker::run_recorded(body, *picks, with), search_kind::replay, name, seed);
}

result explore(const program& body) {
  return with_environment(body, [](const program& it, const options& with) { return explore(it, with); });
}

result fuzz(const program& body) {
  return with_environment(body, [](const program& it, const options& with) { return fuzz(it, with); });
}

result run_once(const program& body) {
  return with_environment(body, [](const program& it, const options& with) { return run_once(it, with); });
}

}  // namespace heddle
