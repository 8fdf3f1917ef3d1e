// threading.Semaphore and BoundedSemaphore, and those of multiprocessing.
#include <optional>

#include <heddle/python/semaphore.hpp>

#include "python/modules/synchronization.hpp"
#include "python/modules/waiting.hpp"

namespace heddle::python {
namespace {

/** A Semaphore of either kind. */
class semaphore_object final : public instance_object {
 public:
  explicit semaphore_object(const class_object& of) : instance_object(of) {}

  std::string called;  ///< in reports
  std::unique_ptr<semaphore> held;
  bool bounded = false;
  std::int64_t first = 0;
  bool between_processes = false;

  void make_state(std::int64_t value_now, source_location where) {
    if (bounded) {
      held = std::make_unique<bounded_semaphore>(first, called, where);
      for (std::int64_t left = first - value_now; left > 0; --left) held->state().try_acquire(where);
    } else {
      held = std::make_unique<semaphore>(value_now, called, where);
    }
  }

  heap_object* copy(interpreter& to) const override {
    if (between_processes) return nullptr;
    auto* const made = new semaphore_object(*class_);
    to.own(*made);
    for (const attribute_table::entry& each : attributes.entries) made->attributes.set(each.key, each.held);
    made->called = called;
    made->bounded = bounded;
    made->first = first;
    if (held != nullptr) made->make_state(static_cast<std::int64_t>(held->state().state().low), {});
    return made;
  }
};

heap_object* make_semaphore(thread_state& by, const class_object& of) {
  return by.process.make<semaphore_object>(by, of);
}

semaphore& state_of(thread_state& by, value of) {
  auto& self = self_as<semaphore_object>(by, of);
  must_be_initialized(by, self.held != nullptr, self);
  return *self.held;
}

void begin(thread_state& by, const arguments& given, bool bounded, bool between_processes) {
  const parameters with(by, "__init__(self, value=)", given);
  auto& self = self_as<semaphore_object>(by, with[0]);
  must_be_new(by, self.held == nullptr, self);
  self.first = integer_of(by, with.or_else(1, value(std::int64_t{1})));
  self.bounded = bounded;
  self.between_processes = between_processes;
  self.called = name_from_assignment(by);
  raising(by, [&] { self.make_state(self.first, by.where()); });
}

template <bool Bounded, bool BetweenProcesses>
value init(thread_state& by, const arguments& given) {
  begin(by, given, Bounded, BetweenProcesses);
  return value::none();
}

bool take(thread_state& by, semaphore& what, const patience& how) {
  const source_location at = by.where();
  return attempt_or_wait(
      by, how, [&] { return what.state().try_acquire(at); },
      [&](std::uint64_t deadline) { return what.state().acquire(deadline, at); });
}

value acquire(thread_state& by, const arguments& given) {
  const parameters with(by, "acquire(self, blocking=, timeout=)", given);
  semaphore& its = state_of(by, with[0]);
  const bool blocks = !with.given(1) || truth(by, with[1]);
  if (!blocks && !with.or_else(2, value::none()).is_none()) {
    raise(by, exceptions::ValueError(), "can't specify timeout for non-blocking acquire");
  }
  return value(take(by, its, blocks ? patience_of(by, with[2]) : patience{.waits = false}));
}

value acquire_between(thread_state& by, const arguments& given) {
  const parameters with(by, "acquire(self, block=, timeout=)", given);
  semaphore& its = state_of(by, with[0]);
  const bool blocks = !with.given(1) || truth(by, with[1]);
  return value(take(by, its, blocks ? patience_of(by, with[2]) : patience{.waits = false}));
}

value release(thread_state& by, const arguments& given) {
  const parameters with(by, "release(self, n=)", given);
  semaphore& its = state_of(by, with[0]);
  const std::int64_t count = integer_of(by, with.or_else(1, value(std::int64_t{1})));
  raising(by, [&] { its.release(count, by.where()); });
  return value::none();
}

value enter(thread_state& by, const arguments& given) {
  const parameters with(by, "__enter__(self)", given);
  return value(take(by, state_of(by, with[0]), {}));
}

value leave(thread_state& by, const arguments& given) {
  const parameters with(by, "__exit__(self, type=, value=, traceback=)", given);
  raising(by, [&] { state_of(by, with[0]).release(1, by.where()); });
  return value::none();
}

template <bool Bounded>
constexpr native_entry methods[] = {{"__init__", init<Bounded, false>},
                                    {"acquire", acquire},
                                    {"release", release},
                                    {"__enter__", enter},
                                    {"__exit__", leave}};
template <bool Bounded>
constexpr native_entry methods_between[] = {{"__init__", init<Bounded, true>},
                                            {"acquire", acquire_between},
                                            {"release", release},
                                            {"__enter__", enter},
                                            {"__exit__", leave}};

}  // namespace

const class_object& semaphore_class() {
  static const class_object& made = make_module_class("threading", "Semaphore", methods<false>, make_semaphore);
  return made;
}

const class_object& bounded_semaphore_class() {
  static const class_object& made =
      make_module_class("threading", "BoundedSemaphore", methods<true>, make_semaphore, &semaphore_class());
  return made;
}

const class_object& process_semaphore_class() {
  static const class_object& made =
      make_module_class("multiprocessing.synchronize", "Semaphore", methods_between<false>, make_semaphore);
  return made;
}

const class_object& process_bounded_semaphore_class() {
  static const class_object& made =
      make_module_class("multiprocessing.synchronize", "BoundedSemaphore", methods_between<true>, make_semaphore,
                        &process_semaphore_class());
  return made;
}

}  // namespace heddle::python
