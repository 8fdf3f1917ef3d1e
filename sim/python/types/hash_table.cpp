#include "python/types/hash_table.hpp"

#include <algorithm>

#include "python/errors.hpp"
#include "python/operators.hpp"
#include "python/types/making.hpp"

namespace heddle::python {
namespace {

/** Whether two keys are equal without asking the program. */
[[nodiscard]] bool plainly_equal(value a, value b) {
  if (same(a, b)) return true;
  const string_object* first = as_string(a);
  const string_object* second = as_string(b);
  return first != nullptr && second != nullptr && first->text == second->text;
}

[[nodiscard]] bool never_equal(value a, value b) {
  if (a.is_integer() && b.is_integer()) return true;  // and not the same
  return as_string(a) != nullptr && as_string(b) != nullptr;
}

/** Spreads hashes that differ in their upper bits only. */
[[nodiscard]] std::size_t slot_of(std::uint64_t hash, std::size_t slots) {
  return static_cast<std::size_t>((hash * 0x9E3779B97F4A7C15U) >> 32U) & (slots - 1);
}

}  // namespace

std::size_t hash_table::find(thread_state& by, value key) {
  if (stale_) rehash(by);
  return find(by, key, hash(by, key));
}

std::size_t hash_table::find(thread_state& by, value key, std::uint64_t hash) {
  if (stale_) rehash(by);
  while (true) {
    const std::uint32_t changes_before = changes_;
    // Whether this entry is the key; nothing if the table has changed meanwhile.
    const auto matches = [&](std::size_t place) -> std::optional<bool> {
      const entry& candidate = entries_[place];
      if (!candidate.key.defined() || candidate.hash != hash) return false;
      if (plainly_equal(candidate.key, key)) return true;
      if (never_equal(candidate.key, key)) return false;
      const bool result = equal(by, candidate.key, key);
      if (changes_ != changes_before) return std::nullopt;
      return result;
    };
    bool again = false;
    if (index_.empty()) {
      for (std::size_t place = 0; place < entries_.size() && !again; ++place) {
        const std::optional<bool> found = matches(place);
        if (found && *found) return place;
        again = !found;
      }
    } else {
      for (std::size_t slot = slot_of(hash, index_.size()); index_[slot] != 0 && !again;
           slot = (slot + 1) & (index_.size() - 1)) {
        const std::optional<bool> found = matches(index_[slot] - 1);
        if (found && *found) return index_[slot] - 1;
        again = !found;
        if (again) break;
      }
    }
    if (!again) return nowhere;
  }
}

bool hash_table::set(thread_state& by, value key, value held) {
  if (stale_) rehash(by);
  return set(by, key, hash(by, key), held);
}

bool hash_table::set(thread_state& by, value key, std::uint64_t hash, value held) {
  const std::size_t place = find(by, key, hash);
  if (place != nowhere) {
    entries_[place].held = held;
    return false;
  }
  if (entries_.size() == entries_.capacity()) index_again(by);
  entries_.push_back({hash, key, held});
  ++size_;
  ++changes_;
  if (entries_.size() > searched_in_order) {
    if (index_.size() < 2 * entries_.size()) {
      std::size_t slots = 32;
      while (slots < 3 * entries_.size()) slots *= 2;
      rebuild_index(slots);
    } else {
      std::size_t slot = slot_of(hash, index_.size());
      while (index_[slot] != 0) slot = (slot + 1) & (index_.size() - 1);
      index_[slot] = static_cast<std::uint32_t>(entries_.size());
    }
  }
  return true;
}

/** The entries' vector is full: drops what has been removed, or makes room. */
void hash_table::index_again(thread_state& by) {
  if (size_ < entries_.size() / 2) {
    std::erase_if(entries_, [](const entry& each) { return !each.key.defined(); });
    if (entries_.size() <= searched_in_order) {
      index_.clear();
    } else {
      rebuild_index(index_.size());
    }
    return;
  }
  const std::size_t capacity = std::max<std::size_t>(4, entries_.capacity() * 2);
  if (capacity > UINT32_MAX / 4) raise(by, exceptions::MemoryError(), "");
  charge_many(by, capacity - entries_.capacity(), sizeof(entry) + 4 * sizeof(std::uint32_t));
  entries_.reserve(capacity);
}

void hash_table::rebuild_index(std::size_t slots) {
  index_.assign(slots, 0);
  for (std::size_t place = 0; place < entries_.size(); ++place) {
    if (!entries_[place].key.defined()) continue;
    std::size_t slot = slot_of(entries_[place].hash, slots);
    while (index_[slot] != 0) slot = (slot + 1) & (slots - 1);
    index_[slot] = static_cast<std::uint32_t>(place) + 1;
  }
}

void hash_table::rehash(thread_state& by) {
  stale_ = false;
  for (std::size_t place = 0; place < entries_.size(); ++place) {
    if (!entries_[place].key.defined()) continue;
    const std::uint64_t now = hash(by, entries_[place].key);
    entries_[place].hash = now;
  }
  if (!index_.empty()) rebuild_index(index_.size());
}

void hash_table::erase(std::size_t place) noexcept {
  entries_[place].key = value{};
  entries_[place].held = value{};
  --size_;
  ++changes_;
  if (size_ == 0) clear();
}

void hash_table::clear() noexcept {
  entries_.clear();
  index_.clear();
  size_ = 0;
  ++changes_;
}

std::size_t hash_table::last() const noexcept {
  for (std::size_t place = entries_.size(); place > 0; --place) {
    if (entries_[place - 1].key.defined()) return place - 1;
  }
  return nowhere;
}

void hash_table::visit(const visitor& see) {
  for (entry& each : entries_) {
    if (!each.key.defined()) continue;
    see(each.key);
    if (each.held.defined()) see(each.held);
  }
}

void hash_table::copy_from(thread_state& by, const hash_table& other) {
  charge_many(by, other.entries_.size(), sizeof(entry) + 4 * sizeof(std::uint32_t));
  entries_ = other.entries_;
  index_ = other.index_;
  size_ = other.size_;
  stale_ = other.stale_;
  ++changes_;
}

dict_object& as_read(thread_state& by, dict_object& of) {
  reading(by, of);
  if (!of.is_shared() || !by.process.is_free_threaded()) return of;
  auto* const made = by.process.make<dict_object>(by);
  made->table.copy_from(by, of.table);
  return *made;
}

set_object& as_read(thread_state& by, set_object& of) {
  reading(by, of);
  if (!of.is_shared() || !by.process.is_free_threaded()) return of;
  auto* const made = by.process.make<set_object>(by, of.of_class());
  made->table.copy_from(by, of.table);
  return *made;
}

// ---- iteration

namespace {

class entry_iterator final : public iterator_object {
 public:
  entry_iterator(heap_object& owner, hash_table& table, entry_part part, bool backwards)
      : owner_(&owner), table_(&table), size_(table.size()), part_(part), backwards_(backwards) {
    if (backwards) place_ = table.entries().size();
  }

