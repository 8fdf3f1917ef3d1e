#include "python/modules/waiting.hpp"

#include <algorithm>

namespace heddle::python {

std::string name_from_assignment(const thread_state& by) {
  if (by.memory.frames.empty()) return {};
  const frame& present = by.memory.frames.back();
  const code_object& code = *present.code->source;
  std::size_t next = std::size_t{present.pc} + 1;
  const auto is = [&](std::initializer_list<opcode> which) {
    return next < code.instructions.size() &&
           std::find(which.begin(), which.end(), code.instructions[next].what) != which.end();
  };
  using enum opcode;
  if (is({DUP_TOP})) ++next;  // a = b = Lock()
  const std::size_t directly = next;
  while (is({LOAD_FAST, LOAD_GLOBAL, LOAD_NAME, LOAD_DEREF, LOAD_ATTR})) ++next;  // self.lock = Lock()
  if (next != directly && !is({STORE_ATTR})) return {};
  if (next >= code.instructions.size()) return {};
  const std::uint32_t which = code.instructions[next].argument;
  if (is({STORE_GLOBAL, STORE_NAME, STORE_ATTR})) return code.names[which];
  if (is({STORE_FAST})) return code.locals[which];
  if (is({STORE_DEREF})) return which < code.cells.size() ? code.cells[which] : code.free[which - code.cells.size()];
  return {};
}

patience patience_of(thread_state& by, value timeout) {
  if (!timeout.defined() || timeout.is_none()) return {};
  if (!less(by, value(std::int64_t{0}), timeout)) return {.waits = false, .deadline = by.now()};
  return {.waits = true, .deadline = by.now() + nanoseconds_of(by, timeout, "timeout value")};
}

patience patience_of_queue(thread_state& by, value block, value timeout) {
  if (block.defined() && !truth(by, block)) return {.waits = false, .deadline = by.now()};
  if (timeout.defined() && !timeout.is_none() && less(by, timeout, value(std::int64_t{0}))) {
    raise(by, exceptions::ValueError(), "'timeout' must be a non-negative number");
  }
  return patience_of(by, timeout);
}

void must_be_initialized(thread_state& by, bool is, const heap_object& what) {
  if (is) return;
  raise(by, exceptions::RuntimeError(),
        what.of_class().name_text + ": the __init__ of its base class has not been called");
}

void must_be_new(thread_state& by, bool is, const heap_object& what) {
  if (is) return;
  raise(by, exceptions::RuntimeError(),
        what.of_class().name_text + ": Heddle lets the __init__ of its base class be called once only");
}

class_object& make_module_class(std::string_view module, std::string_view called, std::span<const native_entry> methods,
                                class_object::maker make, const class_object* base) {
  class_object& made = make_builtin_class(called, methods);
  made.module_text = module;
  made.make = make;
  if (base != nullptr) {
    made.bases = {base};
    made.resolution_order = {&made};
    made.resolution_order.insert(made.resolution_order.end(), base->resolution_order.begin(),
                                 base->resolution_order.end());
  }
  return made;
}

value repr_of(thread_state& by, const heap_object& what, const std::string& state) {
  const class_object& of = what.of_class();
  return make_string(by, "<" + of.module_text + "." + of.name_text + " object: " + state + ">");
}

}  // namespace heddle::python
