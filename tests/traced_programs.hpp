// Programs as functions, and all their traces.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include <heddle/heddle.hpp>

#include "strategies/depth_first.hpp"
#include "traced_search.hpp"

namespace heddle::oracle {

inline constexpr std::uint64_t plenty = 100'000;

/** Runs `each` with 0 to n - 1, in a thread each. */
inline void run_threads(unsigned n, const std::function<void(unsigned)>& each) {
  std::vector<thread> threads;
  for (unsigned i = 0; i < n; ++i) threads.emplace_back([&each, i] { each(i); });  // knows its place
  for (thread& t : threads) t.join();
}

/** By the depth-first search. */
inline traced trace_all(const std::function<void()>& body, commuting_rules commuting = {}, bool records = false) {
  sim::simulator simulator{sim::settings{}};
  checker::depth_first all;
  return trace_all(simulator, all, {body}, plenty, commuting, records);
}

}  // namespace heddle::oracle
