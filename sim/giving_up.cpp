// The end of an execution that is given up: its threads are unwound politely, and abandoned where they will not go.
//
// The threads are resumed one by one, the youngest first, since a thread may refer to objects on the stacks of its
// ancestors. A resumed thread finds that its operation throws given_up. It may swallow that, or stand below a
// noexcept function: then the next operation throws again, and std::terminate is caught in the handler below.
#include "giving_up.hpp"

#include <cxxabi.h>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <utility>

#include <heddle/sim/simulator.hpp>

#include "callers.hpp"
#include "crashes.hpp"
#include "green_thread.hpp"
#include "simulator_inline.hpp"

namespace heddle::sim {
namespace {

// How often operations throw in a thread before it is abandoned, since it swallows that, ...
constexpr std::uint32_t throws_allowed = 100;
// ... and how many operations it may perform in destructors, where they must not throw.
constexpr std::uint32_t returns_allowed = 5'000;

std::terminate_handler& previous_terminate_handler() {
  static std::terminate_handler handler = nullptr;
  return handler;
}

}  // namespace

void simulator::record_ending(ending_kind kind, std::string message, source_location where) {
  if (giving_up_) return;
  giving_up_ = true;
  if (!failed_) ending_ = {kind, running_->id, std::move(message), where};
}

// In a directed execution: the running thread has failed, and stays where it is while the others go on.
void simulator::leave_failed(ending_kind kind, std::string message, source_location where) {
  green_thread& self = *running_;
  const ending how{kind, self.id, std::move(message), where};
  monitor_->on_failed(how);
  if (!std::exchange(failed_, true)) ending_ = how;
  self.cut_off = cut_off_ = true;
  forget_live(self);
  green_thread* next = live_.empty() ? nullptr : next_thread();
  switch_to(next != nullptr ? *next : *root_);
}

void simulator::end(ending_kind kind, std::string message, source_location where) {
  if (giving_up_) return give_way(kind != ending_kind::misuse, false);
  if (director_ != nullptr) {
    leave_failed(kind, std::move(message), where);
    return give_way(kind != ending_kind::misuse, false);
  }
  end_at_once(kind, std::move(message), where);
}

void simulator::end_at_once(ending_kind kind, std::string message, source_location where) {
  if (giving_up_) return give_way(kind != ending_kind::misuse, false);
  if (recording_) capture_callers(where, running_->callers);
  record_ending(kind, std::move(message), where);
  give_up(kind != ending_kind::misuse, false);
}

// As at a race, the others do not go on. They are unwound when the running thread comes to its next operation, or to
// its end: the younger ones first, as always.
void simulator::fail_at_next_operation(ending_kind kind, std::string message, source_location where) {
  if (giving_up_) return;
  running_->callers.clear();  // those of another place
  record_ending(kind, std::move(message), where);
  yet_to_stop_ = true;
}

void simulator::stop_if_failed() {
  if (std::exchange(yet_to_stop_, false)) switch_to(*root_);
}

void simulator::stop() noexcept {
  if (giving_up_) return;
  giving_up_ = true;
  ending_.kind = ending_kind::stopped;
}

// Leaves the running thread where it is; it comes back here when its turn to unwind has come.
void simulator::give_up(bool may_throw, bool may_go_on) {
  switch_to(*root_);
  give_way(may_throw, may_go_on);
}

// Of a thread that is using the reserve: its calls are unwound while there is still room for that.
void simulator::end_for_full_stack(source_location where) {
  end_at_once(ending_kind::stack_overflow, crash_guard::overflow_message(settings_.stack_size), where);
}

void simulator::give_up_at_pending() {
  switch_to(*root_);
  give_way_at_pending();
}

void simulator::give_way_at_pending() {
  stop_if_failed();
  const operation_kind kind = running_->pending.kind;
  if (running_->lost_target) [[unlikely]] {  // nothing may touch the object any more
    if (std::uncaught_exceptions() > 0 || running_->destructors > 0) abandon();
    throw given_up{};
  }
  const bool waits = may_block(kind) && (lets_others_go(kind) || !is_enabled(*running_));
  if (waits && running_->destructors > 0 && std::uncaught_exceptions() == 0) abandon();
  give_way(throws_when_given_up(kind), !waits);
}

// A destructor that is no part of the unwinding cannot be told from other code before an operation in it has thrown,
// and that has cost its thread the rest of its calls. So the place is remembered, and operations that need not wait
// return there from then on: what is lost does not grow with the number of executions.
void simulator::give_way(bool may_throw, bool may_go_on) {
  stop_if_failed();
  green_thread& self = *running_;
  if (!may_throw || self.destructors > 0 || std::uncaught_exceptions() > 0) {
    if (++self.returns_while_giving_up > returns_allowed) abandon();
    return;
  }
  if (may_go_on && must_not_throw_at(self.pending.where)) return;
  if (++self.throws_while_giving_up > throws_allowed) abandon();
  throw given_up{};
}

simulator::in_destructor::in_destructor() noexcept {
  if (running_simulator != nullptr) ++running_simulator->running_->destructors;
}

simulator::in_destructor::~in_destructor() {
  if (running_simulator != nullptr) --running_simulator->running_->destructors;
}

bool simulator::must_not_throw_at(source_location where) const noexcept {
  return std::any_of(places_that_must_not_throw_.begin(), places_that_must_not_throw_.end(),
                     [&](const source_location& each) { return same_place(each, where); });
}

void simulator::unwind_all() {
  crashes_->bury();
  giving_up_ = true;
  yet_to_stop_ = false;
  for (std::uint32_t id = thread_count_; id-- > 0;) {
    if (!threads_[id]->ended) switch_to(*threads_[id]);
  }
}

// Drops the running thread's calls. What they hold is lost, but nothing else is.
void simulator::abandon() {
  green_thread& self = *running_;
  self.ended = true;
  self.parked = false;
  self.exit_calls.clear();
  if (!self.cut_off) forget_live(self);
  tools_forget_frames(self.memory);
  leave_to(*root_);
}

void simulator::on_terminate() {
  simulator* self = running_simulator;
  if (self == nullptr || self->running_ == self->root_.get()) {
    if (const std::terminate_handler previous = previous_terminate_handler()) previous();
    std::abort();
  }
  if (!self->giving_up_) {
    self->record_uncaught(std::current_exception() == nullptr ? "std::terminate was called"
                                                              : "std::terminate was called: ");
    self->switch_to(*self->root_);  // the younger threads first
  } else if (const source_location where = self->running_->pending.where; !self->must_not_throw_at(where)) {
    self->places_that_must_not_throw_.push_back(where);
  }
  if (std::current_exception() != nullptr) abi::__cxa_end_catch();  // frees it
  self->abandon();
}

// std::terminate has one handler for the process: ours passes on whatever is none of our threads' business.
void simulator::install_terminate_handler() {
  static const bool installed = [] {
    previous_terminate_handler() = std::set_terminate(&simulator::on_terminate);
    return true;
  }();
  static_cast<void>(installed);
}

}  // namespace heddle::sim
