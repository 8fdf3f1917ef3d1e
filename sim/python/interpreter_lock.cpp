#include <heddle/python/interpreter_lock.hpp>

#include <string>
#include <utility>

namespace heddle::python {

using sim::operation_kind;

interpreter_lock::interpreter_lock(std::string_view called, source_location where)
    : object(sim::object_kind::interpreter_lock, called, where) {}

void interpreter_lock::acquire(source_location where) {
  sim::simulator& execution = owner();
  execution.publish(operation_kind::lock, *this, where);
  holder_ = execution.running();
  barred_ = sim::no_thread;
  if (waiting_ > 0) --waiting_;
  execution.performed(sim::effect::update);
}

sim::simulator& interpreter_lock::begin_release(std::uint64_t bytecodes, bool to_another, source_location where) {
  sim::simulator& execution = owner();
  execution.publish({.kind = operation_kind::unlock,
                     .target = this,
                     .argument = bytecodes | (to_another ? to_another_thread : 0),
                     .where = where});
  barred_ = to_another ? execution.running() : sim::no_thread;
  holder_ = sim::no_thread;
  return execution;
}

sim::event_values interpreter_lock::released_after(std::uint64_t bytecodes, std::string next) {
  return {std::to_string(bytecodes), std::move(next)};
}

void interpreter_lock::request(source_location where) {
  sim::simulator& execution = owner();
  execution.publish(operation_kind::request, *this, where);
  ++waiting_;
  execution.performed(sim::effect::update);
}

std::uint32_t interpreter_lock::waiting(source_location where) {
  sim::simulator& execution = owner();
  execution.publish(operation_kind::size, *this, where);
  execution.performed(sim::effect::read, true, [&] { return sim::event_values{std::to_string(waiting_), {}}; });
  return waiting_;
}

bool interpreter_lock::enabled(const sim::operation& op, sim::thread_id thread) const noexcept {
  return op.kind != operation_kind::lock || (holder_ == sim::no_thread && barred_ != thread);
}

sim::thread_id interpreter_lock::waits_for(const sim::operation& /*op*/) const noexcept { return holder_; }

}  // namespace heddle::python
