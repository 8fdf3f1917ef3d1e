#include <heddle/thread_local_var.hpp>

#include <stdexcept>

namespace heddle::sim {

void misused_thread_local(source_location where) {
  simulator::current().end(
      ending_kind::misuse,
      "a thread-local variable of an earlier execution was used: construct it inside the program, not as a static or a "
      "capture from outside",
      where);
}

void thread_local_made_by_itself(source_location where) {
  simulator::current().end(ending_kind::misuse, "the initializer of a thread-local variable uses that variable", where);
  throw std::logic_error("the initializer of a thread-local variable uses that variable");  // unwinds the initializer
}

}  // namespace heddle::sim
