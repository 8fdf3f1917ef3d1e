// Text that can be pasted into a shell.
#pragma once

#include <string>
#include <string_view>

namespace heddle::checker {

/** `word` as one word of a POSIX shell: quoted if it has to be. */
[[nodiscard]] std::string quote_for_shell(std::string_view word);

}  // namespace heddle::checker
