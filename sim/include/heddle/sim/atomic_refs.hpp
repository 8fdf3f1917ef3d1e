// Which atomic variable an address stands for in the present execution.
#pragma once

#include <cstddef>
#include <string_view>

#include <heddle/sim/atomic_state.hpp>

namespace heddle::sim {

/**
 * The one state of all atomic_refs to `address` in this execution: made by the first of them, whose name it bears, and
 * kept to the end. The variable has `size` bytes. An address that is not aligned so is a misuse.
 */
[[nodiscard]] atomic_state& atomic_state_of(const void* address, std::size_t size, std::size_t alignment,
                                            std::string_view name, source_location where);

}  // namespace heddle::sim
