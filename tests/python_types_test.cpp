// Python's builtin types and functions: programs with what they print, which is what python3 prints, too.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include <heddle/python/run.hpp>
#include <heddle/sim/simulator.hpp>

#include "python/compile.hpp"

namespace heddle {
namespace {

const std::string folder = HEDDLE_PYTHON_TYPES;

std::string content(const std::string& path) {
  std::ifstream file(path);
  EXPECT_TRUE(file) << path << " cannot be read";
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

bool has_python() { return std::system("python3 --version > /dev/null 2>&1") == 0; }  // NOLINT: a test

class always_first final : public sim::picker {
 public:
  std::uint32_t pick(const sim::choice_point& /*at*/) override { return 0; }
};

class nobody final : public sim::monitor {
 public:
  [[nodiscard]] sim::operation_kinds interests() const noexcept override { return 0; }
  void on_begin(sim::simulator& /*execution*/) override {}
  void on_event(const sim::event& /*happened*/) override {}
  void on_blocked(sim::thread_id /*thread*/) override {}
  void on_end(const sim::ending& /*how*/) override {}
};

std::string printed_by(const std::string& path) {
  const python::executable program = python::load(checker::python::compile_file(path));
  sim::settings with;
  with.keeps_output = true;
  with.event_limit = 1'000'000;
  with.hang_limit = std::chrono::seconds(60);
  sim::simulator execution(with);
  always_first picks;
  nobody watches;
  execution.run([&] { python::run(program); }, picks, watches);
  return execution.output();
}

class python_types : public testing::TestWithParam<const char*> {};

TEST_P(python_types, print_what_cpython_prints) {
  if (!has_python()) GTEST_SKIP() << "there is no python3, which reads the programs";
  const std::string path = folder + "/" + GetParam();
  EXPECT_EQ(printed_by(path + ".py"), content(path + ".txt"));
}

INSTANTIATE_TEST_SUITE_P(all, python_types, testing::Values("numbers", "strings", "lists", "dicts", "classes"));

TEST(python_limits, are_errors_of_the_program) {
  if (!has_python()) GTEST_SKIP() << "there is no python3, which reads the program";
  // Its text is Heddle's own: CPython has more stack, and would take the memory.
  EXPECT_EQ(printed_by(folder + "/limits.py"), content(folder + "/limits.txt"));
}

}  // namespace
}  // namespace heddle
