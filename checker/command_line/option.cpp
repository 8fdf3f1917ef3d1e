// The table of options.
#include "command_line/option.hpp"

#include <fmt/format.h>

#include <array>
#include <limits>
#include <type_traits>

#include "command_line/command.hpp"
#include "read_text.hpp"

namespace heddle::checker {
namespace {

// ---- how values are read

/** The greatest number that a member that holds an optional one can hold. */
template <auto Member>
constexpr auto greatest =
    std::numeric_limits<typename std::remove_reference_t<decltype(request{}.*Member)>::value_type>::max();

/** A whole number within a range, into a member that holds an optional one. */
template <auto Member, std::uint64_t Least, std::uint64_t Most = static_cast<std::uint64_t>(greatest<Member>)>
void read_number(request& into, const given_value& from) {
  using number = typename std::remove_reference_t<decltype(into.*Member)>::value_type;
  const auto value = read_whole<number>(from.text);
  if (!value || *value < static_cast<number>(Least) || *value > static_cast<number>(Most)) {
    throw request_error(fmt::format("give a whole number from {} to {}", Least, Most));
  }
  into.*Member = *value;
}

template <auto Member>
void read_text(request& into, const given_value& from) {
  if (from.text.empty()) throw request_error("it must not be empty");
  into.*Member = from.text;
}

template <auto Member>
void read_flag(request& into, const given_value& from) {
  const auto value = read_boolean(from.text);
  if (!value) throw request_error("give true or false");
  into.*Member = *value;
}

void read_parameter(request& into, const given_value& from) {
  std::string_view rest = from.text;
  while (true) {
    const std::string_view one = rest.substr(0, rest.find(','));
    const std::size_t equals = one.find('=');
    if (equals == 0 || equals == std::string_view::npos) {
      throw request_error("give a parameter's name and value, such as threads=2");
    }
    into.parameters.push_back({std::string(one.substr(0, equals)), std::string(one.substr(equals + 1)), from});
    if (one.size() == rest.size()) return;
    rest.remove_prefix(one.size() + 1);
  }
}

void read_time_limit(request& into, const given_value& from) {
  const auto value = read_duration(from.text);
  if (!value || value->count() == 0) throw request_error("give a duration such as 10s, 500ms, 2m, 1h or 10 (seconds)");
  into.time_limit = *value;
}

void read_preemption_bound(request& into, const given_value& from) {
  const auto value = read_preemptions(from.text);
  if (!value) {
    throw request_error("give a whole number from 0 to 4294967295, or one with .. behind it to go on with more");
  }
  into.preemptions = *value;
}

void read_shard_of(request& into, const given_value& from) {
  const auto value = read_shard(from.text);
  if (!value) throw request_error("give a part and how many there are, such as 2/3, of at most 65535");
  into.shard = *value;
}

void read_model(request& into, const given_value& from) {
  const auto value = read_memory_model(from.text);
  if (!value) throw request_error("sc is the only one so far");
  into.memory_model = *value;
}

void read_race_policy(request& into, const given_value& from) {
  const auto value = read_races(from.text);
  if (!value) throw request_error("give stop or ignore");
  into.races = *value;
}

void read_stack_size(request& into, const given_value& from) {
  constexpr std::uint64_t least = 16 * 1024;
  constexpr std::uint64_t most = 1024 * 1024 * 1024;
  const auto value = read_size(from.text);
  if (!value || *value < least || *value > most) {
    throw request_error("give a number of bytes from 16k to 1024M, such as 65536, 64k or 1M");
  }
  into.stack_size = *value;
}

void read_time(request& into, const given_value& from) {
  if (from.text == "free") {
    into.time = time_mode::free;
  } else if (from.text == "timed") {
    into.time = time_mode::timed;
  } else {
    throw request_error("give free or timed");
  }
}

void read_faults_list(request& into, const given_value& from) {
  // Schedules have a '.' between the names.
  auto value = read_faults(from.text, ',');
  if (!value) value = read_faults(from.text, '.');
  if (!value) {
    throw request_error(
        "give one or more of spurious-wakeup, weak-cas, try-lock and timeout, with commas between them");
  }
  into.faults = *value;
}

void read_hang_limit(request& into, const given_value& from) {
  const auto value = read_duration(from.text);
  if (!value) throw request_error("give a duration such as 500ms, 10s, 2m or 10 (seconds), or 0 for no limit");
  into.hang_limit = *value;
}

void read_consistency(request& into, const given_value& from) {
  if (from.text == "linearizable") {
    into.consistency = consistency::linearizable;
  } else if (from.text == "sequential") {
    into.consistency = consistency::sequential;
  } else {
    throw request_error("give linearizable or sequential");
  }
}

void read_colour(request& into, const given_value& from) {
  if (from.text == "auto") {
    into.colour = colour_choice::automatic;
  } else if (from.text == "always") {
    into.colour = colour_choice::always;
  } else if (from.text == "never") {
    into.colour = colour_choice::never;
  } else {
    throw request_error("give auto, always or never");
  }
}

// ---- the table

constexpr std::string_view search_group = "Search";
constexpr std::string_view program_group = "Program under test";
constexpr std::string_view history_group = "History";
constexpr std::string_view output_group = "Output";

constexpr std::uint32_t seeded = commands::run | commands::fuzz | commands::replay | commands::props;
constexpr std::uint32_t reporting = commands::executing | commands::merge | commands::props | commands::linearize;
constexpr std::uint32_t limited = commands::searches | commands::props;
constexpr std::uint32_t once = commands::run | commands::replay;
constexpr std::uint32_t with_parameters = commands::executing | commands::show;

constexpr std::array all_options{
    option{"seed", 0, "N", "a number that determines what is drawn", search_group, seeded, false,
           read_number<&request::seed, 0>},
    option{"schedule", 0, "TEXT|@FILE", "the schedule, or the file that holds it", search_group, commands::replay,
           false, read_text<&request::schedule>},
    option{"strategy", 0, "NAME", "what picks the thread that moves (see below)", search_group, commands::executing,
           false, read_text<&request::strategy>},
    option{"executions", 0, "N", "how many executions to run (default 10000)", search_group, commands::fuzz, false,
           read_number<&request::executions, 1>},
    option{"max-executions", 0, "N", "stop after as many executions", search_group, commands::explore, false,
           read_number<&request::max_executions, 1>},
    option{"cases", 0, "N", "how many cases each suite generates (default 100)", search_group, commands::props, false,
           read_number<&request::cases, 1>},
    option{"time-limit", 0, "T", "stop after as long: 10s, 500ms, 2m, 1h", search_group, limited, false,
           read_time_limit},
    option{"preemptions", 0, "N|N..", "leave a thread that could go on at most N times; '..': then ever more often",
           search_group, commands::explore, false, read_preemption_bound},
    option{"keep-going", 0, "", "go on after a failure, and count", search_group, commands::searches, false,
           read_flag<&request::keep_going>},
    option{"output-is", 0, "FILE|-", "look for an execution that prints just what is in the file", search_group,
           commands::searches, false, read_text<&request::output_is>},
    option{"outputs", 0, "", "list all the different outputs of the program", search_group, commands::searches, false,
           read_flag<&request::outputs>},
    option{"jobs", 0, "N", "how many OS threads search (default: one a core)", search_group, commands::explore, false,
           read_number<&request::jobs, 1, most_jobs>},
    option{"shard", 0, "I/N", "only part I of N; `merge` adds up the results", search_group, commands::explore, false,
           read_shard_of},
    option{"checkpoint", 0, "FILE", "keep in a file where the search stands", search_group, commands::explore, false,
           read_text<&request::checkpoint>},
    option{"resume", 0, "FILE", "go on from a checkpoint", search_group, commands::explore, false,
           read_text<&request::resume>},
    option{"param", 'p', "NAME=VALUE", "set a parameter of the scenario; repeatable", program_group, with_parameters,
           true, read_parameter},
    option{"time", 0, "free|timed", "whether sleepers may go on at any point, or by the clock", program_group,
           commands::executing, false, read_time},
    option{"faults", 0, "LIST", "of spurious-wakeup, weak-cas, try-lock, timeout: what may go wrong", program_group,
           commands::executing | commands::props, false, read_faults_list},
    option{"max-faults", 0, "N", "how many faults an execution may have (default 1)", program_group,
           commands::executing | commands::props, false, read_number<&request::max_faults, 0>},
    option{"hang-limit", 0, "T", "real time that a thread may run without an operation (default 2s; 0: no limit)",
           program_group, commands::executing, false, read_hang_limit},
    option{"memory-model", 0, "sc", "which values a load may return (sc: the latest one)", program_group,
           commands::executing, false, read_model},
    option{"races", 0, "stop|ignore", "whether a data race is a failure (default stop)", program_group,
           commands::executing, false, read_race_policy},
    option{"lost-updates", 0, "", "a store that overwrites another one unseen is a failure (in Python, unless =false)",
           program_group, commands::executing, false, read_flag<&request::lost_updates>},
    option{"event-limit", 0, "N", "more events in an execution are a livelock (default 100000)", program_group,
           commands::executing, false, read_number<&request::event_limit, 1>},
    option{"stack-size", 0, "BYTES", "of each thread: 65536, 64k, 1M (default 64k)", program_group, commands::executing,
           false, read_stack_size},
    option{"model", 0, "NAME", "what the history should be explained by (see below)", history_group,
           commands::linearize, false, read_text<&request::model>},
    option{"keyed", 0, "", "many objects: each value is [key, value]", history_group, commands::linearize, false,
           read_flag<&request::keyed>},
    option{"consistency", 0, "KIND", "linearizable (default), or sequential: only each process keeps its order",
           history_group, commands::linearize, false, read_consistency},
    option{"tag", 0, "TAG", "only what has this tag", output_group, commands::list, false, read_text<&request::tag>},
    option{"trace", 0, "", "show each event", output_group, once, false, read_flag<&request::trace>},
    option{"bytecode", 0, "", "show each bytecode of a Python program, with its stack", output_group, once, false,
           read_flag<&request::bytecode>},
    option{"json", 0, "FILE|-", "write JSON to a file, or alone to standard output", output_group,
           commands::executing | commands::list | commands::merge | commands::props | commands::linearize, false,
           read_text<&request::json>},
    option{"junit", 0, "FILE", "write JUnit's XML to a file", output_group, commands::props, false,
           read_text<&request::junit>},
    option{"save-schedule", 0, "FILE", "write the schedule of what was found to a file", output_group,
           commands::executing, false, read_text<&request::save_schedule>},
    option{"width", 0, "N", "columns of the report (default: the terminal's, or 100)", output_group, reporting, false,
           read_number<&request::width, 40, 1000>},
    option{"color", 0, "WHEN", "colours in the report: auto, always or never", output_group, reporting, false,
           read_colour},
};

}  // namespace

std::string option::variable() const {
  std::string result = "HEDDLE_";
  for (const char c : name) {
    // Not toupper: that asks the locale.
    const bool lower = c >= 'a' && c <= 'z';
    result += c == '-' ? '_' : lower ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return result;
}

std::string option::flag() const { return letter != '\0' ? std::string{'-', letter} : "--" + std::string(name); }

std::span<const option> option_table() { return all_options; }

void read_option(const option& which, request& into, const given_value& from) {
  try {
    which.read(into, from);
  } catch (const request_error& error) {
    throw request_error(fmt::format("{}: {}", from.shown, error.what()));
  }
}

}  // namespace heddle::checker
