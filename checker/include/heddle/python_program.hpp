// Programs in Python, or of its bytecodes, as scenarios.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/python/run.hpp>
#include <heddle/scenario.hpp>

namespace heddle {

/** The parameters that every such program has: gil, interval, cost, ... */
[[nodiscard]] std::vector<parameter> python_parameters();

/** What the interpreter is told by these parameters. */
[[nodiscard]] python::settings python_settings(const arguments& values);

/** The body of a scenario that runs a program: `make` is called once for the same arguments, by whichever OS thread. */
[[nodiscard]] std::function<void(const arguments&)> runs_python(std::function<python::program(const arguments&)> make);

/**
 * A scenario that runs a Python source. It is compiled when it is first run; what is wrong with it is thrown then, as
 * request_error.
 *
 * `file` is what reports and tracebacks call it. `tree` is the syntax tree that belongs to the source, as it is stored
 * beside programs that ship; where it is empty, or of another source, python3 is needed.
 */
[[nodiscard]] scenario python_scenario(std::string name, std::string file, std::string_view source,
                                       std::string_view tree);

/** The same for a file, which is compiled at once. Throws request_error: it cannot be read, or it is outside the subset
 * of Python that docs/python.md describes. */
[[nodiscard]] scenario python_scenario_of_file(const std::string& path);

}  // namespace heddle
