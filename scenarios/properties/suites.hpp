// One function for each object that has property suites, and what its versions expect.
#pragma once

#include <vector>

#include <heddle/property.hpp>

namespace heddle::scenarios {

/** property_suite::expected of a correct version. */
inline constexpr expectation holds{verdict::pass, {}};

/** property_suite::expected of a version that fails in this way, whatever the seed. */
constexpr expectation breaks(failure_kind kind) { return {verdict::fail, kind}; }

std::vector<property_suite> stacks();
std::vector<property_suite> queues();
std::vector<property_suite> bounded_queues();
std::vector<property_suite> counters();
std::vector<property_suite> registers();
std::vector<property_suite> sets();
std::vector<property_suite> maps();
std::vector<property_suite> priority_queues();
std::vector<property_suite> banks();
std::vector<property_suite> rate_limiters();
std::vector<property_suite> reader_writer_records();
std::vector<property_suite> resource_pools();

}  // namespace heddle::scenarios
