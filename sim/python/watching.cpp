#include "python/watching.hpp"

#include <memory>
#include <string>

#include "python/operators.hpp"

namespace heddle::python {
namespace {

// The global variable that holds it, or else its class.
std::string name_of(const thread_state& by, const heap_object& what) {
  const interpreter& process = by.process;
  for (std::size_t slot = 0; slot < process.globals.size(); ++slot) {
    const value held = process.globals[slot];
    if (held.is_object() && held.object == &what) return *process.code->globals[slot];
  }
  if (what.type() == object_type::class_) return static_cast<const class_object&>(what).name_text;
  return what.of_class().name_text;
}

shared_variable& made(std::unique_ptr<shared_variable>& held, const thread_state& by, const std::string& called) {
  if (held == nullptr) held = std::make_unique<shared_variable>(called, by.where());
  return *held;
}

}  // namespace

shared_variable& watched_global(thread_state& by, std::uint32_t slot) {
  std::unique_ptr<shared_variable>& held = by.process.watched[slot];
  return held != nullptr ? *held : made(held, by, *by.process.code->globals[slot]);
}

shared_variable& watched_attribute(thread_state& by, value of, attribute_table::entry& which) {
  if (which.watched != nullptr) return *which.watched;
  return made(which.watched, by, name_of(by, *of.object) + "." + *which.key);
}

shared_variable& watched_cell(thread_state& by, cell_object& which, std::string_view called) {
  return which.watched != nullptr ? *which.watched : made(which.watched, by, std::string(called));
}

shared_variable& watched_item(thread_state& by, const heap_object& container, value key) {
  const std::string text = repr(by, key);
  std::unique_ptr<shared_variable>& held = by.process.watched_items[{&container, text}];
  return held != nullptr ? *held : made(held, by, name_of(by, container) + "[" + text + "]");
}

shared_variable& watched_whole(thread_state& by, const heap_object& what) {
  std::unique_ptr<shared_variable>& held = by.process.watched_items[{&what, {}}];
  return held != nullptr ? *held : made(held, by, name_of(by, what));
}

}  // namespace heddle::python
