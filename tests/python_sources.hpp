// For tests that compile Python: a cache of their own, and whether there is a python3.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <string>
#include <system_error>

#include <heddle/explore.hpp>

#include "python/helper_process.hpp"

namespace heddle::test {

/** A directory of the test's own, which the cache is in. */
class with_own_cache : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "heddle-XXXXXX";
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    directory_ = name;
    setenv("XDG_CACHE_HOME", directory_.c_str(), 1);
  }
  void TearDown() override {
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
  }

  [[nodiscard]] const std::string& directory() const { return directory_; }

 private:
  std::string directory_;
};

/** Skips its tests where there is no python3. */
class with_python : public with_own_cache {
 protected:
  void SetUp() override {
    with_own_cache::SetUp();
    try {
      static_cast<void>(checker::python::run_python("print(1)", ""));
    } catch (const request_error& error) {
      GTEST_SKIP() << error.what();
    }
  }
};

}  // namespace heddle::test
