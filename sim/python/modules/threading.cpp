// The module threading: threads; its locks and the like have files of their own.
#include <string>

#include "python/modules/condition_object.hpp"
#include "python/modules/lock_object.hpp"
#include "python/modules/modules.hpp"
#include "python/modules/synchronization.hpp"
#include "python/modules/thread_object.hpp"
#include "python/natives.hpp"

namespace heddle::python {
namespace {

heap_object* make_thread(thread_state& by, const class_object& of) { return by.process.make<thread_object>(by, of); }

thread_object& self_of(thread_state& by, value of) {
  if (!is_instance(of, thread_class())) raise_type_error(by, "a method of Thread needs a Thread");
  return *static_cast<thread_object*>(of.object);
}

value init(thread_state& by, const arguments& given) {
  const parameters with(by, "__init__(self, group=, target=, name=, args=, kwargs=, *, daemon=)", given);
  enum { self_at, group, target, name_at, args, kwargs, daemon };
  if (!with.or_else(group, value::none()).is_none()) {
    raise(by, exceptions::AssertionError(), "group argument must be None for now");
  }
  thread_object& self = self_of(by, with[self_at]);
  const value called = with.or_else(name_at, value::none());
  self.called = called.is_none() ? "Thread-" + std::to_string(++by.process.named_threads) : str(by, called);
  self.target = with.or_else(target, value::none());
  self.args = with.or_else(args, value());
  self.kwargs = with.or_else(kwargs, value());
  const value is_daemon = with.or_else(daemon, value::none());
  self.daemon = is_daemon.is_none() ? current_thread(by).daemon : truth(by, is_daemon);
  self.is_initialized = true;
  return value::none();
}

value run(thread_state& by, const arguments& given) {
  const parameters with(by, "run(self)", given);
  const thread_object& self = self_of(by, with[0]);
  if (self.target.is_none() || !self.target.defined()) return value::none();
  static_cast<void>(call_unpacking(by, self.target, self.args, self.kwargs));
  return value::none();
}

value start(thread_state& by, const arguments& given) {
  start_thread(by, self_of(by, parameters(by, "start(self)", given)[0]));
  return value::none();
}

value join(thread_state& by, const arguments& given) {
  const parameters with(by, "join(self, timeout=)", given);
  thread_object& self = self_of(by, with[0]);
  const value timeout = with.or_else(1, value::none());
  if (timeout.is_none()) {
    join_thread(by, self);
  } else {  // a negative one is none
    const bool negative = less(by, timeout, value(std::int64_t{0}));
    join_thread(by, self, by.now() + (negative ? 0 : nanoseconds_of(by, timeout, "timeout value")));
  }
  return value::none();
}

value alive(thread_state& by, const arguments& given) {
  return value(is_alive(by, self_of(by, parameters(by, "is_alive(self)", given)[0])));
}

value get_name(thread_state& by, const arguments& given) {
  return make_string(by, self_of(by, parameters(by, "getName(self)", given)[0]).called);
}

value set_name(thread_state& by, const arguments& given) {
  const parameters with(by, "setName(self, name)", given);
  self_of(by, with[0]).called = str(by, with[1]);
  return value::none();
}

value get_daemon(thread_state& by, const arguments& given) {
  return value(self_of(by, parameters(by, "isDaemon(self)", given)[0]).daemon);
}

value set_daemon(thread_state& by, const arguments& given) {
  const parameters with(by, "setDaemon(self, daemonic)", given);
  thread_object& self = self_of(by, with[0]);
  if (self.started) raise(by, exceptions::RuntimeError(), "cannot set daemon status of active thread");
  self.daemon = truth(by, with[1]);
  return value::none();
}

value ident_of(const thread_object& of) { return of.started ? value(std::int64_t{of.id} + 1) : value::none(); }

value get_ident_of(thread_state& by, const arguments& given) {
  return ident_of(self_of(by, parameters(by, "ident(self)", given)[0]));
}

value to_repr(thread_state& by, const arguments& given) {
  thread_object& self = self_of(by, parameters(by, "__repr__(self)", given)[0]);
  std::string text = "<" + self.of_class().name_text + "(" + self.called + ", ";
  text += !self.started ? "initial" : self.ended ? "stopped" : "started";
  if (self.daemon) text += " daemon";
  if (self.started) text += " " + std::to_string(ident_of(self).number);
  return make_string(by, text + ")>");
}

constexpr native_entry thread_methods[] = {
    {"__init__", init},        {"run", run},          {"start", start},      {"join", join},
    {"is_alive", alive},       {"getName", get_name}, {"setName", set_name}, {"isDaemon", get_daemon},
    {"setDaemon", set_daemon}, {"__repr__", to_repr}};

value current(thread_state& by, const arguments& given) {
  const parameters with(by, "current_thread()", given);
  return value(&current_thread(by));
}

value main_thread(thread_state& by, const arguments& given) {
  const parameters with(by, "main_thread()", given);
  return value(by.process.main);
}

std::vector<value> all_alive(thread_state& by) {
  const std::vector<thread_object*> started = by.process.alive;
  std::vector<value> result;
  for (thread_object* each : started) {
    if (each == by.object || is_alive(by, *each)) result.emplace_back(each);
  }
  return result;
}

value enumerate(thread_state& by, const arguments& given) {
  const parameters with(by, "enumerate()", given);
  return make_list(by, all_alive(by));
}

value active_count(thread_state& by, const arguments& given) {
  const parameters with(by, "active_count()", given);
  return value(static_cast<std::int64_t>(all_alive(by).size()));
}

value get_ident(thread_state& by, const arguments& given) {
  const parameters with(by, "get_ident()", given);
  return ident_of(current_thread(by));
}

value no_tracing(thread_state& by, const arguments& /*given*/) {
  raise(by, exceptions::NotImplementedError(), "Heddle has no settrace and setprofile: use --trace or --bytecode");
}

constexpr native_entry functions[] = {
    {"Lock", make_lock},           {"RLock", make_rlock},       {"settrace", no_tracing},
    {"setprofile", no_tracing},    {"current_thread", current}, {"currentThread", current},
    {"main_thread", main_thread},  {"enumerate", enumerate},    {"active_count", active_count},
    {"activeCount", active_count}, {"get_ident", get_ident},    {"get_native_id", get_ident}};

}  // namespace

const class_object& thread_class() {
  static const class_object& made = [&]() -> const class_object& {
    class_object& its = make_builtin_class("Thread", thread_methods);
    its.module_text = "threading";
    its.make = make_thread;
    add_property(its, "name", get_name, set_name);
    add_property(its, "daemon", get_daemon, set_daemon);
    add_property(its, "ident", get_ident_of);
    add_property(its, "native_id", get_ident_of);
    return its;
  }();
  return made;
}

const module_object& threading_module() {
  static const module_object& made = [&]() -> const module_object& {
    module_object& its = make_module("threading", functions);
    for (const class_object* each :
         {&thread_class(), &condition_class(), &semaphore_class(), &bounded_semaphore_class(), &event_class(),
          &barrier_class(), &broken_barrier_class(), &timer_class()}) {
      add_class(its, *each);
    }
    its.attributes.set(intern("local"), value(const_cast<class_object*>(&local_class())));
    its.attributes.set(intern("ThreadError"), value(const_cast<class_object*>(&exceptions::RuntimeError())));
    its.attributes.set(intern("TIMEOUT_MAX"), value(longest_timeout));
    return its;
  }();
  return made;
}

}  // namespace heddle::python
