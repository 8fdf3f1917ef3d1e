#include "tree_store.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "environment.hpp"

namespace heddle::checker::python {
namespace {

// Changes with the parser's script.
constexpr std::string_view first_line = "heddle: a Python source and its tree, version 1";

/** FNV-1a, 128 bits. It names a file; whether that is of the source its content says. */
std::string hash_of(std::string_view text) {
  __extension__ using wide = unsigned __int128;
  constexpr wide prime = (wide{1} << 88U) + 0x13b;
  wide hash = (wide{0x6c62272e07bb0142} << 64U) + 0x62b821756295c58d;
  for (const char each : text) hash = (hash ^ static_cast<unsigned char>(each)) * prime;
  return fmt::format("{:016x}{:016x}", static_cast<std::uint64_t>(hash >> 64U), static_cast<std::uint64_t>(hash));
}

/** Takes a line off the text. */
std::string_view take_line(std::string_view& from) {
  const std::size_t end = from.find('\n');
  const std::string_view line = from.substr(0, end);
  from.remove_prefix(end == std::string_view::npos ? from.size() : end + 1);
  return line;
}

}  // namespace

// The line with the lengths has the tree's hash, too: for a file that lost something in its midst.
std::string stored_tree(std::string_view source, std::string_view tree) {
  return fmt::format("{}\n{} {} {}\n{}\n{}\n", first_line, source.size(), tree.size(), hash_of(tree), source, tree);
}

std::optional<std::string> tree_in(std::string_view stored, std::string_view source) {
  if (take_line(stored) != first_line) return std::nullopt;
  const std::string_view numbers = take_line(stored);
  if (stored.size() < source.size() + 2 || stored.substr(0, source.size()) != source) return std::nullopt;
  std::string_view tree = stored.substr(source.size() + 1);
  if (tree.empty()) return std::nullopt;
  tree.remove_suffix(1);
  if (numbers != fmt::format("{} {} {}", source.size(), tree.size(), hash_of(tree))) return std::nullopt;
  return std::string(tree);
}

std::string tree_file_of(const std::string& program) { return program + ".tree"; }

std::string cached_tree_file(std::string_view source) {
  // The specification of XDG_CACHE_HOME has relative ones ignored.
  std::string directory;
  if (const char* cache = value_of("XDG_CACHE_HOME"); cache != nullptr && *cache == '/') {
    directory = cache;
  } else if (const char* home = value_of("HOME"); home != nullptr && *home == '/') {
    directory = std::string(home) + "/.cache";
  } else {
    return {};
  }
  return fmt::format("{}/heddle/python/{}.tree", directory, hash_of(source));
}

void try_to_store(const std::string& file, std::string_view content) noexcept try {
  std::error_code ignored;
  std::filesystem::create_directories(std::filesystem::path(file).parent_path(), ignored);
  // Under a name of its own first: others may store the same at the same time, and none may see the half of it.
  std::string beside = file + ".XXXXXX";
  const int descriptor = ::mkostemp(beside.data(), O_CLOEXEC);
  if (descriptor < 0) return;
  bool complete = true;
  while (complete && !content.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    complete = written > 0 || (written < 0 && errno == EINTR);
    if (written > 0) content.remove_prefix(static_cast<std::size_t>(written));
  }
  complete = ::close(descriptor) == 0 && complete;
  if (!complete || std::rename(beside.c_str(), file.c_str()) != 0) ::unlink(beside.c_str());
} catch (...) {
  static_cast<void>(file);
}

std::optional<std::string> content_of(const std::string& file, std::size_t most) {
  std::FILE* const opened = std::fopen(file.c_str(), "rbe");
  if (opened == nullptr) return std::nullopt;
  std::string text;
  std::array<char, 65536> part{};
  std::size_t got = 0;
  while (text.size() < most && (got = std::fread(part.data(), 1, part.size(), opened)) > 0)
    text.append(part.data(), got);
  text.resize(std::min(text.size(), most));
  const bool complete = std::ferror(opened) == 0;
  std::fclose(opened);
  if (!complete) return std::nullopt;
  return text;
}

}  // namespace heddle::checker::python
