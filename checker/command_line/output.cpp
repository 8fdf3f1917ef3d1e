// Where results go. Standard output is written through stdio, so that it keeps its place among what a program under
// test prints by itself.
#include "command_line/output.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include <heddle/explore.hpp>

namespace heddle::checker {
namespace {

[[noreturn]] void cannot_write(std::string_view what, int error) {
  throw request_error(fmt::format("cannot write to {}: {}", what, std::strerror(error)));
}

/** Writes all of it; the error's number, or 0. */
int write_all(int descriptor, std::string_view text) noexcept {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno != EINTR) return errno;
    if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

}  // namespace

void standard_stream::write(std::string_view text) noexcept {
  if (error_ != 0 || text.empty()) return;
  std::FILE* const stream = descriptor_ == STDOUT_FILENO ? stdout : stderr;
  errno = 0;
  const bool written = std::fwrite(text.data(), 1, text.size(), stream) == text.size() && std::fflush(stream) == 0;
  if (!written) error_ = errno != 0 ? errno : EIO;
  in_line_ = text.back() != '\n';
}

void standard_stream::end_line() noexcept {
  if (in_line_) write("\n");
}

void standard_stream::check() const {
  // Whoever closes a pipe, as `head` does, has read enough.
  if (error_ != 0 && error_ != EPIPE) cannot_write("standard output", error_);
}

output_file::output_file(std::string name) : name_(std::move(name)) {
  // Not truncated before there is something to write instead.
  descriptor_ = ::open(name_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  made_ = descriptor_ >= 0;
  if (descriptor_ < 0 && errno == EEXIST) descriptor_ = ::open(name_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor_ < 0) cannot_write(name_, errno);
}

output_file::~output_file() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (made_) ::unlink(name_.c_str());
}

void output_file::write(std::string_view text) {
  made_ = false;
  if (::ftruncate(descriptor_, 0) != 0 && errno != EINVAL) cannot_write(name_, errno);  // EINVAL: a pipe or a device
  int error = write_all(descriptor_, text);
  if (::close(std::exchange(descriptor_, -1)) != 0 && error == 0) error = errno;
  if (error != 0) cannot_write(name_, error);
}

void say_lines(std::string_view text) noexcept {
  try {
    standard_stream(STDERR_FILENO).write(fmt::format("heddle: {}\n", text));
  } catch (...) {  // out of memory: there is no one left to tell
  }
}

void say(std::string_view text) noexcept {
  try {
    std::string line(text);
    std::ranges::replace(line, '\n', ' ');
    say_lines(line);
  } catch (...) {  // likewise
  }
}

}  // namespace heddle::checker
