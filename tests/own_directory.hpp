// A directory for the files of one test.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>

#include <gtest/gtest.h>

namespace heddle {

/** Made here, and removed with all that is in it; of its own for each test program that runs. */
class own_directory {
 public:
  explicit own_directory(const std::string& name)
      : path_(std::filesystem::path(testing::TempDir()) / (name + "." + std::to_string(::getpid()))) {
    std::filesystem::create_directory(path_);
  }
  own_directory(const own_directory&) = delete;
  own_directory& operator=(const own_directory&) = delete;
  ~own_directory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  [[nodiscard]] std::string file(std::string_view name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

}  // namespace heddle
