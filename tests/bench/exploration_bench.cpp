// What exhaustive searches cost: DESIGN.md allows 1 us and 0.1 us an event for an execution.
//
// The jump is measured in the same run, so that the numbers of two machines can be compared.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <stdexcept>
#include <string>

#include <heddle/heddle.hpp>

#include "../../scenarios/table.hpp"
#include "measured_searches.hpp"

namespace {

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
  const heddle::bench::search_costs costs = heddle::bench::measure_searches(state, [&] {
    heddle::result ran = heddle::explore(body, with);
    if (!ran.exhaustive) throw std::logic_error(std::string(which.scenario) + " was not explored to its end");
    return ran;
  });
  const double microseconds = costs.nanoseconds / 1e3 / costs.executions;
  const double each = costs.events / costs.executions;
  state.counters["us_per_execution"] = microseconds;
  state.counters["events_per_execution"] = each;
  state.counters["share_of_aim"] = microseconds / (1 + 0.1 * each);
  state.counters["jumps_per_execution"] = costs.jumps_per(costs.executions);
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
