#include <heddle/stop_token.hpp>

#include <exception>

#include "giving_up.hpp"

namespace heddle::sim {

// What a callback throws ends the program ([stopsource.mem]/5, [stopcallback.cons]/4).
void stop_state::call(stop_callback_entry& entry) {
  try {
    entry.run(entry);
  } catch (const given_up&) {
    throw;
  } catch (...) {
    std::terminate();
  }
}

// While it is called, its destructor waits for us: also until we are unwound, in an execution that is given up.
void stop_state::call_by_request(stop_callback_entry& entry) {
  struct over_at_end {
    std::uint64_t& called;
    ~over_at_end() { called = 0; }
  };
  called_ = entry.number;
  const over_at_end guard{called_};
  call(entry);
}

bool stop_state::request_stop(source_location where) {
  simulator& execution = owner();
  execution.publish(operation_kind::request_stop, *this, where);
  if (execution.giving_up()) return false;
  const bool first = !requested_;
  requested_ = true;
  if (first) requester_ = execution.running();
  execution.performed(first ? effect::update : effect::read, first);
  if (!first) return false;
  while (first_ != nullptr) {
    stop_callback_entry& entry = *first_;
    unlink(entry);
    call_by_request(entry);  // which may destroy it
    if (execution.giving_up()) break;
    // What others wait for in remove_callback: that the callback is over is to happen before their going on.
    execution.note({.kind = operation_kind::complete, .target = this, .where = where});
  }
  return true;
}

bool stop_state::stop_requested(source_location where) const {
  simulator& execution = owner();
  stop_state& self = const_cast<stop_state&>(*this);  // an operation's target; a load changes nothing
  execution.publish(operation_kind::load, self, where);
  execution.performed(effect::read, true, [&] { return event_values{requested_ ? "true" : "false", {}}; });
  return requested_;
}

void stop_state::add_callback(stop_callback_entry& entry, source_location where) {
  simulator& execution = owner();
  execution.publish(operation_kind::add_callback, *this, where);
  if (execution.giving_up()) return;
  entry.number = ++registered_;
  const bool at_once = requested_;
  if (!at_once) link(entry);
  execution.performed(at_once ? effect::read : effect::update);
  if (at_once) call(entry);
}

void stop_state::remove_callback(stop_callback_entry& entry, source_location where) {
  simulator& execution = owner();
  execution.publish(
      {.kind = operation_kind::remove_callback, .target = this, .argument = entry.number, .where = where});
  if (execution.giving_up()) return;  // the list may lead to what is gone; nobody looks at it any more
  unlink(entry);
  execution.performed(effect::update);
}

bool stop_state::enabled(const operation& op, thread_id thread) const noexcept {
  return op.kind != operation_kind::remove_callback || called_ != op.argument || requester_ == thread;
}

thread_id stop_state::waits_for(const operation& /*op*/) const noexcept { return requester_; }

void stop_state::link(stop_callback_entry& entry) noexcept {
  entry.previous = last_;
  (last_ != nullptr ? last_->next : first_) = &entry;
  last_ = &entry;
}

// Nothing, if it is not in the list: never was, or has been called.
void stop_state::unlink(stop_callback_entry& entry) noexcept {
  if (entry.previous == nullptr && first_ != &entry) return;
  (entry.previous != nullptr ? entry.previous->next : first_) = entry.next;
  (entry.next != nullptr ? entry.next->previous : last_) = entry.previous;
  entry.previous = entry.next = nullptr;
}

}  // namespace heddle::sim
