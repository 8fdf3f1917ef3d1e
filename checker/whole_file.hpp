// Files that are written whole or not at all.
#pragma once

#include <string>
#include <string_view>

namespace heddle::checker {

/**
 * Replaces the file's content, or makes the file. Whenever the process or the machine stops, the file has its old
 * content or the new one: it is written under another name beside it (".new" is added), and renamed when it is on the
 * disk. Throws request_error if that is not possible, or if `name` is something else than a file.
 */
void replace_file(const std::string& name, std::string_view content);

}  // namespace heddle::checker
