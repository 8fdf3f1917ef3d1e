// Strings as code points: where they start, and what kinds of characters they are.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace heddle::python {

/** Whether a byte is not the first one of its code point. */
[[nodiscard]] inline bool continues(char byte) noexcept { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }
[[nodiscard]] std::size_t count_code_points(std::string_view text) noexcept;
/** The byte at which the code point of this number starts; the text's size behind the last one. */
[[nodiscard]] std::size_t byte_of(std::string_view text, std::size_t code_point) noexcept;
/** How many bytes the first code point takes; `text` is not empty. */
[[nodiscard]] std::size_t first_length(std::string_view text) noexcept;

[[nodiscard]] inline bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
[[nodiscard]] inline bool is_upper(char c) noexcept { return c >= 'A' && c <= 'Z'; }
[[nodiscard]] inline bool is_lower(char c) noexcept { return c >= 'a' && c <= 'z'; }
[[nodiscard]] inline char to_upper(char c) noexcept { return is_lower(c) ? static_cast<char>(c - 32) : c; }
[[nodiscard]] inline char to_lower(char c) noexcept { return is_upper(c) ? static_cast<char>(c + 32) : c; }
/** Bytes beyond ASCII belong to letters here: the words of most scripts are letters without case. */
[[nodiscard]] inline bool is_letter(char c) noexcept {
  return is_upper(c) || is_lower(c) || static_cast<unsigned char>(c) >= 128;
}
/** Space as str.split and str.strip see it: how many bytes of it `text` starts with; 0 if it does not. */
[[nodiscard]] std::size_t space_length(std::string_view text) noexcept;
/** The same at its end. */
[[nodiscard]] std::size_t space_length_at_end(std::string_view text) noexcept;

}  // namespace heddle::python
