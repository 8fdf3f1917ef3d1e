// The handlers of the signals that mean a crash, and the stack that they run on.
#pragma once

namespace heddle::sim {

/** Installs the handlers, the first time; what was there before gets what does not concern a program under test. */
void install_crash_handlers();

/** Gives the calling OS thread a stack for handlers, unless it has one that is large enough, until its end. */
void prepare_alternate_stack();

/** The handler that is running will not return: nothing may remember its frames. */
void forget_alternate_frames() noexcept;

}  // namespace heddle::sim
