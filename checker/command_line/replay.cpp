// `heddle replay`: by a seed, or by a schedule, which brings the parameters and settings with it.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include <heddle/sim/schedule.hpp>

#include "command_line/command.hpp"
#include "command_line/input.hpp"
#include "command_line/option.hpp"
#include "command_line/prepare.hpp"
#include "command_line/reporter.hpp"
#include "command_line/suites.hpp"

namespace heddle::checker {
namespace {

/** By what to replay: the command line goes before the environment. */
bool by_schedule(const invocation& call) {
  const bool schedule = !call.asked.schedule.empty();
  const bool seed = call.asked.seed.has_value();
  if (!schedule && !seed) throw request_error("replay needs --seed or --schedule, as in the report of a failure");
  if (schedule && seed && call.typed("schedule") == call.typed("seed")) {
    throw request_error("replay takes --seed or --schedule, not both; leave one out");
  }
  return schedule && (!seed || call.typed("schedule"));
}

std::string schedule_text(const std::string& given) {
  if (given.front() != '@') return given;
  return read_file(given.substr(1), "a schedule");
}

[[noreturn]] void contradicts(const given_value& given, std::string_view name, std::string_view value) {
  throw request_error(
      fmt::format("{} contradicts the schedule, which has {}={}; leave it out", given.shown, name, value));
}

/** The parameters in the schedule, word for word: one written by hand may name a standard value, too. */
std::vector<std::pair<std::string, std::string>> recorded_parameters(const sim::schedule& by, const scenario& what) {
  std::vector<std::pair<std::string, std::string>> result;
  for (const auto& setting : by.settings) {
    const auto which = std::ranges::find(what.parameters, setting.first, &parameter::name);
    if (which != what.parameters.end()) result.push_back(setting);
  }
  return result;
}

/** The values of all parameters when the schedule was recorded; those on the command line have to be the same. */
arguments parameters_from(const sim::schedule& by, const invocation& call, const scenario& what) {
  arguments result(what.parameters);
  for (const auto& [name, value] : recorded_parameters(by, what)) result.set(name, value);
  for (const assignment& each : call.asked.parameters) {
    if (each.given.source != value_source::command_line) continue;
    arguments other = result;
    other.set(each.name, each.value);
    const std::int64_t recorded = result[each.name];
    const auto which = std::ranges::find(what.parameters, each.name, &parameter::name);
    if (other[each.name] != recorded) contradicts(each.given, each.name, parameter_text(*which, recorded));
  }
  return result;
}

/** The settings of the environment do not count: the schedule has its own. */
void forget_environment(invocation& call) {
  request& asked = call.asked;
  if (!call.typed("time")) asked.time.reset();
  if (!call.typed("faults")) asked.faults.reset();
  if (!call.typed("max-faults")) asked.max_faults.reset();
  if (!call.typed("races")) asked.races.reset();
  if (!call.typed("lost-updates")) asked.lost_updates.reset();
  if (!call.typed("event-limit")) asked.event_limit.reset();
  if (!call.typed("stack-size")) asked.stack_size.reset();
}

bool has_lost_updates(const sim::schedule& by) {
  return std::ranges::find(by.settings, std::pair<std::string, std::string>("lost-updates", "true")) !=
         by.settings.end();
}

/** The schedule's settings have the names of options; those on the command line have to be the same. */
void require_agreement(const sim::schedule& by, const invocation& call) {
  for (const auto& [name, value] : by.settings) {
    const auto which = std::ranges::find(option_table(), name, &option::name);
    if (which == option_table().end() || !call.typed(name)) continue;
    request as_recorded = call.asked;
    which->read(as_recorded, {value, "", value_source::command_line});
    if (as_recorded != call.asked) contradicts(call.given.at(which->name), name, value);
  }
}

result replay_by_schedule(invocation call, const scenario& what, reporter& reports) {
  const std::string text = schedule_text(call.asked.schedule);
  const sim::schedule by = sim::parse_schedule(text);
  if (by.program != what.name) {
    throw request_error(fmt::format("the schedule is one of {}, not of {}", by.program, what.name));
  }
  const arguments values = parameters_from(by, call, what);
  require_agreement(by, call);
  forget_environment(call);
  // Whether a lost update is a failure depends on the command: what it was when this was recorded is what counts.
  if (!call.asked.lost_updates) call.asked.lost_updates = has_lost_updates(by);
  options with = search_options(call, what, values);
  with.parameters = recorded_parameters(by, what);
  reports.connect(with);
  return replay([&] { what.body(values); }, text, with);
}

result replay_by_seed(const invocation& call, const scenario& what, reporter& reports) {
  const arguments values = parameters_of(call, what.parameters);
  options with = search_options(call, what, values);
  reports.connect(with);
  return replay([&] { what.body(values); }, *call.asked.seed, with);
}

/** A suite's schedule names the case, too; there is nothing else to set. */
void refuse_settings(const invocation& call) {
  static constexpr std::array<std::string_view, 5> taken{"schedule", "json", "save-schedule", "width", "color"};
  for (const auto& [name, value] : call.given) {
    if (!call.typed(name) || std::ranges::find(taken, name) != taken.end()) continue;
    throw request_error(fmt::format("{}: the schedule of a property suite says it all; leave it out", value.shown));
  }
}

int replay_suite(const invocation& call, const property_suite& what) {
  if (call.asked.schedule.empty()) {
    const std::string seed = call.asked.seed ? std::to_string(*call.asked.seed) : "N";
    throw request_error(
        fmt::format("{} is a property suite: replay takes its --schedule; for a seed say `{} --seed {}`", what.name,
                    check_command(call, what), seed));
  }
  refuse_settings(call);
  reporter reports(call.asked);
  const property_result found = what.replay(schedule_text(call.asked.schedule), check_options(call, what));
  reports.write(found.found);
  return found.found.exit_code();
}

}  // namespace

int replay_scenario(const invocation& call) {
  if (const property_suite* const suite = suite_named(call, call.asked.scenario)) return replay_suite(call, *suite);
  const scenario what = find_scenario(call);
  const bool schedule = by_schedule(call);
  reporter reports(call.asked);
  const result found = schedule ? replay_by_schedule(call, what, reports) : replay_by_seed(call, what, reports);
  reports.write(found);
  return found.exit_code();
}

}  // namespace heddle::checker
