// From argv and the environment to an invocation. CLI11 splits the arguments; the values are read by our own table,
// so that an error names what the user wrote, be it an option or an environment variable.
#include "command_line/parser.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>

#include "command_line/command.hpp"
#include "command_line/extras.hpp"
#include "command_line/help.hpp"
#include "command_line/option.hpp"
#include "report/shell.hpp"

namespace heddle::checker {
namespace {

/** CLI11's view of one command. */
struct command_parser {
  const command* what;
  CLI::App* app;
  CLI::Option* operands;              // null where the command takes none
  std::vector<CLI::Option*> options;  // as in the table of options; null where the command does not take one
};

CLI::Option* add_option(CLI::App& app, const option& which) {
  const std::string letter = which.letter != '\0' ? std::string{'-', which.letter, ','} : "";
  const std::string names = letter + "--" + std::string(which.name);
  const bool is_flag = which.value.empty();
  CLI::Option* const added = is_flag ? app.add_flag(names) : app.add_option(names, CLI::callback_t{});
  if (!is_flag) added->type_name(std::string(which.value))->take_all();
  return added->description(std::string(which.summary))->group(std::string(which.group))->envname(which.variable());
}

CLI::Option* add_several(CLI::App& app, const std::string& name, int least) {
  return app.add_option(name, CLI::callback_t{})
      ->expected(least, CLI::detail::expected_max_vector_size)
      ->allow_extra_args();
}

command_parser add_command(CLI::App& root, const command& which, scenario_table scenarios) {
  CLI::App* const app = root.add_subcommand(std::string(which.name), std::string(which.summary));
  app->group("Commands")->allow_extras();
  app->set_help_flag("-h,--help", "show this help");
  app->footer(help_footer(which, root.get_name(), scenarios));
  // With a callback, CLI11 looks into the environment only for the options of the command that was chosen.
  app->parse_complete_callback([] {});
  command_parser result{&which, app, nullptr, {}};
  if (which.takes == operand::scenario) result.operands = app->add_option("SCENARIO", CLI::callback_t{});
  if (which.takes == operand::results) result.operands = add_several(*app, "RESULT...", 1);
  if (which.takes == operand::suites) result.operands = add_several(*app, "[SUITE...]", 0);
  if (which.takes == operand::history) result.operands = app->add_option("FILE", CLI::callback_t{});
  for (const option& each : option_table()) {
    const bool taken = (each.taken_by & which.bit) != 0;
    result.options.push_back(taken ? add_option(*app, each) : nullptr);
  }
  return result;
}

void set_up(CLI::App& root, scenario_table scenarios) {
  root.formatter(help_layout());
  root.set_help_flag("-h,--help", "show this help");
  root.set_version_flag("--version", "heddle " HEDDLE_VERSION, "show the version");
  root.require_subcommand(0, 1)->allow_extras();
  root.footer(help_footer(root.get_name(), scenarios));
}

given_value value_of(const option& which, const std::string& text, value_source source) {
  if (source == value_source::environment) return {text, which.variable() + "=" + text, source};
  return {text, which.flag() + (which.value.empty() ? "=" : " ") + text, source};
}

void read_options(const command_parser& from, invocation& call) {
  const std::vector<CLI::Option*>& typed = from.app->parse_order();
  for (std::size_t i = 0; i < from.options.size(); ++i) {
    CLI::Option* const found = from.options[i];
    if (found == nullptr || found->count() == 0) continue;
    const option& which = option_table()[i];
    const bool is_typed = std::ranges::find(typed, found) != typed.end();
    if (found->count() > 1 && !which.repeatable && !which.value.empty()) {
      throw request_error(fmt::format("{} is given {} times; give it once", which.flag(), found->count()));
    }
    for (const std::string& text : found->results()) {
      const auto source = is_typed ? value_source::command_line : value_source::environment;
      const given_value value = value_of(which, text, source);
      read_option(which, call.asked, value);
      call.given[which.name] = value;
    }
  }
}

void read_operands(const command_parser& from, invocation& call) {
  if (from.operands == nullptr) return;
  const operand takes = from.what->takes;
  const bool scenario = takes == operand::scenario;
  if (from.operands->count() == 0 && takes != operand::suites) {
    if (takes == operand::history) {
      throw request_error(fmt::format("{} needs the file of a history, or - for standard input", from.what->name));
    }
    throw request_error(
        scenario ? fmt::format("{} needs the name of a scenario; `{} list` shows them", from.what->name, call.program)
                 : fmt::format("{} needs the results of all parts, as `{} explore SCENARIO --shard I/N --json FILE` "
                               "writes them",
                               from.what->name, call.program));
  }
  switch (takes) {
    case operand::scenario: call.asked.scenario = from.operands->results().front(); break;
    case operand::results:
    case operand::history: call.asked.files = from.operands->results(); break;
    case operand::suites: call.asked.suites = from.operands->results(); break;
    case operand::none: break;
  }
}

void read_command(const command_parser& from, invocation& call, const std::string& help) {
  call.chosen = from.what;
  refuse_extras(from.app->remaining(), from.what, help);
  read_operands(from, call);
  read_options(from, call);
}

/** How the program is called, to be pasted into a shell. */
std::string program_name(const std::string& path) {
  const char* const named = std::getenv("HEDDLE_PROGRAM");  // a script's own words, such as "./dev run"
  return named != nullptr && *named != '\0' ? named : quote_for_shell(path);
}

}  // namespace

parsed parse_command_line(scenario_table scenarios, property_table properties, int argc, const char* const* argv) {
  const std::string path = argc > 0 ? argv[0] : "heddle";
  parsed result{{scenarios, properties, program_name(path), nullptr, {}, {}}, ""};
  CLI::App root("Heddle: a deterministic concurrency simulator and model checker.", path.substr(path.rfind('/') + 1));
  set_up(root, scenarios);
  std::vector<command_parser> of_commands;
  for (const command& each : command_table()) of_commands.push_back(add_command(root, each, scenarios));

  std::vector<std::string> backwards;  // as CLI11 wants them
  for (int i = argc - 1; i > 0; --i) backwards.emplace_back(argv[i]);
  const std::string last = backwards.empty() ? "" : backwards.front();
  try {
    root.parse(std::move(backwards));
  } catch (const CLI::CallForHelp&) {
    result.text = root.help();
    return result;
  } catch (const CLI::CallForVersion& version) {
    result.text = std::string(version.what()) + "\n";
    return result;
  } catch (const CLI::ArgumentMismatch&) {
    throw request_error(last + " needs a value");  // the arguments ran out in the middle of an option
  }

  refuse_extras(root.remaining(), nullptr, root.get_name() + " --help");
  for (const command_parser& each : of_commands) {
    if (!each.app->parsed()) continue;
    read_command(each, result.call, fmt::format("{} {} --help", root.get_name(), each.what->name));
    return result;
  }
  std::string names;
  for (const command& each : command_table()) names.append(names.empty() ? "" : ", ").append(each.name);
  throw request_error(fmt::format("give a command: {} (see {} --help)", names, root.get_name()));
}

}  // namespace heddle::checker
