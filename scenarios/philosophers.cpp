// The dining philosophers, with and without an order of the forks.
#include <cstddef>
#include <deque>
#include <mutex>
#include <utility>
#include <vector>

#include <heddle/heddle.hpp>

#include "common.hpp"
#include "programs.hpp"

namespace heddle::scenarios {
namespace {

void dine(const arguments& args) {
  const auto count = static_cast<std::size_t>(args["n"]);
  const bool ordered = args.flag("ordered");

  std::deque<heddle::mutex> forks;
  std::vector<heddle::thread> philosophers;
  for (std::size_t i = 0; i < count; ++i) {
    forks.emplace_back(numbered("fork", i), source_location::current());  // or its place would be in <deque>
  }
  for (std::size_t i = 0; i < count; ++i) {
    philosophers.push_back(heddle::thread(numbered("philosopher", i), [&, i] {
      std::size_t first = i;
      std::size_t second = (i + 1) % count;
      if (ordered && first > second) std::swap(first, second);  // so nobody holds a fork and waits for a lower one
      const std::lock_guard hold_first(forks[first]);
      const std::lock_guard hold_second(forks[second]);
    }));
  }
  for (heddle::thread& philosopher : philosophers) philosopher.join();
}

}  // namespace

scenario philosophers() {
  return {
      .name = "philosophers",
      .summary = "Philosophers at a round table take two forks each; unordered, all may wait for ever.",
      .tags = {"mutex", "deadlock", "classic"},
      .parameters = {{.name = "n", .summary = "how many philosophers", .standard = 3, .least = 2, .most = 8},
                     {.name = "ordered",
                      .summary = "whether each takes the fork with the lower number first",
                      .standard = 1,
                      .least = 0,
                      .most = 1,
                      .boolean = true}},
      .expected =
          [](const arguments& args) {
            return args.flag("ordered") ? passes(args) : fails<failure_kind::deadlock>(args);
          },
      .body = dine,
  };
}

}  // namespace heddle::scenarios
