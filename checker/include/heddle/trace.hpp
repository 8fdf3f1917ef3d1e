// What happened in one execution, recorded: threads, objects, and the events in order.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <heddle/sim/choice.hpp>
#include <heddle/sim/object.hpp>
#include <heddle/sim/operation.hpp>

namespace heddle {

/** A place in the source as text that is the same in every build: the path as the compiler saw it, made tidy. */
struct place {
  std::string file;
  std::uint32_t line = 0;  ///< 0 where the place is not known

  [[nodiscard]] bool known() const noexcept { return line != 0; }
  /** "scenarios/lost_update.cpp:17", or "?" where it is not known. */
  [[nodiscard]] std::string text() const { return known() ? file + ":" + std::to_string(line) : "?"; }

  friend bool operator==(const place&, const place&) = default;
};

/** A thread of the execution. */
struct traced_thread {
  std::string path;  ///< "main/1"
  std::string name;  ///< the user's, or else the path
};

/** A synchronization object or shared variable of the execution. */
struct traced_object {
  sim::object_kind kind = sim::object_kind::atomic;
  std::string name;  ///< the user's, or else its kind with a number: "mutex 2"
  place made;
};

/** An event. */
struct step {
  sim::thread_id thread = 0;
  std::uint32_t index = 0;  ///< within its thread, from 0: (thread, index) names the event
  sim::operation_kind kind = sim::operation_kind::yield;
  sim::memory_orders orders;
  sim::effect done = sim::effect::none;
  bool succeeded = true;  ///< false for a try_... or compare_exchange that failed, or what timed out
  bool timed = false;     ///< it had a deadline
  sim::fault_kind fault = sim::fault_kind::none;  ///< what it met with
  std::optional<sim::object_id> object;           ///< index into trace::objects
  std::optional<sim::object_id> mutex;            ///< of a condition variable's wait and wake
  std::optional<sim::thread_id> other;            ///< of start and join
  bool to_errors = false;                         ///< of print: not to the program's output
  std::string instruction;  ///< of an access to a variable of an interpreted program: "LOAD_GLOBAL"
  std::string read;         ///< the value seen, as text; of random: below what it was drawn; empty where there is none
  std::string written;      ///< the value left behind, or printed; empty where there is none
  place where;
  std::uint64_t time = 0;  ///< nanoseconds of virtual time
  bool switched = false;   ///< the event before this one was another thread's
  bool preempts = false;   ///< switched, though the thread before could have gone on
};

/** What a thread was about to do when the execution ended. */
struct pending_step {
  sim::thread_id thread = 0;
  bool enabled = false;  ///< false: it is blocked there
  step next;             ///< its values are not known; of a wake, `succeeded` says whether it was woken
};

/** The whole of it. */
struct trace {
  std::vector<traced_thread> threads;  ///< by thread_id
  std::vector<traced_object> objects;  ///< by object_id
  std::vector<step> steps;
  std::vector<pending_step> pending;  ///< of the threads that had published it, in order of thread_id
};

}  // namespace heddle
