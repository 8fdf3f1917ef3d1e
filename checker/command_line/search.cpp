// `heddle explore` and `heddle fuzz`.
#include "command_line/command.hpp"
#include "command_line/input.hpp"
#include "command_line/prepare.hpp"
#include "command_line/progress_line.hpp"
#include "command_line/reporter.hpp"
#include "command_line/signals.hpp"

namespace heddle::checker {
namespace {

using search_function = result (*)(const program&, const options&);

result search_with_progress(search_function search, const program& body, options& with,
                            std::optional<std::uint64_t> at_most) {
  progress counted;
  const stop_on_signals stopping;
  with.stop = &stopping.flag();
  with.progress = &counted;
  const progress_line line({counted, at_most, stopping.flag()});
  return search(body, with);
}

int search_scenario(const invocation& call, search_function search) {
  const scenario what = find_scenario(call);
  const arguments values = parameters_of(call, what.parameters);
  options with = search_options(call, what, values);
  with.outputs = call.asked.outputs;
  if (!call.asked.output_is.empty()) with.output_is = read_output(call.asked.output_is);
  reporter reports(call.asked);
  const program body = [&] { what.body(values); };
  const auto at_most = call.chosen->bit == commands::fuzz ? std::optional(with.executions) : with.max_executions;
  const result found = search_with_progress(search, body, with, at_most);
  reports.write(found);
  say_timing(found.executions, found.elapsed_s);
  return found.exit_code();
}

}  // namespace

int explore_scenario(const invocation& call) { return search_scenario(call, explore); }

int fuzz_scenario(const invocation& call) { return search_scenario(call, fuzz); }

}  // namespace heddle::checker
