#include <heddle/process.hpp>

namespace heddle {
namespace sim {

bool process_state::wait(std::uint64_t deadline, source_location where) {
  simulator& execution = owner_of_any_process();
  execution.publish({.kind = operation_kind::await, .target = this, .deadline = deadline, .where = where});
  if (execution.giving_up()) return true;
  const bool ended = execution.process_ended(number()) && !execution.times_out_early();
  execution.performed(effect::read, ended, [&] {
    return event_values{ended ? "exit status " + std::to_string(execution.exit_status(number())) : std::string(), {}};
  });
  return ended;
}

process_id process_state::number() const noexcept { return simulator::current().process_of(main_); }

bool process_state::enabled(const operation& op, thread_id /*thread*/) const noexcept {
  return op.kind != operation_kind::await || simulator::current().process_ended(number());
}

thread_id process_state::waits_for(const operation& /*op*/) const noexcept {
  const simulator& execution = simulator::current();
  const bool only_main = !execution.thread(main_).ended && execution.running_threads(number()) == 1;
  return only_main ? main_ : no_thread;
}

}  // namespace sim

std::optional<int> process::wait_to(std::uint64_t deadline, source_location where) {
  sim::simulator& execution = sim::simulator::current();
  if (state_ == nullptr) {
    execution.end(sim::ending_kind::misuse, "a wait for a process that was never started", where);
    return 0;
  }
  if (!state_->wait(deadline, where)) return std::nullopt;
  return execution.exit_status(state_->number());
}

namespace this_process {

sim::process_id get_id() {
  const sim::simulator& execution = sim::simulator::current();
  return execution.process_of(execution.running());
}

void exit(int status, source_location where) { sim::simulator::current().exit_process(status, where); }

}  // namespace this_process
}  // namespace heddle
