// What becomes of a result.
#include "command_line/reporter.hpp"

#include <fmt/format.h>

#include <heddle/explore.hpp>
#include <heddle/sim/schedule.hpp>

#include "command_line/terminal.hpp"
#include "report/numbers.hpp"

namespace heddle::checker {

reporter::reporter(const request& asked)
    : asked_(asked), json_alone_(asked.json == "-"), shown_(json_alone_ ? STDERR_FILENO : STDOUT_FILENO) {
  if (!asked.json.empty() && !json_alone_) json_.emplace(asked.json);
  if (asked.save_schedule == "-")
    throw request_error("--save-schedule needs a file's name; the report shows it anyway");
  if (!asked.save_schedule.empty()) schedule_.emplace(asked.save_schedule);
}

void reporter::connect(options& with) {
  const auto show_line = [this](std::string_view line) {
    shown_.end_line();  // what the program prints need not end with a newline
    shown_.write(line);
    shown_.end_line();
  };
  with.output = [this](std::string_view text) { shown_.write(text); };
  with.errors = [this](std::string_view text) { errors_.write(text); };
  if (asked_.trace) with.trace = show_line;
  if (asked_.bytecode) with.instructions = show_line;
}

void reporter::write(const result& found, int descriptor) {
  shown_.end_line();
  if (!json_alone_) {
    standard_stream to(descriptor);
    to.write(to_text(found, style_for(descriptor, asked_)));
    to.check();
  }
  write_files(found);
}

void reporter::write_files(const result& found) {
  shown_.end_line();
  shown_.check();
  if (schedule_ && found.output_search && found.output_search->found) {
    schedule_->write(sim::to_file_text(sim::parse_schedule(found.output_search->schedule)));
  }
  if (schedule_ && found.failure && !found.failure->schedule.empty()) {
    schedule_->write(sim::to_file_text(sim::parse_schedule(found.failure->schedule)));
  }
  if (json_) json_->write(to_json(found));
  if (json_alone_) {
    standard_stream to(STDOUT_FILENO);
    to.write(to_json(found));
    to.check();
  }
}

void say_timing(std::uint64_t executions, double elapsed_s) {
  const double rate = elapsed_s > 0 ? static_cast<double>(executions) / elapsed_s : 0;
  say(fmt::format("{} in {:.2f} s, {} a second", counted(executions, "execution"), elapsed_s,
                  grouped(static_cast<std::uint64_t>(rate))));
}

}  // namespace heddle::checker
