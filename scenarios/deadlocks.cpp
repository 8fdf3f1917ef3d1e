// Two locks taken in opposite orders, alone and beside a thread that never stops.
#include <mutex>

#include <heddle/heddle.hpp>

#include "common.hpp"
#include "programs.hpp"

namespace heddle::scenarios {
namespace {

void lock_both(heddle::mutex& first, heddle::mutex& second) {
  const std::lock_guard hold_first(first);
  const std::lock_guard hold_second(second);
}

void lock_in_opposite_orders(const arguments& /*args*/) {
  heddle::mutex left("left");
  heddle::mutex right("right");

  heddle::thread ab("ab", [&] { lock_both(left, right); });
  heddle::thread ba("ba", [&] { lock_both(right, left); });

  ab.join();
  ba.join();
}

void lock_in_opposite_orders_beside_a_worker(const arguments& /*args*/) {
  heddle::mutex left("left");
  heddle::mutex right("right");
  heddle::atomic<bool> stop(false, "stop");

  heddle::thread ab("ab", [&] { lock_both(left, right); });
  heddle::thread ba("ba", [&] { lock_both(right, left); });
  heddle::thread worker("worker", [&] {
    do {
      heddle::this_thread::yield();  // stands for its work
    } while (!stop.load());
  });

  ab.join();
  ba.join();
  stop.store(true);  // never comes if the other two wait for each other
  worker.join();
}

}  // namespace

scenario deadlock_abba() {
  return {
      .name = "deadlock-abba",
      .summary = "Two threads take two mutexes in opposite orders, and may end up waiting for each other.",
      .tags = {"mutex", "deadlock", "classic", "bug"},
      .expected = fails<failure_kind::deadlock>,
      .body = lock_in_opposite_orders,
  };
}

scenario partial_deadlock() {
  return {
      .name = "partial-deadlock",
      .summary = "Two threads wait for each other's mutex while a third one runs on for ever.",
      .tags = {"mutex", "atomic", "deadlock", "bug"},
      .expected = fails<failure_kind::deadlock>,
      .body = lock_in_opposite_orders_beside_a_worker,
  };
}

}  // namespace heddle::scenarios
