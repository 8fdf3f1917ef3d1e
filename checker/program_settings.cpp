#include "program_settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "read_text.hpp"

namespace heddle::checker {
namespace {

/** A setting that schedules carry where it is not the default: its text under some options, and how to set it. */
struct carried_setting {
  std::string_view name;
  std::string (*text)(const options& with);
  bool (*set)(options& of, std::string_view text);  // false: no such value
};

template <class Number>
bool set_number(Number& to, std::string_view text) {
  const std::optional<Number> read = read_whole<Number>(text);
  if (read) to = *read;
  return read.has_value();
}

constexpr std::array carried_settings{
    carried_setting{"time",
                    [](const options& with) -> std::string {
                      return with.time.value_or(time_mode::free) == time_mode::timed ? "timed" : "free";
                    },
                    [](options& of, std::string_view text) {
                      of.time = text == "timed" ? time_mode::timed : time_mode::free;
                      return text == "timed" || text == "free";
                    }},
    carried_setting{"faults", [](const options& with) { return faults_text(with.faults, '.'); },
                    [](options& of, std::string_view text) {
                      const std::optional<sim::fault_kinds> read = read_faults(text, '.');
                      if (read) of.faults = *read;
                      return read.has_value();
                    }},
    carried_setting{"max-faults", [](const options& with) { return std::to_string(with.max_faults); },
                    [](options& of, std::string_view text) { return set_number(of.max_faults, text); }},
    carried_setting{"event-limit", [](const options& with) { return std::to_string(with.event_limit); },
                    [](options& of, std::string_view text) { return set_number(of.event_limit, text); }},
    carried_setting{"stack-size", [](const options& with) { return std::to_string(with.stack_size); },
                    [](options& of, std::string_view text) { return set_number(of.stack_size, text); }},
    carried_setting{
        "races",
        [](const options& with) -> std::string { return with.races == race_policy::ignore ? "ignore" : "stop"; },
        [](options& of, std::string_view text) {
          const std::optional<race_policy> read = read_races(text);
          if (read) of.races = *read;
          return read.has_value();
        }},
    // Who looks at outputs has loops that print go on where others are taken to wait: there are more candidates.
    carried_setting{
        "outputs", [](const options& with) -> std::string { return with.outputs || with.output_is ? "true" : "false"; },
        [](options& of, std::string_view text) {
          of.outputs = text == "true";
          return text == "true" || text == "false";
        }},
    carried_setting{"lost-updates",
                    [](const options& with) -> std::string { return with.lost_updates ? "true" : "false"; },
                    [](options& of, std::string_view text) {
                      of.lost_updates = text == "true";
                      return text == "true" || text == "false";
                    }},
};

const carried_setting* find_carried(std::string_view name) {
  const auto found = std::find_if(carried_settings.begin(), carried_settings.end(),
                                  [&](const carried_setting& each) { return each.name == name; });
  return found == carried_settings.end() ? nullptr : &*found;
}

using named_values = std::vector<std::pair<std::string, std::string>>;

named_values::const_iterator find_named(const named_values& in, std::string_view name) {
  return std::find_if(in.begin(), in.end(), [&](const auto& each) { return each.first == name; });
}

void require_word(std::string_view what, std::string_view text) {
  if (sim::is_word(text)) return;
  throw request_error(
      fmt::format("'{}' cannot be {}: it may have letters, digits, '.', '_', '-', '+' and '/' only", text, what));
}

// The options may say otherwise only by saying nothing.
void require_agreement(const carried_setting& setting, std::string_view in_schedule, const options& with) {
  const std::string standard = setting.text(options{});
  const std::string asked = setting.text(with);
  const bool asked_for = asked != standard || (setting.name == "time" && with.time);
  if (!asked_for || asked == in_schedule) return;
  throw request_error(fmt::format("the schedule was recorded with {}={}, but {} was asked for: leave that out",
                                  setting.name, in_schedule, asked));
}

}  // namespace

sim::schedule parsed_schedule(std::string_view text) {
  try {
    return sim::parse_schedule(text);
  } catch (const sim::schedule_error& error) {
    throw request_error(error.what());
  }
}

sim::settings settings_of(const options& from) {
  return {.stack_size = from.stack_size,
          .event_limit = from.event_limit,
          .time = from.time.value_or(time_mode::free),
          .faults = from.faults,
          .max_faults = from.max_faults,
          .hang_limit = from.hang_limit,
          .on_instruction = from.instructions,
          .keeps_output = from.outputs || from.output_is};
}

void require_sensible(const options& with) {
  require_word("a program's name", with.name);
  for (const auto& [name, value] : with.parameters) {
    require_word("a parameter's name", name);
    require_word("a parameter's value", value);
    if (find_carried(name) != nullptr) {
      throw request_error(
          fmt::format("a parameter cannot be called '{}': schedules have a setting of that name", name));
    }
  }
  constexpr std::size_t least_stack = 16U * 1024;
  constexpr std::size_t most_stack = std::size_t{1} << 30U;
  if (with.stack_size < least_stack || with.stack_size > most_stack) {
    throw request_error(fmt::format("a stack of {} bytes is not possible: 16384 to 1073741824 are", with.stack_size));
  }
  if (with.outputs && with.output_is) {
    throw request_error("a search lists all outputs, or looks for one: leave out the one or the other");
  }
  if (with.event_limit == 0) throw request_error("an event limit of 0 allows nothing: give at least 1");
  if (with.jobs > most_jobs) {
    throw request_error(
        fmt::format("{} jobs are too many: up to {} are possible, and 0 is one a core", with.jobs, most_jobs));
  }
  if (const auto& part = with.shard;
      part && (part->index == 0 || part->index > part->count || part->count > most_shards)) {
    throw request_error(fmt::format("there is no shard {}/{}: count from 1/1 to {}/{}", part->index, part->count,
                                    most_shards, most_shards));
  }
  if (with.hang_limit.count() < 0) throw request_error("a hang limit cannot be negative: 0 is none");
  if (with.time_limit && with.time_limit->count() <= 0) throw request_error("a time limit must be longer than nothing");
}

sim::schedule schedule_of(const options& with, std::vector<sim::choice> choices) {
  sim::schedule result{with.name, with.parameters, std::move(choices)};
  const options standard;
  for (const carried_setting& setting : carried_settings) {
    std::string text = setting.text(with);
    if (text != setting.text(standard)) result.settings.emplace_back(setting.name, std::move(text));
  }
  return result;
}

options options_for(const sim::schedule& what, const options& with) {
  if (what.program != with.name) {
    throw request_error(fmt::format("this is a schedule of '{}', not of '{}'", what.program, with.name));
  }
  options result = with;
  for (const carried_setting& setting : carried_settings) {
    const auto found = find_named(what.settings, setting.name);
    const std::string value = found == what.settings.end() ? setting.text(options{}) : found->second;
    if (!setting.set(result, value)) {
      throw request_error(fmt::format("the schedule's setting {}={} is not possible", setting.name, value));
    }
    require_agreement(setting, value, with);
  }
  for (const auto& [name, value] : what.settings) {
    if (find_carried(name) != nullptr) continue;
    const auto asked = find_named(with.parameters, name);
    if (asked == with.parameters.end()) {
      throw request_error(
          fmt::format("the schedule was recorded with {}={}, which '{}' was not given", name, value, with.name));
    }
    if (asked->second != value) {
      throw request_error(
          fmt::format("the schedule was recorded with {}={}, but {} was asked for", name, value, asked->second));
    }
  }
  for (const auto& [name, value] : with.parameters) {
    if (find_named(what.settings, name) == what.settings.end())
      throw request_error(fmt::format("the schedule was not recorded with {}={}", name, value));
  }
  return result;
}

}  // namespace heddle::checker
