// The scenarios, each as a function that makes it.
#pragma once

#include <vector>

#include <heddle/scenario.hpp>

namespace heddle::scenarios {

// gil.cpp
scenario gil_handoff();
scenario gil_lost_update();

// counters.cpp
scenario lost_update();
scenario lost_update_locked();
scenario lost_update_atomic();

// deadlocks.cpp
scenario deadlock_abba();
scenario partial_deadlock();

// philosophers.cpp
scenario philosophers();

// bounded_buffer.cpp
scenario bounded_buffer();
scenario bounded_buffer_if();

// lost_wakeup.cpp
scenario lost_wakeup();

// check_then_act.cpp
scenario check_then_act();

// mutual_exclusion.cpp
scenario dekker();
scenario peterson();

// spinlocks.cpp
scenario spinlock();
scenario spinlock_racy();
scenario ticket_lock();

// reader_writer.cpp
scenario reader_writer();

// semaphore_pool.cpp
scenario semaphore_pool();

// daemons.cpp
scenario daemon_threads();
scenario non_daemon_threads();

// threads_vs_processes.cpp
scenario threads_vs_processes();

// timer.cpp
scenario timer();

// timeout_race.cpp
scenario timeout_race();

// future_chain.cpp
scenario future_chain();

// double_checked_init.cpp
scenario double_checked_init();

// barrier_phases.cpp
scenario barrier_phases();

// read_mostly_cache.cpp
scenario read_mostly_cache();

// thread_pool.cpp
scenario thread_pool();

// pipeline.cpp
scenario pipeline();

// elevator_stop.cpp
scenario elevator_stop();

// crashes.cpp
scenario crash_segfault();
scenario crash_division();
scenario crash_pure_virtual();
scenario crash_abort();
scenario crash_exit();
scenario crash_terminate();
scenario crash_stack_overflow();
scenario hang();

// canary.cpp
scenario canary();

/** The family counts/: programs whose number of traces is known. */
namespace counts {

// counts/cells.cpp
std::vector<scenario> cells();

// counts/indexer.cpp
std::vector<scenario> indexers();

// counts/locks.cpp
std::vector<scenario> locks();

// counts/litmus.cpp
std::vector<scenario> litmus_tests();

}  // namespace counts

}  // namespace heddle::scenarios
