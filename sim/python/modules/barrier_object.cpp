// threading.Barrier. Like CPython's it is made of a lock, a condition and a phase; the C++ one of <heddle/python/...>
// cannot be used, since the interpreter's lock has to be let go in the waits, and held while the action is called.
#include <memory>
#include <optional>
#include <string>

#include <heddle/python/condition.hpp>
#include <heddle/python/lock.hpp>

#include "python/modules/condition_object.hpp"
#include "python/modules/lock_object.hpp"
#include "python/modules/synchronization.hpp"

namespace heddle::python {
namespace {

enum class phase : std::uint8_t {
  filling,
  draining,   // all have come; nobody may enter before they are gone
  resetting,  // the same, and those who wait find it broken
  broken,
};

class barrier_object final : public instance_object {
 public:
  explicit barrier_object(const class_object& of) : instance_object(of) {}

  std::string called;  ///< in reports
  std::int64_t parties = 0;
  value action, timeout;
  std::optional<lock> guard;
  std::unique_ptr<condition> changed;
  // Guarded by the lock.
  phase now = phase::filling;
  std::int64_t inside = 0;

  void make_state(source_location where) {
    guard.emplace(called, where);
    changed = std::make_unique<condition>(*guard, called, where);
  }

  void visit(const visitor& see) override {
    instance_object::visit(see);
    see(action);
    see(timeout);
  }

  // Nobody waits in a process that has just been started.
  heap_object* copy(interpreter& to) const override {
    auto* const made = new barrier_object(*class_);
    to.own(*made);
    for (const attribute_table::entry& each : attributes.entries) made->attributes.set(each.key, each.held);
    made->called = called;
    made->parties = parties;
    made->action = action;
    made->timeout = timeout;
    made->now = now == phase::broken ? phase::broken : phase::filling;
    if (guard) made->make_state({});
    return made;
  }
};

heap_object* make_barrier(thread_state& by, const class_object& of) { return by.process.make<barrier_object>(by, of); }

barrier_object& self_of(thread_state& by, value of) {
  auto& self = self_as<barrier_object>(by, of);
  must_be_initialized(by, self.guard.has_value(), self);
  return self;
}

/** Calls `body` with the barrier's lock held; also where that raises, the lock is let go. */
template <class Body>
auto guarded(thread_state& by, barrier_object& self, Body&& body) {
  take(by, self.guard->state(), {});
  try {
    auto result = body();
    let_go(by, self.guard->state());
    return result;
  } catch (const raised& exception) {
    exception_object* const what = exception.what;
    let_go(by, self.guard->state());
    throw raised{what};
  }
}

void change_to(thread_state& by, barrier_object& self, phase next) {
  self.now = next;
  self.changed->notify_all(by.where());
}

[[noreturn]] void raise_broken(thread_state& by) {
  throw raised{by.process.make<exception_object>(by, broken_barrier_class())};
}

// Those of the phase before may not be gone yet.
void enter(thread_state& by, barrier_object& self) {
  while (self.now == phase::draining || self.now == phase::resetting) {
    static_cast<void>(wait_on(by, *self.changed, {}));
  }
  if (self.now == phase::broken) raise_broken(by);
}

void let_all_go(thread_state& by, barrier_object& self) {
  try {
    if (self.action.defined() && !self.action.is_none()) static_cast<void>(call(by, self.action));
  } catch (const raised&) {
    change_to(by, self, phase::broken);
    throw;
  }
  change_to(by, self, phase::draining);
}

void wait_for_others(thread_state& by, barrier_object& self, const patience& how) {
  bool in_time = true;
  while (self.now == phase::filling && in_time) {
    in_time = wait_on(by, *self.changed, how);
  }
  if (self.now == phase::filling) {
    change_to(by, self, phase::broken);
    raise_broken(by);
  }
  if (self.now != phase::draining) raise_broken(by);
}

void leave(thread_state& by, barrier_object& self) {
  if (--self.inside > 0) return;
  if (self.now == phase::draining || self.now == phase::resetting) change_to(by, self, phase::filling);
}

value init(thread_state& by, const arguments& given) {
  const parameters with(by, "__init__(self, parties, action=, timeout=)", given);
  auto& self = self_as<barrier_object>(by, with[0]);
  must_be_new(by, !self.guard, self);
  self.parties = integer_of(by, with[1]);
  if (self.parties < 1) raise(by, exceptions::ValueError(), "parties must be > 0");
  self.action = with.or_else(2, value::none());
  self.timeout = with.or_else(3, value::none());
  self.called = name_from_assignment(by);
  self.make_state(by.where());
  return value::none();
}

value wait(thread_state& by, const arguments& given) {
  const parameters with(by, "wait(self, timeout=)", given);
  barrier_object& self = self_of(by, with[0]);
  const value timeout = with.or_else(1, value::none());
  const patience how = patience_of(by, timeout.is_none() ? self.timeout : timeout);
  return guarded(by, self, [&] {
    enter(by, self);
    const std::int64_t index = self.inside++;
    try {
      if (self.inside == self.parties) {
        let_all_go(by, self);
      } else {
        wait_for_others(by, self, how);
      }
    } catch (const raised&) {
      leave(by, self);
      throw;
    }
    leave(by, self);
    return value(index);
  });
}

value reset(thread_state& by, const arguments& given) {
  const parameters with(by, "reset(self)", given);
  barrier_object& self = self_of(by, with[0]);
  return guarded(by, self, [&] {
    if (self.inside == 0) {
      self.now = phase::filling;
    } else if (self.now == phase::filling || self.now == phase::broken) {
      self.now = phase::resetting;
    }
    self.changed->notify_all(by.where());
    return value::none();
  });
}

value abort(thread_state& by, const arguments& given) {
  const parameters with(by, "abort(self)", given);
  barrier_object& self = self_of(by, with[0]);
  return guarded(by, self, [&] {
    change_to(by, self, phase::broken);
    return value::none();
  });
}

value parties(thread_state& by, const arguments& given) {
  const parameters with(by, "parties(self)", given);
  return value(self_of(by, with[0]).parties);
}

value waiting(thread_state& by, const arguments& given) {
  const parameters with(by, "n_waiting(self)", given);
  barrier_object& self = self_of(by, with[0]);
  return guarded(by, self, [&] { return value(self.now == phase::filling ? self.inside : std::int64_t{0}); });
}

value is_broken(thread_state& by, const arguments& given) {
  const parameters with(by, "broken(self)", given);
  barrier_object& self = self_of(by, with[0]);
  return guarded(by, self, [&] { return value(self.now == phase::broken); });
}

constexpr native_entry methods[] = {{"__init__", init}, {"wait", wait}, {"reset", reset}, {"abort", abort}};

}  // namespace

const class_object& broken_barrier_class() {
  static const class_object& made = make_exception_class("BrokenBarrierError", exceptions::RuntimeError(), "threading");
  return made;
}

const class_object& barrier_class() {
  static const class_object& made = []() -> const class_object& {
    class_object& its = make_module_class("threading", "Barrier", methods, make_barrier);
    add_property(its, "parties", parties);
    add_property(its, "n_waiting", waiting);
    add_property(its, "broken", is_broken);
    return its;
  }();
  return made;
}

}  // namespace heddle::python
