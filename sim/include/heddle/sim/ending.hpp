// How one execution ended, as the simulator sees it. The checker makes verdicts and failures of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <heddle/sim/operation.hpp>

namespace heddle::sim {

enum class ending_kind : std::uint8_t {
  completed,           ///< every thread has ended
  blocked,             ///< no thread is enabled, and not all have ended
  assertion,           ///< heddle::check failed
  uncaught_exception,  ///< an exception left a thread, or std::terminate was called
  misuse,              ///< an object was used against its rules
  crash,               ///< a signal such as SIGSEGV, or a call of a pure virtual function
  aborted,             ///< std::abort was called
  stack_overflow,      ///< a thread's stack was too small for it
  exited,              ///< exit, _exit or quick_exit was called
  hang,                ///< a thread ran on for too long without coming to an operation
  event_limit,         ///< more events than the settings allow
  discarded,           ///< heddle::assume was false: not a failure, the execution does not count
  stopped,             ///< a monitor has seen enough; it knows why
  mismatch,            ///< the picker could not go on: the execution does not follow its schedule
};

[[nodiscard]] std::string_view to_string(ending_kind kind) noexcept;

struct ending {
  ending_kind kind = ending_kind::completed;
  thread_id thread = no_thread;  ///< the thread that brought it about, where there is one
  std::string message;           ///< what the thread said: the text of the check, of the exception
  source_location where;
};

/** What an execution went through. */
struct counters {
  std::uint64_t events = 0;
  std::uint64_t choices = 0;
  std::uint32_t threads = 0;  ///< main included
};

}  // namespace heddle::sim
