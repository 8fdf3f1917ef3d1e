// The statement `class`: what LOAD_BUILD_CLASS pushes; and the order in which bases are looked at.
#include "python/class_building.hpp"

#include <algorithm>

#include "python/calls.hpp"
#include "python/interpreter.hpp"
#include "python/natives.hpp"
#include "python/well_known.hpp"

namespace heddle::python {
namespace {

using class_list = std::vector<const class_object*>;

bool is_in_tail(const class_list& list, const class_object* what) {
  return list.size() > 1 && std::find(list.begin() + 1, list.end(), what) != list.end();
}

// C3 linearization: Barrett et al., "A Monotonic Superclass Linearization for Dylan" (OOPSLA 1996), as Python has it.
class_list merge(thread_state& by, std::vector<class_list> lists) {
  class_list result;
  for (;;) {
    lists.erase(std::remove_if(lists.begin(), lists.end(), [](const class_list& each) { return each.empty(); }),
                lists.end());
    if (lists.empty()) return result;
    const auto good = std::find_if(lists.begin(), lists.end(), [&](const class_list& candidate) {
      return std::none_of(lists.begin(), lists.end(),
                          [&](const class_list& each) { return is_in_tail(each, candidate.front()); });
    });
    if (good == lists.end()) {
      raise_type_error(by, "Cannot create a consistent method resolution order (MRO) for bases");
    }
    const class_object* const next = good->front();
    result.push_back(next);
    for (class_list& each : lists) {
      if (each.front() == next) each.erase(each.begin());
    }
  }
}

heap_object* make_instance(thread_state& by, const class_object& of) {
  return by.process.make<instance_object>(by, of);
}

}  // namespace

class_object& make_class(thread_state& by, std::string_view called, std::vector<const class_object*> bases) {
  if (bases.empty()) bases.push_back(&object_class());
  auto* const made = by.process.make<class_object>(by, called, bases);
  std::vector<class_list> lists;
  for (const class_object* each : bases) lists.push_back(each->resolution_order);
  lists.push_back(bases);
  made->resolution_order = merge(by, std::move(lists));
  made->resolution_order.insert(made->resolution_order.begin(), made);
  made->module_text = "__main__";
  made->make = make_instance;
  for (const class_object* each : made->resolution_order) {
    if (each != made && each->make != nullptr && each != &object_class()) {
      made->make = each->make;
      break;
    }
  }
  return *made;
}

value build_class(thread_state& by, const arguments& given) {
  function_object* const body = given.count > 0 ? as_function(given.positional[0]) : nullptr;
  const string_object* const called = given.count > 1 ? as_string(given.positional[1]) : nullptr;
  if (body == nullptr || called == nullptr) raise_type_error(by, "__build_class__: a function and a name are needed");
  if (given.named_count > 0) raise_type_error(by, "Heddle has no keywords in class statements");
  std::vector<const class_object*> bases;
  for (std::uint32_t i = 2; i < given.count; ++i) {
    const class_object* const base = as_class(given.positional[i]);
    if (base == nullptr) raise_type_error(by, "a class derives from classes only");
    if (!base->may_be_derived) {
      raise_type_error(
          by, "Heddle's classes cannot derive from '" + base->name_text + "': hold one in an attribute instead");
    }
    bases.push_back(base);
  }
  class_object& made = make_class(by, called->text, std::move(bases));
  frame& runs = push_frame(by, *body, {}, top_of_stack(by));
  runs.names = &made.attributes;
  runs.returns_to_native = true;
  const value cell = run_frames(by);
  const value* const setattr = made.find(well_known().setattr);
  made.has_setattr = setattr != nullptr && setattr->is_object() && !setattr->object->is_immortal();
  if (auto* const its = as<cell_object>(cell, object_type::cell)) its->content = value(&made);
  return value(&made);
}

value build_class_function() {
  static native_object made("__build_class__", build_class);
  static const bool immortal = (make_immortal(made), true);
  static_cast<void>(immortal);
  return value(&made);
}

}  // namespace heddle::python
