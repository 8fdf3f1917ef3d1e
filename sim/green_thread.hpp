// One thread of the program under test, as the simulator keeps it.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <heddle/sim/operation.hpp>
#include <heddle/sim/simulator.hpp>

#include "context.hpp"
#include "stack.hpp"

namespace heddle::sim {

/** Whether an operation of this kind lets others go first, and waits for nothing but that. */
[[nodiscard]] constexpr bool lets_others_go(operation_kind kind) noexcept {
  return kind == operation_kind::yield || kind == operation_kind::sleep;
}

/**
 * Plain data: the rules are the simulator's. Reused from one execution to the next. What every event touches comes
 * first, each in a line of the processor's cache.
 */
struct alignas(64) green_thread {
  explicit green_thread(std::size_t stack_size) : memory(stack_size) {}

  operation pending;
  context calls;

  stack memory;
  thread_id id = 0;
  std::uint32_t events = 0;
  std::uint64_t serial = 0;  // of its process
  bool published = false;    // `pending` is still to be performed
  bool ended = false;
  bool daemon = false;
  bool cut_off = false;  // with its process: it stays where it is until the execution is over

  green_thread* parent = nullptr;
  green_thread* joiner = nullptr;  // the thread that waits for its end
  process_id process = 0;          // that it belongs to
  std::uint32_t ordinal = 0;       // the how-many-th child of its parent, from 1
  std::uint32_t children = 0;      // how many it has started

  // For the fairness of yields: its own locking and unlocking, which bring nobody on, and where it yielded lately,
  // and after how much progress.
  struct passed_yield {
    source_location where;
    const object* target = nullptr;
    std::uint64_t progress = 0;
  };
  std::uint64_t own_locking = 0;
  std::array<passed_yield, 4> passed_yields;
  std::uint32_t places_passed = 0;
  std::uint32_t clock_reads = 0;        // how often it has read the clock while nothing happened
  std::uint64_t clock_read = 0;         // what it read, ...
  std::uint64_t progress_at_clock = 0;  // ... and after how much progress

  fault_kind fault = fault_kind::none;  // the latest one that it met with, ...
  std::uint32_t fault_at = UINT32_MAX;  // ... and at which of its events

  bool lost_target = false;       // the object of its pending operation was destroyed
  std::uint32_t destructors = 0;  // that it is in, of those that say so: nothing may be thrown out of them
  std::uint32_t throws_while_giving_up = 0;
  std::uint32_t returns_while_giving_up = 0;

  bool parked = false;  // its calls wait in finish_running for another task
  void* task = nullptr;
  const task_type* type = nullptr;
  alignas(std::max_align_t) std::byte small_task[128];
  std::vector<std::byte> large_task;
  std::vector<std::function<void()>> exit_calls;  // to be made at its end, the latest first

  /** When it last passed the yield at `where`, on the object of its pending operation; null if it has not lately. */
  [[nodiscard]] const passed_yield* find_passed_yield(source_location where) const noexcept {
    const std::size_t known = std::min<std::size_t>(places_passed, passed_yields.size());
    for (std::size_t i = 0; i < known; ++i) {
      const passed_yield& each = passed_yields[i];
      if (same_place(each.where, where) && each.target == pending.target) return &each;
    }
    return nullptr;
  }
  [[nodiscard]] passed_yield* find_passed_yield(source_location where) noexcept {
    return const_cast<passed_yield*>(std::as_const(*this).find_passed_yield(where));
  }

  /** Memory for a task of this type: no allocation for most of them. */
  [[nodiscard]] void* room_for(const task_type& type_of_task) {
    if (type_of_task.size <= sizeof small_task && type_of_task.alignment <= alignof(std::max_align_t))
      return small_task;
    large_task.resize(type_of_task.size + type_of_task.alignment);
    void* place = large_task.data();
    std::size_t space = large_task.size();
    return std::align(type_of_task.alignment, type_of_task.size, place, space);
  }

  // Only while recording.
  std::string name;
  std::vector<void*> callers;
};

}  // namespace heddle::sim
