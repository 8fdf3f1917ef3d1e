// Variables of the interpreted program that several threads get at, as objects of the simulator.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <heddle/sim/object.hpp>
#include <heddle/sim/simulator.hpp>

#include "python/value.hpp"

namespace heddle::python {

class thread_state;
class instance_object;
class cell_object;

/**
 * A global variable, an attribute, a cell or an item. Its loads and stores are events: under the interpreter's lock
 * only noted, since the lock orders them; without it, points of choice.
 */
class shared_variable final : public sim::object {
 public:
  shared_variable(std::string_view called, source_location where)
      : sim::object(sim::object_kind::variable, called, where) {}
};

/** A value as traces show it. */
[[nodiscard]] std::string shown_value(thread_state& by, value what);

/** Of the instruction that is being executed. Call `before_...`, then access the variable, then `after_...`: where
 * there is no lock, others may move in `before_...`. */
void before_load(thread_state& by, shared_variable& what);
void after_load(thread_state& by, shared_variable& what, value seen);
void before_store(thread_state& by, shared_variable& what);
void after_store(thread_state& by, shared_variable& what, value now);

/** The same for an item of a container, whose operations are events themselves: only noted, under each policy. */
void note_load(thread_state& by, shared_variable& what, value seen);
void note_store(thread_state& by, shared_variable& what, value now);

/**
 * Methods of lists, dicts and sets call these first: without the interpreter's lock they are events, in which others
 * may move; else nothing happens. `what` may be of any type.
 */
void reads_object(thread_state& by, const class heap_object& what);
/** The same for one of its items, by its place: who looks at one after the other is not in a loop that waits. */
void reads_item(thread_state& by, const class heap_object& what, std::size_t place);
/** `stored`: what is put into it. */
void changes_object(thread_state& by, class heap_object& what, value stored = {});

/** Without the lock: a change that depends on what was there before. Others may move in it; then do it. */
void change_event(thread_state& by, shared_variable& what);

}  // namespace heddle::python
