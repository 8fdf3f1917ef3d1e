#include <heddle/thread.hpp>

#include <string>

namespace heddle {

using sim::ending_kind;
using sim::simulator;

thread& thread::operator=(thread&& other) noexcept {
  if (joinable()) must_not_be_joinable();
  id_ = std::exchange(other.id_, sim::no_thread);
  execution_ = other.execution_;
  return *this;
}

void thread::must_not_be_joinable() noexcept {
  const sim::thread_id lost = std::exchange(id_, sim::no_thread);
  if (sim::running_simulator == nullptr) return;  // its execution is over, and so is the thread
  simulator& execution = simulator::current();
  if (execution.giving_up() || execution.serial() != execution_) return;
  execution.end(ending_kind::misuse,
                "the thread object of " + sim::mention(lost) +
                    " was destroyed or assigned to while joinable: join or detach first",
                {});
}

void thread::left_over(source_location where) {
  id_ = sim::no_thread;
  simulator::current().end(
      ending_kind::misuse,
      "a thread of another process or of an earlier execution was joined: processes wait for their own "
      "threads, and threads are kept inside the program, not as a static or a capture from outside",
      where);
}

void thread::not_joinable(source_location where) {
  simulator::current().end(ending_kind::misuse, "join of a thread that is not joinable", where);
}

void thread::detach(source_location where) {
  simulator& execution = simulator::current();
  if (!joinable()) return execution.end(ending_kind::misuse, "detach of a thread that is not joinable", where);
  id_ = sim::no_thread;
}

namespace this_thread {

thread::id get_id() { return thread::id(simulator::current().running()); }

void yield(source_location where) { simulator::current().yield(sim::operation_kind::yield, sim::no_deadline, where); }

void sleep_to(std::uint64_t deadline, source_location where) {
  simulator::current().yield(sim::operation_kind::sleep, deadline, where);
}

}  // namespace this_thread
}  // namespace heddle
