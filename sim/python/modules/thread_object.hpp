// threading.Thread, and the life of a thread of an interpreter.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include <heddle/sim/object.hpp>

#include "python/interpreter.hpp"
#include "python/objects.hpp"

namespace heddle::python {

/** The end of a thread, for those who wait for it with a time limit, or ask. */
class thread_end final : public sim::object {
 public:
  explicit thread_end(std::string_view called, source_location where)
      : object(sim::object_kind::latch, called, where) {}

  void happens(source_location where);
  /** Whether it has ended in time. */
  [[nodiscard]] bool wait(std::uint64_t deadline, source_location where);
  [[nodiscard]] bool has_happened(source_location where);

  [[nodiscard]] bool enabled(const sim::operation& op, sim::thread_id thread) const noexcept override;
  [[nodiscard]] sim::cell_value state() const noexcept override { return {happened_ ? 0U : 1U, 0}; }

 private:
  bool happened_ = false;
};

/** An instance of threading.Thread. All of it is guarded by the interpreter's lock. */
class thread_object final : public instance_object {
 public:
  explicit thread_object(const class_object& of) : instance_object(of) {}
  ~thread_object() override;

  std::string called;  ///< its name
  bool is_initialized = false;
  bool is_plain = false;  ///< of _thread: it has no name until it asks for its Thread
  bool daemon = false;
  value target, args, kwargs;

  bool started = false;
  bool ended = false;
  sim::thread_id id = sim::no_thread;
  std::uint64_t ended_at = 0;  ///< on its clock
  bool joined_by_main = false;
  source_location started_at = {};
  std::unique_ptr<thread_end> end;  ///< once somebody waits with a time limit; without a lock, always

  void visit(const visitor& see) override;
  /** In a child process it has ended. */
  heap_object* copy(interpreter& to) const override;
};

/** The class threading.Thread. */
[[nodiscard]] const class_object& thread_class();
/** The Thread of the running thread. */
[[nodiscard]] thread_object& current_thread(thread_state& by);
/** A new one of _thread, which nobody waits for at the end of its process. */
[[nodiscard]] thread_object& new_plain_thread(thread_state& by, value target, value args, value kwargs);
/** Starts it; RuntimeError if it was before. */
void start_thread(thread_state& by, thread_object& what);
/** Waits for its end, at most until the deadline on its clock; whether it has ended. */
bool join_thread(thread_state& by, thread_object& what, std::uint64_t deadline = sim::no_deadline);
[[nodiscard]] bool is_alive(thread_state& by, thread_object& what);

/** The main thread of a process: runs `body`, joins the threads that are no daemons, and ends the process. */
void run_main_thread(thread_state& by, const std::function<void()>& body);
/** Prints an exception that has left a thread or a process, behind an introduction, and notes it as its failure. */
void report_uncaught(thread_state& by, exception_object& exception, const std::string& introduction);
/** The exit code that a SystemExit asks for; prints its argument if that is no number. */
[[nodiscard]] int exit_code_of(thread_state& by, const exception_object& exception);
/** The interpreter of the program itself, of which this is one or a child process. */
[[nodiscard]] interpreter& program_of(interpreter& process) noexcept;

}  // namespace heddle::python
