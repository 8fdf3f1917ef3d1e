// Processes by fork and exec, with pipes and pseudo-terminals.
#include "process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace heddle::test {
namespace {

int checked(int result, const char* what) {
  if (result < 0) throw std::system_error(errno, std::generic_category(), what);
  return result;
}

struct ends {
  int ours;
  int theirs;
};

ends make_pipe() {
  std::array<int, 2> both{};
  checked(pipe2(both.data(), O_CLOEXEC), "pipe2");
  return {both[0], both[1]};
}

ends make_terminal(unsigned short columns) {
  const int ours = checked(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC), "posix_openpt");
  checked(grantpt(ours), "grantpt");
  checked(unlockpt(ours), "unlockpt");
  std::array<char, 128> name{};
  checked(-ptsname_r(ours, name.data(), name.size()), "ptsname_r");
  const int theirs = checked(open(name.data(), O_RDWR | O_NOCTTY | O_CLOEXEC), "open");
  winsize size{};
  size.ws_row = 24;
  size.ws_col = columns;
  checked(ioctl(theirs, TIOCSWINSZ, &size), "TIOCSWINSZ");
  termios mode{};
  checked(tcgetattr(theirs, &mode), "tcgetattr");
  mode.c_oflag &= ~static_cast<tcflag_t>(OPOST);  // newlines as they were written
  mode.c_lflag &= ~static_cast<tcflag_t>(ECHO);
  checked(tcsetattr(theirs, TCSANOW, &mode), "tcsetattr");
  return {ours, theirs};
}

/** Ours, without what steers heddle or its colours, and with the additions in place of ours. */
std::vector<std::string> environment_with(const std::vector<std::string>& added) {
  std::vector<std::string> result;
  const auto named = [](std::string_view entry, std::string_view name) {
    return entry.starts_with(name) && entry.substr(name.size()).starts_with('=');
  };
  for (char** each = environ; *each != nullptr; ++each) {
    const std::string_view entry = *each;
    bool dropped = entry.starts_with("HEDDLE_") || named(entry, "NO_COLOR") || named(entry, "TERM");
    for (const std::string& other : added) dropped = dropped || named(entry, other.substr(0, other.find('=')));
    if (!dropped) result.emplace_back(entry);
  }
  result.insert(result.end(), added.begin(), added.end());
  result.emplace_back("TERM=xterm");  // getenv finds the first
  return result;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

void close_if_open(int& descriptor) {
  if (descriptor >= 0) close(std::exchange(descriptor, -1));
}

}  // namespace

process::process(const setup& how) {
  std::vector<std::string> arguments = how.arguments;
  std::vector<std::string> environment = environment_with(how.environment);
  const std::vector<char*> argument_pointers = pointers_to(arguments);
  const std::vector<char*> environment_pointers = pointers_to(environment);

  ends terminal{-1, -1};
  if (how.terminal_out || how.terminal_err) terminal = make_terminal(how.columns);
  terminal_ = terminal.ours;
  const ends out = how.terminal_out ? terminal : make_pipe();
  const ends err = how.terminal_err ? terminal : make_pipe();
  out_ = out.ours;
  err_ = how.terminal_out && how.terminal_err ? -1 : err.ours;  // both streams are read as one
  if (how.unread_out) close_if_open(out_);

  const pid_t parent = getpid();
  id_ = checked(fork(), "fork");
  if (id_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(127);
    // A background job has them ignored, and its children inherit that.
    for (const int each : {SIGINT, SIGTERM, SIGPIPE}) signal(each, SIG_DFL);
    if (terminal.theirs >= 0) {
      setsid();
      ioctl(terminal.theirs, TIOCSCTTY, 0);
    }
    const int null = open("/dev/null", O_RDONLY);
    dup2(null, STDIN_FILENO);
    dup2(out.theirs, STDOUT_FILENO);
    dup2(err.theirs, STDERR_FILENO);
    execve(argument_pointers.front(), argument_pointers.data(), environment_pointers.data());
    _exit(127);
  }
  close(out.theirs);
  if (err.theirs != out.theirs) close(err.theirs);
}

