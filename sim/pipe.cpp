#include <heddle/pipe.hpp>

namespace heddle::sim {

pipe_state::pipe_state(std::size_t most, std::string_view name, source_location where)
    : object(object_kind::pipe, name, where), capacity(most) {
  if (most == 0) owner().end(ending_kind::misuse, "a pipe's capacity of 0: nothing could ever be sent", where);
}

void pipe_state::close(source_location where) {
  simulator& execution = begin(operation_kind::close, where);
  const bool closes = !closed;
  closed = true;
  execution.performed(closes ? effect::update : effect::read, closes);
}

void pipe_state::end_by_send(source_location where) const {
  simulator& execution = simulator::current();
  if (execution.giving_up()) return;
  execution.end(ending_kind::misuse, "send to " + mention(*this) + ", which is closed", where);
}

bool pipe_state::enabled(const operation& op, thread_id /*thread*/) const noexcept {
  if (op.kind == operation_kind::push) return closed || size < capacity;
  if (op.kind == operation_kind::pop) return closed || size > 0;
  return true;
}

}  // namespace heddle::sim
