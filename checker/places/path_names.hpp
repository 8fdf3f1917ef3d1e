// Names of source files and of libraries: how reports print them, and what they say about whose code it is. All of it
// goes by the text alone, not by what exists.
#pragma once

#include <string>
#include <string_view>

namespace heddle::checker {

/**
 * A path as reports print it: without `.`, without `..` where they can be resolved or lead the path, and relative where
 * it is below `directory`, an absolute path.
 */
[[nodiscard]] std::string tidy_path(std::string_view path, std::string_view directory);

/** The part of `path` that comes after `directory`; the whole path where it is not below that. */
[[nodiscard]] std::string_view relative_path(std::string_view path, std::string_view directory);

/** Whether it is a header of the standard library, in which calls by the program stand but none of its code. */
[[nodiscard]] bool in_standard_library(std::string_view path);

/** Whether it is a header of the system's or of Heddle's. */
[[nodiscard]] bool in_foreign_header(std::string_view path);

/** Whether a loaded file, of which no code is the program's, came with the system. */
[[nodiscard]] bool in_system_library(std::string_view path);

/** Any program may have directories of these names, so it needs a look at the namespace as well. */
[[nodiscard]] bool in_directory_like_heddles(std::string_view path);

}  // namespace heddle::checker
