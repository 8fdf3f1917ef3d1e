// How the help is laid out.
#include "command_line/help.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include <heddle/history.hpp>

#include "strategies/strategy_table.hpp"

namespace heddle::checker {
namespace {

class layout final : public CLI::Formatter {
 public:
  layout() { column_width(30); }

  std::string make_usage(const CLI::App* app, std::string name) const override {
    const bool of_command = app->get_parent() != nullptr;
    const auto positionals = app->get_options([](const CLI::Option* each) { return each->get_positional(); });
    std::string result = "\nusage: " + name;
    if (!of_command) result += " COMMAND";
    for (const CLI::Option* each : positionals) result += " " + each->get_name(true);
    return result + " [OPTION...]\n";
  }

  // The usage says it already.
  std::string make_positionals(const CLI::App*) const override { return ""; }

  std::string make_option_name(const CLI::Option* which, bool is_positional) const override {
    const std::string names = CLI::Formatter::make_option_name(which, is_positional);
    return CLI::detail::find_and_replace(names, ",", ", ");
  }

  std::string make_option_opts(const CLI::Option* which) const override {
    return which->get_type_name().empty() ? "" : " " + which->get_type_name();
  }

  std::string make_option_desc(const CLI::Option* which) const override {
    const std::string variable = which->get_envname();
    return which->get_description() + (variable.empty() ? "" : " [" + variable + "]");
  }

  std::string make_group(std::string group, bool is_positional, std::vector<const CLI::Option*> of) const override {
    // The base class adds an empty line behind each group as well as before it.
    std::string text = CLI::Formatter::make_group(group, is_positional, of);
    return text.substr(group == first_group ? 0 : 1);
  }

 private:
  static constexpr std::string_view first_group = "Options";
};

std::string example(const command& which, std::string_view rest, const std::string& program, scenario_table scenarios) {
  const std::string scenario = scenarios.empty() ? "SCENARIO" : scenarios.front().name;
  const bool takes_scenario = which.takes == operand::scenario;
  return fmt::format("  {} {}{}{}{}\n", program, which.name, takes_scenario ? " " : "", takes_scenario ? scenario : "",
                     rest);
}

}  // namespace

std::shared_ptr<CLI::Formatter> help_layout() { return std::make_shared<layout>(); }

std::string help_footer(const std::string& program, scenario_table scenarios) {
  std::string result = "Examples:\n";
  for (const command& each : command_table()) result += example(each, each.examples.front(), program, scenarios);
  return result + fmt::format("\n`{} COMMAND --help` shows a command's options.", program);
}

std::string help_footer(const command& which, const std::string& program, scenario_table scenarios) {
  std::string result = which.details.empty() ? "" : std::string(which.details) + "\n\n";
  if (which.takes == operand::scenario) {
    result +=
        fmt::format("SCENARIO is a name that `{} list` shows, or a file NAME.py: a program in Python.\n\n", program);
  }
  if ((which.bit & commands::executing) != 0) {
    result += "Strategies:\n";
    for (const auto& [name, summary] : strategy_names()) result += fmt::format("  {:<28}{}\n", name, summary);
    result += '\n';
  }
  if (which.bit == commands::linearize) {
    result += "Models, and what their operations take and give:\n";
    for (const history_model& each : history_models()) {
      result += fmt::format("  {:<28}{}\n", each.name, each.summary);
      for (const std::string& operation : each.operations) result += fmt::format("    {}\n", operation);
    }
    result += '\n';
  }
  result += "Examples:\n";
  for (const std::string_view rest : which.examples) {
    if (rest != "!") result += example(which, rest, program, scenarios);
  }
  result.pop_back();  // CLI11 ends the last line
  return result;
}

}  // namespace heddle::checker
