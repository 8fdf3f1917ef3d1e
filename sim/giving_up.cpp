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
#include "green_thread.hpp"
#include "simulator_inline.hpp"

namespace heddle::sim {
namespace {

/** A thread that has tried this many operations since it was to unwind will not go by itself. */
constexpr std::uint32_t patience = 100;

std::terminate_handler& previous_terminate_handler() {
  static std::terminate_handler handler = nullptr;
  return handler;
}

}  // namespace

void simulator::record_ending(ending_kind kind, std::string message, source_location where) {
  if (giving_up_) return;
  giving_up_ = true;
  ending_ = {kind, running_->id, std::move(message), where};
}

void simulator::end(ending_kind kind, std::string message, source_location where) {
  if (giving_up_) return give_way(kind != ending_kind::misuse);
  if (recording_) capture_callers(where, running_->callers);
  record_ending(kind, std::move(message), where);
  give_up(kind != ending_kind::misuse);
}

void simulator::stop() noexcept {
  if (giving_up_) return;
  giving_up_ = true;
  ending_.kind = ending_kind::stopped;
}

// Leaves the running thread where it is; it comes back here when its turn to unwind has come.
void simulator::give_up(bool may_throw) {
  switch_to(*root_);
  give_way(may_throw);
}

void simulator::give_way(bool may_throw) {
  if (++running_->steps_while_giving_up > patience) abandon();
  if (may_throw && std::uncaught_exceptions() == 0) throw given_up{};
}

void simulator::unwind_all() {
  for (std::uint32_t id = thread_count_; id-- > 0;) {
    if (!threads_[id]->ended) switch_to(*threads_[id]);
  }
}

// Drops the running thread's calls. What they hold is lost, but nothing else is.
void simulator::abandon() {
  green_thread& self = *running_;
  self.ended = true;
  self.parked = false;
  forget_live(self);
  tools_forget_frames(self.memory);
  leave_to(*root_);
}

void simulator::leave_for_good() { abandon(); }

void simulator::on_terminate() {
  simulator* self = running_simulator;
  if (self == nullptr || self->running_ == self->root_.get()) {
    if (const std::terminate_handler previous = previous_terminate_handler()) previous();
    std::abort();
  }
  if (!self->giving_up_) {
    std::string message = "std::terminate was called";
    if (std::current_exception() != nullptr) message += ": " + describe_current_exception();
    self->record_ending(ending_kind::uncaught_exception, std::move(message), self->running_->pending.where);
    self->switch_to(*self->root_);  // the younger threads first
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
