// Everything that a program under test and its test need.
#pragma once

#include <iostream>  // so that `std::cout << result` needs nothing else

#include <heddle/atomic.hpp>
#include <heddle/atomic_flag.hpp>
#include <heddle/atomic_ref.hpp>
#include <heddle/atomic_shared_ptr.hpp>
#include <heddle/barrier.hpp>
#include <heddle/check.hpp>
#include <heddle/clock.hpp>
#include <heddle/condition_variable.hpp>
#include <heddle/condition_variable_any.hpp>
#include <heddle/daemon_thread.hpp>
#include <heddle/explore.hpp>
#include <heddle/future.hpp>
#include <heddle/jthread.hpp>
#include <heddle/latch.hpp>
#include <heddle/mutex.hpp>
#include <heddle/once.hpp>
#include <heddle/pipe.hpp>
#include <heddle/process.hpp>
#include <heddle/queue.hpp>
#include <heddle/recursive_mutex.hpp>
#include <heddle/semaphore.hpp>
#include <heddle/shared.hpp>
#include <heddle/shared_mutex.hpp>
#include <heddle/stop_token.hpp>
#include <heddle/thread.hpp>
#include <heddle/thread_local_var.hpp>
#include <heddle/timed_mutex.hpp>
