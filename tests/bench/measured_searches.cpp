#include "measured_searches.hpp"

#include "jump_meter.hpp"

namespace heddle::bench {

search_costs measure_searches(benchmark::State& state, const std::function<result()>& search) {
  jump_meter meter;
  double seconds = 0;
  std::uint64_t executions = 0;
  std::uint64_t events = 0;
  for ([[maybe_unused]] auto _ : state) {
    meter.jump();
    const result ran = search();
    state.SetIterationTime(ran.elapsed_s);
    seconds += ran.elapsed_s;
    executions += ran.executions;
    events += ran.events;
  }
  return {seconds * 1e9, static_cast<double>(executions), static_cast<double>(events), meter.nanoseconds()};
}

}  // namespace heddle::bench
