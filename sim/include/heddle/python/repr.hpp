// Values as Python's repr() shows them.
#pragma once

#include <string>
#include <string_view>

#include <heddle/python/code.hpp>

namespace heddle::python {

/**
 * "'it'", or "\"it's\"": with escapes for what is not printable. Code points that Unicode has not assigned count as
 * printable here; bytes that are no UTF-8 are shown as \x...
 */
[[nodiscard]] std::string repr(std::string_view text);

/** The fewest digits that read back as the same number: "0.1", "1e+16", "inf", "nan". */
[[nodiscard]] std::string repr(double number);

/** A constant; `of` is the program of the code objects among them. */
[[nodiscard]] std::string repr(const constant& what, const program& of);

/** What reports call a code object: <code object loop, file "loop.py", line 3>. */
[[nodiscard]] std::string repr(const code_object& what, std::string_view file);

}  // namespace heddle::python
