// A case of an object property without its types: what the harness needs to run it and to judge what came of it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <heddle/explore.hpp>
#include <heddle/linearizability.hpp>

namespace heddle {

/** How many operations each thread performs: main before it starts the others, these, and main after they have ended.
 */
struct case_shape {
  std::uint32_t before = 0;
  std::vector<std::uint32_t> threads;
  std::uint32_t after = 0;

  [[nodiscard]] std::uint32_t operations() const noexcept {
    std::uint32_t count = before + after;
    for (const std::uint32_t each : threads) count += each;
    return count;
  }
};

/** An object under test, its sequential model, and a case: operations with their arguments. They are numbered from 0:
 * those before, those of each thread after another, those after. */
class object_case {
 public:
  /** The number of a result of an operation that did not return. Real ones are greater. */
  static constexpr std::uint32_t no_result = 0;

  virtual ~object_case() = default;

  [[nodiscard]] virtual case_shape shape() const = 0;
  /** The operation and its arguments: "push(1)". */
  [[nodiscard]] virtual std::string call_text(std::uint32_t operation) const = 0;

  /** Makes the object, in the execution that is running, for `perform`. */
  [[nodiscard]] virtual std::shared_ptr<void> make() = 0;
  /** Performs an operation on the object that was made last, and keeps its result. */
  virtual void perform(std::uint32_t operation) = 0;

  /** The number of the operation's latest result; equal results have the same. Called outside of executions. */
  [[nodiscard]] virtual std::uint32_t result_number(std::uint32_t operation) = 0;
  /** What it returned latest, as text; empty where it returns nothing. */
  [[nodiscard]] virtual std::string result_text(std::uint32_t operation) const = 0;

  /** What the model returns for an operation in a state of model_of, as text; empty where it does not say one thing. */
  [[nodiscard]] virtual std::string expected_text(std::uint32_t operation, state_id from) const = 0;

  /** The model of a history: of operations, each with the number of its result. */
  [[nodiscard]] virtual std::unique_ptr<transition_system> model_of(
      const std::vector<std::pair<std::uint32_t, std::uint32_t>>& history) = 0;
};

/** How thoroughly a case is run. */
struct case_limits {
  std::uint64_t explored = 2'000;  ///< executions by traces; if there are more traces, as many again at random
  heddle::consistency consistency = heddle::consistency::linearizable;
  sim::fault_kinds faults = 0;  ///< which there may be, such as spurious wake-ups: see options
};

/**
 * Runs a case, and checks each different history against the model. Both must outlive it.
 *
 * A thread may wait for ever exactly where the model says that its operation cannot happen.
 */
class case_checker {
 public:
  case_checker(object_case& of, const case_limits& limits, options with);
  case_checker(const case_checker&) = delete;
  case_checker& operator=(const case_checker&) = delete;
  ~case_checker();

  /** All executions, if they are not too many. */
  [[nodiscard]] result check();
  /** The simplest schedule found that fails as this one does. */
  [[nodiscard]] result shrink(std::string_view schedule);
  [[nodiscard]] result replay(std::string_view schedule);
  /** How many different histories there were. */
  [[nodiscard]] std::uint64_t histories() const noexcept;

 private:
  class inside;
  std::unique_ptr<inside> inside_;
};

}  // namespace heddle
