// threading.Condition.
#pragma once

#include <memory>
#include <string>

#include <heddle/python/condition.hpp>

#include "python/modules/waiting.hpp"

namespace heddle::python {

/** A Condition on a Lock or an RLock. */
class condition_object final : public instance_object {
 public:
  explicit condition_object(const class_object& of) : instance_object(of) {}

  std::string called;  ///< in reports
  value on;            ///< its lock; undefined before __init__

  /** The state; made when it is first asked for, on the lock of the own process. */
  [[nodiscard]] condition& state(thread_state& by);

  void visit(const visitor& see) override;
  heap_object* copy(interpreter& to) const override;

 private:
  std::unique_ptr<condition> state_;
};

/** Waits on a condition, and takes its lock again; whether it was notified in time. */
bool wait_on(thread_state& by, condition& what, const patience& how);

[[nodiscard]] const class_object& condition_class();

}  // namespace heddle::python
