// threading.Event, and that of multiprocessing.
#include <memory>

#include <heddle/python/event.hpp>

#include "python/modules/synchronization.hpp"
#include "python/modules/waiting.hpp"

namespace heddle::python {
namespace {

class event_object final : public instance_object {
 public:
  explicit event_object(const class_object& of) : instance_object(of) {}

  std::string called;  ///< in reports
  std::unique_ptr<event> held;
  bool between_processes = false;

  heap_object* copy(interpreter& to) const override {
    if (between_processes) return nullptr;
    auto* const made = new event_object(*class_);
    to.own(*made);
    for (const attribute_table::entry& each : attributes.entries) made->attributes.set(each.key, each.held);
    made->called = called;
    if (held != nullptr) {
      made->held = std::make_unique<event>(called, source_location{});
      if (held->state().state().low != 0) made->held->set({});
    }
    return made;
  }
};

heap_object* make_event(thread_state& by, const class_object& of) { return by.process.make<event_object>(by, of); }

event& state_of(thread_state& by, value of) {
  auto& self = self_as<event_object>(by, of);
  must_be_initialized(by, self.held != nullptr, self);
  return *self.held;
}

template <bool BetweenProcesses>
value init(thread_state& by, const arguments& given) {
  const parameters with(by, "__init__(self)", given);
  auto& self = self_as<event_object>(by, with[0]);
  must_be_new(by, self.held == nullptr, self);
  self.called = name_from_assignment(by);
  self.between_processes = BetweenProcesses;
  self.held = std::make_unique<event>(self.called, by.where());
  return value::none();
}

value is_set(thread_state& by, const arguments& given) {
  const parameters with(by, "is_set(self)", given);
  return value(state_of(by, with[0]).is_set(by.where()));
}

value set(thread_state& by, const arguments& given) {
  const parameters with(by, "set(self)", given);
  state_of(by, with[0]).set(by.where());
  return value::none();
}

value clear(thread_state& by, const arguments& given) {
  const parameters with(by, "clear(self)", given);
  state_of(by, with[0]).clear(by.where());
  return value::none();
}

value wait(thread_state& by, const arguments& given) {
  const parameters with(by, "wait(self, timeout=)", given);
  event_state& its = state_of(by, with[0]).state();
  const patience how = patience_of(by, with[1]);
  const source_location at = by.where();
  return value(attempt_or_wait(
      by, how, [&] { return its.is_set(at); }, [&](std::uint64_t deadline) { return its.wait(deadline, at); }));
}

value to_repr(thread_state& by, const arguments& given) {
  const parameters with(by, "__repr__(self)", given);
  const bool set_now = state_of(by, with[0]).state().state().low != 0;
  return repr_of(by, *with[0].object, set_now ? "set" : "unset");
}

template <bool BetweenProcesses>
constexpr native_entry methods[] = {{"__init__", init<BetweenProcesses>},
                                    {"is_set", is_set},
                                    {"isSet", is_set},
                                    {"set", set},
                                    {"clear", clear},
                                    {"wait", wait},
                                    {"__repr__", to_repr}};

}  // namespace

const class_object& event_class() {
  static const class_object& made = make_module_class("threading", "Event", methods<false>, make_event);
  return made;
}

const class_object& process_event_class() {
  static const class_object& made =
      make_module_class("multiprocessing.synchronize", "Event", methods<true>, make_event);
  return made;
}

}  // namespace heddle::python
