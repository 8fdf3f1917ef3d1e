#include <heddle/sim/thread_history.hpp>

#include <heddle/sim/simulator.hpp>

namespace heddle::sim {

namespace {
constexpr memory_orders unordered{std::memory_order_relaxed, std::memory_order_relaxed};
}

void thread_history::look(const std::function<std::string()>& text, source_location where) {
  simulator& execution = owner();
  execution.publish(operation_kind::load, *this, where, unordered);
  execution.performed(effect::read, true, [&] { return event_values{text ? text() : std::string(), {}}; });
}

void thread_history::returned(const std::function<std::string()>& text, source_location where) {
  simulator& execution = owner();
  execution.publish(operation_kind::store, *this, where, unordered);
  ++returned_;
  execution.performed(effect::write, true, [&] { return event_values{{}, text ? text() : std::string()}; });
}

}  // namespace heddle::sim
