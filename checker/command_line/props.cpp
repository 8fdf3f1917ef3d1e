// `heddle props`.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "command_line/command.hpp"
#include "command_line/junit.hpp"
#include "command_line/output.hpp"
#include "command_line/reporter.hpp"
#include "command_line/signals.hpp"
#include "command_line/suites.hpp"
#include "command_line/terminal.hpp"
#include "report/numbers.hpp"
#include "report/property_report.hpp"

namespace heddle::checker {
namespace {

using suite_list = std::vector<const property_suite*>;

/** What becomes of the checks: a line or a report as each ends, and the files at the end. */
class suite_reporter {
 public:
  /** Opens the files; throws request_error. */
  suite_reporter(const request& asked, const suite_list& suites)
      : named_(!asked.suites.empty()),
        json_alone_(asked.json == "-"),
        style_(style_for(STDOUT_FILENO, asked)),
        out_(STDOUT_FILENO) {
    for (const property_suite* each : suites) names_ = std::max(names_, display_width(each->name));
    if (!asked.json.empty() && !json_alone_) json_.emplace(asked.json);
    if (asked.junit == "-") throw request_error("--junit needs a file's name");
    if (!asked.junit.empty()) junit_.emplace(asked.junit);
  }

  void tell(const checked_suite& which) {
    if (json_alone_) return;
    if (!named_) return out_.write(render(line_of(which, names_), style_.colour));
    out_.write((first_ ? "" : "\n") + to_text(which.came, style_));
    first_ = false;
  }

  /** Throws request_error where something cannot be written. */
  void finish(const checked_suites& all) {
    if (json_alone_) {
      out_.write(to_json(all));
    } else if (!named_) {
      out_.write(render(totals_of(all), style_.colour));
    }
    out_.check();
    if (json_) json_->write(to_json(all));
    if (junit_) junit_->write(junit_text(all));
  }

 private:
  bool named_;
  bool json_alone_;  // on standard output
  bool first_ = true;
  int names_ = 0;  // columns
  report_style style_;
  standard_stream out_;
  std::optional<output_file> json_;
  std::optional<output_file> junit_;
};

checked_suites check_all(const invocation& call, const suite_list& suites, suite_reporter& reports) {
  const stop_on_signals stopping;
  checked_suites all;
  all.named = !call.asked.suites.empty();
  for (const property_suite* each : suites) {
    property_options with = check_options(call, *each);
    with.stop = &stopping.flag();
    all.seed = with.seed;
    if (stopping.flag()) {
      all.left_out.push_back(each);
      continue;
    }
    all.checked.push_back({each, each->check(with)});
    reports.tell(all.checked.back());
  }
  return all;
}

constexpr int in_order = 0;
constexpr int failed = 1;
constexpr int stopped = 3;

/** Where a suite's failure is asked for, it is no failure of the call. */
int unless_expected(const checked_suite& which) {
  if (which.as_expected()) return in_order;
  const int code = which.came.found.exit_code();
  return code == in_order ? failed : code;
}

/** The exit code that tells most of all of them. */
int exit_code(const checked_suites& all, bool named) {
  static constexpr std::array from_bad_to_good{4, failed, stopped, in_order};
  std::vector<int> codes{all.left_out.empty() ? in_order : stopped};
  for (const checked_suite& each : all.checked) {
    codes.push_back(named ? each.came.found.exit_code() : unless_expected(each));
  }
  return *std::ranges::find_if(from_bad_to_good,
                               [&](int code) { return std::ranges::find(codes, code) != codes.end(); });
}

void say_timing_of(const checked_suites& all) {
  std::uint64_t executions = 0;
  double elapsed_s = 0;
  for (const checked_suite& each : all.checked) {
    executions += each.came.found.executions;
    elapsed_s += each.came.found.elapsed_s;
  }
  say_timing(executions, elapsed_s);
}

}  // namespace

int check_suites(const invocation& call) {
  const suite_list suites = find_suites(call);
  suite_reporter reports(call.asked, suites);
  const checked_suites all = check_all(call, suites, reports);
  reports.finish(all);
  say_timing_of(all);
  if (all.named && !all.left_out.empty()) say(counted(all.left_out.size(), "suite") + " left out");
  return exit_code(all, all.named);
}

}  // namespace heddle::checker
