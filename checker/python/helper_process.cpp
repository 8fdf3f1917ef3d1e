#include "helper_process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <heddle/explore.hpp>

#include "environment.hpp"

namespace heddle::checker::python {
namespace {

using steady = std::chrono::steady_clock;

/** A file descriptor, closed at the end. */
class descriptor {
 public:
  explicit descriptor(int number) noexcept : number_(number) {}
  descriptor(descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  descriptor& operator=(descriptor&&) = delete;
  ~descriptor() { close(); }
  [[nodiscard]] int number() const noexcept { return number_; }
  void close() noexcept {
    if (number_ >= 0) ::close(std::exchange(number_, -1));
  }

 private:
  int number_;
};

[[noreturn]] void cannot(std::string_view what, int error) {
  throw request_error(fmt::format("cannot {}: {}", what, std::strerror(error)));
}

// In memory, not in a pipe: the helper may then read it when it likes, or not at all.
descriptor holding(std::string_view text) {
  descriptor made(::memfd_create("heddle", MFD_CLOEXEC));
  if (made.number() < 0) cannot("pass the source to python3", errno);
  while (!text.empty()) {
    const ssize_t written = ::write(made.number(), text.data(), text.size());
    if (written < 0 && errno != EINTR) cannot("pass the source to python3", errno);
    if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
  }
  ::lseek(made.number(), 0, SEEK_SET);
  return made;
}

[[noreturn]] void no_python(const char* name, int error) {
  if (value_of("HEDDLE_PYTHON") != nullptr) {
    throw request_error(
        fmt::format("cannot run '{}', which the environment variable HEDDLE_PYTHON names: {}; a Python file of your "
                    "own needs python3, 3.8 or later",
                    name, std::strerror(error)));
  }
  throw request_error("a Python file of your own needs python3 (3.8 or later), which is not there: install it");
}

/** A running python3. Whatever happens, it does not outlive this object. */
class helper {
 public:
  helper(const char* script, int input, int output) {
    const char* const chosen = value_of("HEDDLE_PYTHON");
    const char* const name = chosen == nullptr ? "python3" : chosen;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    // -I: no settings and no modules of the user's; -S: no installed ones.
    std::array<std::string, 5> arguments{name, "-I", "-S", "-c", script};
    std::array<char*, 6> pointers{};
    for (std::size_t i = 0; i < arguments.size(); ++i) pointers.at(i) = arguments.at(i).data();
    const int error = ::posix_spawnp(&process_, name, &actions, nullptr, pointers.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) no_python(name, error);
  }
  helper(const helper&) = delete;
  helper& operator=(const helper&) = delete;
  ~helper() {
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    static_cast<void>(wait());
  }

  /** Its status, when it has ended. */
  int wait() noexcept {
    int status = 0;
    while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    process_ = 0;
    return status;
  }

 private:
  pid_t process_ = 0;
};

std::string read_all(const descriptor& from, const helper_limits& limits) {
  const auto end = steady::now() + limits.time;
  std::string text;
  std::array<char, 65536> part{};
  while (true) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - steady::now()).count();
    pollfd waits{from.number(), POLLIN, 0};
    const int ready = left <= 0 ? 0 : ::poll(&waits, 1, static_cast<int>(left));
    if (ready == 0) throw request_error("python3 takes too long to parse the source: make it smaller");
    if (ready < 0 && errno == EINTR) continue;
    const ssize_t got = ready < 0 ? -1 : ::read(from.number(), part.data(), part.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) cannot("read from python3", errno);
    if (got == 0) return text;
    text.append(part.data(), static_cast<std::size_t>(got));
    if (text.size() > limits.output)
      throw request_error("the source's syntax tree is too big: make the source smaller");
  }
}

}  // namespace

std::string run_python(const char* script, std::string_view input, const helper_limits& limits) {
  const descriptor source = holding(input);
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) cannot("make a pipe for python3", errno);
  const descriptor ours(ends[0]);
  descriptor theirs(ends[1]);
  helper running(script, source.number(), theirs.number());
  theirs.close();
  std::string written = read_all(ours, limits);
  const int status = running.wait();
  if (WIFSIGNALED(status)) {
    throw request_error(
        fmt::format("python3 was ended by signal {} while it parsed the source: it may be too big, or "
                    "nested too deeply",
                    WTERMSIG(status)));
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || written.empty()) {
    throw request_error(fmt::format("python3 could not parse the source (it exited with {}): 3.8 or later is needed",
                                    WEXITSTATUS(status)));
  }
  return written;
}

}  // namespace heddle::checker::python
