// Programs that pass, in every interleaving: what the tests of the objects are tables of.
#pragma once

#include <cstdint>
#include <span>

#include <gtest/gtest.h>

#include <heddle/heddle.hpp>

#include "by_interleavings.hpp"

namespace heddle {

/** A program whose checks hold in all its executions, of which there are exactly so many. */
struct passing_case {
  const char* why;
  std::uint64_t executions;
  void (*body)();
};

inline void expect_pass(std::span<const passing_case> cases, const options& with = {}) {
  for (const passing_case& each : cases) {
    SCOPED_TRACE(each.why);
    const result found = explore(each.body, by_interleavings(with));
    EXPECT_EQ(found.verdict, verdict::pass) << found;
    EXPECT_TRUE(found.exhaustive);
    EXPECT_EQ(found.executions, each.executions);
    const result reduced = explore(each.body, with);
    EXPECT_EQ(reduced.verdict, verdict::pass) << reduced;
    EXPECT_TRUE(reduced.exhaustive);
    EXPECT_LE(reduced.executions, each.executions) << "a trace has at least one interleaving";
  }
}

}  // namespace heddle
