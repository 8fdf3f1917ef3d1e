// A scenario: a named program with parameters and an expected verdict, for the command line and the tests.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/explore.hpp>

namespace heddle {

/** A parameter: a whole number within a range, a boolean (`least` 0, `most` 1, `boolean` true), or one of some words,
 * by its number among them. */
struct parameter {
  std::string name;
  std::string summary;
  std::int64_t standard = 0;  ///< its value where none is given
  std::int64_t least = 0;
  std::int64_t most = 0;
  bool boolean = false;
  std::vector<std::string> words = {};
};

/** The values of a scenario's parameters. */
class arguments {
 public:
  /** All at their standard values. */
  explicit arguments(std::span<const parameter> of);
  /** Sets one from text: "3", "true". Throws request_error, naming what is allowed. */
  void set(std::string_view name, std::string_view value);

  /** The value of a parameter that exists (std::out_of_range otherwise). */
  [[nodiscard]] std::int64_t operator[](std::string_view name) const { return values_.at(std::string(name)); }
  [[nodiscard]] bool flag(std::string_view name) const { return (*this)[name] != 0; }
  /** Those that differ from their standard values, as text, in the order of declaration: for schedules. */
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> changed() const;

 private:
  std::span<const parameter> of_;
  std::map<std::string, std::int64_t> values_;
};

/** What a scenario's search is expected to come to. */
struct expectation {
  heddle::verdict verdict = heddle::verdict::pass;
  failure_kind kind = failure_kind::assertion;  ///< where it fails
};

/** A scenario of the table. */
struct scenario {
  std::string name;     ///< "lost-update"
  std::string summary;  ///< one line
  std::vector<std::string> tags;
  std::vector<parameter> parameters = {};
  std::function<expectation(const arguments&)> expected;  ///< of an exhaustive search
  std::function<void(const arguments&)> body;
  /** Called before its first execution, where it is not empty: throws request_error if it cannot be run. */
  std::function<void()> prepare = {};
  std::vector<std::string> expect_reached = {};  ///< options::expect_reached
  bool lost_updates = false;                     ///< options::lost_updates
};

/** A value of a parameter as it is written: "3", "true", "check-interval". */
[[nodiscard]] std::string parameter_text(const parameter& which, std::int64_t value);

/** All scenarios, in the order in which they are listed. */
using scenario_table = std::span<const scenario>;

/** The whole of the command line: what `heddle` does with these arguments, and its exit code. */
int command_line(scenario_table scenarios, int argc, const char* const* argv);

}  // namespace heddle
