#include <heddle/sim/future_state.hpp>

#include <future>

namespace heddle::sim {

void future_state::retrieve() {
  if (retrieved_) throw std::future_error(std::future_errc::future_already_retrieved);
  retrieved_ = true;
}

simulator& future_state::begin_set(ready when, source_location where) {
  simulator& execution = owner();
  if (when == ready::by_thread_exit) return execution;
  execution.publish({.kind = operation_kind::set,
                     .target = this,
                     .argument = when == ready::at_once ? 0U : 1U,  // 1: it is not ready yet
                     .where = where});
  if (!satisfied_ || execution.giving_up()) return execution;
  execution.performed(effect::read, false);
  throw std::future_error(std::future_errc::promise_already_satisfied);
}

void future_state::end_set(simulator& execution, ready when, source_location where) {
  satisfied_ = true;
  ready_ = when == ready::at_once;
  if (when != ready::by_thread_exit) {
    execution.performed(effect::update, true, [this] { return event_values{{}, shown()}; });
  }
  if (when != ready::at_once) {
    execution.at_thread_end([self = shared_from_this(), where] { self->make_ready(where); });
  }
}

void future_state::make_ready(source_location where) {
  simulator& execution = simulator::current();
  execution.publish({.kind = operation_kind::set, .target = this, .argument = 2, .where = where});
  if (execution.giving_up()) return;
  ready_ = true;
  execution.performed(effect::update, true, [this] { return event_values{{}, shown()}; });
}

void future_state::set_exception(std::exception_ptr thrown, ready when, source_location where) {
  simulator& execution = begin_set(when, where);
  thrown_ = std::move(thrown);
  end_set(execution, when, where);
}

void future_state::break_promise() {
  if (satisfied_ || !used_here() || running_simulator->giving_up()) return;
  auto broken = std::make_exception_ptr(std::future_error(std::future_errc::broken_promise));
  simulator& execution = simulator::current();
  execution.publish(operation_kind::set, *this, {});
  if (execution.giving_up()) return;
  thrown_ = std::move(broken);
  broken_by_ = execution.running();
  end_set(execution, ready::at_once, {});
}

void future_state::await(source_location where) {
  simulator& execution = owner();
  if (!deferred_) {
    execution.publish(operation_kind::await, *this, where);
    execution.performed(effect::read, true, [this] { return seen(); });
    return;
  }
  execution.publish(operation_kind::enter_once, *this, where);
  if (execution.giving_up()) return;
  if (started_) {
    execution.performed(effect::read, true, [this] { return seen(); });
    return;
  }
  started_ = true;
  worker_ = execution.running();
  execution.performed(effect::update);
  run_deferred(where);
}

std::future_status future_state::await_until(std::uint64_t deadline, source_location where) {
  simulator& execution = owner();
  execution.publish({.kind = operation_kind::await, .target = this, .deadline = deadline, .where = where});
  if (execution.giving_up()) return std::future_status::timeout;
  if (deferred_ && !started_) {
    execution.performed(effect::read);
    return std::future_status::deferred;
  }
  const bool gets = ready_ && !execution.times_out_early();
  execution.performed(effect::read, gets, [&] { return gets ? seen() : event_values{}; });
  return gets ? std::future_status::ready : std::future_status::timeout;
}

void future_state::rethrow(source_location where) const {
  if (thrown_ == nullptr) return;
  if (broken_by_ != no_thread) {
    simulator::current().end(ending_kind::misuse,
                             "get of " + mention(*this) + ", whose promise " + mention(broken_by_) +
                                 " destroyed without a value (broken promise)",
                             where);
  }
  std::rethrow_exception(thrown_);
}

bool future_state::enabled(const operation& op, thread_id /*thread*/) const noexcept {
  switch (op.kind) {
    case operation_kind::await: return ready_ || (deferred_ && !started_);
    case operation_kind::enter_once: return ready_ || !started_;
    default: return true;
  }
}

thread_id future_state::waits_for(const operation& /*op*/) const noexcept { return worker_; }

std::string future_state::shown() const { return thrown_ == nullptr ? shown_value() : "an exception"; }

}  // namespace heddle::sim
