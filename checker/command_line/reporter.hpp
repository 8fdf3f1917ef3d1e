// What becomes of a result: the report, the JSON, the saved schedule, the exit code.
#pragma once

#include <unistd.h>

#include <optional>

#include <heddle/options.hpp>
#include <heddle/result.hpp>

#include "command_line/output.hpp"
#include "command_line/request.hpp"

namespace heddle::checker {

/** Opens the files before the search, and writes everything after it. */
class reporter {
 public:
  /** Throws request_error for a file that cannot be written. */
  explicit reporter(const request& asked);

  /** Lets the program's output through, and the events if they were asked for. For as long as this lives. */
  void connect(options& with);

  /** Writes the report to the descriptor, and the files. Throws request_error. */
  void write(const result& found, int descriptor = STDOUT_FILENO);
  /** The same without a report for the user to read. */
  void write_files(const result& found);

 private:
  const request& asked_;
  bool json_alone_;                        // on standard output
  standard_stream shown_;                  // the program's output and the events
  standard_stream errors_{STDERR_FILENO};  // what it prints to its errors
  std::optional<output_file> json_;
  std::optional<output_file> schedule_;
};

/** Says on standard error how many executions there were, in how many seconds. */
void say_timing(std::uint64_t executions, double elapsed_s);

}  // namespace heddle::checker
