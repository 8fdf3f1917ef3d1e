// From what was asked for to what the library is called with.
#include "command_line/prepare.hpp"

#include <fmt/format.h>

#include <algorithm>

#include <heddle/python_program.hpp>

#include "command_line/command.hpp"
#include "command_line/nearest.hpp"
#include "command_line/suites.hpp"
#include "read_text.hpp"
#include "report/shell.hpp"
#include "strategies/strategy_table.hpp"

namespace heddle::checker {
namespace {

template <class Value, class Target>
void override_with(const std::optional<Value>& asked, Target& target) {
  if (asked) target = *asked;
}

/** " --name value", if it was asked for and is not the default. */
template <class Value>
std::string option_text(std::string_view name, const std::optional<Value>& asked, Value standard) {
  return asked && *asked != standard ? fmt::format(" --{} {}", name, *asked) : "";
}

/** What the command does where no strategy is asked for. */
std::string_view default_strategy(const invocation& call) {
  switch (call.chosen->bit) {
    case commands::explore: return "dpor";
    case commands::run: return "round-robin";
    default: return "random";
  }
}

/** The strategy, if replaying by a seed needs to be told. */
std::string strategy_text(const invocation& call) {
  const std::string& strategy = call.asked.strategy;
  return !draws(strategy) || strategy == "random" ? "" : " --strategy " + quote_for_shell(strategy);
}

/** Whether a lost update is a failure by itself. Who wants to see what a program prints wants it to go on. */
bool lost_updates_of(const invocation& call, const scenario& what) {
  const request& asked = call.asked;
  const bool is_python = std::ranges::find(what.tags, "python") != what.tags.end();
  const bool wants_output =
      asked.outputs || !asked.output_is.empty() || (is_python && call.chosen->bit == commands::run);
  return asked.lost_updates.value_or(what.lost_updates && !wants_output);
}

std::string time_text(const invocation& call) {
  std::optional<time_mode> time = call.asked.time;
  // `run` goes by the clock unless told otherwise. A schedule says so, but a seed does not, and `replay` would not.
  const bool by_seed =
      call.asked.seed || (!call.asked.strategy.empty() && call.asked.strategy != default_strategy(call));
  if (!time && call.chosen->bit == commands::run && by_seed) time = time_mode::timed;
  if (!time) return "";
  return *time == time_mode::timed ? " --time timed" : " --time free";
}

}  // namespace

scenario find_scenario(const invocation& call) {
  const std::string& name = call.asked.scenario;
  const auto found = std::ranges::find(call.scenarios, name, &scenario::name);
  if (found != call.scenarios.end()) {
    if (found->prepare) found->prepare();
    return *found;
  }
  if (name.ends_with(".py")) return python_scenario_of_file(name);
  if (const property_suite* const suite = suite_named(call, name)) {
    throw request_error(
        fmt::format("{} is a property suite, not a scenario; say `{}`", name, check_command(call, *suite)));
  }
  std::vector<std::string> known;
  for (const scenario& each : call.scenarios) known.push_back(each.name);
  const bool either = (call.chosen->bit & (commands::show | commands::replay)) != 0;
  for (const property_suite& each : call.properties) {
    if (either) known.push_back(each.name);
  }
  throw request_error(
      fmt::format("unknown scenario {}{} (`{} list` shows them all)", name, did_you_mean(name, known), call.program));
}

arguments parameters_of(const invocation& call, std::span<const parameter> parameters) {
  arguments result(parameters);
  for (const assignment& each : call.asked.parameters) {
    try {
      result.set(each.name, each.value);
    } catch (const request_error& error) {
      throw request_error(fmt::format("{}: {}", each.given.shown, error.what()));
    }
  }
  return result;
}

void check_strategy(const invocation& call) {
  const std::string& name = call.asked.strategy;
  if (name.empty()) return;
  std::vector<std::string> known;
  for (const auto& [each, summary] : strategy_names()) known.emplace_back(each);
  if (std::ranges::find(known, name) != known.end()) return;
  throw request_error(
      fmt::format("{}: the strategies are {}", call.given.at("strategy").shown, fmt::join(known, ", ")));
}

options search_options(const invocation& call, const scenario& what, const arguments& values) {
  check_strategy(call);
  const request& asked = call.asked;
  options result;
  result.name = what.name;
  result.parameters = values.changed();
  result.strategy = asked.strategy;
  override_with(asked.seed, result.seed);
  override_with(asked.executions, result.executions);
  result.max_executions = asked.max_executions;
  result.time_limit = asked.time_limit;
  result.preemptions = asked.preemptions;
  result.keep_going = asked.keep_going;
  result.jobs = asked.jobs.value_or(0);  // the scenarios share nothing between executions
  result.shard = asked.shard;
  result.checkpoint = asked.checkpoint;
  result.resume = asked.resume;
  override_with(asked.memory_model, result.memory_model);
  override_with(asked.races, result.races);
  result.lost_updates = lost_updates_of(call, what);
  result.expect_reached = what.expect_reached;
  override_with(asked.stack_size, result.stack_size);
  override_with(asked.event_limit, result.event_limit);
  result.time = asked.time;
  override_with(asked.faults, result.faults);
  override_with(asked.max_faults, result.max_faults);
  override_with(asked.hang_limit, result.hang_limit);
  result.replay_command = replay_command(call, what, values);
  return result;
}

std::string replay_command(const invocation& call, const scenario& what, const arguments& values) {
  const request& asked = call.asked;
  const options standard;
  std::string result = fmt::format("{} replay {}", call.program, quote_for_shell(what.name));
  for (const auto& [name, value] : values.changed()) result += " -p " + quote_for_shell(name + "=" + value);
  result += strategy_text(call);
  result += time_text(call);
  if (asked.faults.value_or(0) != 0) result += " --faults " + faults_text(*asked.faults, ',');
  result += option_text("max-faults", asked.max_faults, standard.max_faults);
  if (lost_updates_of(call, what) != what.lost_updates) {
    result += !what.lost_updates ? " --lost-updates" : " --lost-updates=false";
  }
  if (asked.races == race_policy::ignore) result += " --races ignore";
  result += option_text("event-limit", asked.event_limit, standard.event_limit);
  result += option_text("stack-size", asked.stack_size, standard.stack_size);
  return result;
}

}  // namespace heddle::checker
