#include <heddle/atomic.hpp>

#include <string>

namespace heddle::sim {

void atomic_state::order_not_allowed(operation_kind kind, source_location where) const {
  simulator::current().end(ending_kind::misuse,
              "a memory order that the standard does not allow for " + std::string(to_string(kind)), where);
}

}  // namespace heddle::sim
