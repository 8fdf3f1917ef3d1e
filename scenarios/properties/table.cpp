// The table of all property suites: those of a new object are declared in suites.hpp and listed here.
#include "table.hpp"

#include <utility>
#include <vector>

#include "suites.hpp"

namespace heddle::scenarios {
namespace {

std::vector<property_suite> make_table() {
  std::vector<property_suite> table;
  for (const auto of_one_object : {stacks, queues, bounded_queues, counters, registers, sets, maps, priority_queues,
                                   banks, rate_limiters, reader_writer_records, resource_pools}) {
    for (property_suite& each : of_one_object()) table.push_back(std::move(each));
  }
  return table;
}

}  // namespace

property_table all_properties() {
  static const std::vector<property_suite> table = make_table();
  return table;
}

}  // namespace heddle::scenarios
