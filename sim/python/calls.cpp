// Calls: of everything that can be called, and how arguments are matched with parameters.
#include "python/calls.hpp"

#include <algorithm>
#include <string>

#include "python/natives.hpp"
#include "python/well_known.hpp"

namespace heddle::python {
namespace {

// "f() missing 2 required positional arguments: 'a' and 'b'".
[[noreturn]] void raise_missing(thread_state& by, const function_object& callee, const std::vector<name>& missing,
                                std::string_view kind) {
  std::string names;
  for (std::size_t i = 0; i < missing.size(); ++i) {
    if (i > 0) names += i + 1 < missing.size() ? ", " : missing.size() > 2 ? ", and " : " and ";
    names += "'" + *missing[i] + "'";
  }
  raise_type_error(by, callee.qualified_name + "() missing " + std::to_string(missing.size()) + " required " +
                           std::string(kind) + " argument" + (missing.size() == 1 ? "" : "s") + ": " + names);
}

[[noreturn]] void raise_too_many(thread_state& by, const function_object& callee, std::uint32_t given) {
  const std::uint32_t takes = callee.code->source->positional;
  const auto optional = static_cast<std::uint32_t>(callee.defaults.size());
  const std::string count = optional > 0 ? "from " + std::to_string(takes - optional) + " to " + std::to_string(takes)
                                         : std::to_string(takes);
  raise_type_error(by, callee.qualified_name + "() takes " + count + " positional argument" +
                           (takes == 1 && optional == 0 ? "" : "s") + " but " + std::to_string(given) +
                           (given == 1 ? " was given" : " were given"));
}

// The arguments of a call are matched with the parameters of a function, into its local variables.
class matching {
 public:
  matching(thread_state& by, const function_object& callee, const arguments& given, value* locals)
      : by_(by), callee_(callee), code_(*callee.code->source), given_(given), locals_(locals) {}

  void match() {
    const std::uint32_t named = code_.positional + code_.only_by_name;
    const std::uint32_t by_position = std::min(given_.count, code_.positional);
    std::vector<value> rest;
    if (given_.count > code_.positional) {
      if (!code_.takes_rest) raise_too_many(by_, callee_, given_.count);
      rest.assign(given_.positional + code_.positional, given_.positional + given_.count);
    }
    if (locals_ != given_.positional) std::copy_n(given_.positional, by_position, locals_);
    std::fill(locals_ + by_position, locals_ + code_.locals.size(), value());
    if (code_.takes_rest) locals_[named] = make_tuple(by_, std::move(rest));
    value named_rest;
    if (code_.takes_named_rest) named_rest = locals_[named + (code_.takes_rest ? 1 : 0)] = new_dict(by_);
    for (std::uint32_t i = 0; i < given_.named_count; ++i) match_named(i, named_rest);
    fill_defaults();
  }

 private:
  void match_named(std::uint32_t which, value named_rest) {
    const std::uint32_t named = code_.positional + code_.only_by_name;
    const name called = given_.names[which];
    for (std::uint32_t i = code_.only_by_position; i < named; ++i) {
      if (callee_.code->local_names[i] != called) continue;
      if (locals_[i].defined()) {
        raise_type_error(by_, callee_.qualified_name + "() got multiple values for argument '" + *called + "'");
      }
      locals_[i] = given_.named[which];
      return;
    }
    if (named_rest.defined()) {
      return set_subscript(by_, named_rest, make_string(by_, *called), given_.named[which]);
    }
    raise_type_error(by_, callee_.qualified_name + "() got an unexpected keyword argument '" + *called + "'");
  }

  void fill_defaults() {
    std::vector<name> missing;
    const std::size_t first_default = code_.positional - callee_.defaults.size();
    for (std::uint32_t i = 0; i < code_.positional; ++i) {
      if (locals_[i].defined()) continue;
      if (i >= first_default) {
        locals_[i] = callee_.defaults[i - first_default];
      } else {
        missing.push_back(callee_.code->local_names[i]);
      }
    }
    if (!missing.empty()) raise_missing(by_, callee_, missing, "positional");
    for (std::uint32_t i = code_.positional; i < code_.positional + code_.only_by_name; ++i) {
      if (locals_[i].defined()) continue;
      const name called = callee_.code->local_names[i];
      const auto found = std::find_if(callee_.defaults_by_name.begin(), callee_.defaults_by_name.end(),
                                      [&](const auto& each) { return each.first == called; });
      if (found != callee_.defaults_by_name.end()) {
        locals_[i] = found->second;
      } else {
        missing.push_back(called);
      }
    }
    if (!missing.empty()) raise_missing(by_, callee_, missing, "keyword-only");
  }

