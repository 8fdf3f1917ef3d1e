// Where what the program prints goes.
#pragma once

#include <string_view>

namespace heddle::python {

class thread_state;

/** Writes `text` to the program's output, or to its errors; with the interpreter's lock released, as output may block.
 */
void write_output(thread_state& by, std::string_view text, bool to_errors);

}  // namespace heddle::python
