// Numbers in words, the same in every locale.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace heddle::checker {

/** "10,000". */
[[nodiscard]] std::string grouped(std::uint64_t number);

/** "1 execution", "10,000 executions": `one` is a word that takes an s. */
[[nodiscard]] std::string counted(std::uint64_t number, std::string_view one);

}  // namespace heddle::checker
