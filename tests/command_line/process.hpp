// Runs a program as a user would: arguments, environment, pipes or a terminal, signals, and what came of it.
#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>
#include <vector>

namespace heddle::test {

/** What a process left behind. */
struct finished {
  int exit_code = -1;  ///< -1 where a signal ended it
  int signal = 0;      ///< which one; else 0
  std::string out;     ///< of a terminal that takes both streams: all of it
  std::string err;
};

/** How to start a process. */
struct setup {
  std::vector<std::string> arguments;    ///< the program's path first
  std::vector<std::string> environment;  ///< "NAME=value"; added to ours without what steers heddle
  bool terminal_out = false;  ///< standard output is a terminal (which then is the error's, too, if it has one)
  bool terminal_err = false;
  unsigned short columns = 80;  ///< of that terminal
  bool unread_out = false;      ///< nobody reads standard output: its pipe is closed from the start
};

/** A running process; killed if it has not ended by the end of this object, or of the test program. */
class process {
 public:
  explicit process(const setup& how);
  ~process();
  process(const process&) = delete;
  process& operator=(const process&) = delete;

  /** Reads until the text has come on one of the streams; false if all streams end before. */
  bool read_until(std::string_view text);
  /** Waits until the process has a handler for this signal; false if it ended before. */
  [[nodiscard]] bool waits_for(int signal) const;
  void send(int signal) const;
  /** Types into the terminal: "\x03" is Ctrl-C. */
  void type(std::string_view keys) const;
  /** Reads to the end of all streams and waits for the end of the process. */
  finished finish();

 private:
  bool read_some();

  pid_t id_ = -1;
  int out_ = -1;  // our ends; the terminal's is the one of the first stream that it takes
  int err_ = -1;
  int terminal_ = -1;
  finished result_;
};

/** Starts it and waits for its end. */
finished run(const setup& how);

/** The heddle that is tested, called `heddle` in what it prints. Arguments split at spaces. */
setup heddle_setup(std::string_view arguments, std::vector<std::string> environment = {});
finished run_heddle(std::string_view arguments, std::vector<std::string> environment = {});

/** The path of the heddle that is tested: HEDDLE_BINARY, which the build sets. */
std::string heddle_binary();

/** A variable of the environment; throws std::runtime_error, with how to run this, where it is not set. */
std::string required_variable(const char* name);

/** Words separated by single spaces. */
std::vector<std::string> words(std::string_view text);

/** A directory of its own for one test, removed with all its files at the end. */
class temporary_directory {
 public:
  temporary_directory();
  ~temporary_directory();
  temporary_directory(const temporary_directory&) = delete;
  temporary_directory& operator=(const temporary_directory&) = delete;

  [[nodiscard]] std::string file(std::string_view name) const { return path_ + "/" + std::string(name); }

 private:
  std::string path_;
};

/** All of a file; empty if it cannot be read. */
std::string contents(const std::string& file);

}  // namespace heddle::test
