// The history of one execution of a case, and what the model says of it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <heddle/object_case.hpp>

namespace heddle::checker {

/** When the operations of a case were called, and when they returned, in the present execution. */
class case_history {
 public:
  explicit case_history(object_case& of);

  void begin();
  void called(std::uint32_t operation) noexcept { at(calls_, operation); }
  void returned(std::uint32_t operation) noexcept { at(returns_, operation); }

  /** The operations that were called, in the order of their numbers. */
  [[nodiscard]] const std::vector<std::uint32_t>& operations() const noexcept { return operations_; }
  [[nodiscard]] const std::vector<timed_operation>& timed() const noexcept { return timed_; }
  /** Of which thread an operation is: 0 is main. */
  [[nodiscard]] std::uint32_t thread_of(std::uint32_t operation) const noexcept { return threads_[operation]; }

  /** To be called after the execution: makes the history of what was noted. */
  void finish();
  /**
   * Names the history: equal for two that the model cannot tell apart. Calls in a row could come in any order, and so
   * could returns.
   */
  [[nodiscard]] std::vector<std::uint32_t> key() const;
  /** The order that explains it, or why there is none. */
  [[nodiscard]] explanation explain(heddle::consistency by, bool stuck) const;
  /** What the model returns for the unexplained operation behind that order; empty where that is not one thing. */
  [[nodiscard]] std::string expected(const explanation& found) const;

 private:
  static constexpr std::uint64_t never = 0;

  [[nodiscard]] std::unique_ptr<transition_system> model() const;

  void at(std::vector<std::uint64_t>& which, std::uint32_t operation) noexcept { which[operation] = ++clock_; }

  object_case& case_;
  std::vector<std::uint32_t> threads_;
  std::uint64_t clock_ = 0;
  std::vector<std::uint64_t> calls_;
  std::vector<std::uint64_t> returns_;
  std::vector<std::uint32_t> operations_;
  std::vector<std::uint32_t> results_;
  std::vector<timed_operation> timed_;
};

}  // namespace heddle::checker
