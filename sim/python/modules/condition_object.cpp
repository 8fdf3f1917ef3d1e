#include "python/modules/condition_object.hpp"

#include "python/modules/lock_object.hpp"

namespace heddle::python {

condition& condition_object::state(thread_state& by) {
  must_be_initialized(by, on.defined(), *this);
  if (state_ == nullptr) {
    auto& its_lock = *static_cast<lock_object*>(on.object);
    if (rlock* const recursive = its_lock.recursive()) {
      state_ = std::make_unique<condition>(*recursive, called, by.where());
    } else {
      state_ = std::make_unique<condition>(*its_lock.plain(), called, by.where());
    }
  }
  return *state_;
}

void condition_object::visit(const visitor& see) {
  instance_object::visit(see);
  see(on);
}

// Nobody waits in a process that has just been started.
heap_object* condition_object::copy(interpreter& to) const {
  auto* const made = new condition_object(*class_);
  to.own(*made);
  for (const attribute_table::entry& each : attributes.entries) made->attributes.set(each.key, each.held);
  made->called = called;
  made->on = on;
  return made;
}

bool wait_on(thread_state& by, condition& what, const patience& how) {
  const source_location at = by.where();
  const bool limited = how.deadline != sim::no_deadline;
  const condition::place place = raising(by, [&] { return what.begin_wait(limited, at); });
  const bool notified = by.blocking([&] { return what.await_notification(place, how.deadline, at); });
  if (!notified) by.set_clock_to(how.deadline);
  if (!what.try_end_wait(place, at)) by.blocking([&] { what.end_wait(place, at); });
  return notified;
}

namespace {

heap_object* make_condition(thread_state& by, const class_object& of) {
  return by.process.make<condition_object>(by, of);
}

condition& state_of(thread_state& by, value of) { return self_as<condition_object>(by, of).state(by); }

value init(thread_state& by, const arguments& given) {
  const parameters with(by, "__init__(self, lock=)", given);
  auto& self = self_as<condition_object>(by, with[0]);
  must_be_new(by, !self.on.defined(), self);
  self.called = name_from_assignment(by);
  value on = with.or_else(1, value::none());
  if (on.is_none()) {
    on = value(&new_lock(by, true, self.called));
  } else if (auto* const its = on.is_object() ? dynamic_cast<lock_object*>(on.object) : nullptr; its == nullptr) {
    raise_type_error(by, "Heddle's Condition needs a Lock or an RLock, not '" + class_of(on).name_text + "'");
  }
  self.on = on;
  if (self.is_shared()) share(on);
  return value::none();
}

value acquire(thread_state& by, const arguments& given) {
  const parameters with(by, "acquire(self, blocking=, timeout=)", given);
  value method = attribute(by, self_as<condition_object>(by, with[0]).on, intern("acquire"));
  return call(by, method, {given.positional + 1, given.count - 1, given.names, given.named, given.named_count});
}

value release(thread_state& by, const arguments& given) {
  const parameters with(by, "release(self)", given);
  let_go(by, state_of(by, with[0]).lock_of());
  return value::none();
}

value enter(thread_state& by, const arguments& given) {
  const parameters with(by, "__enter__(self)", given);
  return value(take(by, state_of(by, with[0]).lock_of(), {}));
}

value leave(thread_state& by, const arguments& given) {
  const parameters with(by, "__exit__(self, type=, value=, traceback=)", given);
  let_go(by, state_of(by, with[0]).lock_of());
  return value::none();
}

value wait(thread_state& by, const arguments& given) {
  const parameters with(by, "wait(self, timeout=)", given);
  return value(wait_on(by, state_of(by, with[0]), patience_of(by, with[1])));
}

value wait_for(thread_state& by, const arguments& given) {
  const parameters with(by, "wait_for(self, predicate, timeout=)", given);
  condition& its = state_of(by, with[0]);
  const patience how = patience_of(by, with[2]);
  value result = call(by, with[1]);
  while (!truth(by, result)) {
    if (how.deadline != sim::no_deadline && by.now() >= how.deadline) break;
    static_cast<void>(wait_on(by, its, how));
    result = call(by, with[1]);
  }
  return result;
}

void notify_some(thread_state& by, value self, std::size_t count) {
  raising(by, [&] { state_of(by, self).notify(count, by.where()); });
}

value notify(thread_state& by, const arguments& given) {
  const parameters with(by, "notify(self, n=)", given);
  const std::int64_t count = integer_of(by, with.or_else(1, value(std::int64_t{1})));
  notify_some(by, with[0], count < 0 ? 0 : static_cast<std::size_t>(count));
  return value::none();
}

value notify_all(thread_state& by, const arguments& given) {
  const parameters with(by, "notify_all(self)", given);
  notify_some(by, with[0], SIZE_MAX);
  return value::none();
}

constexpr native_entry methods[] = {{"__init__", init},       {"acquire", acquire}, {"release", release},
                                    {"__enter__", enter},     {"__exit__", leave},  {"wait", wait},
                                    {"wait_for", wait_for},   {"notify", notify},   {"notify_all", notify_all},
                                    {"notifyAll", notify_all}};

}  // namespace

const class_object& condition_class() {
  static const class_object& made = make_module_class("threading", "Condition", methods, make_condition);
  return made;
}

}  // namespace heddle::python
