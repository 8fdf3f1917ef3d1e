// set and frozenset: what the operators do with them.
#include "python/types/set.hpp"

#include <algorithm>

#include "python/natives.hpp"
#include "python/types/making.hpp"
#include "python/types/repr_writer.hpp"
#include "python/types/type_functions.hpp"

namespace heddle::python {

set_object::set_object(const class_object& of) : heap_object(object_type::set, of) {}
bool set_object::is_frozen() const noexcept { return class_ == &frozenset_class(); }
void set_object::visit(const visitor& see) { table.visit(see); }
heap_object* set_object::copy(interpreter& /*to*/) const {
  auto* made = new set_object(*class_);
  made->table = table;
  made->table.copied_elsewhere();
  return made;
}

void set_add(thread_state& by, set_object& to, value item) {
  const std::uint64_t hashed = hash(by, item);
  changing(by, to);
  stored_in(to, item);
  if (to.table.find(by, item, hashed) == hash_table::nowhere) to.table.set(by, item, hashed, value{});
}

bool set_has(thread_state& by, set_object& in, value item) {
  const std::uint64_t hashed = hash(by, item);
  reading(by, in);
  return in.table.find(by, item, hashed) != hash_table::nowhere;
}

set_object& make_set(thread_state& by, const class_object& of, value iterable) {
  auto& made = *by.process.make<set_object>(by, of);
  if (set_object* other = as_set(iterable)) {
    reading(by, *other);
    made.table.copy_from(by, other->table);
  } else if (iterable.defined()) {
    const value iterator = iterate(by, iterable);
    for (value each = next(by, iterator); each.defined(); each = next(by, iterator)) set_add(by, made, each);
  }
  return made;
}

set_object& set_from(thread_state& by, value iterable) {
  if (set_object* set = as_set(iterable)) return *set;
  return make_set(by, set_class(), iterable);
}

value new_set(thread_state& by) { return value(by.process.make<set_object>(by, set_class())); }

namespace {

[[nodiscard]] set_object& set_of(heap_object& of) { return static_cast<set_object&>(of); }

/** Calls `use` with each item of a set as it is now. */
template <class Use>
void for_each_item(thread_state& by, set_object& of, Use&& use) {
  reading(by, of);
  for (std::size_t at = of.table.next(0); at != hash_table::nowhere; at = of.table.next(at + 1)) {
    use(hash_table::entry(of.table.at(at)));
  }
}

[[nodiscard]] bool has(thread_state& by, set_object& in, const hash_table::entry& item) {
  return in.table.find(by, item.key, item.hash) != hash_table::nowhere;
}

}  // namespace

value combine_sets(thread_state& by, opcode what, set_object& one, set_object& other) {
  set_object& left = as_read(by, one);
  set_object& right = as_read(by, other);
  set_object& made = make_set(by, left.of_class());
  const auto add = [&](const hash_table::entry& item) { made.table.set(by, item.key, item.hash, value{}); };
  const bool swaps = what == opcode::BINARY_AND && left.table.size() > right.table.size();
  if (what == opcode::BINARY_AND) {  // of equal items that of the smaller set is kept, as in CPython
    set_object& few = swaps ? right : left;
    set_object& many = swaps ? left : right;
    for_each_item(by, few, [&](const auto& item) {
      if (has(by, many, item)) add(item);
    });
    return value(&made);
  }
  for_each_item(by, left, [&](const auto& item) {
    if (what == opcode::BINARY_OR || !has(by, right, item)) add(item);
  });
  if (what == opcode::BINARY_SUBTRACT) return value(&made);
  for_each_item(by, right, [&](const auto& item) {
    if (!has(by, left, item)) add(item);
  });
  return value(&made);
}

void change_set(thread_state& by, opcode what, set_object& of, set_object& other) {
  set_object& with = as_read(by, other);
  changing(by, of);  // one step: nobody else gets in between
  if (what == opcode::BINARY_OR) {
    for_each_item(by, with, [&](const auto& item) {
      stored_in(of, item.key);
      if (!has(by, of, item)) of.table.set(by, item.key, item.hash, value{});
    });
    return;
  }
  set_object& before = make_set(by, of.of_class());
  before.table.copy_from(by, of.table);
  const value result = combine_sets(by, what, before, with);
  for_each_item(by, *as_set(result), [&](const auto& item) { stored_in(of, item.key); });
  of.table.copy_from(by, as_set(result)->table);
}

bool is_subset(thread_state& by, set_object& one, set_object& other) {
  set_object& part = as_read(by, one);
  set_object& whole = as_read(by, other);
  if (part.table.size() > whole.table.size()) return false;
  bool result = true;
  for_each_item(by, part, [&](const auto& item) { result = result && has(by, whole, item); });
  return result;
}

bool compare_sets(thread_state& by, comparison what, set_object& one, set_object& other) {
  set_object& left = as_read(by, one);
  set_object& right = as_read(by, other);
  const std::size_t first = left.table.size();
  const std::size_t second = right.table.size();
  switch (what) {
    case comparison::equal: return first == second && is_subset(by, left, right);
    case comparison::not_equal: return first != second || !is_subset(by, left, right);
    case comparison::less: return first < second && is_subset(by, left, right);
    case comparison::less_equal: return is_subset(by, left, right);
    case comparison::greater: return first > second && is_subset(by, right, left);
    case comparison::greater_equal: break;
  }
  return is_subset(by, right, left);
}

namespace {

std::int64_t length(thread_state& by, heap_object& of) {
  reading(by, of);
  return static_cast<std::int64_t>(set_of(of).table.size());
}

bool contains(thread_state& by, heap_object& in, value item) { return set_has(by, set_of(in), item); }

value iterate(thread_state& by, heap_object& over) {
  return table_iterator(by, over, set_of(over).table, entry_part::key);
}

std::uint64_t hash_set(thread_state& by, heap_object& of) {
  if (!set_of(of).is_frozen()) raise_type_error(by, "unhashable type: 'set'");
  std::uint64_t result = 590923713 * (set_of(of).table.size() + 1);  // the same in any order
  for (const hash_table::entry& each : set_of(of).table.entries()) {
    if (each.key.defined()) result ^= (each.hash ^ each.hash << 16U ^ 89869747U) * 3644798167U;
  }
  return result;
}

void write(repr_writer& to, heap_object& of) {
  set_object& now = as_read(to.by, set_of(of));
  const bool frozen = now.is_frozen();
  const repr_writer::within here(to, of);
  if (here.again()) return to.write(frozen ? "frozenset(...)" : "set(...)");
  if (now.table.size() == 0) return to.write(frozen ? "frozenset()" : "set()");
  to.write(frozen ? "frozenset({" : "{");
  bool first = true;
  for_each_item(to.by, now, [&](const auto& item) {
    if (!first) to.write(", ");
    first = false;
    to.write(item.key);
  });
  to.write(frozen ? "})" : "}");
}

bool equal_sets(thread_state& by, heap_object& left, heap_object& right) {
  return compare_sets(by, comparison::equal, set_of(left), set_of(right));
}
bool ordered(thread_state& by, comparison what, heap_object& left, heap_object& right) {
  return compare_sets(by, what, set_of(left), set_of(right));
}

value binary(thread_state& by, opcode what, bool in_place, value left, value right) {
  set_object* first = as_set(left);
  set_object* second = as_set(right);
  if (first == nullptr || second == nullptr) return {};
  if (what != opcode::BINARY_AND && what != opcode::BINARY_OR && what != opcode::BINARY_XOR &&
      what != opcode::BINARY_SUBTRACT) {
    return {};
  }
  if (!in_place || first->is_frozen()) return combine_sets(by, what, *first, *second);
  change_set(by, what, *first, *second);
  return left;
}

}  // namespace

const type_functions set_functions{
    .length = length,
    .contains = contains,
    .iterate = iterate,
    .hash = hash_set,
    .repr = write,
    .equal = equal_sets,
    .ordered = ordered,
    .binary = binary,
};

}  // namespace heddle::python
