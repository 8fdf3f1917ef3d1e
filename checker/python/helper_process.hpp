// python3 as a helper.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace heddle::checker::python {

/** What a helper gets, and how long it may take. */
struct helper_limits {
  std::chrono::milliseconds time = std::chrono::seconds(30);
  std::size_t output = std::size_t{512} << 20U;
};

/**
 * Runs `script` in python3 with `input` as its standard input; what it wrote to standard output.
 *
 * python3 is what the environment variable HEDDLE_PYTHON names, or else what the PATH has. No shell is involved, and
 * none of Python's own settings. Throws request_error where there is no python3, or where it fails.
 */
[[nodiscard]] std::string run_python(const char* script, std::string_view input, const helper_limits& limits = {});

}  // namespace heddle::checker::python
