#include "peephole.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

#include <heddle/python/code_builder.hpp>

namespace heddle::checker::python {
namespace {

using heddle::python::argument_kind;
using heddle::python::instruction;
using enum heddle::python::opcode;

bool jumps(const instruction& one) { return argument_of(one.what) == argument_kind::jump; }

bool always_jumps(const instruction& one) { return one.what == JUMP_FORWARD || one.what == JUMP_ABSOLUTE; }

bool jumps_or_pops(const instruction& one) {
  return one.what == JUMP_IF_FALSE_OR_POP || one.what == JUMP_IF_TRUE_OR_POP;
}

bool pops_and_jumps(const instruction& one) { return one.what == POP_JUMP_IF_FALSE || one.what == POP_JUMP_IF_TRUE; }

/** Where the same condition decides twice, as in `if a and (b or c)`: the first jump knows how the second one ends. */
void join_conditions(instruction& first, std::uint32_t target, const instruction& second) {
  const bool when = first.what == JUMP_IF_TRUE_OR_POP;
  if (jumps_or_pops(second) && second.what == first.what) {
    first.argument = second.argument;
  } else if (jumps_or_pops(second)) {
    first = {when ? POP_JUMP_IF_TRUE : POP_JUMP_IF_FALSE, target + 1};
  } else if (pops_and_jumps(second)) {
    const bool leads_on = (second.what == POP_JUMP_IF_TRUE) == when;
    first = {when ? POP_JUMP_IF_TRUE : POP_JUMP_IF_FALSE, leads_on ? second.argument : target + 1};
  }
}

void shorten_jumps(std::vector<instruction>& code) {
  for (instruction& each : code) {
    if (jumps_or_pops(each)) join_conditions(each, each.argument, code[each.argument]);
    if (!always_jumps(each) && !pops_and_jumps(each) && !jumps_or_pops(each)) continue;
    const instruction target = code[each.argument];
    if (always_jumps(each) && target.what == RETURN_VALUE) {
      each = target;
    } else if (always_jumps(target)) {
      each.argument = target.argument;
      if (each.what == JUMP_FORWARD) each.what = JUMP_ABSOLUTE;  // it may lead back now
    }
  }
}

/** Leaves out what stands between a return and the next place that something jumps to. */
void leave_out_unreachable(heddle::python::code_object& code, const std::vector<bool>& is_target) {
  std::vector<std::uint32_t> new_number(code.instructions.size());
  std::vector<instruction> kept;
  std::vector<std::uint32_t> lines;
  bool reachable = true;
  for (std::size_t i = 0; i < code.instructions.size(); ++i) {
    reachable = reachable || is_target[i];
    new_number[i] = static_cast<std::uint32_t>(kept.size());
    if (!reachable) continue;
    kept.push_back(code.instructions[i]);
    lines.push_back(code.lines[i]);
    if (kept.back().what == RETURN_VALUE) reachable = false;
  }
  for (instruction& each : kept) {
    if (jumps(each)) each.argument = new_number[each.argument];
  }
  code.instructions = std::move(kept);
  code.lines = std::move(lines);
}

}  // namespace

void improve(heddle::python::code_object& code) {
  // As CPython: these are the places before jumps are changed.
  std::vector<bool> is_target(code.instructions.size() + 1);
  for (const instruction& each : code.instructions) {
    if (jumps(each)) is_target[each.argument] = true;
  }
  shorten_jumps(code.instructions);
  for (const instruction& each : code.instructions) {
    if (jumps(each)) is_target[each.argument] = true;
  }
  leave_out_unreachable(code, is_target);
  code.stack_size = stack_size_of(code);
}

}  // namespace heddle::checker::python
