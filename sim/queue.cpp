#include <heddle/queue.hpp>

namespace heddle::sim {

queue_state::queue_state(std::size_t most, std::string_view name, source_location where)
    : object(object_kind::queue, name, where), capacity(most) {
  if (most == 0) owner().end(ending_kind::misuse, "a queue's capacity of 0: nothing could ever be pushed", where);
}

bool queue_state::enabled(const operation& op, thread_id /*thread*/) const noexcept {
  if (op.kind == operation_kind::push) return size < capacity;
  if (op.kind == operation_kind::pop) return size > 0;
  return true;
}

}  // namespace heddle::sim
