// Watching an execution: the interface that detectors and recorders implement.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <heddle/sim/choice.hpp>
#include <heddle/sim/ending.hpp>
#include <heddle/sim/object.hpp>
#include <heddle/sim/operation.hpp>

namespace heddle::sim {

/** The values of an event as text; made only where a monitor records. Empty where there is none. */
struct event_values {
  std::string read;
  std::string written;
};

/** An operation performed. (thread, index) names it, whatever the order of independent events. */
struct event {
  thread_id thread;
  std::uint32_t index;  ///< within its thread, from 0
  const operation& what;
  effect done;                 ///< what it really did: a failed compare-exchange is a read
  bool succeeded;              ///< false for a try_... or compare_exchange that failed, and for what timed out
  const event_values* values;  ///< null where nobody records
  fault_kind fault;            ///< what it met with, if anything
};

/** Watches one execution. Called in the order of the events; must not perform operations. */
class monitor {
 public:
  /** The events that it wants to see in the execution that begins: the fewer, the faster. */
  [[nodiscard]] virtual operation_kinds interests() const noexcept { return ~operation_kinds{0}; }

  /** Whether this monitor wants names, values and callers, which cost time and memory. */
  [[nodiscard]] virtual bool records() const noexcept { return false; }

  /** A new execution begins. */
  virtual void on_begin(simulator& execution) = 0;
  /** An event of interest has happened. The monitor may end the execution by simulator::stop. */
  virtual void on_event(const event& happened) = 0;
  /** A thread is blocked, and so may be the one that it waits for: there could be a cycle. */
  virtual void on_blocked(thread_id thread) = 0;
  /** Of a directed execution: a thread has failed in this way, and the others go on. */
  virtual void on_failed(const ending& /*how*/) {}
  /** The execution has ended; what is left of its threads has not been unwound yet, and can be looked at. */
  virtual void on_end(const ending& how) = 0;
  /** Only where this monitor records: an object has been constructed. The console, number 0, is always there. */
  virtual void on_object(const object& /*made*/, std::string_view /*name*/, source_location /*where*/) {}
  /** Only where this monitor records: an object has been copied for the process that `main` is the main thread of. */
  virtual void on_copy(const object& /*copy*/, const object& /*original*/, thread_id /*main*/) {}

 protected:
  ~monitor() = default;
};

}  // namespace heddle::sim
