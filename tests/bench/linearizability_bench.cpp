// What the check of a long history costs: by how many processes and keys, and the configurations that it takes.
#include <benchmark/benchmark.h>

#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include <heddle/history.hpp>

namespace {

using heddle::history_value;

/** Reads and writes of registers that happen at once at some moment between call and return, so that it holds. */
heddle::recorded_history draw(std::size_t operations, std::size_t processes, std::size_t keys) {
  struct process {
    bool open = false;
    bool happened = false;
    std::size_t operation = 0;
  };
  std::mt19937_64 drawn(1);
  std::vector<process> all(processes);
  std::vector<history_value> registers(keys);
  heddle::recorded_history history;
  std::size_t returned = 0;
  for (std::uint64_t now = 1; returned < operations; ++now) {
    const std::size_t who = drawn() % processes;
    process& one = all[who];
    if (!one.open) {
      if (history.operations.size() == operations) continue;
      one = {true, false, history.operations.size()};
      const bool writes = drawn() % 2 == 0;
      const history_value written = writes ? history_value(drawn() % 5) : history_value();
      history.operations.push_back(
          {std::to_string(who), writes ? "write" : "read", history_value::list{drawn() % keys, written}, {}, now});
      continue;
    }
    heddle::recorded_operation& operation = history.operations[one.operation];
    const history_value& key = operation.argument.as_list()->front();
    if (!one.happened) {
      history_value& cell = registers[static_cast<std::size_t>(*key.as_number())];
      if (operation.name == "write") cell = operation.argument.as_list()->back();
      operation.result = history_value::list{key, cell};
      one.happened = true;
    } else {
      operation.returned = now;
      one.open = false;
      ++returned;
    }
  }
  return history;
}

void registers(benchmark::State& state) {
  const heddle::recorded_history history =
      draw(10'000, static_cast<std::size_t>(state.range(0)), static_cast<std::size_t>(state.range(1)));
  std::uint64_t configurations = 0;
  for (auto _ : state) {
    const heddle::history_result found = heddle::check_history(history, {"register", true});
    if (!found.found.holds) throw std::logic_error("a history of atomic registers does not hold");
    configurations = found.configurations;
  }
  state.counters["configurations"] = static_cast<double>(configurations);
}

BENCHMARK(registers)
    ->Name("linearizability/10000_operations")
    ->ArgNames({"processes", "keys"})
    ->Args({5, 10})
    ->Args({5, 1})
    ->Args({20, 1})
    ->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
