// Watching an execution: the interface that detectors and recorders implement.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

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
  bool succeeded;              ///< false for a try_... or compare_exchange that failed
  const event_values* values;  ///< null where nobody records
};

/** Watches one execution. Called in the order of the events; must not perform operations. */
class monitor {
 public:
  /** Whether this monitor wants names, values and callers, which cost time and memory. */
  [[nodiscard]] virtual bool records() const noexcept { return false; }

  /** A new execution begins. */
  virtual void on_begin(const simulator& execution) = 0;
  /** An event has happened. The monitor may end the execution by simulator::stop. */
  virtual void on_event(const event& happened) = 0;
  /** A thread has published an operation that is not enabled. */
  virtual void on_blocked(thread_id thread) = 0;
  /** Only where this monitor records: an object has been constructed. */
  virtual void on_object(const object& /*made*/, std::string_view /*name*/, source_location /*where*/) {}

 protected:
  ~monitor() = default;
};

}  // namespace heddle::sim
