#include "python/modules/process_object.hpp"

#include <utility>

#include <heddle/thread.hpp>

#include "python/modules/waiting.hpp"

namespace heddle::python {

void process_object::visit(const visitor& see) {
  instance_object::visit(see);
  see(target);
  see(args);
  see(kwargs);
}

heap_object* process_object::copy(interpreter& to) const {
  auto* const made = new process_object(*class_);
  to.own(*made);
  for (const attribute_table::entry& each : attributes.entries) made->attributes.set(each.key, each.held);
  made->called = called;
  made->identity = identity;
  made->is_initialized = is_initialized;
  made->daemon = daemon;
  made->target = target;
  made->args = args;
  made->kwargs = kwargs;
  made->outcome = outcome;
  return made;
}

namespace {

/** What a child's main thread takes with it. */
struct child {
  std::shared_ptr<interpreter> process;
  value self;
  std::shared_ptr<process_outcome> outcome;
  std::uint64_t starts_at = 0;
  source_location started_at = {};
};

int run_body(thread_state& by, process_object& self) {
  try {
    static_cast<void>(call(by, attribute(by, value(&self), intern("run"))));
    return 0;
  } catch (const raised& exception) {
    by.memory.frames.clear();
    if (exception.what->of_class().is(exceptions::SystemExit())) return exit_code_of(by, *exception.what);
    report_uncaught(by, *exception.what, "Process " + self.called + ":\n");
    return 1;
  }
}

void run_child(const child& its) {
  thread_state main(*its.process, nullptr);
  main.last_place = its.started_at;
  main.set_clock_to(its.starts_at);
  auto& self = *static_cast<process_object*>(its.self.object);
  int exit_code = 0;
  run_main_thread(main, [&] { exit_code = run_body(main, self); });
  its.outcome->exit_code = exit_code;
  its.outcome->ended_at = main.now();
  its.outcome->end.happens(its.started_at);
}

// Each generation is a copy of the one before: a program whose processes start others for ever has to end.
constexpr int most_generations = 100;

int generation_of(const interpreter& process) {
  int result = 0;
  for (const interpreter* each = &process; each->parent() != nullptr; each = each->parent().get()) ++result;
  return result;
}

}  // namespace

process_object& current_process(thread_state& by) {
  interpreter& process = by.process;
  if (!process.as_process.defined()) {
    auto* const made = process.make<process_object>(by, process_class());
    made->called = "MainProcess";
    made->is_initialized = true;
    process.as_process = value(made);
  }
  return *static_cast<process_object*>(process.as_process.object);
}

void start_process(thread_state& by, process_object& what) {
  must_be_initialized(by, what.is_initialized, what);
  if (what.outcome != nullptr) raise(by, exceptions::AssertionError(), "cannot start a process twice");
  if (current_process(by).daemon) {
    raise(by, exceptions::AssertionError(), "daemonic processes are not allowed to have children");
  }
  const source_location at = by.where();
  what.outcome = std::make_shared<process_outcome>("the end of " + what.called, at);
  interpreter& parent = by.process;
  if (generation_of(parent) >= most_generations) raise(by, exceptions::RuntimeError(), "can't start new process");
  child its{.process = {}, .self = value(&what), .outcome = what.outcome, .starts_at = by.now(), .started_at = at};
  its.process = std::make_shared<interpreter>(parent.shared_from_this(), what.identity, its.self, its.starts_at);
  its.process->as_process = its.self;
  parent.children.push_back(&what);
  auto body = [its = std::move(its)] { run_child(its); };
  using task = sim::task<decltype(body)>;
  task local{{std::move(body)}};
  what.outcome->id = sim::simulator::current().start(task::type, &local, what.called, at,
                                                     what.daemon ? sim::start_as::daemon : sim::start_as::thread);
}

bool has_ended(thread_state& by, process_object& what) {
  if (!what.outcome->end.has_happened(by.where())) return false;
  by.set_clock_to(what.outcome->ended_at);
  return true;
}

void join_process(thread_state& by, process_object& what, const patience& how) {
  const source_location at = by.where();
  process_outcome& outcome = *what.outcome;
  const bool ended = attempt_or_wait(
      by, how, [&] { return outcome.end.has_happened(at); },
      [&](std::uint64_t deadline) {
        if (deadline != sim::no_deadline) return outcome.end.wait(deadline, at);
        sim::simulator::current().join(outcome.id, at);
        return true;
      });
  if (ended) by.set_clock_to(outcome.ended_at);
}

void join_children(thread_state& by) {
  for (std::size_t i = 0; i < by.process.children.size(); ++i) {
    auto& each = *static_cast<process_object*>(by.process.children[i]);
    if (!each.daemon) join_process(by, each, {});
  }
}

}  // namespace heddle::python