  value next(thread_state& by) override {
    if (owner_ == nullptr) return {};
    reads_item(by, *owner_, place_);
    if (table_->size() != size_) {
      size_ = SIZE_MAX;  // it stays so
      raise(by, exceptions::RuntimeError(),
            std::string(owner_->type() == object_type::dict ? "dictionary" : "Set") + " changed size during iteration");
    }
    if (backwards_) {
      place_ = std::min(place_, table_->entries().size());
      while (place_ > 0 && !table_->entries()[place_ - 1].key.defined()) --place_;
      if (place_ > 0) return part_of(by, table_->entries()[--place_], part_);
    } else {
      place_ = table_->next(place_);
      if (place_ != hash_table::nowhere) return part_of(by, table_->entries()[place_++], part_);
    }
    owner_ = nullptr;
    return {};
  }

  void visit(const visitor& see) override {
    if (owner_ == nullptr) return;
    value of(owner_);
    see(of);
    if (of.object == owner_) return;
    owner_ = of.object;
    table_ = owner_->type() == object_type::dict ? &static_cast<dict_object*>(owner_)->table
                                                 : &static_cast<set_object*>(owner_)->table;
  }

 private:
  heap_object* owner_;
  hash_table* table_;
  std::size_t place_ = 0;
  std::size_t size_;
  entry_part part_;
  bool backwards_;
};

}  // namespace

value part_of(thread_state& by, const hash_table::entry& of, entry_part part) {
  switch (part) {
    case entry_part::key: return of.key;
    case entry_part::held: return of.held;
    case entry_part::pair: break;
  }
  return make_tuple(by, {of.key, of.held});
}

value table_iterator(thread_state& by, heap_object& owner, hash_table& table, entry_part part, bool backwards) {
  return value(by.process.make<entry_iterator>(by, owner, table, part, backwards));
}

}  // namespace heddle::python
