// The module multiprocessing: processes, as copies of the interpreter that started them, with a lock of their own each.
#include "python/modules/condition_object.hpp"
#include "python/modules/lock_object.hpp"
#include "python/modules/modules.hpp"
#include "python/modules/process_object.hpp"
#include "python/modules/queue_object.hpp"
#include "python/modules/synchronization.hpp"
#include "python/modules/waiting.hpp"

namespace heddle::python {
namespace {

constexpr std::int64_t processors = 2;  // the same on every machine

heap_object* make_process(thread_state& by, const class_object& of) { return by.process.make<process_object>(by, of); }

process_object& self_of(thread_state& by, value of) { return self_as<process_object>(by, of); }

value init(thread_state& by, const arguments& given) {
  const parameters with(by, "__init__(self, group=, target=, name=, args=, kwargs=, *, daemon=)", given);
  enum { self_at, group, target, name_at, args, kwargs, daemon };
  if (!with.or_else(group, value::none()).is_none()) {
    raise(by, exceptions::AssertionError(), "group argument must be None for now");
  }
  process_object& self = self_of(by, with[self_at]);
  must_be_new(by, !self.is_initialized, self);
  const process_object& parent = current_process(by);
  self.identity = (parent.identity.empty() ? "" : parent.identity + ":") + std::to_string(++by.process.named_processes);
  const value called = with.or_else(name_at, value::none());
  self.called = called.is_none() ? "Process-" + self.identity : str(by, called);
  self.target = with.or_else(target, value::none());
  self.args = with.or_else(args, value::none());
  self.kwargs = with.or_else(kwargs, value::none());
  const value is_daemon = with.or_else(daemon, value::none());
  self.daemon = is_daemon.is_none() ? parent.daemon : truth(by, is_daemon);
  self.is_initialized = true;
  return value::none();
}

value run(thread_state& by, const arguments& given) {
  const process_object& self = self_of(by, parameters(by, "run(self)", given)[0]);
  if (!self.target.is_none()) static_cast<void>(call_unpacking(by, self.target, self.args, self.kwargs));
  return value::none();
}

value start(thread_state& by, const arguments& given) {
  start_process(by, self_of(by, parameters(by, "start(self)", given)[0]));
  return value::none();
}

value join(thread_state& by, const arguments& given) {
  const parameters with(by, "join(self, timeout=)", given);
  process_object& self = self_of(by, with[0]);
  if (self.outcome == nullptr) raise(by, exceptions::AssertionError(), "can only join a started process");
  if (&self == &current_process(by)) raise(by, exceptions::AssertionError(), "can only join a child process");
  join_process(by, self, patience_of(by, with[1]));
  return value::none();
}

value is_alive(thread_state& by, const arguments& given) {
  process_object& self = self_of(by, parameters(by, "is_alive(self)", given)[0]);
  if (&self == &current_process(by)) return value(true);
  return value(self.outcome != nullptr && !has_ended(by, self));
}

value exit_code(thread_state& by, const arguments& given) {
  process_object& self = self_of(by, parameters(by, "exitcode(self)", given)[0]);
  if (self.outcome == nullptr || &self == &current_process(by) || !has_ended(by, self)) return value::none();
  return value(std::int64_t{self.outcome->exit_code});
}

value process_number(thread_state& by, const arguments& given) {
  const process_object& self = self_of(by, parameters(by, "pid(self)", given)[0]);
  if (self.identity.empty()) return value(std::int64_t{1});
  if (self.outcome == nullptr) return value::none();
  if (&self == &current_process(by)) return value(std::int64_t{by.process.main->id} + 1);
  return value(std::int64_t{self.outcome->id} + 1);
}

value get_name(thread_state& by, const arguments& given) {
  return make_string(by, self_of(by, parameters(by, "name(self)", given)[0]).called);
}

value set_name(thread_state& by, const arguments& given) {
  const parameters with(by, "name(self, name)", given);
  self_of(by, with[0]).called = str(by, with[1]);
  return value::none();
}

value get_daemon(thread_state& by, const arguments& given) {
  return value(self_of(by, parameters(by, "daemon(self)", given)[0]).daemon);
}

value set_daemon(thread_state& by, const arguments& given) {
  const parameters with(by, "daemon(self, daemonic)", given);
  process_object& self = self_of(by, with[0]);
  if (self.outcome != nullptr) raise(by, exceptions::AssertionError(), "process has already started");
  self.daemon = truth(by, with[1]);
  return value::none();
}

value refuse_to_terminate(thread_state& by, const arguments& /*given*/) {
  raise(by, exceptions::NotImplementedError(),
        "Heddle cannot terminate a process: start it with daemon=True, or have it end by itself");
}

value nothing(thread_state& /*by*/, const arguments& /*given*/) { return value::none(); }

constexpr native_entry process_methods[] = {{"__init__", init},
                                            {"run", run},
                                            {"start", start},
                                            {"join", join},
                                            {"is_alive", is_alive},
                                            {"terminate", refuse_to_terminate},
                                            {"kill", refuse_to_terminate},
                                            {"close", nothing}};

value current(thread_state& by, const arguments& given) {
  const parameters with(by, "current_process()", given);
  return value(&current_process(by));
}

value processor_count(thread_state& by, const arguments& given) {
  const parameters with(by, "cpu_count()", given);
  return value(processors);
}

value active_children(thread_state& by, const arguments& given) {
  const parameters with(by, "active_children()", given);
  std::vector<value> alive;
  const std::vector<heap_object*> children = by.process.children;
  for (heap_object* each : children) {
    if (!has_ended(by, *static_cast<process_object*>(each))) alive.emplace_back(each);
  }
  return make_list(by, std::move(alive));
}

value start_method(thread_state& by, const arguments& given) {
  const parameters with(by, "get_start_method(allow_none=)", given);
  return make_string(by, "fork");
}

// ---- Pipe: a queue in each direction

class connection_object final : public instance_object {
 public:
  explicit connection_object(const class_object& of) : instance_object(of) {}
  queue_object* from = nullptr;  // null where the end is for sending only
  queue_object* to = nullptr;
  bool is_closed = false;

