// How many columns of a terminal a character takes, the same in every locale.
#pragma once

namespace heddle::checker {

/** The columns that a printable character takes: 0 for what combines with the one before it, 2 for wide ones, else 1.
 */
[[nodiscard]] int character_width(char32_t character) noexcept;

}  // namespace heddle::checker
