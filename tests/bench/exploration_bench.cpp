// What exhaustive searches cost: DESIGN.md allows 1 us and 0.1 us an event for an execution.
//
// The jump is measured in the same run, so that the numbers of two machines can be compared.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <string>

#include <heddle/heddle.hpp>

#include "../../scenarios/table.hpp"
#include "jump_meter.hpp"

namespace {

using heddle::bench::jump_meter;

/** A scenario and the size at which it is explored; without a parameter, as it is by default. */
struct measured {
  const char* scenario;
  const char* parameter;
  const char* value;
};

constexpr measured programs[] = {
    {"counts/readers", "n", "14"},     {"counts/lastwrite", "n", "8"},    {"counts/inc", "n", "5"},
    {"counts/account", "n", "5"},      {"counts/philo", "n", "8"},        {"philosophers", nullptr, nullptr},
    {"counts/indexer_cas", "n", "15"}, {"counts/indexer_mtx", "n", "15"},
};

void exploration(benchmark::State& state, const measured& which) {
  const heddle::scenario_table all = heddle::scenarios::all();
  const auto found = std::ranges::find(all, std::string(which.scenario), &heddle::scenario::name);
  if (found == all.end()) throw std::out_of_range("no scenario is called " + std::string(which.scenario));
  heddle::arguments values(found->parameters);
  if (which.parameter != nullptr) values.set(which.parameter, which.value);
  const heddle::program body = [&] { found->body(values); };

  heddle::options with;
  with.keep_going = true;
  jump_meter meter;
  double seconds = 0;
  std::uint64_t made = 0;
  std::uint64_t events = 0;
  for ([[maybe_unused]] auto _ : state) {
    meter.jump();
    const heddle::result ran = heddle::explore(body, with);
    if (!ran.exhaustive) throw std::logic_error(std::string(which.scenario) + " was not explored to its end");
    state.SetIterationTime(ran.elapsed_s);
    seconds += ran.elapsed_s;
    made += ran.executions;
    events += ran.events;
  }
  const auto executions = static_cast<double>(made);
  const double microseconds = seconds * 1e6 / executions;
  const double each = static_cast<double>(events) / executions;
  state.counters["us_per_execution"] = microseconds;
  state.counters["events_per_execution"] = each;
  state.counters["share_of_aim"] = microseconds / (1 + 0.1 * each);
  state.counters["jumps_per_execution"] = microseconds * 1e3 / meter.nanoseconds();
}

}  // namespace

int main(int argc, char** argv) {
  for (const measured& each : programs) {
    benchmark::RegisterBenchmark(each.scenario, [&each](benchmark::State& state) {
      exploration(state, each);
    })->UseManualTime();
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
}
