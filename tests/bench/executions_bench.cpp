// What an execution costs, in raw context jumps, and how many allocations it makes.
//
// The two programs whose cost DESIGN.md limits are `load_store` (at most 40 jumps an execution) and `locked`
// (at most 130), both at random.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <new>

#include <heddle/heddle.hpp>

#include "jump_meter.hpp"
#include "measured_searches.hpp"

namespace {

std::uint64_t allocations = 0;

}  // namespace

// Not inlined, or g++ takes the pair of new and free for a mistake.
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t /*size*/) noexcept { std::free(memory); }

namespace {

using heddle::bench::jump_meter;

/** Two threads that each load and then store one atomic. */
void load_store() {
  heddle::atomic<int> x{0};
  const auto increment = [&] { x.store(x.load() + 1); };
  heddle::thread a(increment);
  heddle::thread b(increment);
  a.join();
  b.join();
}

/** Three threads that each twice lock, increment and unlock. */
void locked() {
  heddle::mutex mutex;
  int count = 0;
  const auto increment_twice = [&] {
    for (int i = 0; i < 2; ++i) {
      mutex.lock();
      ++count;
      mutex.unlock();
    }
  };
  heddle::thread a(increment_twice);
  heddle::thread b(increment_twice);
  heddle::thread c(increment_twice);
  a.join();
  b.join();
  c.join();
}

/** The same with a variable whose accesses are events, and checked for races. */
void locked_shared() {
  heddle::mutex mutex;
  heddle::shared<int> count(0);
  const auto increment_twice = [&] {
    for (int i = 0; i < 2; ++i) {
      mutex.lock();
      count += 1;
      mutex.unlock();
    }
  };
  heddle::thread a(increment_twice);
  heddle::thread b(increment_twice);
  heddle::thread c(increment_twice);
  a.join();
  b.join();
  c.join();
}

/** One thread, many events, hardly any switch: what an event costs. */
void long_thread() {
  heddle::atomic<int> x{0};
  heddle::thread other([&] { x.store(1); });
  other.join();
  for (int i = 0; i < 1000; ++i) x.fetch_add(1);
}

/** One thread that starts and joins another. */
void start_join() {
  heddle::thread other([] {});
  other.join();
}

void jump(benchmark::State& state) {
  jump_meter meter;
  for ([[maybe_unused]] auto _ : state) meter.jump();
  state.counters["ns_per_jump"] = meter.nanoseconds();
}
BENCHMARK(jump);

using search = heddle::result (*)(const heddle::program&, const heddle::options&);

// The counters are ratios, since the machine is noisy.
void executions(benchmark::State& state, search run, void (*program)()) {
  heddle::options with;
  with.keep_going = true;  // and with.executions stays at its default, 10,000
  const heddle::program body = program;
  const heddle::bench::search_costs costs = heddle::bench::measure_searches(state, [&] { return run(body, with); });
  // What is allocated more in twice as many executions is what they allocate in the steady state.
  const auto allocated_in = [&](std::uint64_t count) {
    with.executions = count;
    const std::uint64_t before = allocations;
    benchmark::DoNotOptimize(run(body, with));
    return allocations - before;
  };
  const std::uint64_t base = allocated_in(10'000);
  const auto more = static_cast<double>(allocated_in(20'000)) - static_cast<double>(base);
  state.counters["jumps_per_execution"] = costs.jumps_per(costs.executions);
  state.counters["jumps_per_event"] = costs.jumps_per(costs.events);
  state.counters["ns_per_event"] = costs.nanoseconds / costs.events;
  state.counters["ns_per_jump"] = costs.ns_per_jump;
  // An exhaustive search makes the same executions whatever with.executions says: there the difference is 0 of itself.
  state.counters["allocations_per_execution"] = more / 10'000;
}
BENCHMARK_CAPTURE(executions, random_load_store, heddle::fuzz, load_store)->UseManualTime();
BENCHMARK_CAPTURE(executions, random_locked, heddle::fuzz, locked)->UseManualTime();
BENCHMARK_CAPTURE(executions, random_locked_shared, heddle::fuzz, locked_shared)->UseManualTime();
BENCHMARK_CAPTURE(executions, random_long_thread, heddle::fuzz, long_thread)->UseManualTime();
BENCHMARK_CAPTURE(executions, random_start_join, heddle::fuzz, start_join)->UseManualTime();
BENCHMARK_CAPTURE(executions, dfs_locked, heddle::explore, locked)->UseManualTime();

}  // namespace

BENCHMARK_MAIN();
