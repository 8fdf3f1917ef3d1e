// dict: what the operators do with it.
#include "python/natives.hpp"
#include "python/types/hash_table.hpp"
#include "python/types/making.hpp"
#include "python/types/repr_writer.hpp"
#include "python/types/special.hpp"
#include "python/types/type_functions.hpp"

namespace heddle::python {

dict_object::dict_object() : heap_object(object_type::dict, dict_class()) {}
void dict_object::visit(const visitor& see) { table.visit(see); }
heap_object* dict_object::copy(interpreter& /*to*/) const {
  auto* made = new dict_object;
  made->table = table;
  made->table.copied_elsewhere();
  return made;
}

value new_dict(thread_state& by) { return value(by.process.make<dict_object>(by)); }

value dict_find(thread_state& by, dict_object& in, value key) {
  const std::uint64_t hashed = hash(by, key);
  reading(by, in);
  const std::size_t place = in.table.find(by, key, hashed);
  return place == hash_table::nowhere ? value{} : in.table.at(place).held;
}

void dict_set(thread_state& by, dict_object& in, value key, value to) {
  const std::uint64_t hashed = hash(by, key);
  changing(by, in);
  stored_in(in, key);
  stored_in(in, to);
  in.table.set(by, key, hashed, to);
}

namespace {

void update_with_pairs(thread_state& by, dict_object& to, value from) {
  const value iterator = iterate(by, from);
  std::size_t count = 0;
  for (value each = next(by, iterator); each.defined(); each = next(by, iterator), ++count) {
    if (!each.is_object() || (functions_of(*each.object).iterate == nullptr && !is_plain_instance(each))) {
      raise_type_error(
          by, "cannot convert dictionary update sequence element #" + std::to_string(count) + " to a sequence");
    }
    const std::vector<value> pair = items_of(by, each);
    if (pair.size() != 2) {
      raise(by, exceptions::ValueError(),
            "dictionary update sequence element #" + std::to_string(count) + " has length " +
                std::to_string(pair.size()) + "; 2 is required");
    }
    dict_set(by, to, pair[0], pair[1]);
  }
}

}  // namespace

void update_dict(thread_state& by, dict_object& to, value from) {
  dict_object* other = as_dict(from);
  if (other == nullptr) {
    static const name keys = intern("keys");
    const value method = special(from, keys);
    if (!method.defined()) return update_with_pairs(by, to, from);
    for (const value key : items_of(by, call(by, method, {from}))) dict_set(by, to, key, subscript(by, from, key));
    return;
  }
  other = &as_read(by, *other);
  changing(by, to);
  for (std::size_t at = 0; at < other->table.entries().size(); ++at) {
    const hash_table::entry each = other->table.entries()[at];
    if (!each.key.defined()) continue;
    stored_in(to, each.key);
    stored_in(to, each.held);
    to.table.set(by, each.key, each.hash, each.held);
  }
}

namespace {

[[nodiscard]] dict_object& dict_of(heap_object& of) { return static_cast<dict_object&>(of); }

std::int64_t length(thread_state& by, heap_object& of) {
  reading(by, of);
  return static_cast<std::int64_t>(dict_of(of).table.size());
}

value subscript(thread_state& by, heap_object& of, value key) {
  const value result = dict_find(by, dict_of(of), key);
  if (!result.defined()) raise_with(by, exceptions::KeyError(), key);
  return result;
}

void set_subscript(thread_state& by, heap_object& of, value key, value to) { dict_set(by, dict_of(of), key, to); }

void delete_subscript(thread_state& by, heap_object& of, value key) {
  const std::uint64_t hashed = hash(by, key);
  changing(by, of);
  const std::size_t place = dict_of(of).table.find(by, key, hashed);
  if (place == hash_table::nowhere) raise_with(by, exceptions::KeyError(), key);
  dict_of(of).table.erase(place);
}

bool contains(thread_state& by, heap_object& in, value item) { return dict_find(by, dict_of(in), item).defined(); }

value iterate(thread_state& by, heap_object& over) {
  return table_iterator(by, over, dict_of(over).table, entry_part::key);
}

void write(repr_writer& to, heap_object& of) {
  hash_table& table = as_read(to.by, dict_of(of)).table;
  const repr_writer::within here(to, of);
  if (here.again()) return to.write("{...}");
  to.write("{");
  bool first = true;
  for (std::size_t at = table.next(0); at != hash_table::nowhere; at = table.next(at + 1)) {
    const hash_table::entry each = table.at(at);
    if (!first) to.write(", ");
    first = false;
    to.write(each.key);
    to.write(": ");
    to.write(each.held);
  }
  to.write("}");
}

bool equal_dicts(thread_state& by, heap_object& left, heap_object& right) {
  hash_table& first = as_read(by, dict_of(left)).table;
  dict_object& second = as_read(by, dict_of(right));
  if (first.size() != second.table.size()) return false;
  for (std::size_t at = first.next(0); at != hash_table::nowhere; at = first.next(at + 1)) {
    const hash_table::entry each = first.at(at);
    const value other = dict_find(by, second, each.key);
    if (!other.defined() || !equal(by, each.held, other)) return false;
  }
  return true;
}

value binary(thread_state& by, opcode what, bool in_place, value left, value right) {
  dict_object* first = as_dict(left);
  if (what != opcode::BINARY_OR || first == nullptr) return {};
  if (in_place) {
    update_dict(by, *first, right);
    return left;
  }
  if (as_dict(right) == nullptr) return {};
  auto* made = by.process.make<dict_object>(by);
  reading(by, *first);
  made->table.copy_from(by, first->table);
  update_dict(by, *made, right);
  return value(made);
}

}  // namespace

const type_functions dict_functions{
    .length = length,
    .subscript = subscript,
    .set_subscript = set_subscript,
    .delete_subscript = delete_subscript,
    .contains = contains,
    .iterate = iterate,
    .hashable = false,
    .repr = write,
    .equal = equal_dicts,
    .binary = binary,
};

}  // namespace heddle::python
