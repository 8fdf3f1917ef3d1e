// Atomic and shared variables, and queues: the part that does not depend on the type of their values.
#include <string>

#include <heddle/atomic.hpp>
#include <heddle/queue.hpp>
#include <heddle/shared.hpp>

namespace heddle::sim {
void atomic_state::order_not_allowed(operation_kind kind, source_location where) const {
  owner().end(ending_kind::misuse,
              "a memory order that the standard does not allow for " + std::string(to_string(kind)), where);
}

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
