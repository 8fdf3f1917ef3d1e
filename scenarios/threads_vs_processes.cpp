// The same counter twice: threads of one process share it, processes do not.
#include <vector>

#include <heddle/heddle.hpp>

#include "common.hpp"
#include "programs.hpp"

namespace heddle::scenarios {
namespace {

void increment(atomic<int>& counter) {
  const int seen = counter.load();
  counter.store(seen + 1);  // another thread's store in between is lost; another process's is not seen at all
}

void count_with_threads(int workers) {
  atomic<int> counter(0, "counter of threads");
  std::vector<heddle::thread> threads;
  for (int i = 0; i < workers; ++i) threads.emplace_back("thread " + letter(i), [&] { increment(counter); });
  for (heddle::thread& each : threads) each.join();

  const int result = counter.load();
  heddle::check(result >= 1 && result <= workers, "each thread saw the counter or what another one had made of it");
  if (result < workers) heddle::reachable("threads: an update was lost");
  if (result == workers) heddle::reachable("threads: no update was lost");
}

void count_with_processes(int workers) {
  atomic<int> counter(0, "counter of processes");
  std::vector<heddle::process> processes;
  for (int i = 0; i < workers; ++i) {
    processes.emplace_back("process " + letter(i), [&] {
      increment(counter);
      return counter.load();
    });
  }
  for (heddle::process& each : processes) {
    const bool lost = each.wait() != 1;
    if (lost) heddle::reachable("processes: an update was lost");
    heddle::check(!lost, "each process counts for itself");
  }
  heddle::check(counter.load() == 0, "what one process writes no other sees");
  heddle::reachable("processes: no update was lost");
}

void count_twice(const arguments& args) {
  const auto workers = static_cast<int>(args["workers"]);
  count_with_threads(workers);
  count_with_processes(workers);
}

}  // namespace

scenario threads_vs_processes() {
  return {
      .name = "threads-vs-processes",
      .summary = "One counter, incremented by threads and then by processes: shared, and not shared.",
      .tags = {"process", "atomic", "tutorial", "correct"},
      .parameters = {{.name = "workers", .summary = "threads, and processes", .standard = 2, .least = 2, .most = 3}},
      .expected = passes,
      .body = count_twice,
      .expect_reached = {"threads: an update was lost", "threads: no update was lost", "processes: no update was lost"},
  };
}

}  // namespace heddle::scenarios