process::~process() {
  if (id_ > 0) {
    kill(id_, SIGKILL);
    waitpid(id_, nullptr, 0);
  }
  if (terminal_ != out_ && terminal_ != err_) close_if_open(terminal_);
  close_if_open(out_);
  close_if_open(err_);
}

/** Waits for output and reads what there is; false at the end of all streams. */
bool process::read_some() {
  if (out_ < 0 && err_ < 0) return false;
  std::array<pollfd, 2> both{{{out_, POLLIN, 0}, {err_, POLLIN, 0}}};  // poll leaves out what is negative
  if (poll(both.data(), both.size(), -1) < 0 && errno != EINTR) checked(-1, "poll");
  for (const pollfd& each : both) {
    if (each.fd < 0 || each.revents == 0) continue;
    std::array<char, 4096> buffer{};
    const ssize_t count = read(each.fd, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    int& stream = each.fd == out_ ? out_ : err_;
    std::string& text = each.fd == out_ ? result_.out : result_.err;
    if (count > 0) {
      text.append(buffer.data(), static_cast<std::size_t>(count));
    } else {  // the end; of a terminal an error
      if (each.fd == terminal_) terminal_ = -1;
      close_if_open(stream);
    }
  }
  return true;
}

bool process::read_until(std::string_view text) {
  while (result_.out.find(text) == std::string::npos && result_.err.find(text) == std::string::npos) {
    if (!read_some()) return false;
  }
  return true;
}

bool process::waits_for(int signal) const {
  const std::string status = "/proc/" + std::to_string(id_) + "/status";
  const std::uint64_t bit = std::uint64_t{1} << static_cast<unsigned>(signal - 1);
  while (true) {
    siginfo_t ended{};
    const int answer = waitid(P_PID, static_cast<id_t>(id_), &ended, WEXITED | WNOHANG | WNOWAIT);
    if (answer != 0 || ended.si_pid != 0) return false;
    const std::string text = contents(status);
    const std::size_t caught = text.find("SigCgt:");
    if (caught != std::string::npos && (std::stoull(text.substr(caught + 7), nullptr, 16) & bit) != 0) return true;
    sched_yield();
  }
}

void process::send(int signal) const { checked(kill(id_, signal), "kill"); }

void process::type(std::string_view keys) const {
  if (write(terminal_, keys.data(), keys.size()) != static_cast<ssize_t>(keys.size())) checked(-1, "write");
}

finished process::finish() {
  while (read_some()) {
  }
  int status = 0;
  while (waitpid(id_, &status, 0) < 0 && errno == EINTR) {
  }
  id_ = -1;
  if (WIFEXITED(status)) result_.exit_code = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) result_.signal = WTERMSIG(status);
  return result_;
}

finished run(const setup& how) { return process(how).finish(); }

setup heddle_setup(std::string_view arguments, std::vector<std::string> environment) {
  setup result;
  result.arguments = words(arguments);
  result.arguments.insert(result.arguments.begin(), heddle_binary());
  environment.emplace_back("HEDDLE_PROGRAM=heddle");
  result.environment = std::move(environment);
  return result;
}

finished run_heddle(std::string_view arguments, std::vector<std::string> environment) {
  return run(heddle_setup(arguments, std::move(environment)));
}

std::string heddle_binary() { return required_variable("HEDDLE_BINARY"); }

std::string required_variable(const char* name) {
  const char* const value = getenv(name);
  if (value == nullptr)
    throw std::runtime_error(std::string(name) + " is not set; run this by `meson test command_line`");
  return value;
}

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> result;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    result.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return result;
}

temporary_directory::temporary_directory()
    : path_((std::filesystem::temp_directory_path() / "heddle-test-XXXXXX").string()) {
  if (mkdtemp(path_.data()) == nullptr) checked(-1, "mkdtemp");
}

temporary_directory::~temporary_directory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string contents(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

}  // namespace heddle::test
