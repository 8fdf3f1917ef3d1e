#include "detectors/deadlock_detector.hpp"

#include <algorithm>

namespace heddle::checker {
std::vector<sim::thread_id> waiting_cycle(const sim::simulator& execution, sim::thread_id from) {
  // Each thread waits for one other at most, so following that finds the cycle or leaves the blocked threads.
  sim::thread_id at = execution.waits_for(from);
  for (std::uint32_t steps = 0; at != from; ++steps) {
    if (at == sim::no_thread || steps > execution.thread_count()) return {};
    at = execution.waits_for(at);
  }
  std::vector<sim::thread_id> cycle;
  do {
    cycle.push_back(at);
    at = execution.waits_for(at);
  } while (at != from);
  std::rotate(cycle.begin(), std::min_element(cycle.begin(), cycle.end()), cycle.end());
  return cycle;
}

finding judge_blocked(const sim::simulator& execution) {
  finding result;
  result.kind = failure_kind::deadlock;
  for (sim::thread_id thread = 0; thread < execution.thread_count(); ++thread) {
    if (execution.thread(thread).ended) continue;
    result.threads = waiting_cycle(execution, thread);
    if (result.threads.empty()) continue;
    result.thread = thread;
    return result;
  }
  for (sim::thread_id thread = 0; thread < execution.thread_count(); ++thread) {
    const sim::thread_view view = execution.thread(thread);
    if (view.ended) continue;
    if (view.pending.kind == sim::operation_kind::wake && view.pending.argument == 0) {
      result.kind = failure_kind::lost_wakeup;
    }
    result.threads.push_back(thread);
  }
  return result;
}

}  // namespace heddle::checker
