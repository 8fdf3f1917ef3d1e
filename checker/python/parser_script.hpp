// The Python program that parses Python.
#pragma once

namespace heddle::checker::python {

/**
 * For python3 (3.8 or later) -c: reads source text from standard input, and writes JSON to standard output.
 *
 * Either the tree: each node an object with its type under "_", its line under "l" (where it has one), and its fields;
 * or {"error": message, "line": number, "column": number}, counted from 1, where the source is not Python.
 */
extern const char* const parser_script;

}  // namespace heddle::checker::python
