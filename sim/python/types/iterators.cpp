// enumerate, zip, map, filter, reversed and iter: iterators over iterators.
#include "python/natives.hpp"
#include "python/types/builtin_classes.hpp"
#include "python/types/depth.hpp"
#include "python/types/hash_table.hpp"
#include "python/types/making.hpp"
#include "python/types/numbers.hpp"
#include "python/types/range.hpp"
#include "python/types/repr_writer.hpp"
#include "python/types/sequences.hpp"
#include "python/types/special.hpp"
#include "python/types/type_functions.hpp"

namespace heddle::python {
namespace {

class enumerate_iterator final : public iterator_object {
 public:
  enumerate_iterator(value over, value start) : over_(over), at_(start) { class_ = &enumerate_class(); }
  value next(thread_state& by) override {
    const value item = python::next(by, over_);
    if (!item.defined()) return {};
    const value number = at_;
    at_ = binary(by, opcode::BINARY_ADD, at_, value(std::int64_t{1}));
    return make_tuple(by, {number, item});
  }
  void visit(const visitor& see) override {
    see(over_);
    see(at_);
  }

 private:
  value over_;
  value at_;
};

class zip_iterator final : public iterator_object {
 public:
  zip_iterator(std::vector<value> over, bool strict) : over_(std::move(over)), strict_(strict) {
    class_ = &zip_class();
  }
  value next(thread_state& by) override {
    if (over_.empty()) return {};
    std::vector<value> items;
    items.reserve(over_.size());
    for (const value each : over_) {
      const value item = python::next(by, each);
      if (!item.defined()) {
        if (strict_) check_lengths(by, items.size());
        over_.clear();
        return {};
      }
      items.push_back(item);
    }
    return make_tuple(by, std::move(items));
  }
  void visit(const visitor& see) override {
    for (value& each : over_) see(each);
  }

 private:
  /** That of this number is at its end; so have the others to be. */
  void check_lengths(thread_state& by, std::size_t ended) {
    const auto fail = [&](std::size_t number, const char* how) {
      raise(by, exceptions::ValueError(),
            "zip() argument " + std::to_string(number) + " is " + how + " than argument" +
                (number == 2 ? " 1" : "s 1-" + std::to_string(number - 1)));
    };
    if (ended > 0) fail(ended + 1, "shorter");
    for (std::size_t at = 1; at < over_.size(); ++at) {
      if (python::next(by, over_[at]).defined()) fail(at + 1, "longer");
    }
  }

  std::vector<value> over_;
  bool strict_;
};

class map_iterator final : public iterator_object {
 public:
  map_iterator(value function, std::vector<value> over) : function_(function), over_(std::move(over)) {
    class_ = &map_class();
  }
  value next(thread_state& by) override {
    const one_deeper level(by);
    std::vector<value> items;
    items.reserve(over_.size());
    for (const value each : over_) {
      const value item = python::next(by, each);
      if (!item.defined()) return {};
      items.push_back(item);
    }
    return call(by, function_, arguments{items.data(), static_cast<std::uint32_t>(items.size())});
  }
  void visit(const visitor& see) override {
    see(function_);
    for (value& each : over_) see(each);
  }

 private:
  value function_;
  std::vector<value> over_;
};

class filter_iterator final : public iterator_object {
 public:
  filter_iterator(value function, value over) : function_(function), over_(over) { class_ = &filter_class(); }
  value next(thread_state& by) override {
    const one_deeper level(by);
    while (true) {
      const value item = python::next(by, over_);
      if (!item.defined()) return {};
      if (truth(by, function_.is_none() ? item : call(by, function_, {item}))) return item;
    }
  }
  void visit(const visitor& see) override {
    see(function_);
    see(over_);
  }

 private:
  value function_;
  value over_;
};

class reversed_iterator final : public iterator_object {
 public:
  reversed_iterator(value over, std::int64_t length) : over_(over), at_(length) { class_ = &reversed_class(); }
  value next(thread_state& by) override {
    if (at_ <= 0) return {};
    --at_;
    if (const list_object* list = as_list(over_)) {
      reading(by, *list);
      if (at_ < static_cast<std::int64_t>(list->items.size())) return list->items[static_cast<std::size_t>(at_)];
      at_ = 0;
      return {};
    }
    return subscript(by, over_, value(at_));
  }
  void visit(const visitor& see) override { see(over_); }

 private:
  value over_;
  std::int64_t at_;
};

/** iter(function, end). */
class call_iterator final : public iterator_object {
 public:
  call_iterator(value function, value end) : function_(function), end_(end) {}
  value next(thread_state& by) override {
    if (!function_.defined()) return {};
    const one_deeper level(by);
    const value result = call(by, function_);
    if (!equal(by, result, end_)) return result;
    function_ = value{};
    return {};
  }
  void visit(const visitor& see) override {
    if (function_.defined()) see(function_);
    see(end_);
  }

