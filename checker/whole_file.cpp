#include "whole_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include <heddle/explore.hpp>

namespace heddle::checker {
namespace {

[[noreturn]] void cannot_write(const std::string& name, int error) {
  throw request_error(fmt::format("cannot write to {}: {}", name, std::strerror(error)));
}

/** Writes all of it, to the disk; the error's number, or 0. */
int write_through(int descriptor, std::string_view content) noexcept {
  while (!content.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno != EINTR) return errno;
    if (written > 0) content.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(descriptor) == 0 ? 0 : errno;
}

// The renaming is on the disk when the directory is. Not every file system can do that, and the content is safe anyway.
void sync_directory_of(const std::string& name) noexcept {
  const std::size_t slash = name.rfind('/');
  const std::string directory = slash == std::string::npos ? "." : name.substr(0, slash + 1);
  const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  static_cast<void>(::fsync(descriptor));
  ::close(descriptor);
}

}  // namespace

void replace_file(const std::string& name, std::string_view content) {
  struct stat there = {};
  // A device would not be written to, but be gone.
  if (::stat(name.c_str(), &there) == 0 && !S_ISREG(there.st_mode)) {
    throw request_error(fmt::format("cannot write to {}: it is not a file; name one", name));
  }
  const std::string beside = name + ".new";
  const int descriptor = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor < 0) cannot_write(beside, errno);
  int error = write_through(descriptor, content);
  if (::close(descriptor) != 0 && error == 0) error = errno;
  if (error == 0 && std::rename(beside.c_str(), name.c_str()) != 0) error = errno;
  if (error != 0) {
    ::unlink(beside.c_str());
    cannot_write(name, error);
  }
  sync_directory_of(name);
}

}  // namespace heddle::checker
