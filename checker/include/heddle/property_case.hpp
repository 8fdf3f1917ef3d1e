// Checking generated cases one after another, and making the first one that fails smaller.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/object_case.hpp>
#include <heddle/property.hpp>

namespace heddle {

/** A case, and the smaller ones that it can be shrunk to. */
class generated_case {
 public:
  virtual ~generated_case() = default;
  [[nodiscard]] virtual object_case& runnable() = 0;
  /** Those that are one step smaller, always in the same order. */
  [[nodiscard]] virtual std::vector<std::unique_ptr<generated_case>> smaller() const = 0;
};

/** Generates case number 1, 2, ...: the same for the same number. */
using case_source = std::function<std::unique_ptr<generated_case>(std::uint64_t number)>;

/**
 * Checks cases until one fails, and makes that one as small as it can be made without failing in another way: first the
 * case, by the first smaller one that fails as often as there is one, then its schedule (heddle::shrink).
 *
 * The schedule in the result names the case by seed, number and the way down to it, so that replay_case finds it.
 */
[[nodiscard]] property_result check_cases(const std::string& name, const case_source& cases, const case_limits& limits,
                                          const property_options& with);

/** Generates the cases of a seed. */
using case_sources = std::function<case_source(std::uint64_t seed)>;

/** Replays an execution of the case that the schedule names, among those of its seed. Throws request_error. */
[[nodiscard]] property_result replay_case(const std::string& name, const case_sources& cases, const case_limits& limits,
                                          std::string_view schedule, const property_options& with);

/**
 * check_cases with property_options::from_environment(), or replay_case where HEDDLE_SCHEDULE is set: that is how the
 * report tells to see a failure again; a schedule of another program leaves this one out: inconclusive. Where the
 * environment asks for something impossible, it says so on standard error and exits with 2.
 */
[[nodiscard]] property_result check_by_environment(const std::string& name, const case_sources& cases,
                                                   const case_limits& limits);

}  // namespace heddle
