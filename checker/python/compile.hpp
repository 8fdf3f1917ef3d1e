// From Python's source to a program for the bytecode machine.
#pragma once

#include <string>
#include <string_view>

#include <heddle/explore.hpp>
#include <heddle/python/code.hpp>

#include "syntax_tree.hpp"

namespace heddle::checker::python {

/** What is wrong with a source: one line for each thing, with its place, or one with the line of the source below. */
class source_error : public request_error {
 public:
  using request_error::request_error;
};

/**
 * Compiles a file. Its tree is taken from NAME.py.tree beside it, or else from the cache, where one of them has it;
 * else python3 parses it.
 *
 * Throws request_error: the file cannot be read, there is no python3 and it is needed, the source is no Python, or it
 * is outside the subset; then with all of the places, one a line.
 */
[[nodiscard]] heddle::python::program compile_file(const std::string& path);

/** Compiles a source; `shown_name` is what reports call it, `stored` what a file NAME.py.tree would hold for it. */
[[nodiscard]] heddle::python::program compile_source(std::string_view source, std::string shown_name,
                                                     std::string_view stored = {});

/** Compiles a tree that the parser wrote: the last step of the others. Throws malformed_tree besides. */
[[nodiscard]] heddle::python::program compile_tree(syntax_node module, std::string_view source, std::string shown_name);

/** What a file NAME.py.tree has to hold for this source: so that it runs where there is no python3. */
[[nodiscard]] std::string tree_to_ship(std::string_view source, const std::string& shown_name);

}  // namespace heddle::checker::python
