// The interface of strategies: what picks, execution by execution.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include <heddle/sim/choice.hpp>
#include <heddle/sim/simulator.hpp>

namespace heddle::checker {

/** Begin an execution, or say that there is none left; pick; end. */
class strategy : public sim::picker {
 public:
  /** Whether there is another execution to run; if so, the picks that follow belong to it. */
  virtual bool begin() = 0;

  /** The execution that has begun was stopped, and is run again from its beginning. */
  virtual void begin_again() {}

  /** Of a strategy that directs: what picks the latest execution once more, as an ordinary one. */
  [[nodiscard]] virtual std::unique_ptr<sim::picker> retrace() const { return nullptr; }

  /** The execution has ended: `ran` still knows what happened. */
  virtual void end(const sim::simulator& ran) = 0;

  /** How many choices the execution that has ended had. */
  [[nodiscard]] virtual std::uint64_t choices(const sim::simulator& ran) const { return ran.counted().choices; }

  /** Whether having no execution left means that all there are have been run. */
  [[nodiscard]] virtual bool exhaustive() const { return false; }

  /** After the end of an execution: whether it stands for nothing that the program does, and is not judged. */
  [[nodiscard]] virtual bool in_vain() const { return false; }

  /** Why this strategy cannot search the program, once that is found out; null while it can. */
  [[nodiscard]] virtual const char* inapplicable() const { return nullptr; }

  /** Every execution with at most as many preemptions has been run, though not necessarily all there are. */
  [[nodiscard]] virtual std::optional<std::uint32_t> exhaustive_preemptions() const { return std::nullopt; }

  /** After the end of an execution: whether it has been run and counted before, so that it counts for nothing. */
  [[nodiscard]] virtual bool repeats() const { return false; }

  /** The number that replays the present execution, where there is one. */
  [[nodiscard]] virtual std::optional<std::uint64_t> seed() const { return std::nullopt; }

  /** After the end of an execution that did not follow its schedule: in what way. Null where it did. */
  [[nodiscard]] virtual const std::string* mismatch() const { return nullptr; }
};

}  // namespace heddle::checker
