#include "tutorial/table.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <heddle/python_program.hpp>

#include "tutorial/packed.hpp"

namespace heddle::scenarios::tutorial {
namespace {

/** The programs that are wrong, and in what way; all others pass. */
struct wrong {
  std::string_view file;
  failure_kind kind;
};

constexpr std::array wrong_programs{
    wrong{"6_shared_variable.py", failure_kind::lost_update},
    wrong{"8_deadlock.py", failure_kind::deadlock},
    wrong{"10_consumer.py", failure_kind::deadlock},
};

expectation expected_of(std::string_view file) {
  const auto found = std::ranges::find(wrong_programs, file, &wrong::file);
  return found == wrong_programs.end() ? expectation{verdict::pass, {}} : expectation{verdict::fail, found->kind};
}

// "5_loop.py" -> "tutorial/5-loop"
std::string name_of(std::string_view file) {
  std::string name = "tutorial/" + std::string(file.substr(0, file.find('.')));
  std::ranges::replace(name, '_', '-');
  return name;
}

scenario scenario_of(const packed_program& packed) {
  scenario made = python_scenario(name_of(packed.file), "scenarios/tutorial/" + std::string(packed.file), packed.source,
                                  packed.tree);
  made.summary = packed.summary;
  const expectation expected = expected_of(packed.file);
  made.tags = {"tutorial", "python", expected.verdict == verdict::fail ? "bug" : "correct"};
  made.expected = [expected](const arguments&) { return expected; };
  return made;
}

}  // namespace

std::vector<scenario> all() {
  std::vector<scenario> made;
  for (const packed_program& each : packed()) made.push_back(scenario_of(each));
  return made;
}

}  // namespace heddle::scenarios::tutorial
