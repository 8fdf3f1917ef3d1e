// Keys with values, in the order in which they were added: what dicts and sets are made of.
#pragma once

#include <cstdint>
#include <vector>

#include "python/interpreter.hpp"
#include "python/objects.hpp"

namespace heddle::python {

/**
 * A vector of entries, and an index into it by hash once there are more than a few.
 *
 * Looking for a key may call the program's __eq__, which may change the table: then the search begins again.
 */
class hash_table {
 public:
  struct entry {
    std::uint64_t hash = 0;
    value key;  ///< undefined: removed
    value held;
  };
  static constexpr std::size_t nowhere = SIZE_MAX;

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  /** With removed ones among them. */
  [[nodiscard]] const std::vector<entry>& entries() const noexcept { return entries_; }
  [[nodiscard]] entry& at(std::size_t place) noexcept { return entries_[place]; }

  /** The place of a key; `nowhere`. */
  [[nodiscard]] std::size_t find(thread_state& by, value key);
  [[nodiscard]] std::size_t find(thread_state& by, value key, std::uint64_t hash);
  /** Puts a key in, or leaves it as it is; whether it is new. Its value is set in any case. */
  bool set(thread_state& by, value key, value held);
  bool set(thread_state& by, value key, std::uint64_t hash, value held);
  void erase(std::size_t place) noexcept;
  void clear() noexcept;
  /** The next place with a key, from `place` on; `nowhere` at the end. */
  [[nodiscard]] std::size_t next(std::size_t place) const noexcept {
    while (place < entries_.size() && !entries_[place].key.defined()) ++place;
    return place < entries_.size() ? place : nowhere;
  }
  [[nodiscard]] std::size_t last() const noexcept;

  void visit(const visitor& see);
  /** Copied to another process: objects that are hashed by identity have other hashes there. */
  void copied_elsewhere() noexcept { stale_ = true; }
  /** A copy in the same process. */
  void copy_from(thread_state& by, const hash_table& other);

 private:
  static constexpr std::size_t searched_in_order = 8;  // so few are found without an index
  void index_again(thread_state& by);
  void rebuild_index(std::size_t slots);
  void rehash(thread_state& by);

  std::vector<entry> entries_;
  std::vector<std::uint32_t> index_;  // place + 1, 0 for free; a power of two; removed entries stay in it
  std::size_t size_ = 0;
  std::uint32_t changes_ = 0;
  bool stale_ = false;
};

class dict_object final : public heap_object {
 public:
  dict_object();
  hash_table table;
  void visit(const visitor& see) override;
  heap_object* copy(interpreter& to) const override;
};

/** A set or a frozenset. Iterates in the order in which items were added, unlike CPython's. */
class set_object final : public heap_object {
 public:
  explicit set_object(const class_object& of);
  hash_table table;
  [[nodiscard]] bool is_frozen() const noexcept;
  void visit(const visitor& see) override;
  heap_object* copy(interpreter& to) const override;
};

[[nodiscard]] inline dict_object* as_dict(value of) noexcept { return as<dict_object>(of, object_type::dict); }
[[nodiscard]] inline set_object* as_set(value of) noexcept { return as<set_object>(of, object_type::set); }

/** Which part of a dict's entries. */
enum class entry_part : std::uint8_t { key, held, pair };

/** Iterates over a table; `owner` is its dict or set, and is named in "changed size during iteration". */
[[nodiscard]] value table_iterator(thread_state& by, heap_object& owner, hash_table& table, entry_part part,
                                   bool backwards = false);
[[nodiscard]] value part_of(thread_state& by, const hash_table::entry& of, entry_part part);

/** A dict or a set, read in one event. Without the interpreter's lock others may change it from the next event on: then
 * this is a copy that nobody else knows. */
[[nodiscard]] dict_object& as_read(thread_state& by, dict_object& of);
[[nodiscard]] set_object& as_read(thread_state& by, set_object& of);

/** Puts what a mapping holds, or an iterable of pairs, into a dict (dict.update). */
void update_dict(thread_state& by, dict_object& to, value from);
/** The value of a key; undefined if there is none. */
[[nodiscard]] value dict_find(thread_state& by, dict_object& in, value key);
void dict_set(thread_state& by, dict_object& in, value key, value to);
void set_add(thread_state& by, set_object& to, value item);

}  // namespace heddle::python
