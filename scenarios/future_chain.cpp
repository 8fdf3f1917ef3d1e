// Results that are computed from results that are not there yet.
#include <future>

#include <heddle/heddle.hpp>

#include "common.hpp"
#include "programs.hpp"

namespace heddle::scenarios {
namespace {

void compute_in_a_chain(const arguments& /*args*/) {
  heddle::future<int> first = heddle::async(std::launch::async, [] { return 20; });
  heddle::future<int> second = heddle::async(std::launch::async, [&first] { return first.get() + 1; });
  heddle::future<int> third = heddle::async(std::launch::deferred, [&second] { return second.get() * 2; });

  heddle::check(third.get() == 42, "each link waits for the one before");
}

}  // namespace

scenario future_chain() {
  return {
      .name = "future-chain",
      .summary = "Two tasks and a deferred one, each of which needs the result of the one before.",
      .tags = {"future", "correct"},
      .expected = passes,
      .body = compute_in_a_chain,
  };
}

}  // namespace heddle::scenarios
