// The schedule and the seed put into the command or call that replays them.
#include "replay_command.hpp"

#include <string_view>

namespace heddle::checker {
namespace {

constexpr std::string_view placeholder = "{schedule}";

}  // namespace

std::string replay_command(const result& what, const std::string& schedule) {
  std::string command = what.replay_command;
  if (const std::size_t position = command.find(placeholder); position != std::string::npos) {
    return command.replace(position, placeholder.size(), schedule);
  }
  return command.empty() ? "heddle::replay(program, \"" + schedule + "\")" : command + " --schedule " + schedule;
}

std::vector<std::string> replay_commands(const result& what) {
  if (!what.failure || what.failure->schedule.empty()) return {};
  const heddle::failure& failure = *what.failure;
  std::vector<std::string> commands{replay_command(what, failure.schedule)};
  const std::string& command = what.replay_command;
  if (failure.seed && command.find(placeholder) == std::string::npos) {
    const bool by_call = command.empty();
    const std::string seed = std::to_string(*failure.seed);
    commands.push_back(by_call ? "heddle::replay(program, " + seed + "u)" : command + " --seed " + seed);
  }
  return commands;
}

}  // namespace heddle::checker
