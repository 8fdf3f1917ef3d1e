// heddle::python::event, with the semantics of threading.Event.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include <heddle/python/exceptions.hpp>
#include <heddle/sim/object.hpp>
#include <heddle/sim/per_process.hpp>

namespace heddle::python {

/** Whether an event is set. */
class event_state final : public sim::object {
 public:
  event_state(std::string_view called, sim::source_location where) : object(sim::object_kind::event, called, where) {}

  [[nodiscard]] bool is_set(sim::source_location where);
  void set(bool to, sim::source_location where);
  /** Blocks until it is set, or time is up; whether it is set. */
  bool wait(std::uint64_t deadline, sim::source_location where);

  [[nodiscard]] bool enabled(const sim::operation& op, sim::thread_id thread) const noexcept override;
  [[nodiscard]] sim::cell_value state() const noexcept override { return {set_ ? 1U : 0U, 0}; }
  [[nodiscard]] std::unique_ptr<object> copy() const override { return std::make_unique<event_state>(*this); }

 private:
  bool set_ = false;
};

/** threading.Event. A thread that waits goes on if the event is set at its turn: one that is cleared again at once may
 * be missed. */
class event {
 public:
  event(sim::source_location where = sim::source_location::current()) : event({}, where) {}  // NOLINT
  /** `called` is what reports call it. */
  explicit event(std::string_view called, sim::source_location where = sim::source_location::current())
      : state_(called, where) {}

  [[nodiscard]] bool is_set(sim::source_location where = sim::source_location::current()) const {
    return state().is_set(where);
  }
  void set(sim::source_location where = sim::source_location::current()) { state().set(true, where); }
  void clear(sim::source_location where = sim::source_location::current()) { state().set(false, where); }
  /** Whether it is set; false only where time is up. */
  bool wait(time_limit timeout = {}, sim::source_location where = sim::source_location::current()) {
    return state().wait(deadline_of(timeout), where);
  }

  [[nodiscard]] event_state& state() const { return state_.here(); }

 private:
  sim::per_process<event_state> state_;
};

}  // namespace heddle::python
