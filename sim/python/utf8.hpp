// Strings as code points.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace heddle::python {

/** A code point, and how many bytes it takes. */
struct decoded {
  char32_t code_point = 0;
  std::size_t length = 1;
};

/** The code point that `text` starts with; nothing where no UTF-8 stands there. Lone surrogates are taken, since
 * Python's strings may have them. */
[[nodiscard]] std::optional<decoded> decode(std::string_view text) noexcept;

/** Appends a code point; nothing beyond U+10FFFF may come. */
void encode(char32_t code_point, std::string& to);

}  // namespace heddle::python
