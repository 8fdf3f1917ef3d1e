// `heddle linearize`: reads a history and checks it against a model.
#include <unistd.h>

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <optional>

#include <heddle/explore.hpp>
#include <heddle/history.hpp>

#include "command_line/command.hpp"
#include "command_line/output.hpp"
#include "command_line/terminal.hpp"

namespace heddle::checker {
namespace {

constexpr int stopped_by_limit = 3;  // an exit code, as of searches

recorded_history read_from(const std::string& name) {
  recorded_history history;
  if (name == "-") {
    history = read_history(std::cin, "standard input");
  } else {
    errno = 0;
    std::ifstream file(name, std::ios::binary);
    if (!file) throw request_error(fmt::format("cannot read a history from {}: {}", name, std::strerror(errno)));
    history = read_history(file, name);
  }
  // An empty history holds, which would be said of a file that was not written as well.
  if (history.operations.empty()) {
    throw request_error(
        fmt::format("there is no operation in {}: give a history, a JSON object on each line", history.file));
  }
  return history;
}

history_options options_of(const invocation& call) {
  if (call.asked.model.empty()) {
    std::string names;
    for (const history_model& each : history_models()) names.append(names.empty() ? "" : ", ").append(each.name);
    throw request_error(fmt::format("linearize needs a model: give --model and one of: {}", names));
  }
  history_options how;
  how.model = call.asked.model;
  how.keyed = call.asked.keyed;
  how.consistency = call.asked.consistency;
  return how;
}

}  // namespace

int linearize_history(const invocation& call) {
  const history_options how = options_of(call);
  const bool json_alone = call.asked.json == "-";
  std::optional<output_file> json;
  if (!call.asked.json.empty() && !json_alone) json.emplace(call.asked.json);
  history_result found;
  try {
    found = check_history(read_from(call.asked.files.front()), how);
  } catch (const search_too_large& error) {
    say(error.what());
    return stopped_by_limit;
  }
  standard_stream out(STDOUT_FILENO);
  out.write(json_alone ? to_json(found) : to_text(found, style_for(STDOUT_FILENO, call.asked)));
  out.check();
  if (json) json->write(to_json(found));
  return found.found.holds ? 0 : 1;
}

}  // namespace heddle::checker
