// What is shown of bytecodes and exceptions.
#pragma once

#include <string>

#include "python/interpreter.hpp"

namespace heddle::python {

/** "ValueError: no". */
[[nodiscard]] std::string summary(thread_state& by, const exception_object& exception);
/** As Python prints it, with those that it was raised from or during, and a newline at the end. */
[[nodiscard]] std::string traceback_text(thread_state& by, const exception_object& exception);
/** Shows the instruction that comes next, with the thread, its line and its stack: sim::settings::on_instruction. */
void show_bytecode(thread_state& by);

}  // namespace heddle::python
