// multiprocessing.Process, and the life of a child process.
#pragma once

#include <memory>
#include <string>

#include "python/modules/thread_object.hpp"

namespace heddle::python {

/** What both sides know of a child process. */
struct process_outcome {
  explicit process_outcome(std::string_view called, source_location where) : end(called, where) {}
  thread_end end;
  sim::thread_id id = sim::no_thread;  ///< of its main thread
  std::uint64_t ended_at = 0;
  int exit_code = 0;
};

/** An instance of multiprocessing.Process; the child has a copy of it. */
class process_object final : public instance_object {
 public:
  explicit process_object(const class_object& of) : instance_object(of) {}

  std::string called;    ///< its name
  std::string identity;  ///< "1", "1:2"; empty for the program itself
  bool is_initialized = false;
  bool daemon = false;
  value target, args, kwargs;
  std::shared_ptr<process_outcome> outcome;  ///< once it is started

  void visit(const visitor& see) override;
  heap_object* copy(interpreter& to) const override;
};

[[nodiscard]] const class_object& process_class();
/** The Process of the running thread. */
[[nodiscard]] process_object& current_process(thread_state& by);
void start_process(thread_state& by, process_object& what);
/** Waits for its end, at most until the deadline. */
void join_process(thread_state& by, process_object& what, const struct patience& how);
[[nodiscard]] bool has_ended(thread_state& by, process_object& what);
/** At the end of a process: waits for its children that are no daemons. */
void join_children(thread_state& by);

/** Adds Value to its module: a number that processes share. */
void add_process_values(module_object& to);

}  // namespace heddle::python
