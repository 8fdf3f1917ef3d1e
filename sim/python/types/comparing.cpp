// Comparisons, truth and hashes.
#include <bit>

#include "python/errors.hpp"
#include "python/natives.hpp"
#include "python/operators.hpp"
#include "python/types/depth.hpp"
#include "python/types/numbers.hpp"
#include "python/types/special.hpp"
#include "python/types/type_functions.hpp"

namespace heddle::python {
namespace {

[[nodiscard]] name method_of(comparison what) {
  const special_names& names = specials();
  switch (what) {
    case comparison::less: return names.lt_;
    case comparison::less_equal: return names.le_;
    case comparison::equal: return names.eq_;
    case comparison::not_equal: return names.ne_;
    case comparison::greater: return names.gt_;
    case comparison::greater_equal: break;
  }
  return names.ge_;
}

[[nodiscard]] comparison mirrored(comparison what) {
  switch (what) {
    case comparison::less: return comparison::greater;
    case comparison::less_equal: return comparison::greater_equal;
    case comparison::greater: return comparison::less;
    case comparison::greater_equal: return comparison::less_equal;
    default: return what;
  }
}

[[nodiscard]] bool holds(comparison what, int order) {
  switch (what) {
    case comparison::less: return order < 0;
    case comparison::less_equal: return order <= 0;
    case comparison::equal: return order == 0;
    case comparison::not_equal: return order != 0;
    case comparison::greater: return order > 0;
    case comparison::greater_equal: break;
  }
  return order >= 0;
}

[[nodiscard]] value ask(thread_state& by, value whom, comparison what, value other) {
  value found = special(whom, method_of(what));
  bool inverted = false;
  if (!found.defined() && what == comparison::not_equal) {
    found = special(whom, specials().eq_);
    inverted = true;
  }
  if (!found.defined()) return {};
  const value result = call(by, found, {whom, other});
  if (same(result, not_implemented())) return {};
  return inverted ? value(!truth(by, result)) : result;
}

/** What special methods make of it; undefined if nothing. */
[[nodiscard]] value compare_by_methods(thread_state& by, comparison what, value left, value right) {
  const class_object& of_left = class_of(left);
  const class_object& of_right = class_of(right);
  const bool right_first = &of_left != &of_right && of_right.is(of_left);
  if (right_first) {
    const value result = ask(by, right, mirrored(what), left);
    if (result.defined()) return result;
  }
  const value result = ask(by, left, what, right);
  if (result.defined() || right_first) return result;
  return ask(by, right, mirrored(what), left);
}

[[noreturn]] void not_ordered(thread_state& by, comparison what, value left, value right) {
  raise_type_error(by, "'" + std::string(to_string(what)) + "' not supported between instances of '" + type_name(left) +
                           "' and '" + type_name(right) + "'");
}

[[nodiscard]] bool are_set_like(value left, value right) {
  const auto is_one = [](value of) {
    return of.object->type() == object_type::view || of.object->type() == object_type::set;
  };
  return is_one(left) && is_one(right);
}

/** Of two objects, not numbers both, none of them an instance. */
[[nodiscard]] bool equal_objects(thread_state& by, value left, value right) {
  if (same(left, right)) return true;
  if (!left.is_object() || !right.is_object()) return false;
  // A view of keys or items is compared with a set like a set.
  const bool is_view = left.object->type() == object_type::view || right.object->type() == object_type::view;
  if (left.object->type() != right.object->type() && !(is_view && are_set_like(left, right))) return false;
  const type_functions& functions = is_view ? functions_of(object_type::view) : functions_of(*left.object);
  if (functions.equal == nullptr) return false;
  if (left.object->type() == object_type::string) return functions.equal(by, *left.object, *right.object);
  const one_deeper level(by, " in comparison");
  return functions.equal(by, *left.object, *right.object);
}

}  // namespace

value compare(thread_state& by, comparison what, value left, value right) {
  if (is_number(left) && is_number(right)) {
    const std::optional<int> order = order_of_numbers(left, right);
    return value(order ? holds(what, *order) : what == comparison::not_equal);
  }
  if (is_plain_instance(left) || is_plain_instance(right)) {
    const one_deeper level(by, " in comparison");
    const value result = compare_by_methods(by, what, left, right);
    if (result.defined()) return result;
  }
  if (what == comparison::equal) return value(equal_objects(by, left, right));
  if (what == comparison::not_equal) return value(!equal_objects(by, left, right));
  if (left.is_object() && right.is_object() &&
      (left.object->type() == right.object->type() || are_set_like(left, right))) {
    const bool is_view = right.object->type() == object_type::view;
    const type_functions& functions = functions_of(is_view ? *right.object : *left.object);
    if (functions.ordered != nullptr) {
      const one_deeper level(by, " in comparison");
      return value(functions.ordered(by, what, *left.object, *right.object));
    }
  }
  not_ordered(by, what, left, right);
}

bool equal(thread_state& by, value left, value right) {
  if (left.is_integer() && right.is_integer()) return left.number == right.number;
  if (is_plain_instance(left) || is_plain_instance(right)) {
    if (same(left, right)) return true;  // as in containers
    return truth(by, compare(by, comparison::equal, left, right));
  }
  if (is_number(left) && is_number(right)) {
    const std::optional<int> order = order_of_numbers(left, right);
    return order && *order == 0;
  }
  return equal_objects(by, left, right);
}

bool less(thread_state& by, value left, value right) {
  if (left.is_integer() && right.is_integer()) return left.number < right.number;
  return truth(by, compare(by, comparison::less, left, right));
}

bool truth(thread_state& by, value of) {
  switch (of.kind) {
    case value_kind::undefined:
    case value_kind::none: return false;
    case value_kind::boolean:
    case value_kind::integer: return of.number != 0;
    case value_kind::real: return of.real != 0.0;
    case value_kind::object: break;
  }
  if (const value method = special(of, specials().bool_); method.defined()) {
    const value result = call(by, method, {of});
    if (result.kind != value_kind::boolean) {
      raise_type_error(by, "__bool__ should return bool, returned " + type_name(result));
    }
    return result.number != 0;
  }
  if (is_plain_instance(of)) return !special(of, specials().len_).defined() || length(by, of) != 0;
  const type_functions& functions = functions_of(*of.object);
  return functions.length == nullptr || functions.length(by, *of.object) != 0;
}

namespace {

[[nodiscard]] std::uint64_t hash_instance(thread_state& by, value of) {
  const special_names& names = specials();
  for (const class_object* each : of.object->of_class().resolution_order) {
    if (each == &object_class()) continue;
    const value* method = each->attributes.find(names.hash_);
    if (method == nullptr && each->attributes.find(names.eq_) == nullptr) continue;
    if (method == nullptr || method->is_none()) raise_type_error(by, "unhashable type: '" + type_name(of) + "'");
    const one_deeper level(by);
    const value result = call(by, *method, {of});
    if (!is_int(result)) raise_type_error(by, "__hash__ method should return an integer");
    return hash_of_number(result);
  }
  return identity_of(by, *of.object);
}

}  // namespace

std::uint64_t hash(thread_state& by, value of) {
  switch (of.kind) {
    case value_kind::undefined:
    case value_kind::none: return 0x5F3759DF;
    case value_kind::boolean:
    case value_kind::integer:
    case value_kind::real: return hash_of_number(of);
    case value_kind::object: break;
  }
  if (is_plain_instance(of)) return hash_instance(by, of);
  const type_functions& functions = functions_of(*of.object);
  if (!functions.hashable) raise_type_error(by, "unhashable type: '" + type_name(of) + "'");
  if (functions.hash == nullptr) return identity_of(by, *of.object);
  if (of.object->type() == object_type::string) return functions.hash(by, *of.object);
  const one_deeper level(by);
  return functions.hash(by, *of.object);
}

}  // namespace heddle::python
