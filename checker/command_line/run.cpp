// `heddle run`.
#include <fmt/format.h>

#include "command_line/command.hpp"
#include "command_line/prepare.hpp"
#include "command_line/reporter.hpp"
#include "report/numbers.hpp"

namespace heddle::checker {
namespace {

std::string one_line(const result& found) {
  const std::string stopped = found.stopped_by.empty() ? "" : fmt::format(", stopped by {}", found.stopped_by);
  return fmt::format("{}: {}{}: {}, {}, {}", found.program, to_string(found.verdict), stopped,
                     counted(found.threads, "thread"), counted(found.events, "event"),
                     counted(found.choices, "choice"));
}

}  // namespace

int run_scenario(const invocation& call) {
  const scenario what = find_scenario(call);
  const arguments values = parameters_of(call, what.parameters);
  options with = search_options(call, what, values);
  // A seed is of no use to the default, which is round robin.
  if (call.asked.seed && with.strategy.empty()) with.strategy = "random";
  reporter reports(call.asked);
  reports.connect(with);
  const result found = run_once([&] { what.body(values); }, with);
  if (found.verdict == verdict::fail) {
    reports.write(found, STDERR_FILENO);
  } else {
    reports.write_files(found);
    say(one_line(found));
  }
  return found.exit_code();
}

}  // namespace heddle::checker
