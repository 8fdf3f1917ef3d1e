#include "python/types/sequences.hpp"

#include <algorithm>

#include "python/types/type_functions.hpp"

namespace heddle::python {

std::vector<value>& items_in(heap_object& sequence) noexcept {
  return sequence.type() == object_type::list ? static_cast<list_object&>(sequence).items
                                              : static_cast<tuple_object&>(sequence).items;
}

heap_object& as_read(thread_state& by, heap_object& sequence) {
  reading(by, sequence);
  const bool changes = sequence.type() == object_type::list && sequence.is_shared() && by.process.is_free_threaded();
  return changes ? *make_list(by, items_in(sequence)).object : sequence;
}

std::vector<value> sliced(thread_state& by, const std::vector<value>& items, const slice_object& what) {
  const slice_range range = resolve(by, what, items);
  std::vector<value> result;
  make_room(by, result, static_cast<std::size_t>(range.count));
  std::int64_t at = range.start;
  for (std::int64_t each = 0; each < range.count; ++each, at += range.step) {
    result.push_back(items[static_cast<std::size_t>(at)]);
  }
  return result;
}

std::vector<value> repeated(thread_state& by, const std::vector<value>& items, value times) {
  const std::uint64_t count = times_of(by, times);
  std::vector<value> result;
  if (count == 0 || items.empty()) return result;
  charge_many(by, count, items.size() * sizeof(value));
  result.reserve(items.size() * count);
  for (std::uint64_t each = 0; each < count; ++each) result.insert(result.end(), items.begin(), items.end());
  return result;
}

std::vector<value> concatenated(thread_state& by, const std::vector<value>& first, const std::vector<value>& second) {
  std::vector<value> result;
  make_room(by, result, first.size() + second.size());
  result.insert(result.end(), first.begin(), first.end());
  result.insert(result.end(), second.begin(), second.end());
  return result;
}

bool equal_items(thread_state& by, heap_object& left, heap_object& right) {
  const std::vector<value>& first = items_in(as_read(by, left));
  const std::vector<value>& second = items_in(as_read(by, right));
  if (first.size() != second.size()) return false;
  for (std::size_t at = 0; at < first.size() && at < second.size(); ++at) {
    if (!equal(by, first[at], second[at])) return false;
  }
  return first.size() == second.size();
}

bool ordered_items(thread_state& by, comparison what, heap_object& left, heap_object& right) {
  const std::vector<value>& first = items_in(as_read(by, left));
  const std::vector<value>& second = items_in(as_read(by, right));
  for (std::size_t at = 0; at < first.size() && at < second.size(); ++at) {
    const value a = first[at];
    const value b = second[at];
    if (!equal(by, a, b)) return truth(by, compare(by, what, a, b));
  }
  switch (what) {
    case comparison::less: return first.size() < second.size();
    case comparison::less_equal: return first.size() <= second.size();
    case comparison::greater: return first.size() > second.size();
    default: return first.size() >= second.size();
  }
}

std::int64_t place_of_item(thread_state& by, heap_object& in, value item, std::int64_t start, std::int64_t stop) {
  const std::vector<value>& items = items_in(as_read(by, in));
  for (std::int64_t at = start; at < stop && at < static_cast<std::int64_t>(items.size()); ++at) {
    if (equal(by, items[static_cast<std::size_t>(at)], item)) return at;
  }
  return -1;
}

bool contains_item(thread_state& by, heap_object& in, value item) {
  return place_of_item(by, in, item, 0, INT64_MAX) >= 0;
}

std::int64_t count_of_item(thread_state& by, heap_object& in, value item) {
  const std::vector<value>& items = items_in(as_read(by, in));
  std::int64_t result = 0;
  for (std::size_t at = 0; at < items.size(); ++at) result += equal(by, items[at], item) ? 1 : 0;
  return result;
}

value sequence_index(thread_state& by, const arguments& given, heap_object& self) {
  const auto length = static_cast<std::int64_t>(items_in(self).size());
  const value item = given.positional[1];
  const std::int64_t at = place_of_item(by, self, item, clamped_index(by, argument(given, 2), 0, length),
                                        clamped_index(by, argument(given, 3), length, length));
  if (at < 0) {
    raise(by, exceptions::ValueError(),
          self.type() == object_type::list ? repr(by, item) + " is not in list" : "tuple.index(x): x not in tuple");
  }
  return value(at);
}

namespace {

class items_iterator final : public iterator_object {
 public:
  explicit items_iterator(heap_object& over) : over_(&over) {}
  value next(thread_state& by) override {
    if (over_ == nullptr) return {};
    reads_item(by, *over_, at_);
    const std::vector<value>& items = items_in(*over_);
    if (at_ < items.size()) return items[at_++];
    over_ = nullptr;  // also if the list grows later
    return {};
  }
  void visit(const visitor& see) override {
    if (over_ == nullptr) return;
    value of(over_);
    see(of);
    over_ = of.object;
  }

 private:
  heap_object* over_;
  std::size_t at_ = 0;
};

/** An item with its key. */
struct keyed {
  value key;
  value item;
};

/** Merges runs of growing length. Not std::stable_sort: a program's comparisons need not make sense, and may raise. */
template <class Less>
void merge_sort(std::vector<keyed>& items, Less&& comes_before) {
  std::vector<keyed> other(items.size());
  for (std::size_t width = 1; width < items.size(); width *= 2) {
    for (std::size_t start = 0; start < items.size(); start += 2 * width) {
      const std::size_t middle = std::min(start + width, items.size());
      const std::size_t end = std::min(start + 2 * width, items.size());
      std::size_t left = start;
      std::size_t right = middle;
      for (std::size_t to = start; to < end; ++to) {
        const bool take_right = right < end && (left >= middle || comes_before(items[right].key, items[left].key));
        other[to] = items[take_right ? right++ : left++];
      }
    }
    items.swap(other);
  }
}

}  // namespace

value sequence_iterator(thread_state& by, heap_object& over) {
  return value(by.process.make<items_iterator>(by, over));
}

void sort_items(thread_state& by, std::vector<value>& items, value key, bool reverse) {
  charge_many(by, items.size(), 2 * sizeof(keyed));
  std::vector<keyed> sorted;
  sorted.reserve(items.size());
  const bool has_key = key.defined() && !key.is_none();
  for (const value item : items) sorted.push_back({has_key ? call(by, key, {item}) : item, item});
  if (reverse) std::ranges::reverse(sorted);
  if (std::ranges::all_of(sorted, [](const keyed& each) { return each.key.is_integer(); })) {
    merge_sort(sorted, [](value a, value b) { return a.number < b.number; });
  } else {
    merge_sort(sorted, [&](value a, value b) { return less(by, a, b); });
  }
  if (reverse) std::ranges::reverse(sorted);
  for (std::size_t at = 0; at < items.size(); ++at) items[at] = sorted[at].item;
}

}  // namespace heddle::python