  thread_state& by_;
  const function_object& callee_;
  const code_object& code_;
  const arguments& given_;
  value* locals_;
};

// Own cells hold arguments, or nothing; the free ones come from the function.
void fill_cells(thread_state& by, const function_object& callee, value* locals) {
  const loaded_code& code = *callee.code;
  value* cell = locals + code.source->locals.size();
  for (const std::int32_t from : code.cell_arguments) {
    auto* const made = by.process.make<cell_object>(by);
    if (from >= 0) made->content = locals[from];
    *cell++ = value(made);
  }
  for (cell_object* each : callee.closure) *cell++ = value(each);
}

value call_function(thread_state& by, const function_object& callee, const arguments& with) {
  push_frame(by, callee, with, top_of_stack(by)).returns_to_native = true;
  return run_frames(by);
}

// The same call with one argument more, the first.
value call_with(thread_state& by, value callee, value first, const arguments& with) {
  constexpr std::uint32_t few = 8;
  value in_place[few];
  std::vector<value> many;
  value* all = in_place;
  if (with.count >= few) {
    many.resize(std::size_t{with.count} + 1);
    all = many.data();
  }
  all[0] = first;
  std::copy_n(with.positional, with.count, all + 1);
  return call(by, callee, {all, with.count + 1, with.names, with.named, with.named_count});
}

}  // namespace

value* top_of_stack(const thread_state& by) noexcept {
  return by.memory.frames.empty() ? by.memory.begin() : by.memory.frames.back().top;
}

frame& push_frame(thread_state& by, const function_object& callee, const arguments& with, value* base) {
  thread_memory& memory = by.memory;
  const loaded_code& code = *callee.code;
  if (memory.frames.size() >= by.process.set_to.recursion_limit || memory.frames.size() >= thread_memory::most_frames ||
      base + code.frame_size > memory.end()) {
    raise(by, exceptions::RecursionError(), "maximum recursion depth exceeded");
  }
  const code_object& source = *code.source;
  const bool plain = with.count == source.positional && with.named_count == 0 && source.only_by_name == 0 &&
                     !source.takes_rest && !source.takes_named_rest;
  if (plain) {
    if (base != with.positional) std::copy_n(with.positional, with.count, base);
    std::fill(base + with.count, base + source.locals.size(), value());
  } else {
    matching(by, callee, with, base).match();
  }
  if (!code.cell_arguments.empty() || !callee.closure.empty()) fill_cells(by, callee, base);
  memory.frames.push_back({.code = &code,
                           .base = base,
                           .top = base + code.first_of_stack,
                           .blocks = static_cast<std::uint32_t>(memory.blocks.size()),
                           .instance = {}});
  return memory.frames.back();
}

value make_instance_of(thread_state& by, const class_object& of) {
  if (of.make == nullptr) raise_type_error(by, "cannot create '" + of.name_text + "' instances");
  return value(of.make(by, of));
}

value construct(thread_state& by, const class_object& of, const arguments& with) {
  if (of.construct != nullptr) return of.construct(by, with);
  const value made = make_instance_of(by, of);
  const value* const init = of.find(well_known().init);
  if (init == nullptr) {
    if (with.count + with.named_count > 0) raise_type_error(by, of.name_text + "() takes no arguments");
    return made;
  }
  if (!call_with(by, *init, made, with).is_none()) raise_type_error(by, "__init__() should return None");
  return made;
}

value call(thread_state& by, value callee, const arguments& with) {
  if (!callee.is_object()) raise_type_error(by, "'" + class_of(callee).name_text + "' object is not callable");
  switch (callee.object->type()) {
    case object_type::function: return call_function(by, *static_cast<function_object*>(callee.object), with);
    case object_type::native: return static_cast<native_object*>(callee.object)->call(by, with);
    case object_type::bound_method: {
      const auto& method = *static_cast<bound_method*>(callee.object);
      return call_with(by, method.function, method.self, with);
    }
    case object_type::class_: return construct(by, *static_cast<class_object*>(callee.object), with);
    case object_type::instance: {
      if (const value* const how = class_of(callee).find(well_known().call)) return call_with(by, *how, callee, with);
      break;
    }
    case object_type::descriptor: {
      const auto& how = *static_cast<descriptor_object*>(callee.object);
      if (how.is == descriptor_object::type::static_method) return call(by, how.get, with);
      break;
    }
    default: break;
  }
  raise_type_error(by, "'" + class_of(callee).name_text + "' object is not callable");
}

value call(thread_state& by, value callee, std::initializer_list<value> with) {
  return call(by, callee, arguments{with.begin(), static_cast<std::uint32_t>(with.size())});
}

value call_unpacking(thread_state& by, value callee, value positional, value named) {
  std::vector<value> in_order;
  if (positional.defined() && !positional.is_none()) in_order = items_of(by, positional);
  std::vector<name> names;
  std::vector<value> values;
  if (named.defined() && !named.is_none()) {
    for (const value key : items_of(by, named)) {
      if (as_string(key) == nullptr) raise_type_error(by, "keywords must be strings");
      names.push_back(intern(as_string(key)->text));
      values.push_back(subscript(by, named, key));
    }
  }
  return call(by, callee,
              arguments{in_order.data(), static_cast<std::uint32_t>(in_order.size()), names.data(), values.data(),
                        static_cast<std::uint32_t>(values.size())});
}

}  // namespace heddle::python
