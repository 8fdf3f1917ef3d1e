// What the command line and the environment ask for, as plain data.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/linearizability.hpp>
#include <heddle/options.hpp>
#include <heddle/property.hpp>
#include <heddle/scenario.hpp>

namespace heddle::checker {

/** Where an option's value comes from. */
enum class value_source : std::uint8_t { environment, command_line };

/** An option's value as text, before it is read. */
struct given_value {
  std::string text;
  std::string shown;  ///< as the user wrote it, for errors: "--seed abc", "HEDDLE_SEED=abc"
  value_source source = value_source::command_line;

  friend bool operator==(const given_value&, const given_value&) = default;
};

/** A scenario's parameter that was given a value. */
struct assignment {
  std::string name;
  std::string value;
  given_value given;

  friend bool operator==(const assignment&, const assignment&) = default;
};

enum class colour_choice : std::uint8_t { automatic, always, never };

/** The values of all options; those that were not given are empty. */
struct request {
  std::string scenario;
  std::vector<std::string> files;   ///< of results, or of a history
  std::vector<std::string> suites;  ///< of properties; none: all
  std::string tag;
  std::vector<assignment> parameters;

  std::string strategy;
  std::optional<std::uint64_t> seed;
  std::string schedule;  ///< its text, or '@' and a file's name
  std::optional<std::uint64_t> executions;
  std::optional<std::uint64_t> max_executions;
  std::optional<std::uint64_t> cases;
  std::optional<std::chrono::nanoseconds> time_limit;
  std::optional<preemption_bound> preemptions;
  bool keep_going = false;
  std::string output_is;  ///< a file's name, or "-"
  bool outputs = false;

  std::optional<unsigned> jobs;
  std::optional<heddle::shard> shard;
  std::string checkpoint;  ///< a file's name
  std::string resume;      ///< likewise
  std::optional<heddle::memory_model> memory_model;
  std::optional<race_policy> races;
  std::optional<bool> lost_updates;
  std::optional<std::uint64_t> event_limit;
  std::optional<std::size_t> stack_size;
  std::optional<time_mode> time;
  std::optional<sim::fault_kinds> faults;
  std::optional<std::uint32_t> max_faults;
  std::optional<std::chrono::nanoseconds> hang_limit;

  std::string model;  ///< of a history
  bool keyed = false;
  heddle::consistency consistency = heddle::consistency::linearizable;

  bool trace = false;
  bool bytecode = false;
  std::string json;           ///< a file's name, or "-"
  std::string junit;          ///< a file's name
  std::string save_schedule;  ///< a file's name
  std::optional<int> width;
  colour_choice colour = colour_choice::automatic;

  friend bool operator==(const request&, const request&) = default;
};

struct command;

/** One call of the program: what a command gets to see. */
struct invocation {
  scenario_table scenarios;
  property_table properties;
  std::string program;  ///< how it is called, to be pasted into a shell
  const command* chosen = nullptr;
  request asked;
  std::map<std::string_view, given_value> given;  ///< by the option's long name, those that were

  /** Whether the option was given on the command line itself, not in the environment. */
  [[nodiscard]] bool typed(std::string_view option) const {
    const auto found = given.find(option);
    return found != given.end() && found->second.source == value_source::command_line;
  }
};

}  // namespace heddle::checker
