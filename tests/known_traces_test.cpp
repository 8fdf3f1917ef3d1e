// The executions of a depth-first search are of as many traces as is known.
#include <string>

#include <gtest/gtest.h>

#include "known_traces.hpp"

namespace heddle {
namespace {

TEST(known_traces, as_many_in_all_interleavings) {
  for (const oracle::known_family& each : oracle::known_families()) {
    for (const auto& [n, traces] : each.traces) {
      SCOPED_TRACE(each.name + (" " + std::to_string(n)));
      const oracle::traced found = oracle::trace_all([&, n = n] { each.run(n); });
      EXPECT_TRUE(found.finished);
      EXPECT_EQ(found.ended(sim::ending_kind::completed), traces);
      EXPECT_EQ(found.ended(sim::ending_kind::blocked), each.deadlocks);
      EXPECT_EQ(found.traces.size(), traces + each.deadlocks) << testing::PrintToString(found.endings);
    }
  }
}

}  // namespace
}  // namespace heddle
