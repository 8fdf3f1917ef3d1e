// The queues of the modules queue and multiprocessing.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <heddle/python/lock.hpp>
#include <heddle/python/queue.hpp>

#include "python/modules/waiting.hpp"

namespace heddle::python {

/** A queue of Python's values. What can be waited for is in its state; the values move with the state's operations. */
class queue_object final : public instance_object {
 public:
  enum class order : std::uint8_t { oldest_first, newest_first, least_first };

  queue_object(const class_object& of, order by, bool for_processes)
      : instance_object(of), gives(by), between_processes(for_processes) {}

  const order gives;
  const bool between_processes;  ///< the values lie on the heap of the program itself
  std::string called;            ///< in reports
  std::int64_t maxsize = 0;
  std::unique_ptr<queue_state> state;
  std::deque<value> items;  ///< in the order in which they were put
  std::vector<value> heap;  ///< where the least comes first: those that have been compared
  /** Held while a heap is put in order by comparisons of the program's, in which other threads may run. */
  std::unique_ptr<lock> ordering;

  void make_state(source_location where) { state = std::make_unique<queue_state>(maxsize, called, where); }

  void visit(const visitor& see) override;
  heap_object* copy(interpreter& to) const override;
};

/** Whether it was put in time. */
bool put_into(thread_state& by, queue_object& self, value what, const patience& how);
/** The next value; undefined if there is none in time. */
[[nodiscard]] value get_from(thread_state& by, queue_object& self, const patience& how);

/** Adds queues for processes to their module. */
void add_process_queues(module_object& to);
/** A new queue for processes. */
[[nodiscard]] queue_object& new_process_queue(thread_state& by, std::string called);

/** queue.Empty and Full. */
[[nodiscard]] const class_object& empty_class();
[[nodiscard]] const class_object& full_class();

}  // namespace heddle::python
