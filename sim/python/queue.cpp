#include <heddle/python/queue.hpp>

namespace heddle::python {

using sim::effect;
using sim::operation_kind;
using sim::simulator;

simulator& queue_state::begin(operation_kind kind, std::uint64_t deadline, sim::source_location where) {
  simulator& execution = owner_of_any_process();
  const bool counts = kind == operation_kind::push || kind == operation_kind::try_push;
  execution.publish(
      {.kind = kind, .target = this, .argument = counts ? sim::python_rules : 0, .deadline = deadline, .where = where});
  return execution;
}

std::uint64_t queue_state::read_size(sim::source_location where) {
  simulator& execution = begin(operation_kind::size, sim::no_deadline, where);
  execution.performed(effect::read, true, [&] { return sim::event_values{sim::show(size), {}}; });
  return size;
}

void queue_state::task_done(sim::source_location where) {
  simulator& execution = begin(operation_kind::count_down, sim::no_deadline, where);
  if (execution.giving_up()) return;
  const bool done = tasks > 0;
  if (done) --tasks;
  execution.performed(done ? effect::update : effect::read, done);
  if (!done) throw value_error("task_done() called too many times");
}

void queue_state::join(sim::source_location where) {
  simulator& execution = begin(operation_kind::await, sim::no_deadline, where);
  execution.wrote_nothing_new();
  execution.performed(effect::update);  // see the exploration's transitions
}

bool queue_state::enabled(const sim::operation& op, sim::thread_id /*thread*/) const noexcept {
  switch (op.kind) {
    case operation_kind::push: return size < bound;
    case operation_kind::pop: return size > 0;
    case operation_kind::await: return tasks == 0;
    default: return true;
  }
}

}  // namespace heddle::python
