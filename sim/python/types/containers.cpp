// Subscripts, lengths and iteration.
#include "python/errors.hpp"
#include "python/natives.hpp"
#include "python/operators.hpp"
#include "python/types/depth.hpp"
#include "python/types/making.hpp"
#include "python/types/numbers.hpp"
#include "python/types/special.hpp"
#include "python/types/type_functions.hpp"

namespace heddle::python {
namespace {

/** Over an instance with __getitem__ only. */
class item_iterator final : public iterator_object {
 public:
  explicit item_iterator(value over) : over_(over) {}
  value next(thread_state& by) override {
    if (!over_.defined()) return {};
    try {
      return subscript(by, over_, value(at_++));
    } catch (const raised& error) {
      if (!error.what->of_class().is(exceptions::IndexError()) &&
          !error.what->of_class().is(exceptions::StopIteration())) {
        throw;
      }
    }
    over_ = value{};
    return {};
  }
  void visit(const visitor& see) override { see(over_); }

 private:
  value over_;
  std::int64_t at_ = 0;
};

/** The function of a type's table, if the value has such a type. */
template <class Function>
[[nodiscard]] Function function_for(value of, Function type_functions::*which) {
  return of.is_object() ? functions_of(*of.object).*which : nullptr;
}

[[nodiscard]] std::string quoted_type(value of) { return "'" + type_name(of) + "' object"; }

}  // namespace

value subscript(thread_state& by, value container, value key) {
  if (const auto function = function_for(container, &type_functions::subscript)) {
    return function(by, *container.object, key);
  }
  if (const value method = special(container, specials().getitem_); method.defined()) {
    return call(by, method, {container, key});
  }
  if (as_class(container) != nullptr) {
    raise_type_error(by, "type '" + as_class(container)->name_text + "' is not subscriptable");
  }
  raise_type_error(by, quoted_type(container) + " is not subscriptable");
}

void set_subscript(thread_state& by, value container, value key, value to) {
  if (const auto function = function_for(container, &type_functions::set_subscript)) {
    return function(by, *container.object, key, to);
  }
  const value method = special(container, specials().setitem_);
  if (!method.defined()) raise_type_error(by, quoted_type(container) + " does not support item assignment");
  static_cast<void>(call(by, method, {container, key, to}));
}

void delete_subscript(thread_state& by, value container, value key) {
  if (const auto function = function_for(container, &type_functions::delete_subscript)) {
    return function(by, *container.object, key);
  }
  const value method = special(container, specials().delitem_);
  if (!method.defined()) {
    const bool immutable = container.is_object() && functions_of(*container.object).subscript != nullptr;
    raise_type_error(by, quoted_type(container) +
                             (immutable ? " doesn't support item deletion" : " does not support item deletion"));
  }
  static_cast<void>(call(by, method, {container, key}));
}

std::int64_t length(thread_state& by, value of) {
  if (const auto function = function_for(of, &type_functions::length)) return function(by, *of.object);
  const value method = special(of, specials().len_);
  if (!method.defined()) raise_type_error(by, "object of type '" + type_name(of) + "' has no len()");
  const value result = as_index(by, call(by, method, {of}));
  if (!result.defined()) raise_type_error(by, "__len__ should return an integer");
  if (!result.is_integral()) raise(by, exceptions::OverflowError(), "cannot fit 'int' into an index-sized integer");
  if (result.number < 0) raise(by, exceptions::ValueError(), "__len__() should return >= 0");
  return result.number;
}

bool contains(thread_state& by, value container, value item) {
  if (const auto function = function_for(container, &type_functions::contains)) {
    return function(by, *container.object, item);
  }
  if (const value method = special(container, specials().contains_); method.defined()) {
    return truth(by, call(by, method, {container, item}));
  }
  const bool iterable = function_for(container, &type_functions::iterate) != nullptr ||
                        special(container, specials().iter_).defined() ||
                        special(container, specials().getitem_).defined();
  if (!iterable) raise_type_error(by, "argument of type '" + type_name(container) + "' is not iterable");
  const value iterator = iterate(by, container);
  for (value each = next(by, iterator); each.defined(); each = next(by, iterator)) {
    if (equal(by, each, item)) return true;
  }
  return false;
}

value iterate(thread_state& by, value over) {
  if (const auto function = function_for(over, &type_functions::iterate)) return function(by, *over.object);
  if (const value method = special(over, specials().iter_); method.defined() && !method.is_none()) {
    const value result = call(by, method, {over});
    if (as<iterator_object>(result, object_type::iterator) == nullptr && !special(result, specials().next_).defined()) {
      raise_type_error(by, "iter() returned non-iterator of type '" + type_name(result) + "'");
    }
    return result;
  }
  if (special(over, specials().getitem_).defined()) return value(by.process.make<item_iterator>(by, over));
  raise_type_error(by, quoted_type(over) + " is not iterable");
}

value next(thread_state& by, value iterator) {
  if (auto* builtin_one = as<iterator_object>(iterator, object_type::iterator)) return builtin_one->next(by);
  const value method = special(iterator, specials().next_);
  if (!method.defined()) raise_type_error(by, quoted_type(iterator) + " is not an iterator");
  const one_deeper level(by);
  try {
    return call(by, method, {iterator});
  } catch (const raised& error) {
    if (!error.what->of_class().is(exceptions::StopIteration())) throw;
  }
  return {};
}

std::vector<value> items_of(thread_state& by, value iterable) {
  if (const list_object* list = as_list(iterable)) {
    reading(by, *list);
    charge_many(by, list->items.size(), sizeof(value));
    return list->items;
  }
  if (const tuple_object* tuple = as_tuple(iterable)) {
    charge_many(by, tuple->items.size(), sizeof(value));
    return tuple->items;
  }
  const value iterator = iterate(by, iterable);
  std::vector<value> result;
  if (const range_object* range = as_range(iterable)) {
    charge_many(by, static_cast<std::uint64_t>(range->length()), sizeof(value));
    result.reserve(static_cast<std::size_t>(range->length()));
  }
  for (value each = next(by, iterator); each.defined(); each = next(by, iterator)) add_item(by, result, each);
  return result;
}

}  // namespace heddle::python
