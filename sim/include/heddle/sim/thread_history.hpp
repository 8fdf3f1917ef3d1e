// The calls and returns of an object under test as events, so that explorations tell their orders apart.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include <heddle/sim/object.hpp>

namespace heddle::sim {

/**
 * How many operations of an object under test a thread has returned from.
 *
 * To return is a store to it, to call an operation is a load of every other thread's: so exactly those executions
 * differ in which the one came before the other, and neither calls nor returns are ordered among themselves. Nothing
 * happens before anything else by it.
 */
class thread_history final : public object {
 public:
  explicit thread_history(source_location where) : object(object_kind::history, {}, where) {}

  /** The running thread looks at it as it calls an operation. `text` is what reports show, made only for them. */
  void look(const std::function<std::string()>& text, source_location where);
  /** The thread that it belongs to, which is running, has returned from an operation. */
  void returned(const std::function<std::string()>& text, source_location where);

  [[nodiscard]] cell_value state() const noexcept override { return {returned_, 0}; }

 private:
  std::uint64_t returned_ = 0;
};

}  // namespace heddle::sim
