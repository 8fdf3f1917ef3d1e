// The Python programs that ship run where there is no python3: their trees lie beside them.
//
// After a change of a program, HEDDLE_UPDATE_GOLDEN=1 meson test -C BUILD python_shipped makes its tree anew.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <heddle/python/assembler.hpp>

#include "python/compile.hpp"
#include "python/tree_store.hpp"
#include "python_sources.hpp"
#include "whole_file.hpp"

namespace heddle::checker::python {
namespace {

/** The programs; not the script that packs them. */
std::vector<std::string> shipped() {
  std::vector<std::string> all;
  for (const auto& each : std::filesystem::directory_iterator(HEDDLE_TUTORIAL)) {
    if (each.path().extension() == ".py" && each.path().filename() != "pack.py") all.push_back(each.path());
  }
  std::sort(all.begin(), all.end());
  return all;
}

std::string source_of(const std::string& file) { return content_of(file, 1'000'000).value(); }

class shipped_programs : public test::with_own_cache {};
class shipped_trees : public test::with_python {};

TEST_F(shipped_trees, are_what_python3_says_now) {
  ASSERT_FALSE(shipped().empty());
  for (const std::string& file : shipped()) {
    const std::string source = source_of(file);
    const std::string fresh = tree_to_ship(source, file);
    if (getenv("HEDDLE_UPDATE_GOLDEN") != nullptr) checker::replace_file(tree_file_of(file), fresh);
    // Compared as programs: other versions of Python may write other trees of the same meaning.
    EXPECT_EQ(heddle::python::to_assembly(compile_source(source, file)),
              heddle::python::to_assembly(compile_file(file)))
        << "make it anew, as the top of this test says";
  }
}

TEST_F(shipped_programs, need_no_python3) {
  setenv("HEDDLE_PYTHON", "/nonexistent/python3", 1);
  for (const std::string& file : shipped()) {
    EXPECT_NO_THROW(static_cast<void>(compile_file(file)))
        << file << ": make its tree anew, as the top of this test says";
  }
  unsetenv("HEDDLE_PYTHON");
}

}  // namespace
}  // namespace heddle::checker::python
