// A computation in phases: all read what all wrote in the phase before.
#include <deque>
#include <vector>

#include <heddle/heddle.hpp>

#include "common.hpp"
#include "programs.hpp"

namespace heddle::scenarios {
namespace {

// Each thread has a cell. In each phase it replaces it by the sum of all, so all are threads^phases at the end.
void sum_in_phases(const arguments& args) {
  const auto threads = static_cast<int>(args["threads"]);
  const auto phases = static_cast<int>(args["phases"]);
  std::deque<heddle::shared<int>> cells;
  for (int i = 0; i < threads; ++i) cells.emplace_back(1, "cell " + letter(i));
  heddle::barrier<> all_have(threads, "all_have");

  const auto work = [&](int own) {
    for (int phase = 0; phase < phases; ++phase) {
      int sum = 0;
      for (const heddle::shared<int>& each : cells) sum += each.load();
      all_have.arrive_and_wait();  // read
      cells[static_cast<std::size_t>(own)].store(sum);
      all_have.arrive_and_wait();  // written
    }
  };
  std::vector<heddle::thread> running;
  for (int i = 0; i < threads; ++i) running.emplace_back(letter(i), [&work, i] { work(i); });
  for (heddle::thread& each : running) each.join();

  int expected = 1;
  for (int phase = 0; phase < phases; ++phase) expected *= threads;
  for (const heddle::shared<int>& each : cells) heddle::check(each.load() == expected, "all see the same phase");
}

}  // namespace

scenario barrier_phases() {
  return {
      .name = "barrier-phases",
      .summary = "Threads replace their numbers by the sum of all, in phases that a barrier keeps apart.",
      .tags = {"barrier", "shared", "correct"},
      .parameters = {{.name = "threads", .summary = "at the barrier", .standard = 2, .least = 2, .most = 3},
                     {.name = "phases", .summary = "of the computation", .standard = 1, .least = 1, .most = 3}},
      .expected = passes,
      .body = sum_in_phases,
  };
}

}  // namespace heddle::scenarios
