// Threads that wait for each other, and threads that wait for nobody who is left.
#pragma once

#include <vector>

#include <heddle/sim/simulator.hpp>

#include "detectors/finding.hpp"

namespace heddle::checker {

/**
 * The cycle of blocked threads, each waiting for the next, that `from` is on; empty if it is on none. A thread waits
 * for the holder of the mutex it wants, or for the thread it joins. The first in the cycle is the least thread.
 */
[[nodiscard]] std::vector<sim::thread_id> waiting_cycle(const sim::simulator& execution, sim::thread_id from);

/** What it is that an execution came to in which no thread is enabled: a deadlock, or a lost wake-up. */
[[nodiscard]] finding judge_blocked(const sim::simulator& execution);

}  // namespace heddle::checker
