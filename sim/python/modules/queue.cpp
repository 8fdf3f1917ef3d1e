// The module queue, and the queues of multiprocessing: their classes.
#include "python/modules/modules.hpp"
#include "python/modules/queue_object.hpp"
#include "python/modules/waiting.hpp"

namespace heddle::python {
namespace {

using order = queue_object::order;

template <order Gives, bool BetweenProcesses>
heap_object* make_queue(thread_state& by, const class_object& of) {
  return by.process.make<queue_object>(by, of, Gives, BetweenProcesses);
}

queue_object& self_of(thread_state& by, value of) {
  auto& self = self_as<queue_object>(by, of);
  must_be_initialized(by, self.state != nullptr, self);
  return self;
}

[[noreturn]] void raise_plain(thread_state& by, const class_object& of) {
  throw raised{by.process.make<exception_object>(by, of)};
}

void begin(thread_state& by, value of, std::int64_t maxsize) {
  auto& self = self_as<queue_object>(by, of);
  must_be_new(by, self.state == nullptr, self);
  self.maxsize = maxsize;
  self.called = name_from_assignment(by);
  self.make_state(by.where());
}

value init(thread_state& by, const arguments& given) {
  const parameters with(by, "__init__(self, maxsize=)", given);
  begin(by, with[0], integer_of(by, with.or_else(1, value(std::int64_t{0}))));
  return value::none();
}

value init_simple(thread_state& by, const arguments& given) {
  const parameters with(by, "__init__(self)", given);
  begin(by, with[0], 0);
  return value::none();
}

value put(thread_state& by, const arguments& given) {
  const parameters with(by, "put(self, item, block=, timeout=)", given);
  if (!put_into(by, self_of(by, with[0]), with[1], patience_of_queue(by, with[2], with[3]))) {
    raise_plain(by, full_class());
  }
  return value::none();
}

value put_between(thread_state& by, const arguments& given) {
  const parameters with(by, "put(self, obj, block=, timeout=)", given);
  if (!put_into(by, self_of(by, with[0]), with[1], patience_of_queue(by, with[2], with[3]))) {
    raise_plain(by, full_class());
  }
  return value::none();
}

value put_nowait(thread_state& by, const arguments& given) {
  const parameters with(by, "put_nowait(self, item)", given);
  if (!put_into(by, self_of(by, with[0]), with[1], {.waits = false})) raise_plain(by, full_class());
  return value::none();
}

value get(thread_state& by, const arguments& given) {
  const parameters with(by, "get(self, block=, timeout=)", given);
  const value found = get_from(by, self_of(by, with[0]), patience_of_queue(by, with[1], with[2]));
  if (!found.defined()) raise_plain(by, empty_class());
  return found;
}

value get_nowait(thread_state& by, const arguments& given) {
  const parameters with(by, "get_nowait(self)", given);
  const value found = get_from(by, self_of(by, with[0]), {.waits = false});
  if (!found.defined()) raise_plain(by, empty_class());
  return found;
}

value qsize(thread_state& by, const arguments& given) {
  const parameters with(by, "qsize(self)", given);
  return value(static_cast<std::int64_t>(self_of(by, with[0]).state->read_size(by.where())));
}

value is_empty(thread_state& by, const arguments& given) {
  const parameters with(by, "empty(self)", given);
  return value(self_of(by, with[0]).state->read_size(by.where()) == 0);
}

value is_full(thread_state& by, const arguments& given) {
  const parameters with(by, "full(self)", given);
  queue_state& its = *self_of(by, with[0]).state;
  return value(its.read_size(by.where()) >= its.bound);
}

value task_done(thread_state& by, const arguments& given) {
  const parameters with(by, "task_done(self)", given);
  raising(by, [&] { self_of(by, with[0]).state->task_done(by.where()); });
  return value::none();
}

value join(thread_state& by, const arguments& given) {
  const parameters with(by, "join(self)", given);
  queue_state& its = *self_of(by, with[0]).state;
  const source_location at = by.where();
  static_cast<void>(its.read_size(at));  // an event after which the number of tasks is known
  if (its.tasks > 0) by.blocking([&] { its.join(at); });
  return value::none();
}

value maxsize(thread_state& by, const arguments& given) {
  const parameters with(by, "maxsize(self)", given);
  return value(self_of(by, with[0]).maxsize);
}

value unfinished_tasks(thread_state& by, const arguments& given) {
  const parameters with(by, "unfinished_tasks(self)", given);
  queue_state& its = *self_of(by, with[0]).state;
  static_cast<void>(its.read_size(by.where()));  // an event after which the number of tasks is known
  return value(static_cast<std::int64_t>(its.tasks));
}

value nothing(thread_state& /*by*/, const arguments& /*given*/) { return value::none(); }

constexpr native_entry methods[] = {
    {"__init__", init},         {"put", put},     {"put_nowait", put_nowait}, {"get", get},
    {"get_nowait", get_nowait}, {"qsize", qsize}, {"empty", is_empty},        {"full", is_full},
    {"task_done", task_done},   {"join", join}};
constexpr native_entry simple_methods[] = {
    {"__init__", init_simple},  {"put", put},     {"put_nowait", put_nowait}, {"get", get},
    {"get_nowait", get_nowait}, {"qsize", qsize}, {"empty", is_empty}};
constexpr native_entry process_methods[] = {{"__init__", init},
                                            {"put", put_between},
                                            {"put_nowait", put_nowait},
                                            {"get", get},
                                            {"get_nowait", get_nowait},
                                            {"qsize", qsize},
                                            {"empty", is_empty},
                                            {"full", is_full},
                                            {"close", nothing},
                                            {"join_thread", nothing},
                                            {"cancel_join_thread", nothing}};
constexpr native_entry joinable_methods[] = {{"task_done", task_done}, {"join", join}};
constexpr native_entry simple_process_methods[] = {
    {"__init__", init_simple}, {"put", put_between}, {"get", get}, {"empty", is_empty}, {"close", nothing}};

template <order Gives, bool BetweenProcesses = false>
const class_object& queue_class(std::string_view module, std::string_view called,
                                std::span<const native_entry> its_methods, const class_object* base = nullptr) {
  class_object& made = make_module_class(module, called, its_methods, make_queue<Gives, BetweenProcesses>, base);
  if (!BetweenProcesses) add_property(made, "maxsize", maxsize);
  if (!BetweenProcesses) add_property(made, "unfinished_tasks", unfinished_tasks);
  return made;
}

const class_object& process_queue_class() {
  static const class_object& made =
      queue_class<order::oldest_first, true>("multiprocessing.queues", "Queue", process_methods);
  return made;
}

}  // namespace

const module_object& queue_module() {
  static const module_object& made = []() -> const module_object& {
    module_object& its = make_module("queue", {});
    const class_object& plain = queue_class<order::oldest_first>("queue", "Queue", methods);
    add_class(its, plain);
    add_class(its, queue_class<order::newest_first>("queue", "LifoQueue", {}, &plain));
    add_class(its, queue_class<order::least_first>("queue", "PriorityQueue", {}, &plain));
    add_class(its, queue_class<order::oldest_first>("_queue", "SimpleQueue", simple_methods));
    add_class(its, empty_class());
    add_class(its, full_class());
    return its;
  }();
  return made;
}

void add_process_queues(module_object& to) {
  add_class(to, process_queue_class());
  add_class(to, queue_class<order::oldest_first, true>("multiprocessing.queues", "JoinableQueue", joinable_methods,
                                                       &process_queue_class()));
  add_class(to,
            queue_class<order::oldest_first, true>("multiprocessing.queues", "SimpleQueue", simple_process_methods));
}

queue_object& new_process_queue(thread_state& by, std::string called) {
  auto* const made = by.process.make<queue_object>(by, process_queue_class(), order::oldest_first, true);
  made->called = std::move(called);
  made->make_state(by.where());
  return *made;
}

}  // namespace heddle::python
