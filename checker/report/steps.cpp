// One table of forms: how the object and the values stand behind the name of an operation.
#include "steps.hpp"

#include <array>
#include <cstddef>

#include <heddle/sim/value_text.hpp>

namespace heddle::checker {
namespace {

using sim::operation_kind;

// How the values of an operation stand behind its name.
enum class form {
  bare,    // lock left
  seen,    // load counter = 0
  stored,  // store counter := 1
  change,  // fetch_add counter: 1 -> 2
  count,   // acquire slots 1 -> 0
  added,   // push tasks 5
  thread,  // join worker
  wait,    // wait not_empty (lets m go)
  wake,    // wake not_empty (takes m)
  notify,  // notify_one not_empty (nobody waits)
  output,  // prints "hello"
  drawn,   // random = 2
};

form form_of(operation_kind kind) {
  switch (kind) {
    case operation_kind::start:
    case operation_kind::join: return form::thread;
    case operation_kind::wait: return form::wait;
    case operation_kind::wake: return form::wake;
    case operation_kind::notify_one:
    case operation_kind::notify_all: return form::notify;
    case operation_kind::acquire:
    case operation_kind::try_acquire:
    case operation_kind::release:
    case operation_kind::count_down:
    case operation_kind::arrive:
    case operation_kind::arrive_and_drop: return form::count;
    case operation_kind::load:
    case operation_kind::read:
    case operation_kind::size:
    case operation_kind::now:
    case operation_kind::pop:
    case operation_kind::try_pop:
    case operation_kind::await:
    case operation_kind::try_wait: return form::seen;
    case operation_kind::store:
    case operation_kind::write:
    case operation_kind::set: return form::stored;
    case operation_kind::push:
    case operation_kind::try_push: return form::added;
    case operation_kind::print: return form::output;
    case operation_kind::random: return form::drawn;
    default: return contains(sim::atomic_updates, kind) ? form::change : form::bare;
  }
}

std::string mutex_of(const trace& in, const step& event) {
  const std::string name = name_of(in, event.mutex);
  return name.empty() ? "the mutex" : name;
}

bool is_on(const trace& in, const step& event, sim::object_kind kind) {
  return event.object && *event.object < in.objects.size() && in.objects[*event.object].kind == kind;
}

// As the program calls it.
std::string_view verb_of(const trace& in, const step& event) {
  if (event.kind == operation_kind::print) return "prints";
  if (!event.instruction.empty()) return event.instruction;
  if (is_on(in, event, sim::object_kind::pipe)) {
    if (event.kind == operation_kind::push) return "send";
    if (event.kind == operation_kind::pop) return "receive";
  }
  if (is_on(in, event, sim::object_kind::stop_state) && event.kind == operation_kind::load) return "stop_requested";
  return sim::to_string(event.kind);
}

// "lock left", "join worker": what every description begins with.
std::string beginning(const trace& in, const step& event) {
  std::string text(verb_of(in, event));
  const form how = form_of(event.kind);
  if (how == form::output) return text;
  if (how == form::thread && event.other) return text + " " + name_of(in, *event.other);
  const std::string object = name_of(in, event.object);
  return object.empty() ? text : text + " " + object;
}

std::string because_of_mutex(const trace& in, const step& event) {
  if (!event.mutex || !event.succeeded) return "";
  if (form_of(event.kind) == form::wait) return " (lets " + mutex_of(in, event) + " go)";
  return " (takes " + mutex_of(in, event) + ")";
}

// A change of which one side is not known shows the other.
std::string change_of(const step& event, std::string_view colon) {
  if (event.written.empty()) return event.read.empty() ? "" : " = " + event.read;
  if (event.read.empty()) return " := " + event.written;
  return std::string(colon) + " " + event.read + " -> " + event.written;
}

std::string values_of(const step& event) {
  const auto with = [](std::string_view sign, const std::string& value) {
    return value.empty() ? std::string() : std::string(sign) + value;
  };
  switch (form_of(event.kind)) {
    case form::seen:
    case form::wait:
    case form::wake: return with(" = ", event.read);
    case form::stored: return with(" := ", event.written);
    case form::change: return change_of(event, ":");
    case form::count: return change_of(event, "");
    case form::added: return with(" ", event.written);
    case form::output: return " " + sim::quoted(event.written);
    case form::notify: return event.written.empty() ? "" : " (wakes " + event.written + ")";
    // Below what it was drawn stands in `read`, if the recorder keeps that.
    case form::drawn: return (event.read.empty() ? "" : "(" + event.read + ")") + with(" = ", event.written);
    default: return "";
  }
}

// The memory order, where it is not the strongest: sequentially consistent operations are the rule.
std::string_view order_of(const step& event) {
  if (!contains(sim::atomic_accesses | sim::kinds({operation_kind::fence, operation_kind::await, operation_kind::wait,
                                                   operation_kind::wake}),
                event.kind)) {
    return "";
  }
  switch (event.orders.order) {
    case std::memory_order_relaxed: return " (relaxed)";
    case std::memory_order_consume: return " (consume)";
    case std::memory_order_acquire: return " (acquire)";
    case std::memory_order_release: return " (release)";
    case std::memory_order_acq_rel: return " (acq_rel)";
    case std::memory_order_seq_cst: break;
  }
  return "";
}

std::string_view failing_of(const trace& in, const step& event) {
  if (event.succeeded) return "";
  const bool on_atomic = is_on(in, event, sim::object_kind::atomic);
  switch (form_of(event.kind)) {
    case form::notify: return " (nobody waits)";
    case form::wait: return on_atomic ? ", sleeps" : ", stopped";
    case form::wake: return on_atomic ? ", sleeps again" : event.timed ? ", times out" : ", fails";
    default: break;
  }
  if (event.timed && may_block(event.kind)) return ", times out";
  if (event.kind == operation_kind::request_stop) return " (was requested before)";
  return is_on(in, event, sim::object_kind::pipe) ? " (closed)" : ", fails";
}

std::string_view fault_of(const step& event) {
  switch (event.fault) {
    case sim::fault_kind::none: return "";
    case sim::fault_kind::spurious_wakeup: return ", spuriously (fault)";
    case sim::fault_kind::timeout: return event.succeeded ? " (fault: late)" : " (fault: not in time)";
    default: return " (fault)";
  }
}

// What happens to an interpreter's lock: "lets GIL go after 100 bytecodes, before STORE_GLOBAL n".
std::string describe_lock(const trace& in, const step& event) {
  const std::string lock = name_of(in, event.object);
  switch (event.kind) {
    case operation_kind::lock: return "gets " + lock;
    case operation_kind::unlock:
      return "lets " + lock + " go after " + event.read + (event.read == "1" ? " bytecode" : " bytecodes") +
             (event.written.empty() ? "" : ", " + event.written);
    case operation_kind::request: return "asks for " + lock;
    default: return "looks who asks for " + lock + ": " + event.read;
  }
}

}  // namespace

std::string name_of(const trace& in, sim::thread_id thread) {
  if (thread >= in.threads.size()) return "thread " + std::to_string(thread);
  const traced_thread& it = in.threads[thread];
  return it.name.empty() ? it.path : it.name;
}

std::string name_of(const trace& in, const std::optional<sim::object_id>& object) {
  if (!object) return {};
  if (*object >= in.objects.size()) return "object " + std::to_string(*object);
  return in.objects[*object].name;
}

std::string describe(const trace& in, const step& event) {
  if (is_on(in, event, sim::object_kind::interpreter_lock)) return describe_lock(in, event);
  if (is_on(in, event, sim::object_kind::history)) return event.written.empty() ? "call " + event.read : event.written;
  const form how = form_of(event.kind);
  std::string text = beginning(in, event) + values_of(event);
  text += order_of(event);
  text += failing_of(in, event);
  text += fault_of(event);
  if (how == form::wait || how == form::wake) text += because_of_mutex(in, event);
  return text;
}

std::string describe_pending(const trace& in, const step& next) {
  if (form_of(next.kind) == form::output) return "print";
  if (is_on(in, next, sim::object_kind::interpreter_lock) && next.kind == operation_kind::lock) {
    return "waits for " + name_of(in, next.object);
  }
  if (is_on(in, next, sim::object_kind::history)) return next.kind == operation_kind::load ? "call" : "return";
  const std::string text = beginning(in, next);
  if (form_of(next.kind) != form::wake) return text;
  return next.succeeded ? text + ", notified" + because_of_mutex(in, next) : text + ", not notified";
}

}  // namespace heddle::checker
