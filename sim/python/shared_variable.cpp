#include "python/shared_variable.hpp"

#include "python/interpreter.hpp"
#include "python/operators.hpp"
#include "python/watching.hpp"

namespace heddle::python {
namespace {

using sim::operation_kind;

constexpr std::size_t longest_shown = 40;

// The opcode is the operation's argument: what reports call it.
sim::operation access(const thread_state& by, operation_kind kind, shared_variable& what) {
  return {
      .kind = kind, .target = &what, .argument = static_cast<std::uint64_t>(by.present_opcode()), .where = by.where()};
}

}  // namespace

void note_load(thread_state& by, shared_variable& what, value seen) {
  sim::simulator::current().note(access(by, operation_kind::load, what), sim::effect::read, [&] {
    return sim::event_values{shown_value(by, seen), {}};
  });
}

void note_store(thread_state& by, shared_variable& what, value now) {
  sim::simulator::current().note(access(by, operation_kind::store, what), sim::effect::write, [&] {
    return sim::event_values{{}, shown_value(by, now)};
  });
}

// Of small values only: text of others could call the program.
std::string shown_value(thread_state& by, value what) {
  if (!what.defined()) return "nothing";
  if (what.is_object() && as_string(what) == nullptr) {
    return "a " + class_of(what).name_text;
  }
  std::string text = repr(by, what);
  if (text.size() > longest_shown) text = text.substr(0, longest_shown) + "...";
  return text;
}

void before_load(thread_state& by, shared_variable& what) {
  if (by.process.is_free_threaded()) sim::simulator::current().publish(access(by, operation_kind::load, what));
}

void after_load(thread_state& by, shared_variable& what, value seen) {
  if (!by.process.is_free_threaded()) return note_load(by, what, seen);
  sim::simulator::current().performed(sim::effect::read, true, [&] {
    return sim::event_values{shown_value(by, seen), {}};
  });
}

void before_store(thread_state& by, shared_variable& what) {
  if (by.process.is_free_threaded()) sim::simulator::current().publish(access(by, operation_kind::store, what));
}

void after_store(thread_state& by, shared_variable& what, value now) {
  if (!by.process.is_free_threaded()) return note_store(by, what, now);
  sim::simulator::current().performed(sim::effect::write, true, [&] {
    return sim::event_values{{}, shown_value(by, now)};
  });
}

void reads_object(thread_state& by, const heap_object& what) { reads_item(by, what, 0); }

void reads_item(thread_state& by, const heap_object& what, std::size_t place) {
  if (!is_watched(by, what) || !by.process.is_free_threaded()) return;
  sim::operation load = access(by, operation_kind::load, watched_whole(by, what));
  load.amount = static_cast<std::uint32_t>(2 * place + 1);  // not 0, which is a fault's
  sim::simulator& execution = sim::simulator::current();
  execution.publish(load);
  execution.performed(sim::effect::read);
}

void changes_object(thread_state& by, heap_object& what, value stored) {
  if (!what.is_shared()) return;
  share(stored);
  if (by.process.is_free_threaded() && is_watched(by, what)) change_event(by, watched_whole(by, what));
}

void change_event(thread_state& by, shared_variable& what) {
  sim::simulator& execution = sim::simulator::current();
  execution.publish(
      access(by, operation_kind::exchange, what));  // of a whole, one of its parts: not all is overwritten
  execution.performed(sim::effect::update);
}

}  // namespace heddle::python
