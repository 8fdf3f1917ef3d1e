// What is shown of bytecodes and exceptions.
#pragma once

#include <string>

#include "python/interpreter.hpp"

namespace heddle::python {

/** "ValueError: no". */
[[nodiscard]] std::string summary(thread_state& by, const exception_object& exception);
/** As Python prints it, with those that it was raised from or during, and a newline at the end. */
[[nodiscard]] std::string traceback_text(thread_state& by, const exception_object& exception);
/** settings::on_bytecode is told of the instruction that comes next. */
void show_bytecode(thread_state& by);

}  // namespace heddle::python
