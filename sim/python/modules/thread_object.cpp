#include "python/modules/thread_object.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

#include <heddle/thread.hpp>

#include "python/calls.hpp"
#include "python/modules/process_object.hpp"
#include "python/natives.hpp"
#include "python/output.hpp"
#include "python/tracebacks.hpp"

namespace heddle::python {

using sim::operation_kind;

void thread_end::happens(source_location where) {
  sim::simulator& execution = owner();
  execution.publish({.kind = operation_kind::count_down, .target = this, .argument = 1, .where = where});
  happened_ = true;
  execution.performed(sim::effect::update);
}

bool thread_end::wait(std::uint64_t deadline, source_location where) {
  sim::simulator& execution = owner();
  execution.publish({.kind = operation_kind::await, .target = this, .deadline = deadline, .where = where});
  const bool in_time = happened_ && !execution.times_out_early();
  execution.performed(sim::effect::read, in_time);
  return in_time;
}

bool thread_end::has_happened(source_location where) {
  sim::simulator& execution = owner();
  execution.publish(operation_kind::try_wait, *this, where);
  const bool seen = happened_;
  execution.performed(sim::effect::read, seen);
  return seen;
}

bool thread_end::enabled(const sim::operation& op, sim::thread_id /*thread*/) const noexcept {
  return op.kind != operation_kind::await || happened_;
}

thread_object::~thread_object() = default;

void thread_object::visit(const visitor& see) {
  instance_object::visit(see);
  see(target);
  see(args);
  see(kwargs);
}

heap_object* thread_object::copy(interpreter& to) const {
  auto* const made = new thread_object(*class_);
  to.own(*made);
  for (const attribute_table::entry& each : attributes.entries) made->attributes.set(each.key, each.held);
  made->called = called;
  made->is_initialized = is_initialized;
  made->daemon = daemon;
  made->target = target;
  made->args = args;
  made->kwargs = kwargs;
  made->started = made->ended = started;
  made->id = id;
  return made;
}

namespace {

void note_failure(thread_state& by, const exception_object& exception) {
  std::optional<interpreter::failure>& first = program_of(by.process).failed;
  if (first) return;
  source_location where = by.where();
  if (!exception.traceback.empty()) {
    const traceback_entry& innermost = exception.traceback.front();
    where = {innermost.code->of->source.file.c_str(), innermost.line};
  }
  // The report names the thread that ends the execution: which is main, whichever thread raised.
  const bool in_main = by.object == by.process.main && by.process.parent() == nullptr;
  const std::string in = in_main ? "" : " (in " + by.object->called + ")";
  first =
      interpreter::failure{exception.of_class().is(exceptions::AssertionError()), summary(by, exception) + in, where};
}

void leave(thread_state& by, thread_object& self) {
  self.ended = true;
  self.ended_at = by.now();
  // Without the lock nothing orders this with who looks at the list: it asks each thread, then.
  if (!by.process.is_free_threaded()) std::erase(by.process.alive, &self);
  if (self.end != nullptr) self.end->happens(by.where());
  by.release_lock();
}

std::string introduction_for(thread_state& by, const thread_object& self) {
  if (self.is_plain) return "Exception ignored in thread started by: " + repr(by, self.target) + "\n";
  return "Exception in thread " + self.called + ":\n";
}

void run_thread(interpreter& process, thread_object& self, std::uint64_t starts_at) {
  thread_state state(process, &self);
  state.last_place = self.started_at;
  state.set_clock_to(starts_at);
  try {
    state.acquire_lock();
    try {
      static_cast<void>(call(state, attribute(state, value(&self), intern("run"))));
    } catch (const raised& exception) {
      state.memory.frames.clear();
      report_uncaught(state, *exception.what, introduction_for(state, self));
    }
    leave(state, self);
  } catch (const thread_ends&) {
  }
}

}  // namespace

interpreter& program_of(interpreter& process) noexcept {
  interpreter* its = &process;
  while (its->parent() != nullptr) its = its->parent().get();
  return *its;
}

// An exception has left a thread: it is printed as Python prints it.
void report_uncaught(thread_state& by, exception_object& exception, const std::string& introduction) {
  if (exception.of_class().is(exceptions::SystemExit())) return;
  note_failure(by, exception);
  write_output(by, introduction + traceback_text(by, exception), true);
}

int exit_code_of(thread_state& by, const exception_object& exception) {
  if (exception.args.empty() || exception.args.front().is_none()) return 0;
  const value code = exception.args.front();
  if (code.is_integral()) return static_cast<int>(code.number & 0xff);
  write_output(by, str(by, code) + "\n", true);
  return 1;
}

thread_object& current_thread(thread_state& by) {
  thread_object& self = *by.object;
  if (self.is_plain && self.called.empty()) self.called = "Dummy-" + std::to_string(++by.process.named_threads);
  return self;
}

thread_object& new_plain_thread(thread_state& by, value target, value args, value kwargs) {
  auto* const made = by.process.make<thread_object>(by, thread_class());
  made->target = target;
  made->args = args;
  made->kwargs = kwargs;
  made->daemon = made->is_plain = made->is_initialized = true;
  return *made;
}

void start_thread(thread_state& by, thread_object& what) {
  if (!what.is_initialized) raise(by, exceptions::RuntimeError(), "thread.__init__() not called");
  if (what.started) raise(by, exceptions::RuntimeError(), "threads can only be started once");
  what.started = true;
  what.started_at = by.where();
  share(value(&what));
  interpreter& process = by.process;
  process.has_started_threads = true;
  process.alive.push_back(&what);
  if (process.is_free_threaded()) what.end = std::make_unique<thread_end>("the end of " + what.called, by.where());
  auto body = [its = process.shared_from_this(), &what, starts_at = by.now()] { run_thread(*its, what, starts_at); };
  using task = sim::task<decltype(body)>;
  task local{{std::move(body)}};
  try {
    what.id = sim::simulator::current().start(task::type, &local, what.called, by.where(),
                                              what.daemon ? sim::start_as::daemon : sim::start_as::thread);
  } catch (const std::system_error&) {  // there are too many
    what.started = false;
    std::erase(process.alive, &what);
    raise(by, exceptions::RuntimeError(), "can't start new thread");
  }
}

bool join_thread(thread_state& by, thread_object& what, std::uint64_t deadline) {
  if (!what.started) raise(by, exceptions::RuntimeError(), "cannot join thread before it is started");
  if (&what == by.object) raise(by, exceptions::RuntimeError(), "cannot join current thread");
  const bool known_to_have_ended = what.ended && !by.process.is_free_threaded();
  if (!known_to_have_ended) {
    const source_location at = by.where();
    if (deadline == sim::no_deadline) {
      by.blocking([&] { sim::simulator::current().join(what.id, at); });
    } else {
      if (what.end == nullptr) what.end = std::make_unique<thread_end>("the end of " + what.called, at);
      if (!by.blocking([&] { return what.end->wait(deadline, at); })) {
        by.set_clock_to(deadline);
        return false;
      }
    }
  }
  by.set_clock_to(what.ended_at);
  if (by.object == by.process.main) what.joined_by_main = true;
  return true;
}

bool is_alive(thread_state& by, thread_object& what) {
  if (!what.started) return false;
  if (by.process.is_free_threaded() && what.end != nullptr) return !what.end->has_happened(by.where());
  return !what.ended;
}

void run_main_thread(thread_state& by, const std::function<void()>& body) {
  interpreter& process = by.process;
  auto* const self = process.make<thread_object>(by, thread_class());
  self->called = "MainThread";
  self->is_initialized = self->started = true;
  self->id = sim::simulator::current().running();
  by.object = process.main = self;
  process.alive.push_back(self);
  by.acquire_lock();
  try {
    body();
  } catch (const raised& exception) {
    by.memory.frames.clear();
    if (exception.what->of_class().is(exceptions::SystemExit())) {
      if (exit_code_of(by, *exception.what) != 0) note_failure(by, *exception.what);
    } else {
      report_uncaught(by, *exception.what, {});
    }
  }
  for (;;) {  // those that are joined may have started others
    const auto next = std::find_if(process.alive.begin(), process.alive.end(), [&](const thread_object* each) {
      return each != self && !each->daemon && !each->joined_by_main && each->id != sim::no_thread;
    });
    if (next == process.alive.end()) break;
    thread_object& other = **next;
    join_thread(by, other);
    std::erase(process.alive, &other);
  }
  join_children(by);
  process.over = true;
  leave(by, *self);
}

}  // namespace heddle::python
