// Files that the user names.
#pragma once

#include <string>
#include <string_view>

namespace heddle::checker {

/** All that is in the file; throws request_error if that is nothing. `what` is what it should hold: "a schedule". */
[[nodiscard]] std::string read_file(const std::string& name, std::string_view what);

}  // namespace heddle::checker
