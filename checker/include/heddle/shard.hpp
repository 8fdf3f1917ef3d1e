// A part of a search, for a machine of its own.
#pragma once

#include <cstdint>

namespace heddle {

/** Part `index` of `count`, counted from 1: together they are the whole search. */
struct shard {
  std::uint32_t index = 1;
  std::uint32_t count = 1;

  friend bool operator==(const shard&, const shard&) = default;
};

/** How many parts a search can have. */
inline constexpr std::uint32_t most_shards = 65'535;

}  // namespace heddle
