#include "python/modules/lock_object.hpp"

#include <utility>

namespace heddle::python {

lock_object::lock_object(const class_object& of, bool recursive, bool between_processes, std::string called,
                         source_location where)
    : instance_object(of), between_processes_(between_processes), called_(std::move(called)), made_at_(where) {
  if (recursive) {
    recursive_.emplace(called_, where);
  } else {
    plain_.emplace(called_, where);
  }
}

heap_object* lock_object::copy(interpreter& to) const {
  if (between_processes_) return nullptr;
  auto* const made = new lock_object(*class_, recursive_.has_value(), false, called_, made_at_);
  to.own(*made);
  if (const std::uint32_t levels = state().levels(); levels > 0) {
    static_cast<void>(made->state().try_acquire(made_at_, levels));
  }
  return made;
}

bool take(thread_state& by, lock_state& what, const patience& how, std::uint32_t levels) {
  const source_location at = by.where();
  return attempt_or_wait(
      by, how, [&] { return what.try_acquire(at, levels); },
      [&](std::uint64_t deadline) { return what.acquire(deadline, at, levels); });
}

void let_go(thread_state& by, lock_state& what) {
  raising(by, [&] { what.release(by.where()); });
}

namespace {

patience patience_of_lock(thread_state& by, value blocking, value timeout) {
  const bool blocks = !blocking.defined() || truth(by, blocking);
  const std::int64_t none = -1;
  if (!timeout.defined() || equal(by, timeout, value(none))) return {.waits = blocks, .deadline = sim::no_deadline};
  if (!blocks) raise(by, exceptions::ValueError(), "can't specify a timeout for a non-blocking call");
  if (timeout.is_none()) raise_type_error(by, "'NoneType' object cannot be interpreted as an integer");
  if (less(by, timeout, value(std::int64_t{0}))) {
    raise(by, exceptions::ValueError(), "timeout value must be positive");
  }
  return patience_of(by, timeout);
}

value acquire(thread_state& by, const arguments& given) {
  const parameters with(by, "acquire(self, blocking=, timeout=)", given);
  auto& self = self_as<lock_object>(by, with[0]);
  return value(take(by, self.state(), patience_of_lock(by, with[1], with[2])));
}

// Of multiprocessing: its parameters have other names, and no timeout is None.
value acquire_between(thread_state& by, const arguments& given) {
  const parameters with(by, "acquire(self, block=, timeout=)", given);
  auto& self = self_as<lock_object>(by, with[0]);
  const bool blocks = !with.given(1) || truth(by, with[1]);
  return value(take(by, self.state(), blocks ? patience_of(by, with[2]) : patience{.waits = false}));
}

value enter(thread_state& by, const arguments& given) {
  const parameters with(by, "__enter__(self)", given);
  return value(take(by, self_as<lock_object>(by, with[0]).state(), {}));
}

value release(thread_state& by, const arguments& given) {
  const parameters with(by, "release(self)", given);
  let_go(by, self_as<lock_object>(by, with[0]).state());
  return value::none();
}

value release_between(thread_state& by, const arguments& given) {
  const parameters with(by, "release(self)", given);
  lock_state& state = self_as<lock_object>(by, with[0]).state();
  try {
    state.release(by.where());
    return value::none();
  } catch (const runtime_error&) {
  }
  if (state.is_recursive()) {
    raise(by, exceptions::AssertionError(), "attempt to release recursive lock not owned by thread");
  }
  raise(by, exceptions::ValueError(), "semaphore or lock released too many times");
}

value leave(thread_state& by, const arguments& given) {
  const parameters with(by, "__exit__(self, type=, value=, traceback=)", given);
  let_go(by, self_as<lock_object>(by, with[0]).state());
  return value::none();
}

value locked(thread_state& by, const arguments& given) {
  const parameters with(by, "locked(self)", given);
  return value(self_as<lock_object>(by, with[0]).state().locked(by.where()));
}

value to_repr(thread_state& by, const arguments& given) {
  const parameters with(by, "__repr__(self)", given);
  const lock_state& state = self_as<lock_object>(by, with[0]).state();
  const class_object& of = with[0].object->of_class();
  return make_string(by, std::string(state.levels() > 0 ? "<locked " : "<unlocked ") + of.module_text + "." +
                             of.name_text + " object>");
}

constexpr native_entry methods[] = {{"acquire", acquire},      {"release", release}, {"locked", locked},
                                    {"__enter__", enter},      {"__exit__", leave},  {"acquire_lock", acquire},
                                    {"release_lock", release}, {"__repr__", to_repr}};
constexpr native_entry methods_of_rlocks[] = {
    {"acquire", acquire}, {"release", release}, {"__enter__", enter}, {"__exit__", leave}, {"__repr__", to_repr}};
constexpr native_entry methods_between[] = {{"acquire", acquire_between},
                                            {"release", release_between},
                                            {"__enter__", enter},
                                            {"__exit__", leave},
                                            {"__repr__", to_repr}};

// Lock is a function, as in CPython: nothing can derive from what it makes.
class_object& final_class(std::string_view module, std::string_view called, std::span<const native_entry> its) {
  class_object& made = make_module_class(module, called, its, nullptr);
  made.may_be_derived = false;
  return made;
}

const class_object& rlock_class() {
  static const class_object& made = final_class("_thread", "RLock", methods_of_rlocks);
  return made;
}

const class_object& lock_between_class() {
  static const class_object& made = final_class("multiprocessing.synchronize", "Lock", methods_between);
  return made;
}

const class_object& rlock_between_class() {
  static const class_object& made = final_class("multiprocessing.synchronize", "RLock", methods_between);
  return made;
}

value make_between(thread_state& by, const arguments& given) {
  const parameters with(by, "Lock()", given);
  return value(
      by.process.make<lock_object>(by, lock_between_class(), false, true, name_from_assignment(by), by.where()));
}

value make_rlock_between(thread_state& by, const arguments& given) {
  const parameters with(by, "RLock()", given);
  return value(&new_process_rlock(by, name_from_assignment(by)));
}

}  // namespace

const class_object& lock_class() {
  static const class_object& made = final_class("_thread", "lock", methods);
  return made;
}

lock_object& new_lock(thread_state& by, bool recursive, std::string called) {
  return *by.process.make<lock_object>(by, recursive ? rlock_class() : lock_class(), recursive, false,
                                       std::move(called), by.where());
}

lock_object& new_process_rlock(thread_state& by, std::string called) {
  return *by.process.make<lock_object>(by, rlock_between_class(), true, true, std::move(called), by.where());
}

value make_lock(thread_state& by, const arguments& given) {
  if (given.count + given.named_count > 0) {
    raise_type_error(by, "_thread.allocate_lock() takes no arguments (" +
                             std::to_string(given.count + given.named_count) + " given)");
  }
  return value(&new_lock(by, false, name_from_assignment(by)));
}

value make_rlock(thread_state& by, const arguments& given) {
  const parameters with(by, "RLock()", given);
  return value(&new_lock(by, true, name_from_assignment(by)));
}

void add_process_locks(module_object& to) {
  static constexpr native_entry functions[] = {{"Lock", make_between}, {"RLock", make_rlock_between}};
  add_functions(to, functions);
}

}  // namespace heddle::python
