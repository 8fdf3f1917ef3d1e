// The table of all scenarios: a new one is declared in programs.hpp and listed here.
#include "table.hpp"

#include <utility>
#include <vector>

#include "programs.hpp"
#include "tutorial/table.hpp"

namespace heddle::scenarios {
namespace {

std::vector<scenario> make_table() {
  std::vector<scenario> table{
      lost_update(),
      lost_update_locked(),
      lost_update_atomic(),
      deadlock_abba(),
      partial_deadlock(),
      philosophers(),
      bounded_buffer(),
      bounded_buffer_if(),
      lost_wakeup(),
      check_then_act(),
      dekker(),
      peterson(),
      spinlock(),
      spinlock_racy(),
      ticket_lock(),
      reader_writer(),
      semaphore_pool(),
      daemon_threads(),
      non_daemon_threads(),
      threads_vs_processes(),
      timer(),
      timeout_race(),
      future_chain(),
      double_checked_init(),
      barrier_phases(),
      read_mostly_cache(),
      thread_pool(),
      pipeline(),
      elevator_stop(),
      gil_handoff(),
      gil_lost_update(),
      crash_segfault(),
      crash_division(),
      crash_pure_virtual(),
      crash_abort(),
      crash_exit(),
      crash_terminate(),
      crash_stack_overflow(),
      hang(),
      canary(),
  };
  for (const auto family : {counts::cells, counts::indexers, counts::locks, counts::litmus_tests}) {
    for (scenario& each : family()) table.push_back(std::move(each));
  }
  for (scenario& each : tutorial::all()) table.push_back(std::move(each));
  return table;
}

}  // namespace

scenario_table all() {
  static const std::vector<scenario> table = make_table();
  return table;
}

}  // namespace heddle::scenarios
