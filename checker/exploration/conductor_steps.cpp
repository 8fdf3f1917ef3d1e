// What the operations that the simulator knows are made of, in the explorer's terms: events on cells.
#include "exploration/conductor.hpp"

namespace heddle::checker::exploration {
namespace {

using sim::object_kind;
using sim::operation_kind;

// The state of a condition variable has a bit for each thread: see most_waiting.
constexpr const char* too_many_threads = "more than 64 threads use a condition variable";

}  // namespace

std::uint32_t conductor::cell_of(const sim::object& object) {
  if (cells_.size() <= object.id()) cells_.resize(object.id() + 1, none);
  std::uint32_t& cell = cells_[object.id()];
  if (cell == none) cell = explorer_.new_cell(object.state());
  return cell;
}

// The object may be met for the first time, and its cell is that of the graph.
void conductor::learn_cell(const sim::object& object, std::uint32_t cell) {
  if (cells_.size() <= object.id()) cells_.resize(object.id() + 1, none);
  cells_[object.id()] = cell;
}

bool conductor::holds(std::optional<std::uint32_t> rule) const noexcept {
  return rule && (explorer_.graph().rules_off & 1U << *rule) == 0;
}

bool conductor::is_joint(object_kind on, operation_kind kind) const noexcept { return holds(rule_of(on, kind)); }

void conductor::break_rule(std::uint32_t rule) {
  broken_rules_ |= static_cast<rule_set>(1U << rule);
  irreducible_ = commuting_rules[rule].broken_by;
}

void conductor::come_after_causes(std::uint32_t thread, const sim::operation& op, const operation_steps& steps) {
  if (steps.cause != none) explorer_.come_after(thread, steps.cause);
  if (!steps.after_joint || op.target->id() >= joint_.size()) return;
  for (const joint_operation& each : joint_[op.target->id()]) {
    if (each.phase == op.argument || op.target->kind() != object_kind::barrier) explorer_.come_after(thread, each.at);
  }
}

// An arrival at a barrier comes after all those in the phase before, or it could have been in that one.
void conductor::note_joint(const sim::operation& op, slot at) {
  const sim::object_id object = op.target->id();
  const std::uint64_t phase = op.kind == operation_kind::arrive ? op.argument : 0;
  if (joint_.size() <= object) joint_.resize(object + 1);
  for (const joint_operation& each : joint_[object]) {
    if (each.phase < phase && !explorer_.is_cause(each.at, at)) return break_rule(*rule_of(op.target->kind(), op.kind));
  }
  joint_[object].push_back({at, phase});
}

step conductor::step_of(const sim::operation& op, std::uint32_t thread, const sim::object* object) {
  step made;
  made.op = {.kind = op.kind,
             .object = object == nullptr ? object_kind::console : object->kind(),
             .timed = op.deadline != sim::no_deadline,
             .thread = thread,
             .amount = op.amount,
             .argument = op.argument};
  if (made.op.object == object_kind::atomic) {
    const bool look = (explorer_.graph().rules_off & stores_look_at_nothing) != 0;
    if (op.kind == operation_kind::store && look) made.op.amount = looks_at_waiters;
    if (op.kind == operation_kind::wait && !look) {
      broken_rules_ |= stores_look_at_nothing;
      irreducible_ = stores_look_at_waiters;
    }
  }
  made.as = shape_of(made.op);
  const bool times_out = made.op.timed && op.amount == 0;  // whatever the state, but a wait's, which may be notified
  if (times_out && op.kind != operation_kind::wake) made.as = shape::none;
  made.makes = op.makes;
  if (is_joint(made.op.object, op.kind)) made.as = shape::none;
  if (const auto rule = rule_broken_by(op); holds(rule)) break_rule(*rule);
  if (object != nullptr && made.as != shape::none && made.as != shape::await) made.cell = cell_of(*object);
  return made;
}

// In place, since they are used at once: a copy would have to wait until they are in the cache.
void conductor::find_steps(const sim::operation& op, std::uint32_t thread, operation_steps& made) {
  made.count = 1;
  made.cause = none;
  made.after_joint = false;
  made.parts[0] = step_of(op, thread, op.target);
  made.parts[0].begins_move = true;
  if (op.target == nullptr) return;
  const object_kind on = op.target->kind();
  if (op.kind == operation_kind::wait && op.mutex != nullptr) {  // joins the queue, and lets the mutex go
    if (thread >= most_waiting) irreducible_ = too_many_threads;
    sim::operation unlock = op;
    unlock.kind = operation_kind::unlock;
    made.parts[1] = step_of(unlock, thread, op.mutex);
    made.count = 2;
  } else if (op.kind == operation_kind::wake && on == object_kind::atomic) {  // reads the value again
    made.parts[0].as = shape::update;
    made.parts[0].cell = cell_of(*op.target);
    made.cause = threads_[thread].notified_by;
  } else if (op.kind == operation_kind::wake && is_woken(op)) {
    made.cause = threads_[thread].notified_by;
    made.parts[0].as = shape::none;
    made.parts[0].cell = none;
    if (op.mutex != nullptr) {
      sim::operation lock = op;
      lock.kind = operation_kind::lock;
      lock.deadline = sim::no_deadline;
      made.parts[0] = step_of(lock, thread, op.mutex);
      made.parts[0].begins_move = true;
    }
  } else if (op.kind == operation_kind::lock && threads_[thread].notified_by != none) {
    made.cause = threads_[thread].notified_by;  // a wake whose condition variable is gone, perhaps
  } else if (made.parts[0].as == shape::await &&
             (is_joint(on, operation_kind::count_down) || is_joint(on, operation_kind::arrive))) {
    made.after_joint = true;
    made.parts[0].as = shape::none;
  } else if (made.parts[0].as == shape::await) {
    // It comes after the first write that lets it go on, and its order with later ones does not matter.
    const event_graph& graph = explorer_.graph();
    const std::uint32_t cell = cell_of(*op.target);
    slot write = none;
    while (apply(made.parts[0].op, graph.state_after(cell, write), 0, nullptr).what == outcome::blocked) {
      write = graph.next_write(cell, write);
      if (write == none) break;
    }
    made.cause = write;
    made.parts[0].as = shape::none;
  }
}

// Most of what is replayed was complete, chose nothing, and concerns nobody else: there is nothing to find out, nor to
// remember.
bool conductor::replays_plainly(const sim::operation& op, std::uint32_t thread) {
  using enum operation_kind;
  constexpr sim::operation_kinds others = sim::waits_and_notifications | sim::kinds({await, count_down, arrive});
  thread_state& of = threads_[thread];
  const slot at = of.events[of.reached];
  const graph_event& event = explorer_.graph().events[at];
  if (contains(others, op.kind) || may_be_held_back(op)) return false;
  if (op.kind != event.op.kind || !event.begins_move) return false;
  if (event.incomplete || choices_ > 1 || (op.kind == lock && of.notified_by != none)) return false;
  if (op.target != nullptr && event.cell != none) learn_cell(*op.target, event.cell);
  ++of.reached;
  explorer_.replay(at);
  return true;
}

}  // namespace heddle::checker::exploration
