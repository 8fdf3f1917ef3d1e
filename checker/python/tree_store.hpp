// Trees of sources that were parsed before.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace heddle::checker::python {

/**
 * A tree as it is stored: with the source that it is of, so that it is never taken for another's.
 *
 * Files of this form lie in the cache; and beside programs that ship, as NAME.py.tree, so that these run where there
 * is no python3.
 */
[[nodiscard]] std::string stored_tree(std::string_view source, std::string_view tree);

/** The tree, if `stored` is one of this source; nothing if it is of another, of another version, or broken. */
[[nodiscard]] std::optional<std::string> tree_in(std::string_view stored, std::string_view source);

/** The file beside a program that may hold its tree. */
[[nodiscard]] std::string tree_file_of(const std::string& program);

/**
 * Where the tree of a source is cached: under $XDG_CACHE_HOME or ~/.cache, in heddle/python, by content. Empty where
 * neither is set.
 */
[[nodiscard]] std::string cached_tree_file(std::string_view source);

/** Stores a file, or, where that is not possible, does not: a cache that cannot be written costs time only. */
void try_to_store(const std::string& file, std::string_view content) noexcept;

/** A file's first `most` bytes; nothing if it cannot be read. */
[[nodiscard]] std::optional<std::string> content_of(const std::string& file, std::size_t most);

}  // namespace heddle::checker::python