  // Each process closes its ends for itself.
  heap_object* copy(interpreter& its_copy) const override {
    auto* const made = new connection_object(*class_);
    its_copy.own(*made);
    made->from = from;
    made->to = to;
    made->is_closed = is_closed;
    return made;
  }
};

connection_object& open_end(thread_state& by, value of) {
  auto& self = self_as<connection_object>(by, of);
  if (self.is_closed) raise(by, exceptions::OSError(), "handle is closed");
  return self;
}

value send(thread_state& by, const arguments& given) {
  const parameters with(by, "send(self, obj)", given);
  queue_object* const to = open_end(by, with[0]).to;
  if (to == nullptr) raise(by, exceptions::OSError(), "connection is read-only");
  put_into(by, *to, with[1], {});
  return value::none();
}

value receive(thread_state& by, const arguments& given) {
  const parameters with(by, "recv(self)", given);
  queue_object* const from = open_end(by, with[0]).from;
  if (from == nullptr) raise(by, exceptions::OSError(), "connection is write-only");
  return get_from(by, *from, {});
}

value poll(thread_state& by, const arguments& given) {
  const parameters with(by, "poll(self)", given);
  queue_object* const from = open_end(by, with[0]).from;
  if (from == nullptr) raise(by, exceptions::OSError(), "connection is write-only");
  return value(from->state->read_size(by.where()) > 0);
}

value close(thread_state& by, const arguments& given) {
  const parameters with(by, "close(self)", given);
  self_as<connection_object>(by, with[0]).is_closed = true;
  return value::none();
}

constexpr native_entry connection_methods[] = {{"send", send}, {"recv", receive}, {"poll", poll}, {"close", close}};

const class_object& connection_class() {
  static const class_object& made = []() -> const class_object& {
    class_object& its = make_module_class("multiprocessing.connection", "Connection", connection_methods, nullptr);
    its.may_be_derived = false;
    return its;
  }();
  return made;
}

value pipe(thread_state& by, const arguments& given) {
  const parameters with(by, "Pipe(duplex=)", given);
  const bool both_ways = !with.given(0) || truth(by, with[0]);
  auto* const first = by.process.make<connection_object>(by, connection_class());
  auto* const second = by.process.make<connection_object>(by, connection_class());
  first->from = second->to = &new_process_queue(by, "pipe");
  if (both_ways) first->to = second->from = &new_process_queue(by, "pipe back");
  return make_tuple(by, {value(first), value(second)});
}

constexpr native_entry functions[] = {{"current_process", current},
                                      {"cpu_count", processor_count},
                                      {"active_children", active_children},
                                      {"get_start_method", start_method},
                                      {"set_start_method", nothing},
                                      {"freeze_support", nothing},
                                      {"Pipe", pipe}};

}  // namespace

const class_object& process_class() {
  static const class_object& made = []() -> const class_object& {
    class_object& its = make_module_class("multiprocessing.context", "Process", process_methods, make_process);
    add_property(its, "name", get_name, set_name);
    add_property(its, "daemon", get_daemon, set_daemon);
    add_property(its, "exitcode", exit_code);
    add_property(its, "pid", process_number);
    add_property(its, "ident", process_number);
    return its;
  }();
  return made;
}

const module_object& multiprocessing_module() {
  static const module_object& made = []() -> const module_object& {
    module_object& its = make_module("multiprocessing", functions);
    for (const class_object* each :
         {&process_class(), &process_semaphore_class(), &process_bounded_semaphore_class(), &process_event_class()}) {
      add_class(its, *each);
    }
    add_process_queues(its);
    add_process_locks(its);
    add_process_values(its);
    return its;
  }();
  return made;
}

}  // namespace heddle::python
