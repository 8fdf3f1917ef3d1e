// One thread of the program under test, as the simulator keeps it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <heddle/sim/operation.hpp>
#include <heddle/sim/simulator.hpp>

#include "context.hpp"
#include "stack.hpp"

namespace heddle::sim {

/** Plain data: the rules are the simulator's. Reused from one execution to the next. */
struct green_thread {
  explicit green_thread(std::size_t stack_size) : memory(stack_size) {}

  stack memory;
  context calls;
  thread_id id = 0;
  green_thread* parent = nullptr;
  std::uint32_t ordinal = 0;   // the how-many-th child of its parent, from 1
  std::uint32_t children = 0;  // how many it has started
  bool ended = false;

  operation pending;
  std::uint32_t events = 0;
  green_thread* joiner = nullptr;  // the thread that waits for its end

  // For the fairness of yields: how often it wrote, and where and after how many writes of others it last yielded.
  std::uint64_t writes = 0;
  source_location last_yield;
  std::uint64_t others_writes_at_last_yield = 0;

  std::uint32_t steps_while_giving_up = 0;

  void* task = nullptr;
  const task_type* type = nullptr;

  // Only while recording.
  std::string name;
  std::vector<void*> callers;
};

}  // namespace heddle::sim
