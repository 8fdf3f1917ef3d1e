// Whose a piece of code is: the program's under test, Heddle's or the system's.
#pragma once

#include <elfutils/libdw.h>

#include <string_view>

namespace heddle::checker {

/**
 * Whether code in `file`, or where that is null in the file that declares `function`, belongs to the program. `symbol`
 * may be a mangled name that the debug information does not give.
 */
[[nodiscard]] bool is_programs(const char* file, Dwarf_Die function, std::string_view symbol = {});

/** The same without a function, so that a file that may be Heddle's is not counted to the program. */
[[nodiscard]] bool is_surely_programs(const char* file);

/** Of a function without debug information: whether it can stand between an operation and the program's code. */
[[nodiscard]] bool is_passed_over(std::string_view symbol);

}  // namespace heddle::checker
