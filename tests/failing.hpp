// Programs that fail, each with the kind of its failure and the exact message: what tests of misuse are tables of.
#pragma once

#include <span>
#include <string_view>

#include <gtest/gtest.h>

#include <heddle/heddle.hpp>

namespace heddle {

/** A place that tests hand to operations, so that messages do not depend on line numbers. */
inline constexpr source_location here{"here.cpp", 7};

struct failing_case {
  failure_kind kind;
  std::string_view message;
  void (*body)();
};

inline void expect_failure(std::span<const failing_case> cases) {
  for (const failing_case& each : cases) {
    SCOPED_TRACE(each.message);
    const result found = explore(each.body, options{});
    EXPECT_EQ(found.verdict, verdict::fail) << found;
    if (!found.failure) continue;
    EXPECT_EQ(found.failure->kind, each.kind) << found;
    EXPECT_EQ(found.failure->message, each.message);
  }
}

}  // namespace heddle
