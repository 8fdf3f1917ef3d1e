// The table of commands.
#include "command_line/command.hpp"

namespace heddle::checker {
namespace {

constexpr std::array all_commands{
    command{commands::list,
            "list",
            "List the scenarios and the property suites.",
            "",
            operand::none,
            {"", " --tag deadlock"},
            list_scenarios},
    command{commands::show,
            "show",
            "Show a scenario or a property suite: what is expected of it, and its parameters.",
            "",
            operand::scenario,
            {"", "!"},
            show_scenario},
    command{
        commands::run,
        "run",
        "Run a scenario once, and show what it prints.",
        "Round robin, unless a seed or a strategy says otherwise. What the program prints goes to standard output;\n"
        "the verdict goes to standard error.",
        operand::scenario,
        {" --trace", " --seed 7"},
        run_scenario},
    command{commands::explore,
            "explore",
            "Run all executions of a scenario.",
            "Ends at the first failure, or with the proof that there is none.",
            operand::scenario,
            {"", " --time-limit 1m --json result.json"},
            explore_scenario},
    command{commands::fuzz,
            "fuzz",
            "Run executions of a scenario at random.",
            "Ends at the first failure. The same seed gives the same executions, on every machine.",
            operand::scenario,
            {"", " --executions 100000 --seed 7"},
            fuzz_scenario},
    command{commands::replay,
            "replay",
            "Replay one execution of a scenario, by its seed or its schedule.",
            "Takes what a report of a failure names: either --seed or --schedule. A property suite takes --schedule.",
            operand::scenario,
            {" --seed 7 --trace", " --schedule @failure.schedule"},
            replay_scenario},
    command{commands::props,
            "props",
            "Check property suites: generated operations, and their interleavings.",
            "Without names, all of them, and whether each comes out as expected; with names, their reports. The time\n"
            "limit is for each suite. The same seed gives the same cases, on every machine.",
            operand::suites,
            {"", " --cases 1000 --seed 7 --junit props.xml"},
            check_suites},
    command{commands::merge,
            "merge",
            "Add up the results of a search in parts.",
            "Takes the JSON results of all parts, as written by `explore --shard I/N --json FILE`.",
            operand::results,
            {" 1.json 2.json", " 1.json 2.json --json -"},
            merge_results},
    command{commands::linearize,
            "linearize",
            "Check a recorded history against a sequential model.",
            "Takes JSON lines, from - standard input: who called what, and what came back, as docs/histories.md shows.",
            operand::history,
            {" --model register history.jsonl", " --model cas-register --keyed --consistency sequential -"},
            linearize_history},
};

}  // namespace

std::span<const command> command_table() { return all_commands; }

}  // namespace heddle::checker
