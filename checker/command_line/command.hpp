// The table of commands.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "command_line/request.hpp"

namespace heddle::checker {

/** Commands as bits, so that an option can say which of them take it. */
namespace commands {
inline constexpr std::uint32_t list = 1;
inline constexpr std::uint32_t show = 2;
inline constexpr std::uint32_t run = 4;
inline constexpr std::uint32_t explore = 8;
inline constexpr std::uint32_t fuzz = 16;
inline constexpr std::uint32_t replay = 32;
inline constexpr std::uint32_t merge = 64;
inline constexpr std::uint32_t props = 128;
inline constexpr std::uint32_t linearize = 256;
inline constexpr std::uint32_t searches = explore | fuzz;
inline constexpr std::uint32_t executing = run | searches | replay;
}  // namespace commands

/** What stands behind a command's name. */
enum class operand : std::uint8_t { none, scenario, results, suites, history };

/** A command of the command line. */
struct command {
  std::uint32_t bit;
  std::string_view name;
  std::string_view summary;  ///< one line, for the list of commands
  std::string_view details;  ///< more lines, for its own help; may be empty
  operand takes;
  std::array<std::string_view, 2> examples;  ///< what follows the command's and a scenario's name; '!' for none
  int (*run)(const invocation&);             ///< its exit code
};

/** All commands, in the order of the help. */
[[nodiscard]] std::span<const command> command_table();

// ---- what they do, one file each

int list_scenarios(const invocation& call);
int show_scenario(const invocation& call);
int run_scenario(const invocation& call);
int explore_scenario(const invocation& call);
int fuzz_scenario(const invocation& call);
int replay_scenario(const invocation& call);
int check_suites(const invocation& call);
int merge_results(const invocation& call);
int linearize_history(const invocation& call);

}  // namespace heddle::checker
