#include "python/natives.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

namespace heddle::python {
namespace {

value make_native(const native_entry& of) {
  auto* const made = new native_object(of.name, of.call);  // for ever
  make_immortal(*made);
  return value(made);
}

// One parameter of a signature.
struct parameter_text {
  std::string_view name;
  bool optional = false;
  bool by_name = false;
};

// Takes the next parameter from "a, b=, *, c=)".
parameter_text next_parameter(std::string_view& rest, bool by_name) {
  const std::size_t end = rest.find_first_of(",)");
  std::string_view one = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  while (one.starts_with(' ')) one.remove_prefix(1);
  const std::size_t equals = one.find('=');
  return {one.substr(0, equals), equals != std::string_view::npos, by_name};
}

}  // namespace

parameters::parameters(thread_state& by, std::string_view signature, const arguments& given) {
  const std::size_t bracket = signature.find('(');
  const std::string function(signature.substr(0, bracket));
  std::string_view rest = signature.substr(bracket + 1);
  parameter_text all[most];
  std::size_t count = 0;
  std::size_t by_position = 0;
  for (bool by_name = false; !rest.empty();) {
    const parameter_text one = next_parameter(rest, by_name);
    if (one.name.empty()) continue;
    if (one.name == "*") {
      by_name = true;
      continue;
    }
    all[count++] = one;
    if (!by_name) ++by_position;
  }
  const bool is_method = count > 0 && all[0].name == "self";
  if (given.count > by_position) {
    const std::size_t own = is_method ? 1 : 0;
    raise_type_error(by, function + "() takes " + std::to_string(by_position - own) + " positional argument" +
                             (by_position - own == 1 ? "" : "s") + " but " + std::to_string(given.count - own) +
                             (given.count - own == 1 ? " was given" : " were given"));
  }
  std::copy_n(given.positional, given.count, values_);
  for (std::uint32_t i = 0; i < given.named_count; ++i) {
    const auto found =
        std::find_if(all, all + count, [&](const parameter_text& each) { return each.name == *given.names[i]; });
    if (found == all + count || (is_method && found == all)) {
      raise_type_error(by, function + "() got an unexpected keyword argument '" + *given.names[i] + "'");
    }
    value& held = values_[found - all];
    if (held.defined()) {
      raise_type_error(by, function + "() got multiple values for argument '" + *given.names[i] + "'");
    }
    held = given.named[i];
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (all[i].optional || values_[i].defined()) continue;
    raise_type_error(by, function + "() missing required argument '" + std::string(all[i].name) + "' (pos " +
                             std::to_string(i + (is_method ? 0 : 1)) + ")");
  }
}

class_object& make_builtin_class(std::string_view called, std::span<const native_entry> methods, native construct) {
  std::vector<const class_object*> bases;
  if (called != "object") bases.push_back(&object_class());
  auto* const made = new class_object(called, std::move(bases));  // for ever
  make_immortal(*made);
  made->resolution_order.push_back(made);
  if (called != "object") made->resolution_order.push_back(&object_class());
  for (const native_entry& each : methods) made->attributes.set(intern(each.name), make_native(each));
  made->construct = construct;
  made->may_be_derived = construct == nullptr;
  return *made;
}

module_object& make_module(std::string_view called, std::span<const native_entry> functions) {
  auto* const made = new module_object(called);  // for ever
  make_immortal(*made);
  add_functions(*made, functions);
  return *made;
}

void add_functions(module_object& to, std::span<const native_entry> functions) {
  for (const native_entry& each : functions) to.attributes.set(intern(each.name), make_native(each));
}

void add_property(class_object& to, std::string_view called, native get, native set) {
  const value getter = make_native({called, get});
  const value setter = set != nullptr ? make_native({called, set}) : value();
  auto* const made = new descriptor_object(descriptor_object::type::property, getter, setter);  // for ever
  make_immortal(*made);
  to.attributes.set(intern(called), value(made));
}

void add_class(module_object& to, const class_object& what) {
  to.attributes.set(intern(what.name_text), value(const_cast<class_object*>(&what)));
}

value make_string(thread_state& by, std::string text) {
  by.process.charge(by, text.size());
  return value(by.process.make<string_object>(by, std::move(text)));
}

value make_tuple(thread_state& by, std::vector<value> items) {
  by.process.charge(by, items.size() * sizeof(value));
  return value(by.process.make<tuple_object>(by, std::move(items)));
}

value make_list(thread_state& by, std::vector<value> items) {
  by.process.charge(by, items.size() * sizeof(value));
  return value(by.process.make<list_object>(by, std::move(items)));
}

std::int64_t integer_of(thread_state& by, value of) {
  if (of.is_integral()) return of.number;
  if (of.is_object() && of.object->type() == object_type::big_integer) {
    raise(by, exceptions::OverflowError(), "Python int too large to convert to C ssize_t");
  }
  raise_type_error(by, "'" + class_of(of).name_text + "' object cannot be interpreted as an integer");
}

std::uint64_t nanoseconds_of(thread_state& by, value seconds, std::string_view what) {
  constexpr double second = 1e9;  // nanoseconds
  constexpr double most = 9e9;    // seconds, as many as a clock can tell
  if (!seconds.is_integral() && !seconds.is_real()) {
    raise_type_error(by, "'" + class_of(seconds).name_text + "' object cannot be interpreted as an integer");
  }
  const double length = seconds.is_real() ? seconds.real : static_cast<double>(seconds.number);
  if (std::isnan(length)) raise(by, exceptions::ValueError(), "Invalid value NaN (not a number)");
  if (length < 0) raise(by, exceptions::ValueError(), std::string(what) + " must be non-negative");
  if (length > most) raise(by, exceptions::OverflowError(), "timestamp too large to convert to C _PyTime_t");
  return static_cast<std::uint64_t>(std::llround(length * second));
}

}  // namespace heddle::python
