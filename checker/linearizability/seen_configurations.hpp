// Lowe's cache: the configurations that a search has been to.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <heddle/linearizability.hpp>

namespace heddle::checker {

/** A set of configurations: the position in each chain, and the state. Flat, and exact: no two are taken for one. */
class seen_configurations {
 public:
  explicit seen_configurations(std::size_t chains) : length_(chains + 1), slots_(64, empty) {}

  /** Adds a configuration; whether it is new. */
  bool insert(std::span<const std::uint32_t> positions, state_id state);

  [[nodiscard]] std::size_t size() const noexcept { return count_; }
  /** What their keys take. */
  [[nodiscard]] std::size_t bytes() const noexcept { return keys_.size() * sizeof(std::uint32_t); }

 private:
  static constexpr std::size_t empty = 0;

  [[nodiscard]] std::span<const std::uint32_t> key(std::size_t number) const {
    return std::span(keys_).subspan(number * length_, length_);
  }
  /** The slot that holds the key, or the empty one where it belongs. */
  [[nodiscard]] std::size_t slot_of(std::span<const std::uint32_t> key) const;
  void grow();

  std::size_t length_;  // of a key
  std::size_t count_ = 0;
  std::vector<std::uint32_t> keys_;  // one after the other
  std::vector<std::size_t> slots_;   // open addressing; the key's number plus one
};

}  // namespace heddle::checker
