#include <algorithm>
#include <limits>

#include <heddle/python/disassembler.hpp>
#include <heddle/sim/simulator.hpp>

#include "python/interpreter.hpp"
#include "python/modules/thread_object.hpp"

namespace heddle::python {

thread_state::thread_state(interpreter& its, thread_object* its_object) : process(its), object(its_object) {}

// The lock carries the time: who gets it knows what everybody knew who had it before.
void thread_state::acquire_lock() {
  if (interpreter_lock* const lock = process.lock.get()) {
    const source_location at = where();
    if (process.set_to.policy->goes_to_another()) lock->request(at);
    lock->acquire(at);
    clock_ = std::max(clock_, process.clock);
  }
  begin_turn();
  if (process.over && object != nullptr && object->daemon) {
    release_lock();
    throw thread_ends{};
  }
}

void thread_state::release_lock(bool hands_over) {
  const bool to_another = hands_over && process.set_to.policy->goes_to_another();
  count_given();
  clock_ += executed_before_ * process.set_to.bytecode_cost;
  const std::uint64_t bytecodes = std::exchange(executed_before_, 0);
  sim::simulator::current().pass_time(clock_);
  if (process.lock == nullptr) return;
  process.clock = std::max(process.clock, clock_);
  process.lock->release(bytecodes, to_another, where(), [&] {
    const std::string present = present_bytecode();
    return present.empty() ? present : (hands_over ? "before " : "in ") + present;
  });
}

void thread_state::begin_turn() {
  executed_before_ = 0;
  wanted = false;
  set_budget(process.set_to.policy->bytecodes_of_a_turn(process.set_to.bytecode_cost));
}

void thread_state::set_budget(std::uint64_t rest_of_turn) {
  rest_of_turn_ = rest_of_turn;
  const std::uint64_t most = process.set_to.bytecode_limit - std::min(total_, process.set_to.bytecode_limit);
  constexpr std::uint64_t between_signs_of_life = 1'000'000;
  const std::uint64_t next = std::min({rest_of_turn, most, between_signs_of_life});
  given_ = budget = static_cast<std::int64_t>(next);
}

// What was executed of the budget belongs to the past.
void thread_state::count_given() noexcept {
  const auto done = static_cast<std::uint64_t>(given_ - budget);
  executed_before_ += done;
  total_ += done;
  if (rest_of_turn_ != std::numeric_limits<std::uint64_t>::max()) rest_of_turn_ -= done;
  given_ = budget;
}

void thread_state::end_of_budget() {
  count_given();
  sim::simulator::current().computes();
  if (total_ >= process.set_to.bytecode_limit) {
    sim::simulator::current().end(sim::ending_kind::event_limit,
                                  std::to_string(process.set_to.bytecode_limit) + " bytecodes", where());
  }
  if (rest_of_turn_ > 0) return set_budget(rest_of_turn_);
  if (process.set_to.policy->only_at_jumps_and_calls()) {
    wanted = true;
    return set_budget(std::numeric_limits<std::uint64_t>::max());
  }
  hand_over();
}

void thread_state::hand_over() {
  count_given();
  wanted = false;
  const lock_policy& policy = *process.set_to.policy;
  const auto keep = [&] { set_budget(policy.bytecodes_of_a_turn(process.set_to.bytecode_cost)); };
  if (!lets_others_go_on()) return keep();
  if (policy.goes_to_another()) {
    sim::simulator::current().pass_time(now());  // sleepers may be due
    if (process.lock->waiting(where()) == 0) return keep();
  }
  release_lock(true);
  acquire_lock();
}

bool thread_state::lets_others_go_on() const noexcept { return process.lock == nullptr || process.alive.size() > 1; }

std::uint64_t thread_state::now() const noexcept { return clock_ + executed() * process.set_to.bytecode_cost; }

void thread_state::set_clock_to(std::uint64_t at_least) noexcept {
  const std::uint64_t present = now();
  if (at_least > present) clock_ += at_least - present;
}

void thread_state::sleep(std::uint64_t nanoseconds) {
  const std::uint64_t until = now() + nanoseconds;
  blocking([&] { sim::simulator::current().yield(sim::operation_kind::sleep, until, where()); });
  set_clock_to(until);
}

source_location thread_state::where() const noexcept {
  if (memory.frames.empty()) return last_place;
  const frame& present = memory.frames.back();
  return {process.code->source.file.c_str(), present.code->source->lines[present.pc]};
}

std::string thread_state::present_bytecode() const {
  if (memory.frames.empty()) return {};
  const frame& present = memory.frames.back();
  return describe(*present.code->source, present.pc);
}

opcode thread_state::present_opcode() const noexcept {
  if (memory.frames.empty()) return opcode::NOP;
  const frame& present = memory.frames.back();
  return present.code->source->instructions[present.pc].what;
}

}  // namespace heddle::python