 private:
  value function_;
  value end_;
};

[[nodiscard]] std::vector<value> iterators_of(thread_state& by, const arguments& given, std::uint32_t first) {
  std::vector<value> result;
  for (std::uint32_t at = first; at < given.count; ++at) result.push_back(iterate(by, given.positional[at]));
  return result;
}

value make_enumerate(thread_state& by, const arguments& given) {
  const parameters with(by, "enumerate(iterable, start=)", given);
  const value start = as_index(by, with.or_else(1, value(std::int64_t{0})));
  if (!start.defined()) {
    raise_type_error(by, "'" + type_name(with[1]) + "' object cannot be interpreted as an integer");
  }
  return value(by.process.make<enumerate_iterator>(by, iterate(by, with[0]), start));
}

value make_zip(thread_state& by, const arguments& given) {
  bool strict = false;
  for (std::uint32_t at = 0; at < given.named_count; ++at) {
    if (*given.names[at] != "strict") {
      raise_type_error(by, "zip() got an unexpected keyword argument '" + *given.names[at] + "'");
    }
    strict = truth(by, given.named[at]);
  }
  for (std::uint32_t at = 0; at < given.count; ++at) {
    const value each = given.positional[at];
    if (!each.is_object() || (functions_of(*each.object).iterate == nullptr && !is_plain_instance(each))) {
      raise_type_error(by, "'" + type_name(each) + "' object is not iterable");
    }
  }
  return value(by.process.make<zip_iterator>(by, iterators_of(by, given, 0), strict));
}

value make_map(thread_state& by, const arguments& given) {
  if (given.named_count != 0) raise_type_error(by, "map() takes no keyword arguments");
  if (given.count < 2) raise_type_error(by, "map() must have at least two arguments.");
  return value(by.process.make<map_iterator>(by, given.positional[0], iterators_of(by, given, 1)));
}

value make_filter(thread_state& by, const arguments& given) {
  check_function(by, given, "filter", 2, 2);
  return value(by.process.make<filter_iterator>(by, given.positional[0], iterate(by, given.positional[1])));
}

value make_reversed(thread_state& by, const arguments& given) {
  check_function(by, given, "reversed", 1, 1);
  const value over = given.positional[0];
  if (const value method = special(over, specials().reversed_); method.defined()) return call(by, method, {over});
  if (const range_object* range = as_range(over)) return reversed_range(by, *range);
  if (dict_object* dict = as_dict(over)) return table_iterator(by, *dict, dict->table, entry_part::key, true);
  const bool is_sequence = (over.is_object() && functions_of(*over.object).subscript != nullptr) ||
                           special(over, specials().getitem_).defined();
  if (!is_sequence) raise_type_error(by, "'" + type_name(over) + "' object is not reversible");
  return value(by.process.make<reversed_iterator>(by, over, length(by, over)));
}

value iterate_itself(thread_state& /*by*/, heap_object& over) { return value(&over); }

void write(repr_writer& to, heap_object& of) { to.write("<" + of.of_class().name_text + " object>"); }

value next_method(thread_state& by, const arguments& given) {
  auto& self = self_of<iterator_object>(by, given, object_type::iterator, "iterator", "__next__", 0, 0);
  const value result = self.next(by);
  if (!result.defined()) raise(by, exceptions::StopIteration(), "");
  return result;
}
value iter_method(thread_state& by, const arguments& given) {
  auto& self = self_of<iterator_object>(by, given, object_type::iterator, "iterator", "__iter__", 0, 0);
  return value(&self);
}

constexpr native_entry methods[] = {{"__next__", next_method}, {"__iter__", iter_method}};

}  // namespace

value make_call_iterator(thread_state& by, value function, value end) {
  return value(by.process.make<call_iterator>(by, function, end));
}

const type_functions iterator_functions{.iterate = iterate_itself, .repr = write};

const class_object& iterator_class() {
  static const class_object& made = make_builtin_class("iterator", methods, nullptr);
  return made;
}
const class_object& enumerate_class() {
  static const class_object& made = make_builtin_class("enumerate", methods, make_enumerate);
  return made;
}
const class_object& zip_class() {
  static const class_object& made = make_builtin_class("zip", methods, make_zip);
  return made;
}
const class_object& map_class() {
  static const class_object& made = make_builtin_class("map", methods, make_map);
  return made;
}
const class_object& filter_class() {
  static const class_object& made = make_builtin_class("filter", methods, make_filter);
  return made;
}
const class_object& reversed_class() {
  static const class_object& made = make_builtin_class("reversed", methods, make_reversed);
  return made;
}

}  // namespace heddle::python
