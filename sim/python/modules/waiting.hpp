// What the natives of objects that threads wait for have in common.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <heddle/python/exceptions.hpp>

#include "python/interpreter.hpp"
#include "python/natives.hpp"

namespace heddle::python {

/** The name of the variable or attribute that the result of the running call is stored in at once, as a name for
 * reports: "lock_a" of `lock_a = Lock()`, "lock" of `self.lock = Lock()`; empty where there is none. */
[[nodiscard]] std::string name_from_assignment(const thread_state& by);

/** Whether, and up to when on its clock, a thread is ready to wait. */
struct patience {
  bool waits = true;
  std::uint64_t deadline = sim::no_deadline;
};
/** Of a timeout: None is for ever, and up to 0 not at all. */
[[nodiscard]] patience patience_of(thread_state& by, value timeout);
/** Of queues: the same if `block`, where a negative timeout is refused; else not at all. */
[[nodiscard]] patience patience_of_queue(thread_state& by, value block, value timeout);

/** Attempts first; if that fails, waits with the interpreter's lock released, by wait(deadline). Both say whether they
 * have succeeded. */
template <class Attempt, class Wait>
bool attempt_or_wait(thread_state& by, const patience& how, Attempt&& attempt, Wait&& wait) {
  if (attempt()) return true;
  if (!how.waits) return false;
  const bool done = by.blocking([&] { return wait(how.deadline); });
  if (!done) by.set_clock_to(how.deadline);
  return done;
}

/** Raises what the C++ objects throw as Python's exceptions. */
template <class Call>
auto raising(thread_state& by, Call&& call) {
  std::string text;
  const class_object* of = nullptr;
  try {
    return call();
  } catch (const runtime_error& error) {
    of = &exceptions::RuntimeError();
    text = error.what();
  } catch (const value_error& error) {
    of = &exceptions::ValueError();
    text = error.what();
  }
  raise(by, *of, std::move(text));
}

/** The self of a method: an object of this C++ type; TypeError. */
template <class Object>
Object& self_as(thread_state& by, value of) {
  auto* const found = of.is_object() ? dynamic_cast<Object*>(of.object) : nullptr;
  if (found == nullptr) {
    raise_type_error(by, "a method was called for a '" + class_of(of).name_text + "' object, which it is not made for");
  }
  return *found;
}

/** Refuses a use before __init__ was called, by a class that derives from the object's and forgets it. */
void must_be_initialized(thread_state& by, bool is, const heap_object& what);
/** Refuses a second call of __init__. */
void must_be_new(thread_state& by, bool is, const heap_object& what);

/** A builtin class of a module; `make` makes its instances; `base`: what it derives from, if not from object. */
class_object& make_module_class(std::string_view module, std::string_view called, std::span<const native_entry> methods,
                                class_object::maker make, const class_object* base = nullptr);

/** "<threading.Event at 1: unset>", but for the number, which tells nothing here. */
[[nodiscard]] value repr_of(thread_state& by, const heap_object& what, const std::string& state);

}  // namespace heddle::python
