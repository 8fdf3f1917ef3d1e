// What other frameworks say in several lines, as the one sentence that a failure's message is.
#pragma once

#include <string>
#include <string_view>

namespace heddle::checker {

/**
 * The lines of `text` in one: what is indented below a line stands in parentheses behind it, or just behind its colon,
 * and lines side by side have commas between them. Addresses (0x and at least six digits), which are others in each
 * run, become "address 1", "address 2".
 */
[[nodiscard]] std::string single_line(std::string_view text);

}  // namespace heddle::checker
