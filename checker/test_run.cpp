// Searches as tests of a test framework: which verdict they come to, what is shown, and how they are called again.
#include <heddle/test_run.hpp>

#include <fmt/format.h>

#include <mutex>
#include <set>
#include <utility>

#include <heddle/sim/schedule.hpp>

#include "environment.hpp"
#include "report/shell.hpp"
#include "single_line.hpp"

namespace heddle {
namespace {

using checker::again_by_environment;
using checker::schedule_in_environment;

bool tested_nothing(const result& found) { return found.executions == found.discarded; }

test_outcome judged(result found, bool may_be_cut) {
  const auto outcome = [&](test_verdict verdict, std::string text) {
    return test_outcome{verdict, std::move(text), std::move(found)};
  };
  const bool single = found.search == search_kind::replay;
  switch (found.verdict) {
    case verdict::fail: break;
    case verdict::pass:
      return outcome(test_verdict::passed, found.choices == 0 || single ? to_text(found) : std::string());
    case verdict::inconclusive:
      if (tested_nothing(found)) break;
      if (may_be_cut) return outcome(test_verdict::passed, to_text(found));
      return outcome(
          test_verdict::failed,
          to_text(found) + "\nThe test sets no such limit itself, so it cannot pass: give it more, or none.\n");
  }
  return outcome(test_verdict::failed, to_text(found));
}

// Names of files for source_location, which does not own them: as many as there are with assertions that failed.
const char* kept(std::string_view file) {
  static std::mutex guard;
  static std::set<std::string, std::less<>> files;
  const std::lock_guard lock(guard);
  auto found = files.find(file);
  if (found == files.end()) found = files.emplace(file).first;
  return found->c_str();
}

}  // namespace

test_outcome run_test(const program& body, search_test test) {
  try {
    const bool may_be_cut = test.with.max_executions || test.with.time_limit;
    options with = options::from_environment(std::move(test.with));
    with.name = test.name;
    with.replay_command = again_by_environment() + " " + checker::quote_for_shell(test.arguments);
    if (const char* schedule = schedule_in_environment()) {
      const std::string whose = sim::parse_schedule(schedule).program;
      if (whose == test.name) return judged(replay(body, schedule, with), may_be_cut);
      return {test_verdict::skipped, fmt::format("HEDDLE_SCHEDULE is a schedule of {}", whose), std::nullopt};
    }
    return judged(test.search == search_kind::fuzz ? fuzz(body, with) : explore(body, with), may_be_cut);
  } catch (const sim::schedule_error& error) {
    return {test_verdict::failed, fmt::format("HEDDLE_SCHEDULE: {}\n", error.what()), std::nullopt};
  } catch (const request_error& error) {
    return {test_verdict::failed, fmt::format("{}\n", error.what()), std::nullopt};
  }
}

bool assertion_failed(std::string_view text, std::string_view file, std::uint32_t line) {
  if (sim::running_simulator == nullptr) return false;
  const source_location where = line == 0 ? source_location{} : source_location{kept(file), line};
  sim::running_simulator->fail_at_next_operation(sim::ending_kind::assertion, checker::single_line(text), where);
  return true;
}

}  // namespace heddle
