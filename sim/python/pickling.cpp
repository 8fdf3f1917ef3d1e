#include "python/pickling.hpp"

#include <map>
#include <typeinfo>
#include <vector>

#include "python/natives.hpp"

namespace heddle::python {
namespace {

const class_object& pickling_error() {
  static const class_object& made = make_exception_class("PicklingError", exceptions::Exception(), "_pickle");
  return made;
}

class pickler {
 public:
  pickler(thread_state& by, interpreter& to) : by_(by), to_(to) {}

  void replace(value& held) {
    if (!held.is_object() || held.object->is_immortal()) return;
    const auto [place, is_new] = copies_.try_emplace(held.object, nullptr);
    if (is_new) place->second = copied(held);
    held = value(place->second);
  }

  void finish() {
    while (!left_.empty()) {
      heap_object* const next = left_.back();
      left_.pop_back();
      next->visit([this](value& each) { replace(each); });
    }
  }

 private:
  heap_object* copied(value what) {
    switch (what.object->type()) {
      case object_type::string: return made<string_object>(as_string(what)->text);
      case object_type::range: {
        const auto& range = *static_cast<range_object*>(what.object);
        return made<range_object>(range.start, range.stop, range.step);
      }
      case object_type::function: return by_name(what, static_cast<function_object*>(what.object)->qualified_name);
      case object_type::class_: return by_name(what, as_class(what)->name_text);
      case object_type::instance:
        if (as_exception(what) == nullptr && typeid(*what.object) != typeid(instance_object)) refuse(what);
        break;
      case object_type::iterator:
      case object_type::cell:
      case object_type::code:
      case object_type::descriptor:
      case object_type::super: refuse(what);
      default: break;
    }
    heap_object* const made = what.object->copy(to_);
    if (made == nullptr) refuse(what);
    left_.push_back(made);
    return made;
  }

  template <class Type, class... Args>
  Type* made(Args&&... args) {
    auto* const its = new Type(std::forward<Args>(args)...);
    to_.own(*its);
    return its;
  }

  // The global variable of this name in the other process, if it holds such a thing.
  heap_object* by_name(value what, const std::string& called) {
    const loaded_program& program = *to_.code;
    for (std::size_t slot = 0; slot < program.globals.size(); ++slot) {
      const value held = to_.globals[slot];
      if (*program.globals[slot] == called && held.is_object() && held.object->type() == what.object->type()) {
        return held.object;
      }
    }
    const std::string kind = as_class(what) != nullptr ? "class" : "function";
    raise(by_, pickling_error(),
          "Can't pickle <" + kind + " '" + called + "'>: it's not a global variable of __main__ by this name");
  }

  [[noreturn]] void refuse(value what) {
    const class_object& of = class_of(what);
    raise_type_error(
        by_, "cannot pickle '" + (of.module_text.empty() ? "" : of.module_text + ".") + of.name_text + "' object");
  }

  thread_state& by_;
  interpreter& to_;
  std::map<const heap_object*, heap_object*> copies_;  // looked up only
  std::vector<heap_object*> left_;
};

}  // namespace

value pickled(thread_state& by, value what, interpreter& to) {
  pickler copies(by, to);
  copies.replace(what);
  copies.finish();
  return what;
}

}  // namespace heddle::python
