// Builtin functions on what can be iterated over.
#include "python/builtins/tables.hpp"
#include "python/types/builtin_classes.hpp"
#include "python/types/making.hpp"
#include "python/types/sequences.hpp"
#include "python/types/special.hpp"
#include "python/types/type_functions.hpp"

namespace heddle::python {
namespace {

value len(thread_state& by, const arguments& given) {
  check_function(by, given, "len", 1, 1);
  return value(length(by, given.positional[0]));
}

value sum(thread_state& by, const arguments& given) {
  const parameters with(by, "sum(iterable, start=)", given);
  value result = with.or_else(1, value(std::int64_t{0}));
  if (as_string(result) != nullptr) raise_type_error(by, "sum() can't sum strings [use ''.join(seq) instead]");
  const value iterator = iterate(by, with[0]);
  for (value each = next(by, iterator); each.defined(); each = next(by, iterator)) {
    result = binary(by, opcode::BINARY_ADD, result, each);
  }
  return result;
}

[[nodiscard]] value extreme(thread_state& by, const arguments& given, const std::string& called, bool greatest) {
  only_named(by, given, called, {"key", "default"});
  if (given.count == 0) raise_type_error(by, called + " expected at least 1 argument, got 0");
  const value key = named_argument(given, "key");
  const value standard = named_argument(given, "default");
  const bool has_key = key.defined() && !key.is_none();
  value best;
  value best_key;
  const auto look_at = [&](value item) {
    const value its_key = has_key ? call(by, key, {item}) : item;
    const bool better =
        !best.defined() || truth(by, compare(by, greatest ? comparison::greater : comparison::less, its_key, best_key));
    if (!better) return;
    best = item;
    best_key = its_key;
  };
  if (given.count > 1) {
    if (standard.defined()) {
      raise_type_error(by, "Cannot specify a default for " + called + "() with multiple positional arguments");
    }
    for (std::uint32_t at = 0; at < given.count; ++at) look_at(given.positional[at]);
    return best;
  }
  const value iterator = iterate(by, given.positional[0]);
  for (value each = next(by, iterator); each.defined(); each = next(by, iterator)) look_at(each);
  if (best.defined()) return best;
  if (!standard.defined()) raise(by, exceptions::ValueError(), called + "() arg is an empty sequence");
  return standard;
}

value min_(thread_state& by, const arguments& given) { return extreme(by, given, "min", false); }
value max_(thread_state& by, const arguments& given) { return extreme(by, given, "max", true); }

value sorted(thread_state& by, const arguments& given) {
  if (given.count != 1) {
    raise_type_error(by, "sorted expected 1 argument, got " + std::to_string(given.count));
  }
  const parameters with(by, "sorted(iterable, *, key=, reverse=)", given);
  std::vector<value> items = items_of(by, with[0]);
  const bool reverse = with.given(2) && truth(by, with[2]);
  sort_items(by, items, with.or_else(1, value::none()), reverse);
  return make_list(by, std::move(items));
}

value any(thread_state& by, const arguments& given) {
  check_function(by, given, "any", 1, 1);
  const value iterator = iterate(by, given.positional[0]);
  for (value each = next(by, iterator); each.defined(); each = next(by, iterator)) {
    if (truth(by, each)) return value(true);
  }
  return value(false);
}

value all(thread_state& by, const arguments& given) {
  check_function(by, given, "all", 1, 1);
  const value iterator = iterate(by, given.positional[0]);
  for (value each = next(by, iterator); each.defined(); each = next(by, iterator)) {
    if (!truth(by, each)) return value(false);
  }
  return value(true);
}

value iter(thread_state& by, const arguments& given) {
  check_function(by, given, "iter", 1, 2);
  if (given.count == 1) return iterate(by, given.positional[0]);
  return make_call_iterator(by, given.positional[0], given.positional[1]);
}

value next_(thread_state& by, const arguments& given) {
  check_function(by, given, "next", 1, 2);
  const value result = next(by, given.positional[0]);
  if (result.defined()) return result;
  if (given.count > 1) return given.positional[1];
  raise(by, exceptions::StopIteration(), "");
}

constexpr native_entry functions[] = {
    {"len", len}, {"sum", sum}, {"min", min_},  {"max", max_},   {"sorted", sorted},
    {"any", any}, {"all", all}, {"iter", iter}, {"next", next_},
};

}  // namespace

std::span<const native_entry> iteration_functions() { return functions; }

}  // namespace heddle::python
