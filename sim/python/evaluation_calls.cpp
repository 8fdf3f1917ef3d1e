// Calls and functions, as the bytecode loop makes them.
#include <algorithm>

#include "python/evaluation.hpp"
#include "python/natives.hpp"

namespace heddle::python {

void evaluation::call_general(value* place, value callee, const arguments& with) {
  frame_->top = sp_;
  const value result = call(by_, callee, with);
  *place = result;
  sp_ = place + 1;
  if (by_.wanted) [[unlikely]]
    hand_over_before(pc_);
}

void evaluation::call_at(value* place, value callee, value* first, std::uint32_t count) {
  if (callee.is_object()) {
    switch (callee.object->type()) {
      case object_type::function:
        return enter_function(place, *static_cast<function_object*>(callee.object), {first, count}, first);
      case object_type::bound_method: {  // self comes where the method was
        const auto& method = *static_cast<bound_method*>(callee.object);
        if (as_function(method.function) == nullptr || first != place + 1) break;
        *place = method.self;
        std::copy_backward(place, first + count, first + count + 1);
        return enter_function(place, *as_function(method.function), {first, count + 1}, first);
      }
      case object_type::class_: {
        const auto& of = *static_cast<class_object*>(callee.object);
        const value* const init = of.construct == nullptr ? of.find(well_known().init) : nullptr;
        if (init == nullptr || as_function(*init) == nullptr) break;
        frame_->top = sp_;
        const value made = make_instance_of(by_, of);
        std::copy_backward(first, first + count, first + count + 1);
        *first = made;
        enter_function(place, *as_function(*init), {first, count + 1}, first);
        frame_->instance = made;
        return;
      }
      default: break;
    }
  }
  call_general(place, callee, {first, count});
}

void evaluation::call_with_names(std::uint32_t count) {
  const tuple_object& keys = *as_tuple(*--sp_);
  value* const first = sp_ - count;
  value* const place = first - 1;
  std::vector<name> names;
  for (const value each : keys.items) names.push_back(intern(as_string(each)->text));
  const auto named = static_cast<std::uint32_t>(names.size());
  const arguments with{first, count - named, names.data(), sp_ - named, named};
  if (const function_object* const plain = as_function(*place)) return enter_function(place, *plain, with, sp_);
  call_general(place, *place, with);
}

void evaluation::call_unpacked(bool with_names) {
  value* const place = sp_ - (with_names ? 3 : 2);
  frame_->top = sp_;
  const std::vector<value> positional = items_of(by_, place[1]);
  std::vector<name> names;
  std::vector<value> named;
  if (with_names) {
    for (const value key : items_of(by_, place[2])) {
      const string_object* const text = as_string(key);
      if (text == nullptr) raise_type_error(by_, "keywords must be strings");
      names.push_back(intern(text->text));
      named.push_back(subscript(by_, place[2], key));
    }
  }
  const arguments with{positional.data(), static_cast<std::uint32_t>(positional.size()), names.data(), named.data(),
                       static_cast<std::uint32_t>(named.size())};
  if (const function_object* const plain = as_function(*place)) return enter_function(place, *plain, with, sp_);
  call_general(place, *place, with);
}

void evaluation::make_function(std::uint32_t flags) {
  const std::string qualified = as_string(*--sp_)->text;
  const auto& body = *static_cast<code_reference*>((--sp_)->object);
  auto* const made = process_.make<function_object>(by_, body.code, qualified);
  if ((flags & 8U) != 0) {
    for (const value each : as_tuple(*--sp_)->items) made->closure.push_back(static_cast<cell_object*>(each.object));
  }
  if ((flags & 2U) != 0) {
    const value defaults = *--sp_;
    for (const value key : items_of(by_, defaults)) {
      made->defaults_by_name.emplace_back(intern(as_string(key)->text), subscript(by_, defaults, key));
    }
  }
  if ((flags & 1U) != 0) made->defaults = as_tuple(*--sp_)->items;
  *sp_++ = value(made);
}

void evaluation::set_up_with(std::uint32_t handler) {
  const value manager = sp_[-1];
  frame_->top = sp_;
  const value enter = find_attribute(by_, manager, well_known().enter);
  if (!enter.defined()) {
    raise_type_error(by_, "'" + class_of(manager).name_text + "' object does not support the context manager protocol");
  }
  sp_[-1] = attribute(by_, manager, well_known().exit);
  frame_->top = sp_;
  const value result = call(by_, enter);
  by_.memory.blocks.push_back({handler, sp_, what_is_handled()});
  *sp_++ = result;
}

}  // namespace heddle::python
