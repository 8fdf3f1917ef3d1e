#include <heddle/sim/object.hpp>

#include <string>

#include <heddle/sim/simulator.hpp>

namespace heddle::sim {

object::object(object_kind kind, std::string_view name, source_location where) : kind_(kind) {
  simulator& execution = simulator::current();
  execution_ = execution.serial();
  id_ = execution.register_object(*this, name, where);
}

bool object::enabled(const operation& /*op*/, thread_id /*thread*/) const noexcept { return true; }

thread_id object::waits_for(const operation& /*op*/) const noexcept { return no_thread; }

void object::used_in_another_execution() const {
  simulator::current().end(ending_kind::misuse,
                           std::string(kind_ == object_kind::atomic ? "an " : "a ").append(to_string(kind_)) +
                               " of an earlier execution was used: construct it inside the program, not as a static "
                               "or a capture from outside",
                           {});
}

}  // namespace heddle::sim
