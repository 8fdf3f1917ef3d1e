// The way in: parses, runs the command, and turns what is thrown into exit codes.
#include <unistd.h>

#include <exception>
#include <string>

#include <heddle/property.hpp>
#include <heddle/scenario.hpp>
#include <heddle/sim/schedule.hpp>

#include "command_line/command.hpp"
#include "command_line/output.hpp"
#include "command_line/parser.hpp"
#include "command_line/signals.hpp"
#include "python/compile.hpp"

namespace heddle {
namespace {

constexpr int wrong_request = 2;
constexpr int internal_error = 4;

int parse_and_run(scenario_table scenarios, property_table properties, int argc, const char* const* argv) {
  const checker::parsed what = checker::parse_command_line(scenarios, properties, argc, argv);
  if (what.text.empty()) return what.call.chosen->run(what.call);
  checker::standard_stream out(STDOUT_FILENO);
  out.write(what.text);
  out.check();
  return 0;
}

int fail(int exit_code, const std::string& text) {
  checker::say(text);
  return exit_code;
}

}  // namespace

int command_line(scenario_table scenarios, int argc, const char* const* argv) {
  return command_line(scenarios, {}, argc, argv);
}

int command_line(scenario_table scenarios, property_table properties, int argc, const char* const* argv) {
  const checker::ignore_broken_pipes ignoring;
  try {
    return parse_and_run(scenarios, properties, argc, argv);
  } catch (const checker::python::source_error& error) {
    checker::say_lines(error.what());
    return wrong_request;
  } catch (const request_error& error) {
    return fail(wrong_request, error.what());
  } catch (const sim::schedule_error& error) {
    return fail(wrong_request, error.what());
  } catch (const std::exception& error) {
    return fail(internal_error, "internal error: " + std::string(error.what()) + " (please report it)");
  } catch (...) {
    return fail(internal_error, "internal error: an exception of unknown type (please report it)");
  }
}

}  // namespace heddle
