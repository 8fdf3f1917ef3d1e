// Files that the user names.
#pragma once

#include <string>
#include <string_view>

namespace heddle::checker {

/** All that is in the file; throws request_error if that is nothing. `what` is what it should hold: "a schedule". */
[[nodiscard]] std::string read_file(const std::string& name, std::string_view what);

/** All that is in the file, which may be nothing; `-`: in standard input. Throws request_error if it cannot be read. */
[[nodiscard]] std::string read_output(const std::string& name);

}  // namespace heddle::checker
